-- A reversal takes back what its entry booked: the same figure, the same amount with its sign turned.
CREATE FUNCTION reversal_turns_its_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM entries e WHERE e.school_authority_id = NEW.school_authority_id
      AND e.number = NEW.reverses_number AND e.figure = NEW.figure AND e.amount = -NEW.amount)
  THEN
    RAISE EXCEPTION 'entry % does not take back what entry % booked', NEW.number, NEW.reverses_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_turns_its_entry';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reversal_turns_its_entry AFTER INSERT ON entries
  FOR EACH ROW WHEN (NEW.reverses_number IS NOT NULL) EXECUTE FUNCTION reversal_turns_its_entry();
--> statement-breakpoint
-- Members of a joint service are charged for what the municipal budget pays, never for what a grant pays.
CREATE FUNCTION joint_cost_counts_no_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM invoices WHERE id = NEW.invoice_id AND grant_id IS NOT NULL) THEN
    RAISE EXCEPTION 'joint cost counts an invoice that a grant pays'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_cost_counts_no_grant';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER joint_cost_counts_no_grant BEFORE INSERT ON joint_costs
  FOR EACH ROW EXECUTE FUNCTION joint_cost_counts_no_grant();
