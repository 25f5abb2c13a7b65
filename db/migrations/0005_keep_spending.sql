-- What spending brought is appended only, like all that was before.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'order_changes', 'order_change_lines', 'certifications', 'payment_lines', 'credit_shifts',
    'attachment_withdrawals', 'e_invoices', 'e_invoice_discards', 'bank_statements', 'bank_transactions',
    'bank_transaction_payments', 'imports'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
