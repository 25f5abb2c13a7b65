CREATE TYPE "public"."wish_end" AS ENUM('taken_up', 'declined', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."link_purpose" AS ENUM('invitation', 'reset');--> statement-breakpoint
CREATE TYPE "public"."assigned_role" AS ENUM('clerk', 'verifier', 'treasurer', 'head_of_finance', 'coordinator', 'school', 'board', 'auditor', 'granting_authority', 'administrator');--> statement-breakpoint
CREATE TYPE "public"."session_begin" AS ENUM('password', 'directory', 'directory_with_factor');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'refused' BEFORE 'authority_founded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'school_wish_recorded' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'school_wish_withdrawn' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'school_wish_answered' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'roles_changed' BEFORE 'user_deactivated';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'reset_requested' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'password_reset' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'second_factor_set_up' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'second_factor_ended' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'second_factor_reset' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'recovery_code_used' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'code_refused' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'sessions_ended' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'directory_linked' BEFORE 'auditor_invited';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'person_pseudonymised' BEFORE 'auditor_invited';--> statement-breakpoint
CREATE TABLE "sent_forms" (
	"id" text PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"sent_by" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"request_id" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"location" text
);
--> statement-breakpoint
CREATE TABLE "pseudonymisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"sealed_table" text NOT NULL,
	"row_key" text NOT NULL,
	"earlier_hash" text NOT NULL,
	"row_hash" text NOT NULL,
	"reason" text NOT NULL,
	"pseudonymised_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "row_is_changed_once_from_a_state" UNIQUE("sealed_table","row_key","earlier_hash"),
	CONSTRAINT "row_is_another_afterwards" CHECK ("pseudonymisations"."earlier_hash" <> "pseudonymisations"."row_hash")
);
--> statement-breakpoint
CREATE TABLE "school_wish_ends" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"wish_id" uuid NOT NULL,
	"kind" "wish_end" NOT NULL,
	"reason" text NOT NULL,
	"ended_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "wish_ends_once" UNIQUE("wish_id")
);
--> statement-breakpoint
CREATE TABLE "school_wishes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"what" text NOT NULL,
	"cost_kind" "cost_kind" NOT NULL,
	"quantity" integer NOT NULL,
	"estimated_amount" numeric(14, 2) NOT NULL,
	"wanted_by" date,
	"reason" text NOT NULL,
	"wished_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "wish_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "wish_is_for_something" CHECK ("school_wishes"."quantity" > 0 and "school_wishes"."estimated_amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "directory_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "account_is_one_person_of_a_directory" UNIQUE("user_id","issuer"),
	CONSTRAINT "person_of_a_directory_has_one_account_in_an_authority" UNIQUE("issuer","subject","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	CONSTRAINT "recovery_code_of_an_account_is_given_once" UNIQUE("user_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"last_step" integer DEFAULT 0 NOT NULL,
	"confirmed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_assignments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" "assigned_role" NOT NULL,
	"school_id" uuid,
	"is_granted" boolean NOT NULL,
	"assigned_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "role_of_a_school_names_it" CHECK (("role_assignments"."role" = 'school') = ("role_assignments"."school_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "role" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "password_links" ADD COLUMN "purpose" "link_purpose" DEFAULT 'invitation' NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "paid_by_another" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "second_factor_roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "public_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_used_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "begun_by" "session_begin" DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "awaits_code" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "browser" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "sent_forms" ADD CONSTRAINT "sent_forms_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_forms" ADD CONSTRAINT "form_is_sent_within_its_authority" FOREIGN KEY ("sent_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pseudonymisations" ADD CONSTRAINT "pseudonymisations_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pseudonymisations" ADD CONSTRAINT "person_is_of_the_same_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pseudonymisations" ADD CONSTRAINT "pseudonym_is_given_within_its_authority" FOREIGN KEY ("pseudonymised_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_wish_ends" ADD CONSTRAINT "end_is_of_a_wish_of_its_authority" FOREIGN KEY ("wish_id","school_authority_id") REFERENCES "public"."school_wishes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_wish_ends" ADD CONSTRAINT "wish_is_ended_within_its_authority" FOREIGN KEY ("ended_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_wishes" ADD CONSTRAINT "school_wishes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_wishes" ADD CONSTRAINT "wish_is_of_a_school_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_wishes" ADD CONSTRAINT "wish_is_recorded_within_its_authority" FOREIGN KEY ("wished_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory_links" ADD CONSTRAINT "directory_link_is_of_an_account_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_code_is_of_an_account_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factor_is_of_an_account_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_is_of_a_person_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_is_for_a_school_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_is_assigned_within_its_authority" FOREIGN KEY ("assigned_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pseudonymisations_by_user" ON "pseudonymisations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "school_wishes_by_school" ON "school_wishes" USING btree ("school_id");--> statement-breakpoint
CREATE INDEX "role_assignments_by_user" ON "role_assignments" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "session_is_named_once" UNIQUE("public_id");
--> statement-breakpoint
-- What is appended only refuses to be changed, whoever asks.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY['role_assignments', 'school_wishes', 'school_wish_ends'] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
--> statement-breakpoint
-- Who had the one role of before keeps all that it allowed: a clerk did what five roles do now.
INSERT INTO role_assignments (school_authority_id, user_id, role, is_granted, assigned_by)
SELECT u.school_authority_id, u.id, given.role::assigned_role, true, u.id
FROM users u JOIN (VALUES
  ('clerk', 'clerk'), ('clerk', 'verifier'), ('clerk', 'treasurer'), ('clerk', 'head_of_finance'), ('clerk', 'coordinator'),
  ('board', 'board'), ('auditor', 'auditor'), ('administrator', 'administrator')
) AS given (former, role) ON given.former = u.role::text
ORDER BY u.school_authority_id, u.id;
--> statement-breakpoint
-- Names and addresses of a person give way to a pseudonym once they were kept long enough: in the account and in
-- the lines of the change log that say them. Runs with the rights of the owner; nobody else may change a sealed row.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'changes' THEN
    IF current_setting('paktbuch.pseudonymising', true) = 'on'
      AND to_jsonb(OLD) - ARRAY['text', 'before', 'after'] = to_jsonb(NEW) - ARRAY['text', 'before', 'after']
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are appended only: a mistake is undone by a reversal', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
-- The hash of a row as `seal_row()` makes it, by the arguments of the table's own trigger.
CREATE FUNCTION hash_as_sealed(of_table text, sealed jsonb) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to((jsonb_strip_nulls(sealed)
    - (string_to_array(encode(t.tgargs, 'escape'), '\000'))[2:])::text, 'UTF8')), 'hex')
  FROM pg_trigger t WHERE t.tgrelid = ('public.' || of_table)::regclass AND t.tgname = 'row_is_sealed'
$$;
--> statement-breakpoint
CREATE FUNCTION pseudonymise(person uuid, acting uuid, why text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  who users%ROWTYPE;
  line changes%ROWTYPE;
  alias text := 'Person ' || left(person::text, 8);
  address text := person || '@pseudonym.invalid';
  before_hash text;
  -- As JSON writes a name: with its quotation marks escaped, without the ones around it.
  named text;
BEGIN
  SELECT * INTO who FROM users WHERE id = person FOR UPDATE;
  IF NOT FOUND OR who.is_active OR who.email = address THEN
    RAISE EXCEPTION 'only a closed account is given a pseudonym, and once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM users WHERE id = acting AND is_active AND school_authority_id = who.school_authority_id)
  THEN
    RAISE EXCEPTION 'a pseudonym is given by somebody of the same authority' USING ERRCODE = 'restrict_violation';
  END IF;
  -- An owner who passes the walls by must not carry the caller past them.
  IF NOT coalesce(current_setting('paktbuch.authority', true) IN (who.school_authority_id::text, '*'), false) THEN
    RAISE EXCEPTION 'a pseudonym is given within the authority that asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  named := regexp_replace(to_json(who.name)::text, '^"|"$', '', 'g');
  PERFORM set_config('paktbuch.pseudonymising', 'on', true);
  FOR line IN SELECT * FROM changes c WHERE c.school_authority_id = who.school_authority_id
    AND (c.changed_by = person OR c.subject_id = person OR strpos(c.text, who.name) > 0
      OR strpos(concat(c.before, c.after), named) > 0
      OR strpos(lower(concat(c.text, c.before, c.after)), who.email) > 0)
    FOR UPDATE
  LOOP
    before_hash := hash_as_sealed('changes', to_jsonb(line));
    line.text := replace(regexp_replace(line.text, '***=' || who.email, address, 'gi'), who.name, alias);
    line.before := replace(regexp_replace(line.before::text, '***=' || who.email, address, 'gi'), named, alias)::jsonb;
    line.after := replace(regexp_replace(line.after::text, '***=' || who.email, address, 'gi'), named, alias)::jsonb;
    CONTINUE WHEN hash_as_sealed('changes', to_jsonb(line)) = before_hash;
    UPDATE changes SET text = line.text, before = line.before, after = line.after WHERE id = line.id;
    INSERT INTO pseudonymisations (school_authority_id, user_id, sealed_table, row_key, earlier_hash, row_hash, reason, pseudonymised_by)
    VALUES (who.school_authority_id, person, 'changes', line.id, before_hash, hash_as_sealed('changes', to_jsonb(line)), why, acting);
  END LOOP;
  PERFORM set_config('paktbuch.pseudonymising', '', true);
  before_hash := hash_as_sealed('users', to_jsonb(who));
  UPDATE users SET name = alias, email = address, password_hash = '' WHERE id = person RETURNING * INTO who;
  INSERT INTO pseudonymisations (school_authority_id, user_id, sealed_table, row_key, earlier_hash, row_hash, reason, pseudonymised_by)
  VALUES (who.school_authority_id, person, 'users', person, before_hash, hash_as_sealed('users', to_jsonb(who)), why, acting);
  DELETE FROM sessions WHERE user_id = person;
  DELETE FROM password_links WHERE user_id = person;
  DELETE FROM second_factors WHERE user_id = person;
  DELETE FROM recovery_codes WHERE user_id = person;
  DELETE FROM directory_links WHERE user_id = person;
  DELETE FROM calendar_feeds WHERE user_id = person;
  RETURN alias;
END $$;
--> statement-breakpoint
-- By itself PostgreSQL lets anybody run a function; the program's role is granted it with its other rights.
REVOKE ALL ON FUNCTION pseudonymise(uuid, uuid, text) FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON pseudonymisations FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON pseudonymisations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
