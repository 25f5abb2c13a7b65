CREATE TYPE "public"."joint_link_side" AS ENUM('keeper', 'member');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_link_offered' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_link_accepted' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_link_declined' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_link_ended' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'link_renewed' BEFORE 'password_reset';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'person_data_exported' BEFORE 'auditor_invited';--> statement-breakpoint
CREATE TABLE "joint_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"keeper_name" text NOT NULL,
	"service_name" text NOT NULL,
	"authority_name" text,
	"member_authority_id" uuid,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" "joint_link_side",
	"end_reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "keeper_is_no_other_member" CHECK ("joint_links"."member_authority_id" <> "joint_links"."school_authority_id"),
	CONSTRAINT "accepted_by_an_authority" CHECK ("joint_links"."accepted_at" is null or "joint_links"."member_authority_id" is not null),
	CONSTRAINT "named_with_its_authority" CHECK (("joint_links"."member_authority_id" is null) = ("joint_links"."authority_name" is null)),
	CONSTRAINT "ended_by_somebody" CHECK (("joint_links"."ended_at" is null) = ("joint_links"."ended_by" is null))
);
--> statement-breakpoint
ALTER TABLE "password_links" DROP CONSTRAINT "password_links_pkey";--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "account_has_one_link_of_a_purpose" PRIMARY KEY("user_id","purpose");--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "retention_years" integer;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "retention_basis" text;--> statement-breakpoint
ALTER TABLE "joint_links" ADD CONSTRAINT "joint_links_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_links" ADD CONSTRAINT "joint_links_member_authority_id_school_authorities_id_fk" FOREIGN KEY ("member_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_links" ADD CONSTRAINT "joint_link_is_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_links" ADD CONSTRAINT "joint_link_is_of_a_member" FOREIGN KEY ("member_id","joint_service_id") REFERENCES "public"."joint_service_members"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "joint_code_is_given_once" ON "joint_links" USING btree ("code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "member_has_one_link_at_a_time" ON "joint_links" USING btree ("member_id") WHERE "joint_links"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "authority_is_one_member_of_a_service" ON "joint_links" USING btree ("joint_service_id","member_authority_id") WHERE "joint_links"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "joint_links_of_members" ON "joint_links" USING btree ("member_authority_id");
--> statement-breakpoint
-- These look into the keeper's books for somebody else: told for all only while they look, since the owner of the
-- tables is behind the walls too. (A SET of the function itself is refused to an owner who is no superuser.)
-- Whether a document is not reversed, for whoever may see the document: the reversals are of its own authority only.
CREATE FUNCTION document_stands(document uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = document);
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
-- Whether a link in force shows a joint service, a member's own rows, a plan of a year that it shares, to the authority that asks: for policies.
CREATE FUNCTION joint_service_is_shown(service uuid, asker text) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := EXISTS (SELECT FROM joint_links l WHERE l.joint_service_id = service
    AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker);
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
CREATE FUNCTION joint_member_is_shown(member uuid, asker text) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := EXISTS (SELECT FROM joint_links l WHERE l.member_id = member
    AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker);
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
-- Which years a member shares: those of its membership, and those that it was planned or settled with. For the functions
-- below, which look for all.
CREATE FUNCTION joint_year_has(service uuid, year integer, member uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM joint_service_members m WHERE m.id = member AND m.joint_service_id = service
      AND (m.joined_on IS NULL OR extract(year FROM m.joined_on) <= year AND EXISTS (SELECT FROM joint_memberships c
        WHERE c.member_id = m.id AND c.kind = 'joined' AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = c.id)))
      AND NOT EXISTS (SELECT FROM joint_memberships c WHERE c.member_id = m.id AND c.kind = 'left'
        AND extract(year FROM c.changed_on) < year AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = c.id)))
    OR EXISTS (SELECT FROM joint_plans p WHERE p.joint_service_id = service AND p.fiscal_year = year
      AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = p.id)
      AND (EXISTS (SELECT FROM joint_plan_parts t WHERE t.plan_id = p.id AND t.member_id = member)
        OR EXISTS (SELECT FROM joint_settlements s JOIN joint_settlement_parts t ON t.settlement_id = s.id
          WHERE s.plan_id = p.id AND t.member_id = member
            AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = s.id))))
