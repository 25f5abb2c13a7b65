/**
 * What was known: for each table a view of the same name in the schema `known`, with the rows that were there
 * at a past moment. A transaction that says `known.read_as(authority, moment)` reads them instead of the
 * tables, since the program names tables without their schema. They hold nothing, so they are made anew from
 * this list whenever it or a table has changed.
 */
import { figures } from "#app/domain/journal.ts";

/**
 * How a table answers for a past moment.
 * - stamped: each row says when it was written, under the lock of the books
 * - through: a line of a row that says it; column and table of that row
 * - edited: a row may change, and what it was before is in `earlier_rows`; the column that names it
 * - query: all but its name
 * - asToday: not of the past, for the reason given
 */
export type Known =
  | "stamped"
  | { through: [column: string, table: string] }
  | { edited: string }
  | { query: string }
  | { asToday: string };

const balanceColumns = ["account_id", "school_authority_id", ...figures];

/** One row for each account: the sum of each figure over the entries known. */
const sumsOfEntries = `
  select a.id, a.school_authority_id, ${figures.map((figure) => `coalesce(s.${figure}, 0)::numeric(14, 2)`).join(", ")}
  from known.accounts a cross join lateral (
    select ${figures.map((figure) => `sum(e.amount) filter (where e.figure = '${figure}') as ${figure}`).join(", ")}
    from public.entries e
    where e.account_id = a.id and e.number <= (select known.number())
  ) s`;

export const ofAuthority = "t.school_authority_id = (select known.authority())";

/** Rows of before a table had a column for it: known with the first entry that came of them. */
const since = (column: string, entered: string) => `(t.${column} < (select known.before())
    or t.${column} is null and coalesce(${entered}, '-infinity') < (select known.before()))`;

