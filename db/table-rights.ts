/**
 * What the program's own role may do with each table: the one list from which its grants are made, and by
 * which they are checked at each start. A table that is not in it can't even be read, and a test says so.
 *
 * All may be read. Append-only tables also say what keeps their rows: `chain` is the journal itself,
 * `entries` are documents whose content each entry of theirs seals, all others get a seal of their own when
 * the row is committed (`seal_row()`, see `seals`).
 *
 * All are behind the wall between authorities (`walls.ts`): a row is seen and written by the one that its
 * `school_authority_id` names.
 */
import { shownLinks, shownToMembers } from "./joint-shown.ts";

type Kept = {
  by: "chain" | "entries" | "seal";
  /** The column that names a row in its seal. */
  key?: string;
  /** Columns that the seal leaves out: they may change, or are held by another column (a file by its hash). */
  without?: readonly string[];
};

export type TableRight = {
  /** False where the program may only read: the database itself writes. */
  insert: boolean;
  /** True for all columns, or those that may change. */
  update: boolean | readonly string[];
  delete: boolean;
  kept?: Kept;
  /** Where another column names the authority, or the row that the authority of this one is known by. */
  wall?: string | { column: string; of: string };
  /** Rows that others may read too, by the name of the policy that shows them. */
  shown?: Record<string, string>;
};

const appended = (kept: Kept): TableRight => {
  return { insert: true, update: false, delete: false, kept };
};
const sealed = (given: Omit<Kept, "by"> = {}) => appended({ by: "seal", ...given });
/** The keeper's, and read by the members of its joint service. */
const shared = (table: string): TableRight => ({ ...sealed(), shown: shownToMembers(table) });
const current: TableRight = { insert: true, update: true, delete: false };
const passing: TableRight = { insert: true, update: true, delete: true };
/** Of a user, whose authority it is. */
const ofUser: TableRight = { ...passing, wall: { column: "user_id", of: "users" } };

export const tableRights: Record<string, TableRight> = {
  // The journal, and what it moves.
  entries: appended({ by: "chain" }),
  journal_heads: current,
  balances: current,
  accounts: sealed(),
  reversals: sealed(),
  seals: { insert: false, update: false, delete: false },
  recorded_heads: sealed(),
  pseudonymisations: { ...sealed(), insert: false },

  // What tells an earlier state of the books.
  book_moments: { insert: true, update: false, delete: false },
  earlier_rows: { insert: true, update: false, delete: false },

  // The change log, and what was sent by forms.
  changes: sealed(),
  submissions: sealed(),
  sent_forms: { insert: true, update: ["location"], delete: true },

  // Grants, from the programme to the proof of use.
  programmes: sealed(),
  resolutions: sealed(),
  resolution_stages: sealed(),
  envelopes: sealed(),
  envelope_pots: sealed(),
  allotments: sealed(),
  allotment_lines: sealed(),
  applications: sealed(),
  application_steps: sealed(),
  measures: sealed(),
  grants: sealed(),
  grant_lines: sealed(),
  notices: sealed(),
  notice_lines: sealed(),
  drawdowns: sealed(),
  payouts: sealed(),
  repayments: sealed(),
  proofs_of_use: sealed(),
  proof_answers: sealed(),
  proof_cuts: sealed(),

  // Spending. Invoices come by thousands, always move money, and so are sealed by their entries.
  suppliers: sealed(),
  orders: sealed(),
  order_lines: sealed(),
  order_changes: sealed(),
  order_change_lines: sealed(),
  order_closures: sealed(),
  order_closure_lines: sealed(),
  imports: sealed(),
  invoices: appended({ by: "entries" }),
  invoice_lines: appended({ by: "entries" }),
  credit_shifts: appended({ by: "entries" }),
  certifications: sealed(),
  payments: sealed(),
  payment_lines: sealed(),
  e_invoices: sealed(),
  e_invoice_discards: sealed({ key: "e_invoice_id" }),
  bank_statements: sealed(),
  bank_transactions: sealed(),
  bank_transaction_payments: sealed({ key: "payment_id" }),
  attachments: sealed({ without: ["content"] }),
  attachment_withdrawals: sealed(),

  // The municipal budget, its contracts and assets.
  appropriations: sealed(),
  supplements: sealed(),
  extra_approvals: sealed(),
  carryovers: sealed(),
  year_closings: sealed(),
  cost_shares: sealed(),
  cost_share_parts: sealed(),
  cost_share_payments: sealed(),
  contracts: sealed(),
  contract_changes: sealed(),
  index_values: sealed(),
  assets: sealed(),
  asset_cost_lines: sealed(),
  asset_disposals: sealed(),

  // Joint services, and who of their members sees them (`joint-shown.ts`).
  joint_costs: sealed(),
  joint_services: shared("joint_services"),
  joint_service_members: shared("joint_service_members"),
  joint_terms: shared("joint_terms"),
  joint_term_services: shared("joint_term_services"),
  joint_member_terms: shared("joint_member_terms"),
  joint_memberships: shared("joint_memberships"),
  joint_keys: shared("joint_keys"),
  joint_key_components: shared("joint_key_components"),
  joint_key_figures: shared("joint_key_figures"),
  joint_plans: shared("joint_plans"),
  joint_plan_parts: shared("joint_plan_parts"),
  joint_instalments: shared("joint_instalments"),
  joint_settlements: shared("joint_settlements"),
  joint_settlement_parts: shared("joint_settlement_parts"),
  joint_payments: shared("joint_payments"),
  joint_links: {
    insert: true,
    update: [
      ...["member_authority_id", "authority_name", "accepted_at"],
      ...["ended_at", "ended_by", "end_reason"],
    ],
    delete: false,
    shown: shownLinks,
  },

  // Master data of today: who changed what stands in the change log. Roles are given by lines of their own.
  school_authorities: { ...current, wall: "id" },
  schools: current,
  pupil_counts: current,
  users: {
    insert: true,
    update: ["is_active", "password_hash"],
    delete: false,
    kept: { by: "seal", without: ["is_active", "password_hash"] },
  },
  role_assignments: sealed(),
  column_mappings: current,

  // What schools asked for, and what became of it.
  school_wishes: sealed(),
  school_wish_ends: sealed(),

  // Audits: what auditors marked and drew, and what they may see until when.
  audit_samples: sealed(),
  audit_sample_units: sealed(),
  audit_marks: sealed(),
  audit_accesses: sealed(),
  audit_access_grants: sealed(),
  audit_access_withdrawals: sealed(),

  // What is not accounted for: drafts, sessions, addresses that are withdrawn, copies to take away.
  book_exports: passing,
  application_drafts: passing,
  import_drafts: passing,
  foreign_bank_transactions: passing,
  calendar_feeds: passing,
  sessions: ofUser,
  password_links: ofUser,
  second_factors: passing,
  recovery_codes: passing,
  directory_links: passing,
};

/** The tables that are appended only, in the order of the list. */
export const appendOnly = Object.keys(tableRights).filter((table) => {
  const { update, delete: deletes } = tableRights[table]!;
  return update === false && !deletes;
});

/** The tables whose rows have a seal of their own, with what the seal is made of. */
export const sealedTables = Object.entries(tableRights).flatMap(([table, { kept }]) =>
  kept?.by === "seal" ? [{ table, key: kept.key ?? "id", without: kept.without ?? [] }] : [],
);
