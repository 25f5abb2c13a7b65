CREATE TYPE "public"."school_kind" AS ENUM('primary', 'general', 'vocational_part_time');--> statement-breakpoint
CREATE TYPE "public"."stage_kind" AS ENUM('preliminary', 'decision');--> statement-breakpoint
CREATE TYPE "public"."deed" AS ENUM('signed_in', 'authority_founded', 'school_recorded', 'school_changed', 'resolution_recorded', 'envelope_recorded', 'application_recorded', 'grant_recorded', 'order_recorded', 'order_closed', 'invoice_recorded', 'payment_recorded', 'drawdown_requested', 'payout_recorded', 'appropriation_recorded', 'joint_service_recorded', 'cost_share_recorded', 'cost_share_paid', 'document_reversed', 'user_recorded', 'user_deactivated', 'user_reactivated', 'password_changed', 'workbook_exported');--> statement-breakpoint
CREATE TYPE "public"."ineligible_reason" AS ENUM('vat', 'other');--> statement-breakpoint
CREATE TYPE "public"."account_kind" AS ENUM('pot', 'budget_line', 'income', 'appropriation');--> statement-breakpoint
CREATE TYPE "public"."document_kind" AS ENUM('envelope', 'application', 'grant', 'order', 'order_closure', 'invoice', 'payment', 'drawdown', 'payout', 'appropriation', 'cost_share', 'cost_share_payment', 'reversal');--> statement-breakpoint
CREATE TYPE "public"."figure" AS ENUM('ceiling', 'applied', 'granted', 'approved', 'committed', 'invoiced', 'paid', 'drawn', 'received', 'appropriated');--> statement-breakpoint
CREATE TYPE "public"."pot_kind" AS ENUM('base', 'free', 'administration');--> statement-breakpoint
CREATE TYPE "public"."allocation_key" AS ENUM('own_share', 'equal_parts', 'by_weight');--> statement-breakpoint
CREATE TYPE "public"."award_kind" AS ENUM('direct', 'negotiated', 'restricted', 'open');--> statement-breakpoint
CREATE TYPE "public"."cost_kind" AS ENUM('investment', 'accompanying', 'running');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('clerk', 'board', 'auditor', 'administrator');--> statement-breakpoint
CREATE TABLE "resolution_stages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"committee" text NOT NULL,
	"kind" "stage_kind" NOT NULL,
	"held_on" date,
	"outcome" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resolutions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "resolution_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "resolution_number_is_used_once" UNIQUE("school_authority_id","number")
);
--> statement-breakpoint
CREATE TABLE "school_authorities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"is_example" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schools" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"name" text NOT NULL,
	"number" text DEFAULT '' NOT NULL,
	"kind" "school_kind" NOT NULL,
	"pupils" integer NOT NULL,
	"pupils_counted_on" date NOT NULL,
	"pupils_are_illustrative" boolean NOT NULL,
	"media_concept_on" date,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "school_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "school_name_is_used_once" UNIQUE("school_authority_id","name"),
	CONSTRAINT "school_has_no_negative_pupils" CHECK ("schools"."pupils" >= 0)
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" uuid NOT NULL,
	"deed" "deed" NOT NULL,
	"subject_id" uuid,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"content_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drawdowns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"requested_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "drawdown_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "drawdown_number_is_used_once" UNIQUE("grant_id","number"),
	CONSTRAINT "drawn_amount_is_positive" CHECK ("drawdowns"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"drawdown_id" uuid NOT NULL,
	"received_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "payout_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "received_amount_is_positive" CHECK ("payouts"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"envelope_id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"title" text NOT NULL,
	"submitted_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "application_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "envelope_pots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"envelope_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"pot_kind" "pot_kind" NOT NULL,
	"school_id" uuid,
	"ceiling" numeric(14, 2) NOT NULL,
	"pupils" integer,
	"weight" numeric(18, 4),
	"per_pupil_share" numeric(18, 4),
	CONSTRAINT "base_amount_has_a_school" CHECK (("envelope_pots"."pot_kind" = 'base') = ("envelope_pots"."school_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "envelopes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"given_amount" numeric(14, 2) NOT NULL,
	"computed_amount" numeric(14, 2) NOT NULL,
	"administration_amount" numeric(14, 2) NOT NULL,
	"given_on" date NOT NULL,
	"note" text NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "envelope_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "envelope_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "envelope_is_recorded_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","programme","supersedes_id")
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"school_id" uuid NOT NULL,
	"code" text NOT NULL,
	"description" text NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"from_base" numeric(14, 2) NOT NULL,
	"from_shared" numeric(14, 2) NOT NULL,
	"base_account_id" uuid,
	"shared_account_id" uuid,
	CONSTRAINT "measure_amount_is_positive" CHECK ("measures"."amount" > 0),
	CONSTRAINT "measure_is_charged_whole" CHECK ("measures"."from_base" + "measures"."from_shared" = "measures"."amount")
);
--> statement-breakpoint
CREATE TABLE "grant_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"budget_line_id" uuid NOT NULL,
	"approved" numeric(14, 2) NOT NULL,
	"from_base" numeric(14, 2) NOT NULL,
	"from_shared" numeric(14, 2) NOT NULL,
	"base_account_id" uuid,
	"shared_account_id" uuid,
	CONSTRAINT "budget_line_is_approved_once" UNIQUE("budget_line_id"),
	CONSTRAINT "line_amount_is_positive" CHECK ("grant_lines"."approved" > 0)
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"file_number" text NOT NULL,
	"granting_authority" text NOT NULL,
	"notice_on" date NOT NULL,
	"spend_from" date NOT NULL,
	"spend_until" date NOT NULL,
	"funding_rate" numeric(5, 2) NOT NULL,
	"grant_amount" numeric(14, 2) NOT NULL,
	"line_tolerance" numeric(5, 2) NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "grant_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "grant_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "file_number_is_used_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","file_number","supersedes_id"),
	CONSTRAINT "grant_period_runs_forward" CHECK ("grants"."spend_from" <= "grants"."spend_until"),
	CONSTRAINT "grant_amount_is_positive" CHECK ("grants"."grant_amount" > 0),
	CONSTRAINT "grant_rate_is_a_share" CHECK ("grants"."funding_rate" > 0 and "grants"."funding_rate" <= 100)
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"budget_line_id" uuid NOT NULL,
	"order_line_id" uuid,
	"cost_kind" "cost_kind" NOT NULL,
	"description" text NOT NULL,
	"gross_amount" numeric(14, 2) NOT NULL,
	"ineligible_amount" numeric(14, 2) NOT NULL,
	"ineligible_reason" "ineligible_reason",
	"released_amount" numeric(14, 2) NOT NULL,
	CONSTRAINT "invoiced_amount_is_positive" CHECK ("invoice_lines"."gross_amount" > 0),
	CONSTRAINT "ineligible_part_is_within_its_line" CHECK ("invoice_lines"."ineligible_amount" >= 0 and "invoice_lines"."ineligible_amount" < "invoice_lines"."gross_amount"),
	CONSTRAINT "ineligible_part_has_a_reason" CHECK (("invoice_lines"."ineligible_amount" = 0) = ("invoice_lines"."ineligible_reason" is null)),
	CONSTRAINT "released_part_is_within_its_line" CHECK ("invoice_lines"."released_amount" >= 0 and "invoice_lines"."released_amount" <= "invoice_lines"."gross_amount" - "invoice_lines"."ineligible_amount"),
	CONSTRAINT "running_costs_are_not_invoiced_on_a_grant" CHECK ("invoice_lines"."cost_kind" <> 'running')
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"supplier_id" uuid NOT NULL,
	"number" text NOT NULL,
	"number_key" text NOT NULL,
	"invoiced_on" date NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "invoice_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "invoice_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "invoice_is_of_one_grant" UNIQUE("id","grant_id"),
	CONSTRAINT "invoice_is_recorded_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","supplier_id","number_key","supersedes_id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"cash_discount" numeric(14, 2) NOT NULL,
	"paid_amount" numeric(14, 2) NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "payment_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "payment_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "invoice_is_paid_once" UNIQUE NULLS NOT DISTINCT("invoice_id","supersedes_id"),
	CONSTRAINT "discount_is_not_negative" CHECK ("payments"."cash_discount" >= 0),
	CONSTRAINT "paid_amount_is_positive" CHECK ("payments"."paid_amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"kind" "account_kind" NOT NULL,
	"envelope_id" uuid,
	"pot_kind" "pot_kind",
	"grant_id" uuid,
	"school_id" uuid,
	"code" text,
	"fiscal_year" integer,
	"product" text,
	"ledger_account" text,
	"name" text DEFAULT '' NOT NULL,
	CONSTRAINT "account_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "account_has_one_kind" UNIQUE("id","kind"),
	CONSTRAINT "account_belongs_to_one_grant" UNIQUE("id","grant_id"),
	CONSTRAINT "account_is_named_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","kind","envelope_id","pot_kind","grant_id","school_id","code","fiscal_year","product","ledger_account"),
	CONSTRAINT "account_is_named_by_its_kind" CHECK (case "accounts"."kind"
        when 'pot' then "accounts"."envelope_id" is not null and "accounts"."pot_kind" is not null
        when 'budget_line' then "accounts"."grant_id" is not null and "accounts"."school_id" is not null and "accounts"."code" is not null
        when 'income' then "accounts"."grant_id" is not null
        when 'appropriation' then "accounts"."fiscal_year" is not null and "accounts"."product" is not null and "accounts"."ledger_account" is not null
      end)
);
--> statement-breakpoint
CREATE TABLE "balances" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"ceiling" numeric(14, 2) DEFAULT 0 NOT NULL,
	"applied" numeric(14, 2) DEFAULT 0 NOT NULL,
	"granted" numeric(14, 2) DEFAULT 0 NOT NULL,
	"approved" numeric(14, 2) DEFAULT 0 NOT NULL,
	"committed" numeric(14, 2) DEFAULT 0 NOT NULL,
	"invoiced" numeric(14, 2) DEFAULT 0 NOT NULL,
	"paid" numeric(14, 2) DEFAULT 0 NOT NULL,
	"drawn" numeric(14, 2) DEFAULT 0 NOT NULL,
	"received" numeric(14, 2) DEFAULT 0 NOT NULL,
	"appropriated" numeric(14, 2) DEFAULT 0 NOT NULL,
	CONSTRAINT "balance_is_not_negative" CHECK (least("balances"."ceiling", "balances"."applied", "balances"."granted", "balances"."approved", "balances"."committed", "balances"."invoiced", "balances"."paid", "balances"."drawn", "balances"."received", "balances"."appropriated") >= 0),
	CONSTRAINT "no_more_is_paid_than_invoiced" CHECK ("balances"."paid" <= "balances"."invoiced"),
	CONSTRAINT "no_more_is_received_than_drawn" CHECK ("balances"."received" <= "balances"."drawn"),
	CONSTRAINT "no_more_is_drawn_than_granted" CHECK ("balances"."drawn" <= "balances"."granted")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"school_authority_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"account_id" uuid NOT NULL,
	"account_kind" "account_kind" NOT NULL,
	"figure" "figure" NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"booked_on" date NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"document_kind" "document_kind" NOT NULL,
	"document_id" uuid NOT NULL,
	"document_hash" text NOT NULL,
	"text" text NOT NULL,
	"reverses_number" bigint,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "entries_school_authority_id_number_pk" PRIMARY KEY("school_authority_id","number"),
	CONSTRAINT "entry_is_reversed_once" UNIQUE("school_authority_id","reverses_number"),
	CONSTRAINT "entry_moves_something" CHECK ("entries"."amount" <> 0),
	CONSTRAINT "entry_numbers_start_at_one" CHECK ("entries"."number" >= 1),
	CONSTRAINT "entry_figure_goes_with_its_account" CHECK (case "entries"."account_kind"
        when 'pot' then "entries"."figure" in ('ceiling', 'applied', 'granted')
        when 'budget_line' then "entries"."figure" in ('approved', 'committed', 'invoiced', 'paid')
        when 'income' then "entries"."figure" in ('granted', 'drawn', 'received')
        when 'appropriation' then "entries"."figure" in ('appropriated', 'committed', 'invoiced', 'paid')
      end),
	CONSTRAINT "running_costs_are_booked_on_appropriations_only" CHECK ("entries"."document_kind" = 'reversal'
        or ("entries"."document_kind" in ('appropriation', 'cost_share', 'cost_share_payment')) = ("entries"."account_kind" = 'appropriation'))
);
--> statement-breakpoint
CREATE TABLE "journal_heads" (
	"school_authority_id" uuid PRIMARY KEY NOT NULL,
	"number" bigint DEFAULT 0 NOT NULL,
	"hash" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reversals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"document_kind" "document_kind" NOT NULL,
	"document_id" uuid NOT NULL,
	"reversed_on" date NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "document_is_reversed_once" UNIQUE("document_id"),
	CONSTRAINT "reversal_has_a_reason" CHECK ("reversals"."reason" <> ''),
	CONSTRAINT "reversal_is_not_reversed" CHECK ("reversals"."document_kind" <> 'reversal')
);
--> statement-breakpoint
CREATE TABLE "appropriations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"decided_on" date NOT NULL,
	"resolution_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "appropriated_amount_is_positive" CHECK ("appropriations"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "cost_share_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"cost_share_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"weight" numeric(18, 4),
	"amount" numeric(14, 2) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cost_share_payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"cost_share_id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "cost_share_payment_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "cost_share_payment_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "cost_share_is_paid_once" UNIQUE NULLS NOT DISTINCT("cost_share_id","supersedes_id")
);
--> statement-breakpoint
CREATE TABLE "cost_shares" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"appropriation_account_id" uuid NOT NULL,
	"demanded_on" date NOT NULL,
	"number" text NOT NULL,
	"allocation_key" "allocation_key" NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "cost_share_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "cost_share_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "cost_share_is_recorded_once" UNIQUE NULLS NOT DISTINCT("joint_service_id","fiscal_year","supersedes_id"),
	CONSTRAINT "cost_is_positive" CHECK ("cost_shares"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "joint_service_members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"is_own" boolean NOT NULL,
	CONSTRAINT "member_is_of_one_joint_service" UNIQUE("id","joint_service_id")
);
--> statement-breakpoint
CREATE TABLE "joint_services" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"name" text NOT NULL,
	"legal_form" text NOT NULL,
	"started_on" date NOT NULL,
	"resolution_id" uuid,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_service_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "order_closure_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"closure_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"order_line_id" uuid NOT NULL,
	"freed_amount" numeric(14, 2) NOT NULL,
	CONSTRAINT "freed_amount_is_positive" CHECK ("order_closure_lines"."freed_amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "order_closures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"closed_on" date NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "closure_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"budget_line_id" uuid NOT NULL,
	"cost_kind" "cost_kind" NOT NULL,
	"description" text NOT NULL,
	"gross_amount" numeric(14, 2) NOT NULL,
	CONSTRAINT "order_line_is_of_one_budget_line" UNIQUE("id","budget_line_id"),
	CONSTRAINT "ordered_amount_is_positive" CHECK ("order_lines"."gross_amount" > 0),
	CONSTRAINT "running_costs_are_not_ordered_on_a_grant" CHECK ("order_lines"."cost_kind" <> 'running')
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"supplier_id" uuid NOT NULL,
	"number" text NOT NULL,
	"ordered_on" date NOT NULL,
	"award_kind" "award_kind" NOT NULL,
	"award_reference" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "order_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "order_is_of_one_grant" UNIQUE("id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "suppliers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	CONSTRAINT "supplier_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "supplier_is_known_once" UNIQUE("school_authority_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"password_hash" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "email_is_used_once" UNIQUE("email"),
	CONSTRAINT "user_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
ALTER TABLE "resolution_stages" ADD CONSTRAINT "stage_belongs_to_its_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "change_is_made_within_its_authority" FOREIGN KEY ("changed_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawdowns" ADD CONSTRAINT "drawdowns_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawdowns" ADD CONSTRAINT "drawdown_asks_for_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payout_answers_its_drawdown" FOREIGN KEY ("drawdown_id","school_authority_id") REFERENCES "public"."drawdowns"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "application_draws_on_its_envelope" FOREIGN KEY ("envelope_id","school_authority_id") REFERENCES "public"."envelopes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "application_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_pots" ADD CONSTRAINT "envelope_pots_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_pots" ADD CONSTRAINT "pot_belongs_to_its_envelope" FOREIGN KEY ("envelope_id","school_authority_id") REFERENCES "public"."envelopes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_pots" ADD CONSTRAINT "pot_school_is_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "superseded_envelope_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."envelopes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_base_account_id_accounts_id_fk" FOREIGN KEY ("base_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_shared_account_id_accounts_id_fk" FOREIGN KEY ("shared_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measure_belongs_to_its_application" FOREIGN KEY ("application_id","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measure_school_is_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD CONSTRAINT "grant_lines_base_account_id_accounts_id_fk" FOREIGN KEY ("base_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD CONSTRAINT "grant_lines_shared_account_id_accounts_id_fk" FOREIGN KEY ("shared_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD CONSTRAINT "line_belongs_to_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_lines" ADD CONSTRAINT "line_account_is_of_its_grant" FOREIGN KEY ("budget_line_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "superseded_grant_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grant_answers_an_application" FOREIGN KEY ("application_id","school_authority_id") REFERENCES "public"."applications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "line_belongs_to_its_invoice" FOREIGN KEY ("invoice_id","grant_id") REFERENCES "public"."invoices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_line_belongs_to_its_grant" FOREIGN KEY ("budget_line_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "line_fulfils_an_order_of_its_budget_line" FOREIGN KEY ("order_line_id","budget_line_id") REFERENCES "public"."order_lines"("id","budget_line_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "superseded_invoice_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoice_spends_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoice_comes_from_a_supplier" FOREIGN KEY ("supplier_id","school_authority_id") REFERENCES "public"."suppliers"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "superseded_payment_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."payments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payment_pays_its_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_school_is_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "balance_is_of_an_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_account_is_of_its_authority" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_knows_its_kind_of_account" FOREIGN KEY ("account_id","account_kind") REFERENCES "public"."accounts"("id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_is_recorded_by_its_authority" FOREIGN KEY ("recorded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_heads" ADD CONSTRAINT "journal_heads_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appropriations" ADD CONSTRAINT "appropriations_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appropriations" ADD CONSTRAINT "appropriation_is_of_its_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appropriations" ADD CONSTRAINT "appropriation_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_share_parts" ADD CONSTRAINT "cost_share_parts_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_share_parts" ADD CONSTRAINT "part_belongs_to_its_cost_share" FOREIGN KEY ("cost_share_id","school_authority_id") REFERENCES "public"."cost_shares"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_share_payments" ADD CONSTRAINT "cost_share_payments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_share_payments" ADD CONSTRAINT "superseded_payment_is_of_its_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."cost_share_payments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_share_payments" ADD CONSTRAINT "payment_pays_its_cost_share" FOREIGN KEY ("cost_share_id","school_authority_id") REFERENCES "public"."cost_shares"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "cost_shares_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "superseded_cost_share_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."cost_shares"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "cost_share_is_of_its_joint_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "cost_share_is_booked_on_an_account" FOREIGN KEY ("appropriation_account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_service_members" ADD CONSTRAINT "member_belongs_to_its_joint_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_services" ADD CONSTRAINT "joint_services_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_services" ADD CONSTRAINT "joint_service_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_closure_lines" ADD CONSTRAINT "order_closure_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_closure_lines" ADD CONSTRAINT "line_belongs_to_its_closure" FOREIGN KEY ("closure_id","school_authority_id") REFERENCES "public"."order_closures"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_closures" ADD CONSTRAINT "order_closures_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_closures" ADD CONSTRAINT "closure_closes_its_order" FOREIGN KEY ("order_id","school_authority_id") REFERENCES "public"."orders"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "line_belongs_to_its_order" FOREIGN KEY ("order_id","grant_id") REFERENCES "public"."orders"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "ordered_line_belongs_to_its_grant" FOREIGN KEY ("budget_line_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_spends_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_goes_to_a_supplier" FOREIGN KEY ("supplier_id","school_authority_id") REFERENCES "public"."suppliers"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppliers" ADD CONSTRAINT "suppliers_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_by_time" ON "changes" USING btree ("school_authority_id","changed_at");--> statement-breakpoint
CREATE INDEX "payouts_by_drawdown" ON "payouts" USING btree ("drawdown_id");--> statement-breakpoint
CREATE INDEX "measures_by_application" ON "measures" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "grant_lines_by_grant" ON "grant_lines" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "invoice_lines_by_invoice" ON "invoice_lines" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "invoice_lines_by_order_line" ON "invoice_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "invoices_by_grant" ON "invoices" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "accounts_by_grant" ON "accounts" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "entries_by_account" ON "entries" USING btree ("account_id","figure");--> statement-breakpoint
CREATE INDEX "entries_by_document" ON "entries" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "cost_share_parts_by_cost_share" ON "cost_share_parts" USING btree ("cost_share_id");--> statement-breakpoint
CREATE INDEX "order_closure_lines_by_order_line" ON "order_closure_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "order_lines_by_order" ON "order_lines" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "orders_by_grant" ON "orders" USING btree ("grant_id");