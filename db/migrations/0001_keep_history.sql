-- Nothing that was accounted for is changed or deleted: journal, documents and their lines, the change log.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are appended only: a mistake is undone by a reversal', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'accounts', 'entries', 'reversals', 'changes', 'envelopes', 'envelope_pots', 'applications', 'measures',
    'grants', 'grant_lines', 'orders', 'order_lines', 'order_closures', 'order_closure_lines',
    'invoices', 'invoice_lines', 'payments', 'drawdowns', 'payouts', 'appropriations',
    'cost_shares', 'cost_share_parts', 'cost_share_payments',
    'resolutions', 'resolution_stages', 'joint_services', 'joint_service_members', 'suppliers', 'submissions'
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
-- Second witness of what a group of accounts shares: the lines of a grant, the pots of an envelope.
-- Checked at the end of the transaction, since one document moves several figures.
CREATE FUNCTION group_is_not_overspent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account accounts%ROWTYPE;
  overspent boolean;
BEGIN
  SELECT * INTO account FROM accounts WHERE id = NEW.account_id;
  IF account.kind = 'budget_line' THEN
    SELECT sum(committed + invoiced) > sum(approved) INTO overspent
    FROM balances JOIN accounts a ON a.id = account_id
    WHERE a.kind = 'budget_line' AND a.grant_id = account.grant_id;
    -- A line may be overrun by the tolerance of its notice (ANBest-P 1.2).
    SELECT overspent OR NEW.committed + NEW.invoiced
      > NEW.approved + round(NEW.approved * line_tolerance / 100, 2) INTO overspent
    FROM grants WHERE id = account.grant_id;
  ELSIF account.kind = 'appropriation' THEN
    overspent := NEW.committed + NEW.invoiced > NEW.appropriated;
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
CREATE CONSTRAINT TRIGGER group_is_not_overspent AFTER INSERT OR UPDATE ON balances
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION group_is_not_overspent();
--> statement-breakpoint
ALTER TABLE accounts
  ADD CONSTRAINT account_envelope_is_of_its_authority
    FOREIGN KEY (envelope_id, school_authority_id) REFERENCES envelopes (id, school_authority_id),
  ADD CONSTRAINT account_grant_is_of_its_authority
    FOREIGN KEY (grant_id, school_authority_id) REFERENCES grants (id, school_authority_id);
