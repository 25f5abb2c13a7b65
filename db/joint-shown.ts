/**
 * What of a joint service (IKZ) PostgreSQL shows to an authority that is linked as a member of it, beside the keeper
 * whose rows they are (`joint_links`): the agreement, the plans of the joint total of years that it shares and their settlements, and of
 * instalments, settled parts and payments the rows of the own member only. Nothing can be written by it. Rows that
 * mix what is shown with what is not are asked by functions that leave columns out (`joint_settled_shares`,
 * `joint_costs_by_kind`, `joint_payee`).
 *
 * Whether a row is shown is said by functions: they are asked for rows of others only, and a query that meets none
 * is planned as if they were not there, but for that it is never divided among workers. Subqueries would be planned
 * each time, and could ask in a circle.
 */

/** Whoever asks, as the functions take it. */
const asker = "current_setting('paktbuch.authority', true)";

/** Rows go with the row that they belong to: its own policies decide. */
const goesWith = (table: string, column: string, parent: string) =>
  `exists (select from ${parent} p where p.id = ${table}.${column})`;

const ofService = (column = "joint_service_id") => `joint_service_is_shown(${column}, ${asker})`;
const ofOwnMember = `joint_member_is_shown(member_id, ${asker})`;
/** Of a plan of the joint total that stands; one of the keeper's own share says nothing of the others. */
const ofPlan = (column = "plan_id") => `joint_plan_is_shown(${column}, ${asker})`;
/** Of a year that the member shares; of those after it left nothing is shown. */
const ofYear = `joint_year_is_shown(joint_service_id, fiscal_year, ${asker})`;
/** Who joined or left, up to the last of these years. */
const ofDay = (column: string) => `joint_change_is_shown(joint_service_id, ${column}, ${asker})`;
/** A reversed document is not shown; the reversals themselves are the keeper's. */
const standing = "document_stands(id)";

const rows: Record<string, string> = {
  joint_services: ofService("id"),
  joint_service_members: ofDay("joined_on"),
  joint_terms: ofService(),
  joint_term_services: goesWith("joint_term_services", "terms_id", "joint_terms"),
  joint_member_terms: goesWith("joint_member_terms", "member_id", "joint_service_members"),
  joint_memberships: `${ofDay("changed_on")} and ${standing}`,
  joint_keys: ofYear,
  joint_key_components: goesWith("joint_key_components", "key_id", "joint_keys"),
  joint_key_figures: goesWith("joint_key_figures", "key_id", "joint_keys"),
  joint_plans: ofPlan("id"),
  joint_plan_parts: ofPlan(),
  joint_instalments: `${ofOwnMember} and ${ofPlan()}`,
  joint_settlements: `${ofPlan()} and ${standing}`,
  joint_settlement_parts: `${ofOwnMember} and ${goesWith("joint_settlement_parts", "settlement_id", "joint_settlements")}`,
  joint_payments: `${ofOwnMember} and ${ofPlan()} and ${standing}`,
};

/** The policy by which members read a table, for the list of rights. */
export function shownToMembers(table: string): Record<string, string> {
  return { members_see_it: rows[table]! };
}

/** Of the links themselves, an authority sees those that it answered. */
export const shownLinks = {
  who_answered_sees_it: `case when member_authority_id::text = ${asker} then true end`,
};
