-- What stands on file of the municipal budget is appended only: budgets, contracts, assets, joint services.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'supplements', 'extra_approvals', 'carryovers', 'year_closings',
    'contracts', 'contract_changes', 'index_values', 'assets',
    'asset_cost_lines', 'asset_disposals',
    'joint_terms', 'joint_term_services', 'joint_member_terms', 'joint_memberships',
    'joint_keys', 'joint_key_components', 'joint_key_figures', 'joint_plans',
    'joint_plan_parts', 'joint_instalments', 'joint_costs', 'joint_settlements',
    'joint_settlement_parts', 'joint_payments'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
--> statement-breakpoint
-- An account of the municipal budget may be over its money where the authority allows it: while it stops all
-- kinds of documents, nothing takes a budget further below zero.
CREATE OR REPLACE FUNCTION group_is_not_overspent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account accounts%ROWTYPE;
  overspent boolean;
  tolerance numeric;
  before numeric := 0;
BEGIN
  SELECT * INTO account FROM accounts WHERE id = NEW.account_id;
  IF account.kind = 'budget_line' THEN
    SELECT sum(committed + invoiced) > sum(approved) INTO overspent
    FROM balances JOIN accounts a ON a.id = account_id
    WHERE a.kind = 'budget_line' AND a.grant_id = account.grant_id;
    SELECT n.line_tolerance INTO tolerance FROM notices n
    WHERE n.grant_id = account.grant_id
      AND NOT EXISTS (SELECT 1 FROM reversals r WHERE r.document_id = n.id)
    ORDER BY n.valid_from DESC, n.created_at DESC LIMIT 1;
    -- A line may be overrun by the tolerance of its notice (ANBest-P 1.2).
    SELECT overspent OR NEW.committed + NEW.invoiced
      > NEW.approved + round(NEW.approved * coalesce(tolerance, line_tolerance) / 100, 2) INTO overspent
    FROM grants WHERE id = account.grant_id;
  ELSIF account.kind = 'appropriation' THEN
    IF TG_OP = 'UPDATE' THEN
      before := OLD.appropriated + OLD.supplemented + OLD.carried + OLD.extra + OLD.covered
        - OLD.committed - OLD.invoiced;
    END IF;
    SELECT sum(appropriated + supplemented + carried + extra + covered - committed - invoiced) < 0
      AND before > NEW.appropriated + NEW.supplemented + NEW.carried + NEW.extra + NEW.covered
        - NEW.committed - NEW.invoiced
      AND (SELECT over_budget_orders = 'stop' AND over_budget_invoices = 'stop' AND over_budget_recurring = 'stop'
        FROM school_authorities WHERE id = account.school_authority_id)
      INTO overspent
    FROM balances JOIN accounts a ON a.id = account_id
    WHERE a.id = account.id OR (a.kind = 'appropriation' AND a.school_authority_id = account.school_authority_id
      AND a.fiscal_year = account.fiscal_year AND a.budget = account.budget
      AND coalesce(a.budget_part, 'operating') = coalesce(account.budget_part, 'operating'));
  ELSIF account.kind = 'pot' THEN
    SELECT sum(granted) > sum(ceiling) INTO overspent
    FROM balances JOIN accounts a ON a.id = account_id
    WHERE a.kind = 'pot' AND a.envelope_id = account.envelope_id AND a.pot_kind = account.pot_kind
      AND (account.pot_kind <> 'base' OR a.school_id = account.school_id);
  END IF;
  IF overspent THEN
    RAISE EXCEPTION 'more would be spent on % than there is', account.kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'group_is_not_overspent';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Second witness of what the assets of one invoice line share: its quantity.
CREATE FUNCTION assets_are_within_their_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(a.quantity) FROM assets a WHERE a.invoice_line_id = NEW.invoice_line_id
        AND NOT EXISTS (SELECT 1 FROM reversals r WHERE r.document_id = a.id))
    > (SELECT coalesce(quantity, 1) FROM invoice_lines WHERE id = NEW.invoice_line_id)
  THEN
    RAISE EXCEPTION 'more assets than the invoice line has'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assets_are_within_their_line';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER assets_are_within_their_line AFTER INSERT ON assets
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assets_are_within_their_line();
