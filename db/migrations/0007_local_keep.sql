-- Agreements, keys and years of joint services are appended only.
DO $$
DECLARE appended text;
BEGIN
  FOREACH appended IN ARRAY ARRAY[
    'joint_terms', 'joint_term_services', 'joint_member_terms', 'joint_memberships', 'joint_keys',
    'joint_key_components', 'joint_key_figures', 'joint_plans', 'joint_plan_parts', 'joint_instalments',
    'joint_costs', 'joint_settlements', 'joint_settlement_parts', 'joint_payments'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER rows_are_appended_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      appended);
    EXECUTE format(
      'CREATE TRIGGER table_is_appended_only BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      appended);
  END LOOP;
END $$;
