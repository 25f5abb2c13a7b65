CREATE TYPE "public"."asset_kind" AS ENUM('computer', 'notebook', 'tablet', 'printer', 'fax', 'copier', 'display', 'network', 'other');--> statement-breakpoint
CREATE TYPE "public"."over_budget_policy" AS ENUM('stop', 'warn', 'allow');--> statement-breakpoint
CREATE TYPE "public"."contract_change_kind" AS ENUM('price', 'end', 'termination');--> statement-breakpoint
CREATE TYPE "public"."contract_kind" AS ENUM('licence', 'support', 'maintenance', 'line', 'leasing', 'staff', 'other');--> statement-breakpoint
CREATE TYPE "public"."contract_rhythm" AS ENUM('month', 'quarter', 'year');--> statement-breakpoint
CREATE TYPE "public"."price_adjustment" AS ENUM('none', 'yearly_step', 'index');--> statement-breakpoint
CREATE TYPE "public"."price_step_day" AS ENUM('new_year', 'anniversary');--> statement-breakpoint
CREATE TYPE "public"."key_basis" AS ENUM('fixed_sum', 'equal_parts', 'pupils', 'schools', 'inhabitants', 'devices');--> statement-breakpoint
CREATE TYPE "public"."joint_legal_form" AS ENUM('special_purpose_agreement', 'special_purpose_association', 'joint_institution', 'other');--> statement-breakpoint
CREATE TYPE "public"."membership_change" AS ENUM('joined', 'left');--> statement-breakpoint
CREATE TYPE "public"."joint_cost_kind" AS ENUM('invoice', 'staff_hours', 'other');--> statement-breakpoint
CREATE TYPE "public"."joint_reading" AS ENUM('own_share', 'joint_total');--> statement-breakpoint
CREATE TYPE "public"."budget_part" AS ENUM('operating', 'financial');--> statement-breakpoint
CREATE TYPE "public"."carryover_ground" AS ENUM('investment', 'budget', 'earmarked');--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'supplement' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'extra_approval' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'carryover' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'year_closing' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'contract' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'contract_change' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'asset' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'asset_disposal' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_membership' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_plan' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_payment' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_cost' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."attachment_subject" ADD VALUE 'joint_settlement' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'supplement_recorded' BEFORE 'joint_service_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'extra_approved' BEFORE 'joint_service_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'carried_over' BEFORE 'joint_service_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'fiscal_year_closed' BEFORE 'joint_service_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_terms_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_membership_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_key_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_plan_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_payment_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_cost_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'joint_settlement_recorded' BEFORE 'cost_share_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'contract_recorded' BEFORE 'document_reversed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'contract_changed' BEFORE 'document_reversed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'index_value_recorded' BEFORE 'document_reversed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'assets_recorded' BEFORE 'document_reversed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'asset_disposed' BEFORE 'document_reversed';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'member_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'supplement' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'extra_approval' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'carryover' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'year_closing' BEFORE 'cost_share';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'contract' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'contract_change' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'asset' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'asset_disposal' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_membership' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_plan' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_payment' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_cost' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'joint_settlement' BEFORE 'reversal';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'supplemented';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'carried';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'extra';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'covered';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_planned';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_paid';--> statement-breakpoint
ALTER TYPE "public"."figure" ADD VALUE 'share_settled';--> statement-breakpoint
CREATE TABLE "asset_cost_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	CONSTRAINT "further_cost_is_named_once" UNIQUE("asset_id","invoice_line_id")
);--> statement-breakpoint
CREATE TABLE "asset_disposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"disposed_on" date NOT NULL,
	"reason" text NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "disposal_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "disposal_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "asset_is_disposed_of_once" UNIQUE NULLS NOT DISTINCT("asset_id","supersedes_id"),
	CONSTRAINT "disposal_has_a_reason" CHECK ("asset_disposals"."reason" <> '')
);--> statement-breakpoint
CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"inventory_number" text NOT NULL,
	"number_key" text NOT NULL,
	"kind" "asset_kind" NOT NULL,
	"description" text NOT NULL,
	"school_id" uuid NOT NULL,
	"place" text NOT NULL,
	"quantity" numeric(18, 4) NOT NULL,
	"in_service_on" date NOT NULL,
	"useful_life_months" integer NOT NULL,
	"life_reason" text NOT NULL,
	"is_replaced" boolean NOT NULL,
	"replacement_price" numeric(14, 2),
	"price_change_rate" numeric(5, 2) NOT NULL,
	"priced_on" date NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "asset_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "asset_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "inventory_number_is_given_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","number_key","supersedes_id"),
	CONSTRAINT "inventory_number_is_something" CHECK ("assets"."number_key" <> ''),
	CONSTRAINT "asset_quantity_is_positive" CHECK ("assets"."quantity" > 0),
	CONSTRAINT "useful_life_is_positive" CHECK ("assets"."useful_life_months" > 0),
	CONSTRAINT "expected_replacement_has_a_price" CHECK (not "assets"."is_replaced" or ("assets"."replacement_price" is not null and "assets"."replacement_price" > 0))
);--> statement-breakpoint
CREATE TABLE "contract_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"kind" "contract_change_kind" NOT NULL,
	"changed_on" date NOT NULL,
	"valid_from" date NOT NULL,
	"amount" numeric(14, 2),
	"index_base" numeric(18, 4),
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "contract_change_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "contract_change_has_a_reason" CHECK ("contract_changes"."reason" <> ''),
	CONSTRAINT "changed_price_is_positive" CHECK (("contract_changes"."kind" = 'price') = ("contract_changes"."amount" is not null) and "contract_changes"."amount" > 0 is not false)
);--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"number" text NOT NULL,
	"supersedes_id" uuid,
	"name" text NOT NULL,
	"kind" "contract_kind" NOT NULL,
	"supplier_id" uuid,
	"school_id" uuid,
	"signed_on" date NOT NULL,
	"started_on" date NOT NULL,
	"ends_on" date,
	"notice_months" integer,
	"renewal_months" integer NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"vat_rate" numeric(5, 2) NOT NULL,
	"rhythm" "contract_rhythm" NOT NULL,
	"adjustment" "price_adjustment" NOT NULL,
	"step_on" "price_step_day" NOT NULL,
	"step_rate" numeric(5, 2),
	"index_name" text NOT NULL,
	"index_base" numeric(18, 4),
	"expected_rate" numeric(5, 2),
	"product" text NOT NULL,
	"cost_centre" text NOT NULL,
	"ledger_account" text NOT NULL,
	"served_line_id" uuid,
	"served_note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "contract_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "contract_is_recorded_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","number","supersedes_id"),
	CONSTRAINT "contract_amount_is_positive" CHECK ("contracts"."amount" > 0),
	CONSTRAINT "contract_runs_forward" CHECK ("contracts"."ends_on" >= "contracts"."started_on"),
	CONSTRAINT "contract_has_a_supplier" CHECK ("contracts"."supplier_id" is not null or "contracts"."kind" = 'staff'),
	CONSTRAINT "contract_is_renewed_after_an_end" CHECK ("contracts"."renewal_months" = 0 or ("contracts"."renewal_months" > 0 and "contracts"."ends_on" is not null)),
	CONSTRAINT "contract_notice_is_not_negative" CHECK ("contracts"."notice_months" >= 0),
	CONSTRAINT "contract_price_moves_by_what_is_agreed" CHECK (case "contracts"."adjustment"
        when 'none' then true
        when 'yearly_step' then "contracts"."step_rate" is not null
        when 'index' then "contracts"."index_name" <> '' and "contracts"."index_base" > 0 and "contracts"."expected_rate" is not null
      end)
);--> statement-breakpoint
CREATE TABLE "index_values" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"index_name" text NOT NULL,
	"month" text NOT NULL,
	"value" numeric(18, 4) NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "index_value_is_positive" CHECK ("index_values"."value" > 0),
	CONSTRAINT "index_month_is_a_month" CHECK ("index_values"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "index_value_has_a_source" CHECK ("index_values"."source" <> '')
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
CREATE TABLE "joint_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "joint_key_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "joint_key_is_of_one_service" UNIQUE("id","joint_service_id")
);--> statement-breakpoint
CREATE TABLE "joint_member_terms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"joint_service_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"address" text NOT NULL,
	"resolution" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);--> statement-breakpoint
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
);--> statement-breakpoint
CREATE TABLE "joint_term_services" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"terms_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"points" text NOT NULL
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
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
);--> statement-breakpoint
CREATE TABLE "carryovers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"from_account_id" uuid NOT NULL,
	"to_account_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"decided_on" date NOT NULL,
	"resolution_id" uuid,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"ground" "carryover_ground" NOT NULL,
	"valid_until" date,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "carried_amount_is_positive" CHECK ("carryovers"."amount" > 0),
	CONSTRAINT "carryover_has_a_reason" CHECK ("carryovers"."reason" <> ''),
	CONSTRAINT "carryover_was_decided" CHECK ("carryovers"."resolution_id" is not null or "carryovers"."decision" <> ''),
	CONSTRAINT "carryover_moves" CHECK ("carryovers"."from_account_id" <> "carryovers"."to_account_id")
);--> statement-breakpoint
CREATE TABLE "extra_approvals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"decided_on" date NOT NULL,
	"resolution_id" uuid,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"covering_account_id" uuid,
	"additional_income" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "approved_extra_is_positive" CHECK ("extra_approvals"."amount" > 0),
	CONSTRAINT "approval_has_a_reason" CHECK ("extra_approvals"."reason" <> ''),
	CONSTRAINT "approval_was_decided" CHECK ("extra_approvals"."resolution_id" is not null or "extra_approvals"."decision" <> ''),
	CONSTRAINT "approval_is_covered_once" CHECK (("extra_approvals"."covering_account_id" is not null) <> ("extra_approvals"."additional_income" <> '')),
	CONSTRAINT "account_does_not_cover_itself" CHECK ("extra_approvals"."covering_account_id" is distinct from "extra_approvals"."account_id")
);--> statement-breakpoint
CREATE TABLE "supplements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"decided_on" date NOT NULL,
	"resolution_id" uuid,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "supplement_changes_something" CHECK ("supplements"."amount" <> 0),
	CONSTRAINT "supplement_has_a_reason" CHECK ("supplements"."reason" <> ''),
	CONSTRAINT "supplement_was_decided" CHECK ("supplements"."resolution_id" is not null or "supplements"."decision" <> '')
);--> statement-breakpoint
CREATE TABLE "year_closings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"closed_on" date NOT NULL,
	"note" text NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "year_is_closed_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","fiscal_year","supersedes_id"),
	CONSTRAINT "year_is_over_when_closed" CHECK (extract(year from "year_closings"."closed_on") > "year_closings"."fiscal_year")
);--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "account_is_named_once";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "running_costs_are_not_invoiced_on_a_grant";--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "account_is_named_by_its_kind";--> statement-breakpoint
ALTER TABLE "balances" DROP CONSTRAINT "balance_is_not_negative";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entry_figure_goes_with_its_account";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "running_costs_are_booked_on_appropriations_only";--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "running_costs_are_not_ordered_on_a_grant";--> statement-breakpoint
ALTER TABLE "invoice_lines" ALTER COLUMN "grant_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ALTER COLUMN "grant_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ALTER COLUMN "grant_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "grant_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "over_budget_orders" "over_budget_policy" DEFAULT 'stop' NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "over_budget_invoices" "over_budget_policy" DEFAULT 'stop' NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "over_budget_recurring" "over_budget_policy" DEFAULT 'stop' NOT NULL;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "fiscal_year" integer;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "accompanies_id" uuid;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "accompanying_reason" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "fiscal_year" integer;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "cost_centre" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "budget_part" "budget_part";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "budget" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "supplemented" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "carried" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "extra" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "covered" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_planned" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_paid" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "balances" ADD COLUMN "share_settled" numeric(14, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "joint_service_members" ADD COLUMN "joined_on" date;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "fiscal_year" integer;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "accompanies_id" uuid;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "accompanying_reason" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "fiscal_year" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "carried_from_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "contract_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "supersedes_id" uuid;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_line_is_of_one_authority" UNIQUE("id","school_authority_id");--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoice_is_of_one_year" UNIQUE("id","fiscal_year");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_is_of_one_year" UNIQUE("id","fiscal_year");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_is_named_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","kind","envelope_id","pot_kind","grant_id","school_id","code","fiscal_year","product","ledger_account","cost_centre","budget","member_id");--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_is_of_one_account" UNIQUE("school_authority_id","number","account_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_is_carried_once" UNIQUE("carried_from_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_is_of_one_year" UNIQUE("id","fiscal_year");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_is_of_one_contract" UNIQUE("id","contract_id");--> statement-breakpoint
ALTER TABLE "asset_cost_lines" ADD CONSTRAINT "further_cost_belongs_to_its_asset" FOREIGN KEY ("asset_id","school_authority_id") REFERENCES "public"."assets"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_cost_lines" ADD CONSTRAINT "further_cost_is_of_the_same_authority" FOREIGN KEY ("invoice_line_id","school_authority_id") REFERENCES "public"."invoice_lines"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_disposals" ADD CONSTRAINT "asset_disposals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_disposals" ADD CONSTRAINT "superseded_disposal_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."asset_disposals"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_disposals" ADD CONSTRAINT "disposal_ends_its_asset" FOREIGN KEY ("asset_id","school_authority_id") REFERENCES "public"."assets"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "superseded_asset_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."assets"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "asset_was_bought_by_its_authority" FOREIGN KEY ("invoice_line_id","school_authority_id") REFERENCES "public"."invoice_lines"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "asset_is_at_a_school_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "contract_changes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "change_changes_its_contract" FOREIGN KEY ("contract_id","school_authority_id") REFERENCES "public"."contracts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "superseded_contract_is_of_its_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."contracts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contract_is_with_a_supplier" FOREIGN KEY ("supplier_id","school_authority_id") REFERENCES "public"."suppliers"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contract_school_is_of_its_authority" FOREIGN KEY ("school_id","school_authority_id") REFERENCES "public"."schools"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "served_line_is_of_its_authority" FOREIGN KEY ("served_line_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "index_values" ADD CONSTRAINT "index_values_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "carryovers" ADD CONSTRAINT "carryovers_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carryovers" ADD CONSTRAINT "carryover_leaves_an_account" FOREIGN KEY ("from_account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carryovers" ADD CONSTRAINT "carryover_arrives_at_an_account" FOREIGN KEY ("to_account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carryovers" ADD CONSTRAINT "carryover_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_approvals" ADD CONSTRAINT "extra_approvals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_approvals" ADD CONSTRAINT "approval_is_of_its_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_approvals" ADD CONSTRAINT "approval_is_covered_by_an_account" FOREIGN KEY ("covering_account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_approvals" ADD CONSTRAINT "approval_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplement_is_of_its_account" FOREIGN KEY ("account_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplement_rests_on_a_resolution" FOREIGN KEY ("resolution_id","school_authority_id") REFERENCES "public"."resolutions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "year_closings" ADD CONSTRAINT "year_closings_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_cost_lines_by_invoice_line" ON "asset_cost_lines" USING btree ("invoice_line_id");--> statement-breakpoint
CREATE INDEX "assets_by_invoice_line" ON "assets" USING btree ("invoice_line_id");--> statement-breakpoint
CREATE INDEX "contract_changes_by_contract" ON "contract_changes" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "index_values_by_name" ON "index_values" USING btree ("school_authority_id","index_name","month");--> statement-breakpoint
CREATE INDEX "joint_key_figures_by_key" ON "joint_key_figures" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "joint_payments_by_plan" ON "joint_payments" USING btree ("plan_id");--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "line_belongs_to_its_invoice_of_the_year" FOREIGN KEY ("invoice_id","fiscal_year") REFERENCES "public"."invoices"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_line_is_of_its_authority" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_account_is_of_its_year" FOREIGN KEY ("budget_line_id","fiscal_year") REFERENCES "public"."accounts"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_account_is_of_its_authority" FOREIGN KEY ("budget_line_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "prepaid_invoice_is_of_the_same_year" FOREIGN KEY ("prepaid_id","fiscal_year") REFERENCES "public"."invoices"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_advice_accompanies_an_investment_of_its_grant" FOREIGN KEY ("accompanies_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "credited_invoice_is_of_the_same_year" FOREIGN KEY ("credited_id","fiscal_year") REFERENCES "public"."invoices"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "reversal_turns_an_entry_of_its_account" FOREIGN KEY ("school_authority_id","reverses_number","account_id") REFERENCES "public"."entries"("school_authority_id","number","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "line_belongs_to_its_order_of_the_year" FOREIGN KEY ("order_id","fiscal_year") REFERENCES "public"."orders"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "line_is_of_its_authority" FOREIGN KEY ("order_id","school_authority_id") REFERENCES "public"."orders"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "ordered_account_is_of_its_year" FOREIGN KEY ("budget_line_id","fiscal_year") REFERENCES "public"."accounts"("id","fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "ordered_account_is_of_its_authority" FOREIGN KEY ("budget_line_id","school_authority_id") REFERENCES "public"."accounts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "advice_accompanies_an_investment_of_its_grant" FOREIGN KEY ("accompanies_id","grant_id") REFERENCES "public"."accounts"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "ordered_contract_is_of_its_authority" FOREIGN KEY ("contract_id","school_authority_id") REFERENCES "public"."contracts"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "superseded_order_is_of_the_same_contract" FOREIGN KEY ("supersedes_id","contract_id") REFERENCES "public"."orders"("id","contract_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "carried_order_is_of_the_same_authority" FOREIGN KEY ("carried_from_id","school_authority_id") REFERENCES "public"."orders"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_is_ordered_once_a_year" ON "orders" USING btree ("contract_id","fiscal_year",coalesce("supersedes_id", "contract_id")) WHERE "orders"."contract_id" is not null;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_line_has_one_funding" CHECK (num_nonnulls("invoice_lines"."grant_id", "invoice_lines"."fiscal_year") = 1);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_advice_is_of_a_grant" CHECK ("invoice_lines"."cost_kind" <> 'accompanying' or "invoice_lines"."grant_id" is not null);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "running_costs_are_not_invoiced_on_a_grant" CHECK ("invoice_lines"."cost_kind" <> 'running' or "invoice_lines"."grant_id" is null);--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoice_has_one_funding" CHECK (num_nonnulls("invoices"."grant_id", "invoices"."fiscal_year") = 1);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "account_is_named_by_its_kind" CHECK (case "accounts"."kind"::text
        when 'pot' then "accounts"."envelope_id" is not null and "accounts"."pot_kind" is not null
        when 'budget_line' then "accounts"."grant_id" is not null and "accounts"."school_id" is not null and "accounts"."code" is not null
        when 'income' then "accounts"."grant_id" is not null
        when 'appropriation' then "accounts"."fiscal_year" is not null and "accounts"."product" is not null and "accounts"."ledger_account" is not null
        when 'member_share' then "accounts"."fiscal_year" is not null and "accounts"."member_id" is not null
      end);--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "authorization_is_not_negative" CHECK ("balances"."appropriated" + "balances"."supplemented" + "balances"."carried" + "balances"."extra" + "balances"."covered" >= 0);--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "balance_is_not_negative" CHECK (least("balances"."ceiling", "balances"."applied", "balances"."granted", "balances"."approved", "balances"."committed", "balances"."invoiced", "balances"."paid", "balances"."reclaimed", "balances"."drawn", "balances"."received", "balances"."repaid", "balances"."interest", "balances"."appropriated", "balances"."extra", "balances"."share_planned", "balances"."share_paid", "balances"."share_settled") >= 0);--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "reversal_names_what_it_turns" CHECK (("entries"."document_kind"::text = 'reversal') = ("entries"."reverses_number" is not null));--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entry_figure_goes_with_its_account" CHECK (case "entries"."account_kind"::text
        when 'pot' then "entries"."figure"::text in ('ceiling', 'applied', 'granted')
        when 'budget_line' then "entries"."figure"::text in ('approved', 'committed', 'invoiced', 'paid')
        when 'income' then "entries"."figure"::text in ('granted', 'reclaimed', 'drawn', 'received', 'repaid', 'interest')
        when 'appropriation' then "entries"."figure"::text in ('appropriated', 'supplemented', 'carried', 'extra', 'covered', 'committed', 'invoiced', 'paid')
        when 'member_share' then "entries"."figure"::text in ('share_planned', 'share_paid', 'share_settled')
      end);--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "running_costs_are_booked_on_appropriations_only" CHECK (case
        when "entries"."document_kind"::text = 'reversal' then true
        when "entries"."document_kind"::text in ('order', 'order_change', 'order_closure', 'invoice', 'payment')
          then "entries"."account_kind"::text in ('budget_line', 'appropriation')
        when "entries"."document_kind"::text in ('appropriation', 'supplement', 'extra_approval', 'carryover', 'cost_share', 'cost_share_payment', 'joint_plan', 'joint_payment', 'joint_settlement')
          then "entries"."account_kind"::text in ('appropriation', 'member_share')
        else "entries"."account_kind"::text in ('pot', 'budget_line', 'income')
      end);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_line_has_one_funding" CHECK (num_nonnulls("order_lines"."grant_id", "order_lines"."fiscal_year") = 1);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "advice_is_of_a_grant" CHECK ("order_lines"."cost_kind" <> 'accompanying' or "order_lines"."grant_id" is not null);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "running_costs_are_not_ordered_on_a_grant" CHECK ("order_lines"."cost_kind" <> 'running' or "order_lines"."grant_id" is null);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "contract_is_ordered_on_the_municipal_budget" CHECK ("orders"."contract_id" is null or "orders"."fiscal_year" is not null);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_of_a_contract_supersedes" CHECK ("orders"."supersedes_id" is null or "orders"."contract_id" is not null);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_has_one_funding" CHECK (num_nonnulls("orders"."grant_id", "orders"."fiscal_year") = 1);
