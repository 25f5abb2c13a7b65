CREATE TYPE "public"."audit_mark_kind" AS ENUM('sampled', 'accepted', 'cut', 'question', 'answer', 'withdrawal');--> statement-breakpoint
CREATE TYPE "public"."sample_method" AS ENUM('random', 'monetary_unit', 'risk');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'sample_drawn' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'receipt_marked' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'audit_question_answered' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'audit_mark_withdrawn' BEFORE 'user_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'auditor_invited' BEFORE 'workbook_exported';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'auditor_access_withdrawn' BEFORE 'workbook_exported';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'invitation_accepted' BEFORE 'workbook_exported';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'page_read';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'file_downloaded';--> statement-breakpoint
CREATE TABLE "audit_access_grants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"access_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	CONSTRAINT "access_shows_a_grant_once" UNIQUE("access_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "audit_access_withdrawals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"access_id" uuid NOT NULL,
	"withdrawn_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "access_is_withdrawn_once" UNIQUE("access_id")
);
--> statement-breakpoint
CREATE TABLE "audit_accesses" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"until" date NOT NULL,
	"fiscal_years" integer[] NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "access_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "password_link_is_used_once" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_marks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"kind" "audit_mark_kind" NOT NULL,
	"amount" numeric(14, 2),
	"text" text NOT NULL,
	"refers_to_id" uuid,
	"sample_id" uuid,
	"marked_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "mark_is_of_one_receipt" UNIQUE("id","invoice_id"),
	CONSTRAINT "receipt_is_marked_once_by_a_sample" UNIQUE("sample_id","invoice_id"),
	CONSTRAINT "only_a_cut_has_an_amount" CHECK (("audit_marks"."kind" = 'cut') = ("audit_marks"."amount" is not null) and coalesce("audit_marks"."amount", 1) > 0),
	CONSTRAINT "answer_and_withdrawal_refer_to_a_mark" CHECK (("audit_marks"."kind" in ('answer', 'withdrawal')) = ("audit_marks"."refers_to_id" is not null)),
	CONSTRAINT "only_a_sample_draws" CHECK (("audit_marks"."kind" = 'sampled') = ("audit_marks"."sample_id" is not null)),
	CONSTRAINT "mark_says_why" CHECK ("audit_marks"."text" <> '' or "audit_marks"."kind" in ('sampled', 'accepted', 'withdrawal'))
);
--> statement-breakpoint
CREATE TABLE "audit_sample_units" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"sample_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"hints" integer NOT NULL,
	"drawn_as" integer,
	CONSTRAINT "sample_has_a_place_once" UNIQUE("sample_id","position"),
	CONSTRAINT "sample_has_a_receipt_once" UNIQUE("sample_id","invoice_id")
);
--> statement-breakpoint
CREATE TABLE "audit_samples" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid,
	"from_year" integer,
	"until_year" integer,
	"method" "sample_method" NOT NULL,
	"size" integer NOT NULL,
	"seed" integer NOT NULL,
	"drawn_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "sample_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "sample_draws_something" CHECK ("audit_samples"."size" > 0 and "audit_samples"."seed" > 0)
);
--> statement-breakpoint
CREATE TABLE "book_moments" (
	"school_authority_id" uuid NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	"number" bigint NOT NULL,
	CONSTRAINT "books_are_held_by_one" PRIMARY KEY("school_authority_id","begun_at")
);
--> statement-breakpoint
CREATE TABLE "earlier_rows" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "earlier_rows_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"school_authority_id" uuid NOT NULL,
	"source" text NOT NULL,
	"row_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"replaced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recorded_heads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"entry_number" bigint NOT NULL,
	"entry_hash" text NOT NULL,
	"seal_number" bigint NOT NULL,
	"seal_hash" text NOT NULL,
	"line_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"school_authority_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"sealed_table" text NOT NULL,
	"row_key" text NOT NULL,
	"row_hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "seals_school_authority_id_number_pk" PRIMARY KEY("school_authority_id","number")
);
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "email_is_used_once";--> statement-breakpoint
ALTER TABLE "contracts" DROP CONSTRAINT "contract_price_moves_by_what_is_agreed";--> statement-breakpoint
ALTER TABLE "joint_costs" DROP CONSTRAINT "joint_costs_invoice_id_invoices_id_fk";
--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "iban" text;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "bank_name" text;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "signatory" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "after" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "joint_settlements" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reversals" ADD COLUMN "recorded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_changes" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "audit_access_grants" ADD CONSTRAINT "shown_grant_belongs_to_its_access" FOREIGN KEY ("access_id","school_authority_id") REFERENCES "public"."audit_accesses"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_access_grants" ADD CONSTRAINT "access_shows_a_grant_of_its_authority" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_access_withdrawals" ADD CONSTRAINT "withdrawn_access_is_of_the_same_authority" FOREIGN KEY ("access_id","school_authority_id") REFERENCES "public"."audit_accesses"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_access_withdrawals" ADD CONSTRAINT "access_is_withdrawn_within_its_authority" FOREIGN KEY ("withdrawn_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_accesses" ADD CONSTRAINT "audit_accesses_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_accesses" ADD CONSTRAINT "access_is_of_an_account_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_accesses" ADD CONSTRAINT "access_is_given_within_its_authority" FOREIGN KEY ("invited_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_marks" ADD CONSTRAINT "audit_marks_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_marks" ADD CONSTRAINT "mark_is_on_a_receipt_of_its_authority" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_marks" ADD CONSTRAINT "mark_refers_to_one_of_the_same_receipt" FOREIGN KEY ("refers_to_id","invoice_id") REFERENCES "public"."audit_marks"("id","invoice_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_marks" ADD CONSTRAINT "mark_comes_from_a_sample_of_its_authority" FOREIGN KEY ("sample_id","school_authority_id") REFERENCES "public"."audit_samples"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_marks" ADD CONSTRAINT "receipt_is_marked_within_its_authority" FOREIGN KEY ("marked_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_sample_units" ADD CONSTRAINT "unit_belongs_to_its_sample" FOREIGN KEY ("sample_id","school_authority_id") REFERENCES "public"."audit_samples"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_sample_units" ADD CONSTRAINT "unit_is_a_receipt_of_its_authority" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "audit_samples_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "sample_is_of_a_grant_of_its_authority" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "sample_is_drawn_within_its_authority" FOREIGN KEY ("drawn_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_moments" ADD CONSTRAINT "book_moments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recorded_heads" ADD CONSTRAINT "recorded_heads_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_accesses_by_user" ON "audit_accesses" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_marks_by_invoice" ON "audit_marks" USING btree ("invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mark_is_taken_back_once" ON "audit_marks" USING btree ("refers_to_id") WHERE "audit_marks"."kind" = 'withdrawal';--> statement-breakpoint
CREATE INDEX "earlier_rows_by_source" ON "earlier_rows" USING btree ("school_authority_id","source","replaced_at");--> statement-breakpoint
CREATE INDEX "recorded_heads_by_authority" ON "recorded_heads" USING btree ("school_authority_id");--> statement-breakpoint
CREATE INDEX "seals_by_row" ON "seals" USING btree ("sealed_table","row_key");--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_cost_counts_an_own_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "email_is_used_once_in_an_authority" UNIQUE("email","school_authority_id");--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contract_price_moves_by_what_is_agreed" CHECK (case "contracts"."adjustment"
        when 'none' then true
        when 'yearly_step' then coalesce("contracts"."step_rate", -100) > -100
        when 'index' then "contracts"."index_name" <> '' and "contracts"."index_base" > 0 and coalesce("contracts"."expected_rate", -100) > -100
      end) NOT VALID;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "reversal_comes_after_what_it_turns" CHECK ("entries"."reverses_number" < "entries"."number");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "advice_has_its_investment_and_reason" CHECK ("order_lines"."cost_kind"::text <> 'accompanying' or ("order_lines"."accompanies_id" is not null and trim(coalesce("order_lines"."accompanying_reason", '')) <> '')) NOT VALID;