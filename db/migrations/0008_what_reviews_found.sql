ALTER TYPE "public"."deed" ADD VALUE 'page_read';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'file_downloaded';--> statement-breakpoint
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
ALTER TABLE "book_moments" ADD CONSTRAINT "book_moments_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recorded_heads" ADD CONSTRAINT "recorded_heads_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "earlier_rows_by_source" ON "earlier_rows" USING btree ("school_authority_id","source","replaced_at");--> statement-breakpoint
CREATE INDEX "recorded_heads_by_authority" ON "recorded_heads" USING btree ("school_authority_id");--> statement-breakpoint
CREATE INDEX "seals_by_row" ON "seals" USING btree ("sealed_table","row_key");--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_cost_counts_an_own_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contract_price_moves_by_what_is_agreed" CHECK (case "contracts"."adjustment"
        when 'none' then true
        when 'yearly_step' then coalesce("contracts"."step_rate", -100) > -100
        when 'index' then "contracts"."index_name" <> '' and "contracts"."index_base" > 0 and coalesce("contracts"."expected_rate", -100) > -100
      end) NOT VALID;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "reversal_comes_after_what_it_turns" CHECK ("entries"."reverses_number" < "entries"."number");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "advice_has_its_investment_and_reason" CHECK ("order_lines"."cost_kind"::text <> 'accompanying' or ("order_lines"."accompanies_id" is not null and trim(coalesce("order_lines"."accompanying_reason", '')) <> '')) NOT VALID;