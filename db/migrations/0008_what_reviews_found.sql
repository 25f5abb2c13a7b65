ALTER TABLE "contracts" DROP CONSTRAINT "contract_price_moves_by_what_is_agreed";--> statement-breakpoint
ALTER TABLE "joint_costs" DROP CONSTRAINT "joint_costs_invoice_id_invoices_id_fk";
--> statement-breakpoint
ALTER TABLE "cost_shares" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "joint_plans" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "joint_settlements" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "order_changes" ADD COLUMN "over_budget_reason" text;--> statement-breakpoint
ALTER TABLE "joint_costs" ADD CONSTRAINT "joint_cost_counts_an_own_invoice" FOREIGN KEY ("invoice_id","school_authority_id") REFERENCES "public"."invoices"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contract_price_moves_by_what_is_agreed" CHECK (case "contracts"."adjustment"
        when 'none' then true
        when 'yearly_step' then coalesce("contracts"."step_rate", -100) > -100
        when 'index' then "contracts"."index_name" <> '' and "contracts"."index_base" > 0 and coalesce("contracts"."expected_rate", -100) > -100
      end) NOT VALID;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "reversal_comes_after_what_it_turns" CHECK ("entries"."reverses_number" < "entries"."number");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "advice_has_its_investment_and_reason" CHECK ("order_lines"."cost_kind"::text <> 'accompanying' or ("order_lines"."accompanies_id" is not null and trim(coalesce("order_lines"."accompanying_reason", '')) <> '')) NOT VALID;