/** Every table, each after those that it refers to here. */
export const knownTables: Record<string, Known> = {
  entries: {
    query: `select t.* from public.entries t where ${ofAuthority} and t.number <= (select known.number())`,
  },
  accounts: {
    query: `select t.* from public.accounts t where ${ofAuthority} and ${since(
      "opened_at",
      "(select min(e.recorded_at) from public.entries e where e.account_id = t.id)",
    )}`,
  },
  // While nothing was recorded since, the kept balances themselves: a control compares them with the entries.
  balances: {
    query: `select ${balanceColumns.map((column) => `t.${column}`).join(", ")} from public.balances t where ${ofAuthority} and (select known.is_latest())
      union all ${sumsOfEntries} where not (select known.is_latest())`,
  },
  journal_heads: {
    query: `select t.* from public.journal_heads t where ${ofAuthority} and (select known.is_latest())
      union all select t.school_authority_id, coalesce(e.number, 0), coalesce(e.hash, '')
      from public.journal_heads t left join public.entries e
        on e.school_authority_id = t.school_authority_id and e.number = (select known.number())
      where ${ofAuthority} and not (select known.is_latest())`,
  },
  reversals: {
    query: `select t.* from public.reversals t where ${ofAuthority} and ${since(
      "recorded_at",
      "(select min(c.changed_at) from public.changes c where c.subject_id = t.document_id and c.deed = 'document_reversed')",
    )}`,
  },
  changes: {
    query: `select t.* from public.changes t where ${ofAuthority} and t.changed_at <= (select known.moment())`,
  },
  school_authorities: { edited: "id" },
  schools: { edited: "id" },
  pupil_counts: { asToday: "a count stands by its own day; what was computed from it is kept" },
  school_wishes: "stamped",
  school_wish_ends: "stamped",
  resolutions: "stamped",
  resolution_stages: { through: ["resolution_id", "resolutions"] },
  users: { asToday: "who may sign in is a matter of today; names stay" },
  role_assignments: { asToday: "what somebody may do is a matter of today" },
  sessions: { asToday: "signing in is a matter of today" },
  second_factors: { asToday: "signing in is a matter of today" },
  recovery_codes: { asToday: "signing in is a matter of today" },
  directory_links: { asToday: "signing in is a matter of today" },
  calendar_feeds: { asToday: "an address is of use today" },
  book_exports: { asToday: "a copy of the books to take away, and no part of them" },
  submissions: { asToday: "it refuses forms that are sent twice, and no page shows it" },
  sent_forms: { asToday: "it keeps forms from doing things twice, and no page shows it" },
  // By the moment itself, not by the next deed: lines of the log are sealed without being a deed of the books.
  seals: {
    query: `select t.* from public.seals t where ${ofAuthority} and t.sealed_at <= (select known.moment())`,
  },
  recorded_heads: { asToday: "they prove the rows of now" },
  suppliers: { asToday: "a name that is shown through documents only" },
  programmes: "stamped",
  envelopes: "stamped",
  envelope_pots: { through: ["envelope_id", "envelopes"] },
  allotments: "stamped",
  allotment_lines: { through: ["allotment_id", "allotments"] },
  application_drafts: { asToday: "a draft is written over, and no figure comes from it" },
  applications: "stamped",
  application_steps: "stamped",
  measures: { through: ["application_id", "applications"] },
  grants: "stamped",
  grant_lines: { through: ["grant_id", "grants"] },
  notices: "stamped",
  notice_lines: { through: ["notice_id", "notices"] },
  orders: "stamped",
  order_lines: { through: ["order_id", "orders"] },
  order_changes: "stamped",
  order_change_lines: { through: ["change_id", "order_changes"] },
  order_closures: "stamped",
  order_closure_lines: { through: ["closure_id", "order_closures"] },
  import_drafts: { asToday: "a draft is written over, and no figure comes from it" },
  column_mappings: { asToday: "a help for the next import" },
  imports: "stamped",
  invoices: "stamped",
  invoice_lines: { through: ["invoice_id", "invoices"] },
  credit_shifts: { through: ["invoice_id", "invoices"] },
  certifications: "stamped",
  payments: "stamped",
  payment_lines: { through: ["payment_id", "payments"] },
  e_invoices: "stamped",
  e_invoice_discards: "stamped",
  attachments: "stamped",
  attachment_withdrawals: "stamped",
  bank_statements: "stamped",
  bank_transactions: { through: ["statement_id", "bank_statements"] },
  bank_transaction_payments: { through: ["payment_id", "payments"] },
  foreign_bank_transactions: { edited: "transaction_id" },
  drawdowns: "stamped",
  payouts: "stamped",
  repayments: "stamped",
  proofs_of_use: "stamped",
  proof_answers: "stamped",
  proof_cuts: { through: ["answer_id", "proof_answers"] },
  assets: "stamped",
  asset_cost_lines: { through: ["asset_id", "assets"] },
  asset_disposals: "stamped",
  appropriations: "stamped",
  supplements: "stamped",
  extra_approvals: "stamped",
  carryovers: "stamped",
  year_closings: "stamped",
  contracts: "stamped",
  contract_changes: "stamped",
  index_values: "stamped",
  joint_services: "stamped",
  joint_service_members: { through: ["joint_service_id", "joint_services"] },
  cost_shares: "stamped",
  cost_share_parts: { through: ["cost_share_id", "cost_shares"] },
  cost_share_payments: "stamped",
  joint_terms: "stamped",
  joint_term_services: { through: ["terms_id", "joint_terms"] },
  joint_member_terms: "stamped",
  joint_memberships: "stamped",
  joint_keys: "stamped",
  joint_key_components: { through: ["key_id", "joint_keys"] },
  joint_key_figures: { through: ["key_id", "joint_keys"] },
  joint_plans: "stamped",
  joint_plan_parts: { through: ["plan_id", "joint_plans"] },
  joint_instalments: { through: ["plan_id", "joint_plans"] },
  joint_costs: "stamped",
  joint_settlements: "stamped",
  joint_settlement_parts: { through: ["settlement_id", "joint_settlements"] },
  joint_payments: "stamped",
  joint_links: { asToday: "what another authority may see is a matter of today" },
  audit_samples: "stamped",
  audit_sample_units: { through: ["sample_id", "audit_samples"] },
  audit_marks: "stamped",
  audit_accesses: { asToday: "what an auditor may see is a matter of today" },
  audit_access_grants: { asToday: "what an auditor may see is a matter of today" },
  audit_access_withdrawals: { asToday: "what an auditor may see is a matter of today" },
  password_links: { asToday: "a link is used today" },
  pseudonymisations: { asToday: "a person has a pseudonym in every reading" },
  book_moments: { asToday: "it tells the past itself" },
  earlier_rows: { asToday: "it tells the past itself" },
};
