CREATE TYPE "public"."key_basis" AS ENUM('fixed_sum', 'equal_parts', 'pupils', 'schools', 'inhabitants', 'devices');--> statement-breakpoint
CREATE TYPE "public"."joint_legal_form" AS ENUM('special_purpose_agreement', 'special_purpose_association', 'joint_institution', 'other');--> statement-breakpoint
CREATE TYPE "public"."membership_change" AS ENUM('joined', 'left');--> statement-breakpoint
CREATE TYPE "public"."joint_cost_kind" AS ENUM('invoice', 'staff_hours', 'other');--> statement-breakpoint
CREATE TYPE "public"."joint_reading" AS ENUM('own_share', 'joint_total');--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_membership' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_plan' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_payment' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_cost' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_settlement' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_terms_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_membership_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_key_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_plan_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_payment_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_cost_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_settlement_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'member_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_membership' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_plan' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_payment' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_cost' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_settlement' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_planned';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_paid';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_settled';--> statement-breakpoint
CREATE TABLE "joint_key_components" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"basis" "key_basis" NOT NULL,
	"percent" numeric(5, 2),
	"counted_on" date,
	"source" text NOT NULL,
	CONSTRAINT "key_has_a_basis_once" UNIQUE("key_id","basis"),
	CONSTRAINT "fixed_sums_have_no_percent" CHECK (("joint_key_components"."basis" = 'fixed_sum') = ("joint_key_components"."percent" is null))
);
--> statement-breakpoint
CREATE TABLE "joint_key_figures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"basis" "key_basis" NOT NULL,
	"member_id" uuid NOT NULL,
	"value" numeric(18, 4) NOT NULL,
	CONSTRAINT "key_has_a_figure_once" UNIQUE("key_id","basis","member_id"),
	CONSTRAINT "key_figure_is_not_negative" CHECK ("joint_key_figures"."value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "joint_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_key_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "joint_key_is_of_one_service" UNIQUE("id","joint_service_id")
);
--> statement-breakpoint
CREATE TABLE "joint_member_terms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"address" text NOT NULL,
	"resolution" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "joint_memberships" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" "membership_change" NOT NULL,
	"changed_on" date NOT NULL,
	"reason" text NOT NULL,
	"resolution" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "membership_change_has_a_reason" CHECK ("joint_memberships"."reason" <> '')
);
--> statement-breakpoint
CREATE TABLE "joint_term_services" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"terms_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"points" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "joint_terms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"legal_form" "joint_legal_form" NOT NULL,
	"legal_form_note" text NOT NULL,
	"ends_on" date,
	"notice_months" integer,
	"performing_member_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_terms_are_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "other_legal_form_has_words" CHECK ("joint_terms"."legal_form" <> 'other' or "joint_terms"."legal_form_note" <> '')
);
--> statement-breakpoint
CREATE TABLE "joint_costs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"kind" "joint_cost_kind" NOT NULL,
	"incurred_on" date NOT NULL,
	"description" text NOT NULL,
	"reference" text NOT NULL,
	"invoice_id" uuid,
	"hours" numeric(18, 4),
	"rate" numeric(14, 2),
	"amount" numeric(14, 2) NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_cost_is_something" CHECK ("joint_costs"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "joint_instalments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"plan_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"due_on" date NOT NULL,
	CONSTRAINT "instalment_is_numbered_once" UNIQUE("plan_id","member_id","number")
);
--> statement-breakpoint
CREATE TABLE "joint_payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"settlement_id" uuid,
	"member_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "instalment_is_not_negative" CHECK ("joint_payments"."amount" <> 0 and ("joint_payments"."settlement_id" is not null or "joint_payments"."amount" > 0))
);
--> statement-breakpoint
CREATE TABLE "joint_plan_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"plan_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "joint_plan_has_a_part_once" UNIQUE("plan_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "joint_plans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"reading" "joint_reading" NOT NULL,
	"number" text NOT NULL,
	"planned_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"key_id" uuid,
	"appropriation_account_id" uuid,
	"performing_member_id" uuid NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_plan_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "joint_plan_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "joint_plan_is_recorded_once" UNIQUE NULLS NOT DISTINCT("joint_service_id","fiscal_year","supersedes_id"),
	CONSTRAINT "planned_amount_is_positive" CHECK ("joint_plans"."amount" > 0),
	CONSTRAINT "joint_total_has_a_key" CHECK (("joint_plans"."reading" = 'joint_total') = ("joint_plans"."key_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "joint_settlement_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"settlement_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"days" integer NOT NULL,
	"planned" numeric(14, 2) NOT NULL,
	"paid" numeric(14, 2) NOT NULL,
	CONSTRAINT "joint_settlement_has_a_part_once" UNIQUE("settlement_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "joint_settlements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"key_id" uuid,
	"number" text NOT NULL,
	"settled_on" date NOT NULL,
	"due_on" date NOT NULL,
	"total" numeric(14, 2) NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_settlement_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "joint_settlement_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "joint_year_is_settled_once" UNIQUE NULLS NOT DISTINCT("plan_id","supersedes_id"),
	CONSTRAINT "settled_total_is_not_negative" CHECK ("joint_settlements"."total" >= 0)
);
--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "account_is_named_once";--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "account_is_named_by_its_kind";--> statement-breakpoint
ALTER TABLE "balances" DROP CONSTRAINT "balance_is_not_negative";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entry_figure_goes_with_its_account";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "running_costs_are_booked_on_appropriations_only";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_planned" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_paid" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_settled" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "joint_service_members" ADD COLUMN "joined_on" date;--> statement-breakpoint
ALTER TABLE "joint_key_components" ADD CONSTRAINT "key_component_is_of_its_key" FOREIGN KEY ("key_id","school_authority_id") REFERENCES "public"."joint_keys"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_key_figures" ADD CONSTRAINT "joint_key_figures_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_key_figures" ADD CONSTRAINT "key_figure_is_of_its_key" FOREIGN KEY ("key_id","school_authority_id") REFERENCES "public"."joint_keys"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_keys" ADD CONSTRAINT "joint_keys_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_keys" ADD CONSTRAINT "joint_key_is_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_member_terms" ADD CONSTRAINT "joint_member_terms_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_member_terms" ADD CONSTRAINT "member_terms_are_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_member_terms" ADD CONSTRAINT "member_terms_are_of_a_member" FOREIGN KEY ("member_id","joint_service_id") REFERENCES "public"."joint_service_members"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_memberships" ADD CONSTRAINT "joint_memberships_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_memberships" ADD CONSTRAINT "membership_is_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_memberships" ADD CONSTRAINT "membership_is_of_a_member" FOREIGN KEY ("member_id","joint_service_id") REFERENCES "public"."joint_service_members"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_term_services" ADD CONSTRAINT "joint_service_position_is_of_its_terms" FOREIGN KEY ("terms_id","school_authority_id") REFERENCES "public"."joint_terms"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_terms" ADD CONSTRAINT "joint_terms_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_terms" ADD CONSTRAINT "joint_terms_are_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_terms" ADD CONSTRAINT "performing_member_is_of_the_service" FOREIGN KEY ("performing_member_id","joint_service_id") REFERENCES "public"."joint_service_members"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_costs_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_costs_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_cost_is_of_a_plan" FOREIGN KEY ("plan_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_instalments" ADD CONSTRAINT "joint_instalments_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_instalments" ADD CONSTRAINT "instalment_is_of_its_plan" FOREIGN KEY ("plan_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_payments" ADD CONSTRAINT "joint_payments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_payments" ADD CONSTRAINT "joint_payments_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_payments" ADD CONSTRAINT "joint_payment_is_of_a_plan" FOREIGN KEY ("plan_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_payments" ADD CONSTRAINT "joint_payment_is_of_a_settlement" FOREIGN KEY ("settlement_id","school_authority_id") REFERENCES "public"."joint_settlements"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_payments" ADD CONSTRAINT "joint_payment_is_booked_on_an_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plan_parts" ADD CONSTRAINT "joint_plan_parts_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plan_parts" ADD CONSTRAINT "joint_part_is_of_its_plan" FOREIGN KEY ("plan_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plan_parts" ADD CONSTRAINT "joint_part_is_booked_on_an_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "joint_plans_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "superseded_joint_plan_is_of_its_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "joint_plan_is_of_a_service" FOREIGN KEY ("joint_service_id","school_authority_id") REFERENCES "public"."joint_services"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "joint_plan_stands_on_a_key" FOREIGN KEY ("key_id","joint_service_id") REFERENCES "public"."joint_keys"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "joint_plan_is_performed_by_a_member" FOREIGN KEY ("performing_member_id","joint_service_id") REFERENCES "public"."joint_service_members"("id","joint_service_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD CONSTRAINT "joint_plan_is_booked_on_an_account" FOREIGN KEY ("appropriation_account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlement_parts" ADD CONSTRAINT "joint_settlement_parts_member_id_joint_service_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."joint_service_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlement_parts" ADD CONSTRAINT "joint_part_is_of_its_settlement" FOREIGN KEY ("settlement_id","school_authority_id") REFERENCES "public"."joint_settlements"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlement_parts" ADD CONSTRAINT "settled_part_is_booked_on_an_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlements" ADD CONSTRAINT "joint_settlements_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlements" ADD CONSTRAINT "joint_settlements_key_id_joint_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."joint_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_settlements" ADD CONSTRAINT "joint_settlement_is_of_a_plan" FOREIGN KEY ("plan_id","school_authority_id") REFERENCES "public"."joint_plans"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "joint_key_figures_by_key" ON "joint_key_figures" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "joint_payments_by_plan" ON "joint_payments" USING btree ("plan_id");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_is_named_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","kind","envelope_id","pot_kind","grant_id","school_id","code","fiscal_year","product","ledger_account","member_id");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_is_named_by_its_kind" CHECK (case "accounts"."kind"::text
        when 'pot' then "accounts"."envelope_id" is not null and "accounts"."pot_kind" is not null
        when 'budget_line' then "accounts"."grant_id" is not null and "accounts"."school_id" is not null and "accounts"."code" is not null
        when 'income' then "accounts"."grant_id" is not null
        when 'appropriation' then "accounts"."fiscal_year" is not null and "accounts"."product" is not null and "accounts"."ledger_account" is not null
        when 'member_share' then "accounts"."fiscal_year" is not null and "accounts"."member_id" is not null
      end);--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "balance_is_not_negative" CHECK (least("balances"."ceiling", "balances"."applied", "balances"."granted", "balances"."approved", "balances"."committed", "balances"."invoiced", "balances"."paid", "balances"."reclaimed", "balances"."drawn", "balances"."received", "balances"."repaid", "balances"."interest", "balances"."appropriated", "balances"."share_planned", "balances"."share_paid", "balances"."share_settled") >= 0);--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_figure_goes_with_its_account" CHECK (case "entries"."account_kind"::text
        when 'pot' then "entries"."figure"::text in ('ceiling', 'applied', 'granted')
        when 'budget_line' then "entries"."figure"::text in ('approved', 'committed', 'invoiced', 'paid')
        when 'income' then "entries"."figure"::text in ('granted', 'reclaimed', 'drawn', 'received', 'repaid', 'interest')
        when 'appropriation' then "entries"."figure"::text in ('appropriated', 'committed', 'invoiced', 'paid')
        when 'member_share' then "entries"."figure"::text in ('share_planned', 'share_paid', 'share_settled')
      end);--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "running_costs_are_booked_on_appropriations_only" CHECK ("entries"."document_kind" = 'reversal'
        or ("entries"."document_kind"::text in ('appropriation', 'cost_share', 'cost_share_payment', 'joint_plan', 'joint_payment', 'joint_settlement')) = ("entries"."account_kind"::text in ('appropriation', 'member_share')));