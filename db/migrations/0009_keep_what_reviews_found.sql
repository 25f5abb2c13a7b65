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