$$;
--> statement-breakpoint
-- Whether a link in force shows a year of a joint service to the authority that asks.
CREATE FUNCTION joint_year_is_shown(service uuid, year integer, asker text) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := EXISTS (SELECT FROM joint_links l WHERE l.joint_service_id = service
    AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker
    AND joint_year_has(service, year, l.member_id));
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
-- Whether it shows who joined or left on a day: until the end of the last year that the member shares itself.
CREATE FUNCTION joint_change_is_shown(service uuid, day date, asker text) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := EXISTS (SELECT FROM joint_links l WHERE l.joint_service_id = service
    AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker
    AND (day IS NULL
      OR NOT EXISTS (SELECT FROM joint_memberships c WHERE c.member_id = l.member_id AND c.kind = 'left'
        AND extract(year FROM c.changed_on) < extract(year FROM day)
        AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = c.id))
      OR EXISTS (SELECT FROM joint_plans p WHERE p.joint_service_id = service
        AND p.fiscal_year >= extract(year FROM day) AND joint_year_has(service, p.fiscal_year, l.member_id))));
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
CREATE FUNCTION joint_plan_is_shown(plan uuid, asker text) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told text := coalesce(current_setting('paktbuch.authority', true), '');
  is_so boolean;
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  is_so := EXISTS (SELECT FROM joint_plans p JOIN joint_links l ON l.joint_service_id = p.joint_service_id
    WHERE p.id = plan AND p.reading = 'joint_total' AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker
    AND joint_year_has(p.joint_service_id, p.fiscal_year, l.member_id)
    AND NOT EXISTS (SELECT FROM reversals r WHERE r.document_id = p.id));
  PERFORM set_config('paktbuch.authority', told, true);
  RETURN is_so;
END $$;
--> statement-breakpoint
-- As which member whoever asks sees a joint service, for the functions below; null where it is not linked.
CREATE FUNCTION joint_member_of(service uuid, asker text) RETURNS uuid LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT l.member_id FROM joint_links l WHERE l.joint_service_id = service
    AND l.accepted_at IS NOT NULL AND l.ended_at IS NULL AND l.member_authority_id::text = asker
