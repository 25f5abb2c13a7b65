/** Who may do what. One table; the house has no other place that asks for a role. */

import type { AccessLimits } from "./audit-access.ts";
import type { DocumentKind } from "./journal.ts";

export const roles = [
  "clerk",
  "verifier",
  "treasurer",
  "head_of_finance",
  "coordinator",
  "school",
  "board",
  "auditor",
  "granting_authority",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  "use_account",
  "read_remaining",
  "read_own_school",
  "read_submitted",
  "read_books",
  "read_all_books",
  "export_books",
  "read_changes",
  "record",
  "record_notice",
  "certify",
  "pay",
  "decide_budget",
  "coordinate",
  "attach",
  "reverse",
  "wish",
  "mark_receipts",
  "manage_users",
  "manage_settings",
] as const;
export type Permission = (typeof permissions)[number];

const reading = ["use_account", "read_remaining", "read_submitted", "read_books"] as const;
const readingAll = [...reading, "read_all_books"] as const;

export const granted: Record<Role, readonly Permission[]> = {
  /** Finance officer (Sachbearbeitung): records what was ordered, invoiced, applied for, proved. */
  clerk: [
    ...readingAll,
    "export_books",
    "read_changes",
    "record",
    "record_notice",
    "attach",
    "reverse",
  ],
  /** Certifies that invoices are right (sachliche und rechnerische Feststellung). */
  verifier: [...readingAll, "certify", "attach", "reverse"],
  /** Treasury (Kasse): whatever says that money came or went. */
  treasurer: [...readingAll, "pay", "attach", "reverse"],
  /** Head of finance (Kämmerei): decides on the municipal budget, carries over, reallocates, closes years. */
  head_of_finance: [
    ...readingAll,
    "export_books",
    "read_changes",
    "record_notice",
    "decide_budget",
    "attach",
    "reverse",
  ],
  /** Coordinator of joint services (IKZ). */
  coordinator: [...readingAll, "coordinate", "attach", "reverse"],
  /** A school: its own, and no other's. */
  school: ["use_account", "read_own_school", "wish"],
  /** School board (Schulausschuss): what is left, nothing about persons. */
  board: ["use_account", "read_remaining"],
  /** Auditor (Rechnungsprüfung): reads all; writes marks on receipts, nothing that moves money. */
  auditor: [...readingAll, "export_books", "read_changes", "mark_receipts"],
  /** Granting authority (Bewilligungsbehörde): what was submitted to it, for the grants of its invitation. */
  granting_authority: ["use_account", "read_submitted"],
  /** Administrator: users and settings, no money. */
  administrator: ["use_account", "read_remaining", "manage_users", "manage_settings"],
};

/** What only those may who see the whole authority. */
const unlimitedOnly: readonly Permission[] = ["read_all_books", "read_changes"];

/** What changes nothing: all that is left to anybody in the past. */
const readingOnly: readonly Permission[] = [
  "use_account",
  "read_remaining",
  "read_own_school",
  "read_submitted",
  "read_books",
  "read_all_books",
  "export_books",
  "read_changes",
];

/** Whether a person may: by any of the roles, within the limits. The one question of the house. */
export function mayUser(
  { roles, limits, readsOnly }: Pick<User, "roles" | "limits" | "readsOnly">,
  permission: Permission,
): boolean {
  if (limits && unlimitedOnly.includes(permission)) return false;
  if (readsOnly && !readingOnly.includes(permission)) return false;
  return roles.some((role) => granted[role].includes(permission));
}

/** With which permission a kind of document is recorded, and so reversed. */
export const recordedWith: Record<DocumentKind, Permission> = {
  envelope: "record",
  allotment: "record",
  application: "record",
  application_step: "record",
  grant: "record",
  notice: "record_notice",
  order: "record",
  order_change: "record",
  order_closure: "record",
  invoice: "record",
  certification: "certify",
  payment: "pay",
  drawdown: "record",
  payout: "pay",
  repayment: "pay",
  proof_of_use: "record",
  proof_answer: "record",
  appropriation: "decide_budget",
  supplement: "decide_budget",
  extra_approval: "decide_budget",
  carryover: "decide_budget",
  year_closing: "decide_budget",
  cost_share: "coordinate",
  cost_share_payment: "pay",
  contract: "record",
  contract_change: "record",
  asset: "record",
  asset_disposal: "record",
  joint_membership: "coordinate",
  joint_plan: "coordinate",
  joint_payment: "pay",
  joint_cost: "coordinate",
  joint_settlement: "coordinate",
  reversal: "reverse",
};

/** Who is asking: the first argument of every record function. */
export type User = {
  id: string;
  schoolAuthorityId: string;
  name: string;
  email: string;
  roles: readonly Role[];
  /** The schools for which the user has the role `school`. */
  schoolIds: readonly string[];
  /** Of whoever was invited for chosen grants and years; absent where all is seen. */
  limits?: AccessLimits;
  /** True while the books of a past moment are read: there nothing is recorded. */
  readsOnly?: true;
};
