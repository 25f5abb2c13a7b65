-- The documents that follow a grant are appended only, like those before them.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'programmes', 'allotments', 'allotment_lines', 'application_steps', 'notices', 'notice_lines',
    'repayments', 'proofs_of_use', 'proof_answers', 'proof_cuts', 'attachments'
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
-- The tolerance of a line is that of the last notice in force.
CREATE OR REPLACE FUNCTION group_is_not_overspent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account accounts%ROWTYPE;
  overspent boolean;
  tolerance numeric;
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
INSERT INTO pupil_counts (school_authority_id, school_id, counted_on, pupils, is_illustrative)
SELECT school_authority_id, id, pupils_counted_on, pupils, pupils_are_illustrative FROM schools;