$$;
--> statement-breakpoint
-- What a member sees of the settled parts: the share of each, what was paid by it of its own only.
CREATE FUNCTION joint_settled_shares(of_settlement uuid)
RETURNS TABLE (id uuid, member_id uuid, "position" integer, days integer, amount numeric, planned numeric, paid numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  asker text := coalesce(current_setting('paktbuch.authority', true), '');
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  RETURN QUERY SELECT t.id, t.member_id, t.position, t.days, t.amount, t.planned,
      CASE WHEN asker = '*' OR t.member_id = joint_member_of(p.joint_service_id, asker) THEN t.paid END
    FROM joint_settlement_parts t JOIN joint_settlements s ON s.id = t.settlement_id JOIN joint_plans p ON p.id = s.plan_id
    WHERE s.id = of_settlement AND p.reading = 'joint_total' AND document_stands(s.id) AND document_stands(p.id)
      AND (asker = '*' OR joint_year_has(p.joint_service_id, p.fiscal_year, joint_member_of(p.joint_service_id, asker)))
    ORDER BY t.position;
  PERFORM set_config('paktbuch.authority', asker, true);
END $$;
--> statement-breakpoint
-- What a member sees of the actual costs of a plan: a sum for each kind, and none of the papers.
CREATE FUNCTION joint_costs_by_kind(of_plan uuid) RETURNS TABLE (kind joint_cost_kind, amount numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  asker text := coalesce(current_setting('paktbuch.authority', true), '');
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  RETURN QUERY SELECT c.kind, sum(c.amount) FROM joint_costs c JOIN joint_plans p ON p.id = c.plan_id
    WHERE p.id = of_plan AND p.reading = 'joint_total' AND document_stands(p.id) AND document_stands(c.id)
      AND (asker = '*' OR joint_year_has(p.joint_service_id, p.fiscal_year, joint_member_of(p.joint_service_id, asker)))
    GROUP BY c.kind ORDER BY c.kind;
  PERFORM set_config('paktbuch.authority', asker, true);
END $$;
--> statement-breakpoint
-- Where a member pays to and who signs its letters: of the keeper's settings nothing else.
CREATE FUNCTION joint_payee(service uuid)
RETURNS TABLE (iban text, bank_name text, signatory text, is_example boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  asker text := coalesce(current_setting('paktbuch.authority', true), '');
BEGIN
  PERFORM set_config('paktbuch.authority', '*', true);
  RETURN QUERY SELECT a.iban, a.bank_name, a.signatory, a.is_example
    FROM joint_services j JOIN school_authorities a ON a.id = j.school_authority_id
    WHERE j.id = service AND (asker = '*' OR joint_member_of(j.id, asker) IS NOT NULL);
  PERFORM set_config('paktbuch.authority', asker, true);
END $$;
--> statement-breakpoint
-- The program's role is granted what it needs of them with its other rights.
REVOKE ALL ON FUNCTION document_stands(uuid), joint_service_is_shown(uuid, text), joint_member_is_shown(uuid, text),
  joint_plan_is_shown(uuid, text), joint_year_has(uuid, integer, uuid), joint_year_is_shown(uuid, integer, text),
  joint_change_is_shown(uuid, date, text), joint_member_of(uuid, text), joint_settled_shares(uuid), joint_costs_by_kind(uuid),
  joint_payee(uuid) FROM PUBLIC;
--> statement-breakpoint
-- A person's name and address within a text give way as whole words only: "Eva" is no part of "Evaluation". A name of
-- one word gives way where it is all that a field or an entry of a list says: "Kasse" is a word of others too. One of
-- several, upper case or lower, with any space between and with the s of the genitive, or its last word first.
CREATE FUNCTION without_person(said text, name text, alias text, email text, address text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN cardinality(word) > 1
    THEN regexp_replace(without_email, '(?<![[:alnum:]_À-ɏ])(?:' || array_to_string(word, space || '+') || '|'
        || word[cardinality(word)] || ',' || space || '*' || array_to_string(word[:cardinality(word) - 1], space || '+')
        || ')s?(?![[:alnum:]_À-ɏ])', alias, 'gi')
    ELSE regexp_replace(without_email, '(?<=^|[,:;(\n]\s?)' || word[1] || '(?=$|[,:;)\n])', alias, 'g') END
  FROM (SELECT '[\s\u00a0\u202f]' AS space,
    regexp_split_to_array(regexp_replace(btrim(name), '[\\.^$*+?()\[\]{}|-]', '\\\&', 'g'), '\s+') AS word,
    regexp_replace(said,
      '(?<![[:alnum:]._%+À-ɏ-])' || regexp_replace(email, '[^[:alnum:][:space:]@]', '\\\&', 'g')
        || '(?![[:alnum:]_À-ɏ-]|\.[[:alnum:]])', address, 'gi') AS without_email) AS parts
$$;
--> statement-breakpoint
-- The same in each text of a JSON value, by its own signs and not as JSON writes them.
CREATE FUNCTION without_person(said jsonb, name text, alias text, email text, address text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE jsonb_typeof(said)
    WHEN 'string' THEN to_jsonb(without_person(said #>> '{}', name, alias, email, address))
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(without_person(one, name, alias, email, address) ORDER BY at), '[]')
      FROM jsonb_array_elements(said) WITH ORDINALITY AS of_array(one, at))
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(without_person(key, name, alias, email, address),
      without_person(value, name, alias, email, address)), '{}') FROM jsonb_each(said))
    ELSE said END;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION pseudonymise(person uuid, acting uuid, why text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  who users%ROWTYPE;
  line changes%ROWTYPE;
  alias text := 'Person ' || left(person::text, 8);
  address text := person || '@pseudonym.invalid';
  before_hash text;
  -- The last word of the name, by which its lines are looked for in whatever way they write the others.
  last_word text;
  -- The same as JSON writes it: with its quotation marks escaped, without the ones around it.
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
  last_word := lower(substring(btrim(who.name) FROM '\S+$'));
  named := regexp_replace(to_json(last_word)::text, '^"|"$', '', 'g');
  PERFORM set_config('paktbuch.pseudonymising', 'on', true);
  FOR line IN SELECT * FROM changes c WHERE c.school_authority_id = who.school_authority_id
    AND (c.changed_by = person OR c.subject_id = person OR strpos(lower(c.text), last_word) > 0
      OR strpos(lower(concat(c.before, c.after)), named) > 0
      OR strpos(lower(concat(c.text, c.before, c.after)), who.email) > 0)
    FOR UPDATE
  LOOP
    before_hash := hash_as_sealed('changes', to_jsonb(line));
    line.text := without_person(line.text, who.name, alias, who.email, address);
    line.before := without_person(line.before, who.name, alias, who.email, address);
    line.after := without_person(line.after, who.name, alias, who.email, address);
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
