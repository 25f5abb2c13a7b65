-- Files at a proof of use belong to the document of that kind, as every other file does to its own.
ALTER TYPE "public"."attachment_subject" RENAME VALUE 'proof' TO 'proof_of_use';--> statement-breakpoint
CREATE TYPE "public"."file_store" AS ENUM('database', 'folder', 's3');--> statement-breakpoint
CREATE TYPE "public"."budget_treatment" AS ENUM('expense', 'investment');--> statement-breakpoint
CREATE TYPE "public"."invoice_kind" AS ENUM('invoice', 'prepayment', 'final', 'credit_note');--> statement-breakpoint
CREATE TYPE "public"."invoice_line_kind" AS ENUM('item', 'discount', 'surcharge', 'rounding', 'prepayment');--> statement-breakpoint
CREATE TYPE "public"."rounding" AS ENUM('line', 'document');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'settings_changed' BEFORE 'school_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'file_withdrawn' BEFORE 'grant_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'order_changed' BEFORE 'order_closed';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'e_invoice_received' BEFORE 'invoice_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'e_invoice_discarded' BEFORE 'invoice_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'invoices_entered' BEFORE 'payment_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'file_imported' BEFORE 'payment_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'import_undone' BEFORE 'payment_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'invoice_certified' BEFORE 'payment_recorded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'bank_statement_recorded' BEFORE 'drawdown_requested';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'transactions_set_aside' BEFORE 'drawdown_requested';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'transaction_taken_back' BEFORE 'drawdown_requested';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'order_change' BEFORE 'order_closure';--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'certification' BEFORE 'payment';--> statement-breakpoint
CREATE TABLE "attachment_withdrawals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"attachment_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"withdrawn_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "attachment_is_withdrawn_once" UNIQUE("attachment_id")
);
--> statement-breakpoint
CREATE TABLE "bank_statements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"attachment_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"position" integer NOT NULL,
	"statement_id" text NOT NULL,
	"account" text NOT NULL,
	"from" date,
	"until" date,
	"opening" numeric(14, 2),
	"closing" numeric(14, 2),
	"not_booked" integer NOT NULL,
	"other_currency" integer NOT NULL,
	"recorded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "bank_statement_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "bank_statement_is_recorded_once" UNIQUE("school_authority_id","hash","position")
);
--> statement-breakpoint
CREATE TABLE "bank_transaction_payments" (
	"payment_id" uuid PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_transactions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"booked_on" date NOT NULL,
	"valued_on" date NOT NULL,
	"is_return" boolean NOT NULL,
	"counterparty" text NOT NULL,
	"counterparty_iban" text NOT NULL,
	"remittance" text NOT NULL,
	"end_to_end_id" text NOT NULL,
	"mandate_id" text NOT NULL,
	"bank_reference" text NOT NULL,
	"identity" text NOT NULL,
	"repeats_id" uuid,
	CONSTRAINT "transaction_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "transaction_repeats_another" CHECK ("bank_transactions"."repeats_id" <> "bank_transactions"."id")
);
--> statement-breakpoint
CREATE TABLE "foreign_bank_transactions" (
	"transaction_id" uuid NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"set_aside_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "transaction_is_set_aside_once" PRIMARY KEY("transaction_id")
);
--> statement-breakpoint
CREATE TABLE "e_invoice_discards" (
	"e_invoice_id" uuid PRIMARY KEY NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"discarded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "e_invoices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"supplier_key" text NOT NULL,
	"number_key" text NOT NULL,
	"issued_on" date NOT NULL,
	"invoice" jsonb NOT NULL,
	"received_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "e_invoice_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "e_invoice_is_received_once" UNIQUE("school_authority_id","hash")
);
--> statement-breakpoint
CREATE TABLE "column_mappings" (
	"school_authority_id" uuid NOT NULL,
	"header_key" text NOT NULL,
	"mapping" jsonb NOT NULL,
	CONSTRAINT "column_mappings_school_authority_id_header_key_pk" PRIMARY KEY("school_authority_id","header_key")
);
--> statement-breakpoint
CREATE TABLE "import_drafts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"rows" jsonb NOT NULL,
	"header_row" integer,
	"mapping" jsonb NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"row_count" integer NOT NULL,
	"invoice_count" integer NOT NULL,
	"recorded_by" uuid NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "import_is_superseded_once" UNIQUE("supersedes_id"),
	CONSTRAINT "import_is_of_one_grant" UNIQUE("id","grant_id"),
	CONSTRAINT "import_is_of_one_authority" UNIQUE("id","school_authority_id"),
	CONSTRAINT "file_is_imported_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","file_hash","supersedes_id")
);
--> statement-breakpoint
CREATE TABLE "order_change_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"order_line_id" uuid NOT NULL,
	"change" numeric(14, 2) NOT NULL,
	CONSTRAINT "order_line_is_changed_once" UNIQUE("change_id","order_line_id"),
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
CREATE TABLE "credit_shifts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"discount" numeric(14, 2) NOT NULL,
	"paid" numeric(14, 2) NOT NULL,
	"ineligible" numeric(14, 2) NOT NULL,
	"eligible" numeric(14, 2) NOT NULL,
	"eligible_discount" numeric(14, 2) NOT NULL,
	"missed" numeric(14, 2) NOT NULL,
	CONSTRAINT "shift_adds_up" CHECK ("credit_shifts"."paid" = "credit_shifts"."eligible" + "credit_shifts"."missed" + "credit_shifts"."ineligible")
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
ALTER TABLE "attachments" DROP CONSTRAINT "file_is_attached_once";--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "invoice_is_paid_once";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "invoiced_amount_is_positive";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "ineligible_part_is_within_its_line";--> statement-breakpoint
ALTER TABLE "invoice_lines" DROP CONSTRAINT "released_part_is_within_its_line";--> statement-breakpoint
ALTER TABLE "attachments" ALTER COLUMN "subject" SET DATA TYPE text;--> statement-breakpoint
DROP TYPE "public"."attachment_subject";--> statement-breakpoint
CREATE TYPE "public"."attachment_subject" AS ENUM('school', 'resolution', 'bank_statement', 'envelope', 'allotment', 'application', 'application_step', 'grant', 'notice', 'order', 'order_change', 'order_closure', 'invoice', 'certification', 'payment', 'drawdown', 'payout', 'repayment', 'proof_of_use', 'proof_answer', 'appropriation', 'cost_share', 'cost_share_payment', 'reversal');--> statement-breakpoint
ALTER TABLE "attachments" ALTER COLUMN "subject" SET DATA TYPE "public"."attachment_subject" USING "subject"::"public"."attachment_subject";--> statement-breakpoint
ALTER TABLE "attachments" ALTER COLUMN "content" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "stored_in" "file_store" DEFAULT 'database' NOT NULL;--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "supersedes_id" uuid;--> statement-breakpoint
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
ALTER TABLE "invoices" ADD COLUMN "kind" "invoice_kind";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "credited_id" uuid;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "rounded_per" "rounding";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "rounding_reason" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "over_order_reason" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "discount_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "discount_until" date;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "position" integer;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "vat_rate" numeric(5, 2);--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "award_reason" text;--> statement-breakpoint
ALTER TABLE "attachment_withdrawals" ADD CONSTRAINT "attachment_withdrawals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachment_is_of_one_authority" UNIQUE("id","school_authority_id");--> statement-breakpoint
ALTER TABLE "attachment_withdrawals" ADD CONSTRAINT "withdrawn_attachment_is_of_the_same_authority" FOREIGN KEY ("attachment_id","school_authority_id") REFERENCES "public"."attachments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment_withdrawals" ADD CONSTRAINT "attachment_is_withdrawn_within_its_authority" FOREIGN KEY ("withdrawn_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statements_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statements_attachment_id_attachments_id_fk" FOREIGN KEY ("attachment_id") REFERENCES "public"."attachments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statement_is_recorded_by_its_authority" FOREIGN KEY ("recorded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transaction_payments" ADD CONSTRAINT "transaction_proves_payments_of_its_authority" FOREIGN KEY ("transaction_id","school_authority_id") REFERENCES "public"."bank_transactions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transaction_payments" ADD CONSTRAINT "payment_is_proved_within_its_authority" FOREIGN KEY ("payment_id","school_authority_id") REFERENCES "public"."payments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "transaction_belongs_to_its_statement" FOREIGN KEY ("statement_id","school_authority_id") REFERENCES "public"."bank_statements"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "repeated_transaction_is_of_the_same_authority" FOREIGN KEY ("repeats_id","school_authority_id") REFERENCES "public"."bank_transactions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "foreign_bank_transactions" ADD CONSTRAINT "set_aside_transaction_is_of_its_authority" FOREIGN KEY ("transaction_id","school_authority_id") REFERENCES "public"."bank_transactions"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "foreign_bank_transactions" ADD CONSTRAINT "transaction_is_set_aside_within_its_authority" FOREIGN KEY ("set_aside_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "e_invoice_discards" ADD CONSTRAINT "discard_belongs_to_its_e_invoice" FOREIGN KEY ("e_invoice_id","school_authority_id") REFERENCES "public"."e_invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "e_invoice_discards" ADD CONSTRAINT "e_invoice_is_discarded_within_its_authority" FOREIGN KEY ("discarded_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "e_invoices" ADD CONSTRAINT "e_invoices_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "e_invoices" ADD CONSTRAINT "e_invoice_is_for_a_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "e_invoices" ADD CONSTRAINT "e_invoice_is_received_within_its_authority" FOREIGN KEY ("received_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "column_mappings" ADD CONSTRAINT "column_mappings_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_drafts" ADD CONSTRAINT "import_drafts_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_drafts" ADD CONSTRAINT "import_drafts_uploaded_by_users_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_drafts" ADD CONSTRAINT "import_draft_is_for_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "superseded_import_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."imports"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "import_is_for_its_grant" FOREIGN KEY ("grant_id","school_authority_id") REFERENCES "public"."grants"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_change_lines" ADD CONSTRAINT "order_change_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_change_lines" ADD CONSTRAINT "line_belongs_to_its_change" FOREIGN KEY ("change_id","school_authority_id") REFERENCES "public"."order_changes"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "order_changes_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_changes" ADD CONSTRAINT "change_changes_its_order" FOREIGN KEY ("order_id","school_authority_id") REFERENCES "public"."orders"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certifications_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certification_certifies_its_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "superseded_certification_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."certifications"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "invoice_is_certified_by_its_authority" FOREIGN KEY ("certified_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_shifts" ADD CONSTRAINT "credit_shifts_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_shifts" ADD CONSTRAINT "shift_belongs_to_its_credit_note" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_lines" ADD CONSTRAINT "payment_lines_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_lines" ADD CONSTRAINT "line_belongs_to_its_payment" FOREIGN KEY ("payment_id","school_authority_id") REFERENCES "public"."payments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_transaction_payments_by_transaction" ON "bank_transaction_payments" USING btree ("transaction_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_counts_once" ON "bank_transactions" USING btree ("school_authority_id","identity") WHERE "bank_transactions"."repeats_id" is null;--> statement-breakpoint
CREATE INDEX "bank_transactions_by_statement" ON "bank_transactions" USING btree ("statement_id");--> statement-breakpoint
CREATE INDEX "e_invoices_by_grant" ON "e_invoices" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "e_invoices_by_number" ON "e_invoices" USING btree ("school_authority_id","number_key");--> statement-breakpoint
CREATE INDEX "import_drafts_by_grant" ON "import_drafts" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "imports_by_grant" ON "imports" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "order_change_lines_by_order_line" ON "order_change_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "order_changes_by_order" ON "order_changes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "credit_shifts_by_invoice" ON "credit_shifts" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "credit_shifts_by_invoice_line" ON "credit_shifts" USING btree ("invoice_line_id");--> statement-breakpoint
CREATE INDEX "payment_lines_by_payment" ON "payment_lines" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_lines_by_invoice_line" ON "payment_lines" USING btree ("invoice_line_id");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "superseded_attachment_is_of_the_same_authority" FOREIGN KEY ("supersedes_id","school_authority_id") REFERENCES "public"."attachments"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "prepaid_invoice_is_of_the_same_grant" FOREIGN KEY ("prepaid_id","grant_id") REFERENCES "public"."invoices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "credited_invoice_is_of_the_same_grant" FOREIGN KEY ("credited_id","grant_id") REFERENCES "public"."invoices"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "imported_invoice_is_of_the_same_grant" FOREIGN KEY ("import_id","grant_id") REFERENCES "public"."imports"("id","grant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoice_lines_by_prepaid" ON "invoice_lines" USING btree ("prepaid_id");--> statement-breakpoint
CREATE INDEX "invoices_by_import" ON "invoices" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "invoices_by_credited" ON "invoices" USING btree ("credited_id");--> statement-breakpoint
CREATE INDEX "payments_by_invoice" ON "payments" USING btree ("invoice_id");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachment_is_superseded_once" UNIQUE("supersedes_id");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "file_is_attached_once" UNIQUE NULLS NOT DISTINCT("school_authority_id","subject_id","hash","supersedes_id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payment_is_recorded_once" UNIQUE NULLS NOT DISTINCT("invoice_id","position","supersedes_id");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attached_file_is_where_it_says" CHECK (("attachments"."stored_in" = 'database') = ("attachments"."content" is not null));--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoiced_amount_is_something" CHECK ("invoice_lines"."gross_amount" <> 0);--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "line_takes_off_a_prepayment_or_none" CHECK (("invoice_lines"."kind" is not null and "invoice_lines"."kind" = 'prepayment') = ("invoice_lines"."prepaid_id" is not null));--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "ineligible_part_is_within_its_line" CHECK ("invoice_lines"."ineligible_amount" * "invoice_lines"."gross_amount" >= 0 and coalesce("invoice_lines"."deductible_vat", 0) * "invoice_lines"."gross_amount" >= 0
        and abs("invoice_lines"."ineligible_amount" + coalesce("invoice_lines"."deductible_vat", 0)) <= abs("invoice_lines"."gross_amount"));--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "released_part_is_within_its_line" CHECK ("invoice_lines"."released_amount" >= 0 and "invoice_lines"."released_amount" <= greatest(0, "invoice_lines"."gross_amount"));--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "credit_note_names_what_it_lowers" CHECK (("invoices"."kind" is not null and "invoices"."kind" = 'credit_note') = ("invoices"."credited_id" is not null));