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

--> statement-breakpoint
-- What tells an earlier state of the books is appended only.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY['book_moments', 'earlier_rows'] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
--> statement-breakpoint
-- Takes the books of an authority until the transaction ends, and notes once when it took them. The clock is
-- read when the books are held: a deed that waited for another begins after it.
CREATE FUNCTION hold_books(authority uuid) RETURNS journal_heads LANGUAGE plpgsql AS $$
DECLARE head journal_heads;
BEGIN
  SELECT * INTO head FROM journal_heads WHERE school_authority_id = authority FOR UPDATE;
  IF FOUND AND current_setting('paktbuch.held', true) IS DISTINCT FROM authority::text THEN
    INSERT INTO book_moments (school_authority_id, begun_at, number)
    SELECT authority, greatest(clock_timestamp(), max(begun_at) + interval '1 microsecond'), head.number
    FROM book_moments WHERE school_authority_id = authority;
    PERFORM set_config('paktbuch.held', authority::text, true);
  END IF;
  RETURN head;
END $$;
--> statement-breakpoint
-- Master data may change; what it was before is kept.
CREATE FUNCTION keep_earlier_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb := to_jsonb(OLD);
BEGIN
  IF TG_OP = 'DELETE' OR OLD IS DISTINCT FROM NEW THEN
    INSERT INTO earlier_rows (school_authority_id, source, row_id, content, replaced_at)
    VALUES (
      coalesce(before ->> 'school_authority_id', before ->> 'id')::uuid,
      TG_TABLE_NAME,
      coalesce(before ->> 'id', before ->> 'transaction_id')::uuid,
      before,
      clock_timestamp());
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE edited text;
BEGIN
  FOREACH edited IN ARRAY ARRAY['school_authorities', 'schools', 'foreign_bank_transactions'] LOOP
    EXECUTE format(
      'CREATE TRIGGER earlier_row_is_kept AFTER UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION keep_earlier_row()',
      edited);
  END LOOP;
END $$;

--> statement-breakpoint
-- Every row that is appended only, and has no entry of the journal to seal it, gets a seal when it is committed:
-- numbered without a gap in its authority, each with the hash of the one before. What is sealed in which table
-- stands in db/table-rights.ts; the triggers are made from that list at each start.
CREATE FUNCTION append_seal(authority uuid, of_table text, of_row text, hash_of_row text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last record;
  next bigint;
  moment timestamptz(3);
  link text;
BEGIN
  -- One after the other within an authority; held from here to the end of the commit only.
  PERFORM pg_advisory_xact_lock(7262003, hashtext(authority::text));
  SELECT number, hash INTO last FROM seals WHERE school_authority_id = authority ORDER BY number DESC LIMIT 1;
  next := coalesce(last.number, 0) + 1;
  moment := clock_timestamp();
  link := coalesce(last.hash, '');
  INSERT INTO seals (school_authority_id, number, sealed_table, row_key, row_hash, sealed_at, previous_hash, hash)
  VALUES (authority, next, of_table, of_row, hash_of_row, moment, link,
    encode(sha256(convert_to(
      '["' || authority || '",' || next || ',"' || of_table || '",' || to_json(of_row)::text || ',"' || hash_of_row || '","'
      || to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","' || link || '"]',
      'UTF8')), 'hex'));
END $$;
--> statement-breakpoint
-- Fired at the end of the transaction. Its arguments: the column that names the row, then the columns left out.
-- It runs with the rights of the owner: the program itself may not write seals.
CREATE FUNCTION seal_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  sealed jsonb;
BEGIN
  -- A file's bytes are held by its hash; as text they would be twice as long.
  IF TG_TABLE_NAME = 'attachments' THEN NEW.content := NULL; END IF;
  sealed := jsonb_strip_nulls(to_jsonb(NEW)) - TG_ARGV[1:];
  PERFORM append_seal(NEW.school_authority_id, TG_TABLE_NAME, sealed ->> TG_ARGV[0],
    encode(sha256(convert_to(sealed::text, 'UTF8')), 'hex'));
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY['seals', 'recorded_heads'] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;

--> statement-breakpoint
-- Marks of an audit, samples and accesses of auditors are appended only; a password link is used up.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'audit_samples', 'audit_sample_units', 'audit_marks',
    'audit_accesses', 'audit_access_grants', 'audit_access_withdrawals'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
