CREATE TYPE "public"."step_kind" AS ENUM('submitted', 'returned', 'refused', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."attachment_subject" AS ENUM('school', 'resolution', 'application', 'grant', 'notice', 'proof');--> statement-breakpoint
CREATE TYPE "public"."media_concept_state" AS ENUM('missing', 'in_progress', 'there');--> statement-breakpoint
CREATE TYPE "public"."drawdown_kind" AS ENUM('refund', 'advance');--> statement-breakpoint
CREATE TYPE "public"."notice_kind" AS ENUM('amendment', 'reallocation', 'final', 'revocation');--> statement-breakpoint
CREATE TYPE "public"."proof_kind" AS ENUM('interim', 'final');--> statement-breakpoint
CREATE TYPE "public"."financing_kind" AS ENUM('full', 'share', 'fixed_sum', 'deficit');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'programme_changed' BEFORE 'envelope_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'resolution_stage_recorded' BEFORE 'envelope_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'allotment_recorded' BEFORE 'application_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'application_step_recorded' BEFORE 'grant_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'application_draft_discarded' BEFORE 'grant_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'file_attached' BEFORE 'grant_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'notice_recorded' BEFORE 'order_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'proof_submitted' BEFORE 'order_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'proof_answered' BEFORE 'order_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'repayment_recorded' BEFORE 'appropriation_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'calendar_created';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'calendar_withdrawn';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'allotment' BEFORE 'application';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'application_step' BEFORE 'grant';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'notice' BEFORE 'order';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'repayment' BEFORE 'appropriation';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'proof_of_use' BEFORE 'appropriation';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'proof_answer' BEFORE 'appropriation';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'reclaimed' BEFORE 'drawn';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'repaid' BEFORE 'appropriated';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'interest' BEFORE 'appropriated';--> statement-breakpoint
ALTER TYPE "public"."pot_kind" ADD VALUE 'first_come';--> statement-breakpoint
CREATE TABLE "application_drafts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"envelope_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" jsonb NOT NULL,
	"replaces_id" uuid,
	"submitted_as" uuid,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "application_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" "step_kind" NOT NULL,
	"taken_on" date NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "step_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"subject" "attachment_subject" NOT NULL,
	"subject_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"hash" text NOT NULL,
	"content" "bytea" NOT NULL,
	"recorded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "file_is_attached_once" UNIQUE("school_authority_id","subject_id","hash"),
	CONSTRAINT "attached_file_is_whole" CHECK (octet_length("attachments"."content") = "attachments"."size")
);
--> statement-breakpoint
CREATE TABLE "pupil_counts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"counted_on" date NOT NULL,
	"pupils" integer NOT NULL,
	"is_illustrative" boolean NOT NULL,
	CONSTRAINT "pupils_are_counted_once_a_day" UNIQUE("school_id","counted_on"),
	CONSTRAINT "pupils_are_not_negative" CHECK ("pupil_counts"."pupils" >= 0)
);
--> statement-breakpoint
CREATE TABLE "repayments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"repaid_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"interest_amount" numeric(14, 2) NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "repayment_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "something_is_repaid" CHECK ("repayments"."amount" >= 0 and "repayments"."interest_amount" >= 0 and "repayments"."amount" + "repayments"."interest_amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "allotment_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"allotment_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"shared_account_id" uuid NOT NULL,
	"change" numeric(14, 2) NOT NULL,
	CONSTRAINT "allotment_changes_something" CHECK ("allotment_lines"."change" <> 0)
);
--> statement-breakpoint
CREATE TABLE "allotments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"envelope_id" uuid NOT NULL,
	"decided_on" date NOT NULL,
	"resolution_id" uuid,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "allotment_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "notice_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"budget_line_id" uuid NOT NULL,
	"change" numeric(14, 2) NOT NULL,
	"from_base" numeric(14, 2) NOT NULL,
	"from_shared" numeric(14, 2) NOT NULL,
	"beyond" numeric(14, 2),
	"base_account_id" uuid,
	"shared_account_id" uuid,
	"beyond_account_id" uuid,
	CONSTRAINT "line_is_changed_once" UNIQUE("notice_id","budget_line_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"kind" "notice_kind" NOT NULL,
	"notice_on" date NOT NULL,
	"valid_from" date NOT NULL,
	"reference" text NOT NULL,
	"reason" text NOT NULL,
	"spend_from" date NOT NULL,
	"spend_until" date NOT NULL,
	"funding_rate" numeric(5, 2) NOT NULL,
	"grant_amount" numeric(14, 2) NOT NULL,
	"line_tolerance" numeric(5, 2) NOT NULL,
	"financing_kind" "financing_kind",
	"third_party_amount" numeric(14, 2),
	"draw_until" date,
	"advance_rate" numeric(5, 2),
	"spend_within_months" integer,
	"interim_proof_due_on" date,
	"proof_due_on" date,
	"dedicated_until" date,
	"reclaimed_amount" numeric(14, 2) NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "notice_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "notice_is_of_one_grant" UNIQUE("id","grant_id"),
	CONSTRAINT "notice_period_runs_forward" CHECK ("notices"."spend_from" <= "notices"."spend_until"),
	CONSTRAINT "notice_rate_is_a_share" CHECK ("notices"."funding_rate" > 0 and "notices"."funding_rate" <= 100),
	CONSTRAINT "notice_grants_nothing_negative" CHECK ("notices"."grant_amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"is_shipped" boolean NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "programme_version_is_recorded_once" UNIQUE("school_authority_id","key","version"),
	CONSTRAINT "programme_versions_start_at_one" CHECK ("programmes"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "proof_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"proof_id" uuid NOT NULL,
	"answered_on" date NOT NULL,
	"reference" text NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "answer_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "proof_cuts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"budget_line_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "receipt_is_cut_once_by_an_answer" UNIQUE("answer_id","invoice_line_id"),
	CONSTRAINT "cut_amount_is_positive" CHECK ("proof_cuts"."amount" > 0),
	CONSTRAINT "cut_has_a_reason" CHECK ("proof_cuts"."reason" <> '')
);
--> statement-breakpoint
CREATE TABLE "proofs_of_use" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"kind" "proof_kind" NOT NULL,
	"as_of" date NOT NULL,
	"submitted_on" date NOT NULL,
	"report" text NOT NULL,
	"figures" text NOT NULL,
	"seal" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "proof_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "user_has_one_calendar" UNIQUE("user_id"),
	CONSTRAINT "calendar_address_is_used_once" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "measures" DROP CONSTRAINT "measure_is_charged_whole";--> statement-breakpoint
ALTER TABLE "balances" DROP CONSTRAINT "balance_is_not_negative";--> statement-breakpoint
ALTER TABLE "balances" DROP CONSTRAINT "no_more_is_drawn_than_granted";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entry_figure_goes_with_its_account";--> statement-breakpoint
ALTER TABLE "envelopes" ALTER COLUMN "computed_amount" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "media_concept_state" "media_concept_state";--> statement-breakpoint
ALTER TABLE "drawdowns" ADD COLUMN "kind" "drawdown_kind";--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "spend_by" date;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "profile" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "follow_up_costs" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "infrastructure" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "supersedes_id" uuid;--> statement-breakpoint
ALTER TABLE "envelopes" ADD COLUMN "programme_version" integer;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "beyond" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "beyond_account_id" uuid;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD COLUMN "beyond" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "grant_lines" ADD COLUMN "beyond_account_id" uuid;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "financing_kind" "financing_kind";--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "third_party_amount" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "draw_until" date;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "advance_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "spend_within_months" integer;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "interim_proof_due_on" date;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "proof_due_on" date;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "dedicated_until" date;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "programme_version" integer;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "missed_discount" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "reclaimed" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "repaid" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "interest" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "application_drafts_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "draft_is_for_its_envelope" FOREIGN KEY ("envelope_id","school_authority_id") REFERENCES "public"."envelopes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "draft_replaces_an_application_of_its_authority" FOREIGN KEY ("replaces_id","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "draft_became_an_application_of_its_authority" FOREIGN KEY ("submitted_as","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "draft_is_changed_within_its_authority" FOREIGN KEY ("changed_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_steps" ADD CONSTRAINT "application_steps_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_steps" ADD CONSTRAINT "step_is_of_its_application" FOREIGN KEY ("application_id","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_steps" ADD CONSTRAINT "step_is_recorded_within_its_authority" FOREIGN KEY ("recorded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "file_is_attached_within_its_authority" FOREIGN KEY ("recorded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pupil_counts" ADD CONSTRAINT "pupils_are_of_their_school" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments" ADD CONSTRAINT "repayments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments" ADD CONSTRAINT "repayment_gives_back_of_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotment_lines" ADD CONSTRAINT "allotment_lines_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotment_lines" ADD CONSTRAINT "allotment_lines_shared_account_id_accounts_id_fk" FOREIGN KEY ("shared_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotment_lines" ADD CONSTRAINT "line_belongs_to_its_allotment" FOREIGN KEY ("allotment_id","school_authority_id") REFERENCES "public"."allotments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotment_divides_its_envelope" FOREIGN KEY ("envelope_id","school_authority_id") REFERENCES "public"."envelopes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotment_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_lines" ADD CONSTRAINT "notice_lines_base_account_id_accounts_id_fk" FOREIGN KEY ("base_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_lines" ADD CONSTRAINT "notice_lines_shared_account_id_accounts_id_fk" FOREIGN KEY ("shared_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_lines" ADD CONSTRAINT "notice_lines_beyond_account_id_accounts_id_fk" FOREIGN KEY ("beyond_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_lines" ADD CONSTRAINT "line_belongs_to_its_notice" FOREIGN KEY ("notice_id","grant_id") REFERENCES "public"."notices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_lines" ADD CONSTRAINT "changed_line_belongs_to_its_grant" FOREIGN KEY ("budget_line_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notice_changes_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programme_is_recorded_within_its_authority" FOREIGN KEY ("recorded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_answers" ADD CONSTRAINT "proof_answers_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_answers" ADD CONSTRAINT "answer_answers_its_proof" FOREIGN KEY ("proof_id","school_authority_id") REFERENCES "public"."proofs_of_use"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_cuts" ADD CONSTRAINT "proof_cuts_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_cuts" ADD CONSTRAINT "proof_cuts_budget_line_id_accounts_id_fk" FOREIGN KEY ("budget_line_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_cuts" ADD CONSTRAINT "cut_belongs_to_its_answer" FOREIGN KEY ("answer_id","school_authority_id") REFERENCES "public"."proof_answers"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs_of_use" ADD CONSTRAINT "proofs_of_use_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs_of_use" ADD CONSTRAINT "proof_accounts_for_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_is_of_a_user_of_its_authority" FOREIGN KEY ("user_id","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_steps_by_application" ON "application_steps" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "attachments_by_subject" ON "attachments" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "repayments_by_grant" ON "repayments" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "allotment_lines_by_allotment" ON "allotment_lines" USING btree ("allotment_id");--> statement-breakpoint
CREATE INDEX "notice_lines_by_notice" ON "notice_lines" USING btree ("notice_id");--> statement-breakpoint
CREATE INDEX "notices_by_grant" ON "notices" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "proof_cuts_by_invoice_line" ON "proof_cuts" USING btree ("invoice_line_id");--> statement-breakpoint
CREATE INDEX "proofs_of_use_by_grant" ON "proofs_of_use" USING btree ("grant_id");--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "superseded_application_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_beyond_account_id_accounts_id_fk" FOREIGN KEY ("beyond_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD CONSTRAINT "grant_lines_beyond_account_id_accounts_id_fk" FOREIGN KEY ("beyond_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "application_is_superseded_once" UNIQUE("supersedes_id");--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measure_is_charged_whole" CHECK ("measures"."from_base" + "measures"."from_shared" + coalesce("measures"."beyond", 0) = "measures"."amount");--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "no_more_is_repaid_than_received" CHECK ("balances"."repaid" <= "balances"."received");--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "balance_is_not_negative" CHECK (least("balances"."ceiling", "balances"."applied", "balances"."granted", "balances"."approved", "balances"."committed", "balances"."invoiced", "balances"."paid", "balances"."reclaimed", "balances"."drawn", "balances"."received", "balances"."repaid", "balances"."interest", "balances"."appropriated") >= 0);--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "no_more_is_drawn_than_granted" CHECK ("balances"."drawn" - "balances"."repaid" <= "balances"."granted" + "balances"."reclaimed");--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_figure_goes_with_its_account" CHECK (case "entries"."account_kind"
        when 'pot' then "entries"."figure"::text in ('ceiling', 'applied', 'granted')
        when 'budget_line' then "entries"."figure"::text in ('approved', 'committed', 'invoiced', 'paid')
        when 'income' then "entries"."figure"::text in ('granted', 'reclaimed', 'drawn', 'received', 'repaid', 'interest')
        when 'appropriation' then "entries"."figure"::text in ('appropriated', 'committed', 'invoiced', 'paid')
      end);