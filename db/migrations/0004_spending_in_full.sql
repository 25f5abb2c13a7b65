CREATE TYPE "public"."budget_treatment" AS ENUM('expense', 'investment');--> statement-breakpoint
CREATE TYPE "public"."invoice_kind" AS ENUM('invoice', 'prepayment', 'final', 'credit_note');--> statement-breakpoint
CREATE TYPE "public"."invoice_line_kind" AS ENUM('item', 'discount', 'surcharge', 'rounding', 'prepayment');--> statement-breakpoint
CREATE TYPE "public"."rounding" AS ENUM('line', 'document');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'settings_changed' BEFORE 'school_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'order_changed' BEFORE 'order_closed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'invoice_certified' BEFORE 'payment_recorded';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'order_change' BEFORE 'order_closure';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'certification' BEFORE 'payment';--> statement-breakpoint
CREATE TABLE "order_change_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"order_line_id" uuid NOT NULL,
	"change" numeric(14, 2) NOT NULL,
	CONSTRAINT "change_changes_something" CHECK ("order_change_lines"."change" <> 0)
);
--> statement-breakpoint
CREATE TABLE "order_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"changed_on" date NOT NULL,
	"reason" text NOT NULL,
	"award_reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "change_is_of_one_authority" UNIQUE("id","school_authority_id")
);
--> statement-breakpoint
CREATE TABLE "certifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"certified_on" date NOT NULL,
	"certified_by" uuid NOT NULL,
	"note" text NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "certification_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "certification_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "invoice_is_certified_once" UNIQUE NULLS NOT DISTINCT("invoice_id","supersedes_id")
);
--> statement-breakpoint
CREATE TABLE "payment_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"discount" numeric(14, 2) NOT NULL,
	"paid" numeric(14, 2) NOT NULL,
	"ineligible" numeric(14, 2) NOT NULL,
	"eligible" numeric(14, 2) NOT NULL,
	"eligible_discount" numeric(14, 2) NOT NULL,
	"missed" numeric(14, 2) NOT NULL,
	CONSTRAINT "payment_line_adds_up" CHECK ("payment_lines"."paid" = "payment_lines"."eligible" + "payment_lines"."missed" + "payment_lines"."ineligible")
);
--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "invoice_is_paid_once";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "invoiced_amount_is_positive";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "ineligible_part_is_within_its_line";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "released_part_is_within_its_line";--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "four_eyes" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "school_authorities" ADD COLUMN "input_tax_rate" numeric(5, 2) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "kind" "invoice_line_kind";--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "prepaid_id" uuid;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "quantity" numeric(18, 4);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "is_set" boolean;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "treatment" "budget_treatment";--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "net_amount" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "vat_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "deductible_vat" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "ineligible_note" text;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD COLUMN "repaid_amount" numeric(14, 2);--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "kind" "invoice_kind";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "credited_id" uuid;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "rounded_per" "rounding";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "rounding_reason" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "over_order_reason" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "discount_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "discount_until" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "position" integer;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "vat_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "award_reason" text;--> statement-breakpoint
ALTER TABLE "order_change_lines" ADD CONSTRAINT "order_change_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_change_lines" ADD CONSTRAINT "line_belongs_to_its_change" FOREIGN KEY ("change_id","school_authority_id") REFERENCES "public"."order_changes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "order_changes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "change_changes_its_order" FOREIGN KEY ("order_id","school_authority_id") REFERENCES "public"."orders"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certifications_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certification_certifies_its_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "superseded_certification_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."certifications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "invoice_is_certified_by_its_authority" FOREIGN KEY ("certified_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_lines" ADD CONSTRAINT "payment_lines_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_lines" ADD CONSTRAINT "line_belongs_to_its_payment" FOREIGN KEY ("payment_id","school_authority_id") REFERENCES "public"."payments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_change_lines_by_order_line" ON "order_change_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "order_changes_by_order" ON "order_changes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payment_lines_by_payment" ON "payment_lines" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_lines_by_invoice_line" ON "payment_lines" USING btree ("invoice_line_id");--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "prepaid_invoice_is_of_the_same_grant" FOREIGN KEY ("prepaid_id","grant_id") REFERENCES "public"."invoices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "credited_invoice_is_of_the_same_grant" FOREIGN KEY ("credited_id","grant_id") REFERENCES "public"."invoices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoice_lines_by_prepaid" ON "invoice_lines" USING btree ("prepaid_id");--> statement-breakpoint
CREATE INDEX "invoices_by_credited" ON "invoices" USING btree ("credited_id");--> statement-breakpoint
CREATE INDEX "payments_by_invoice" ON "payments" USING btree ("invoice_id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payment_is_recorded_once" UNIQUE NULLS NOT DISTINCT("invoice_id","position","supersedes_id");--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_amount_is_something" CHECK ("invoice_lines"."gross_amount" <> 0);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "line_takes_off_a_prepayment_or_none" CHECK (("invoice_lines"."kind" is not null and "invoice_lines"."kind" = 'prepayment') = ("invoice_lines"."prepaid_id" is not null));--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "repaid_part_is_not_negative" CHECK ("invoice_lines"."repaid_amount" >= 0);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "ineligible_part_is_within_its_line" CHECK ("invoice_lines"."ineligible_amount" * "invoice_lines"."gross_amount" >= 0 and coalesce("invoice_lines"."deductible_vat", 0) * "invoice_lines"."gross_amount" >= 0
        and abs("invoice_lines"."ineligible_amount" + coalesce("invoice_lines"."deductible_vat", 0)) <= abs("invoice_lines"."gross_amount"));--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "released_part_is_within_its_line" CHECK ("invoice_lines"."released_amount" >= 0 and "invoice_lines"."released_amount"
        <= greatest(0, "invoice_lines"."gross_amount" - "invoice_lines"."ineligible_amount" - coalesce("invoice_lines"."deductible_vat", 0)));--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "credit_note_names_what_it_lowers" CHECK (("invoices"."kind" is not null and "invoices"."kind" = 'credit_note') = ("invoices"."credited_id" is not null));