/** Who may do what. One table; the house has no other place that asks for a role. */

import type { AccessLimits } from "./audit-access.ts";

export const roles = ["clerk", "board", "auditor", "administrator"] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  "read_remaining",
  "read_books",
  "read_all_books",
  "export_books",
  "record",
  "certify",
  "mark_receipts",
  "read_changes",
  "manage_users",
  "manage_settings",
] as const;
export type Permission = (typeof permissions)[number];

const granted: Record<Role, readonly Permission[]> = {
  /** Finance officer (Sachbearbeitung). */
  clerk: [
    "read_remaining",
    "read_books",
    "read_all_books",
    "export_books",
    "record",
    "certify",
    "read_changes",
  ],
  /** School board (Schulausschuss, Schulleitung): what is left, nothing about persons. */
  board: ["read_remaining"],
  /** Auditor (Rechnungsprüfung): reads all; writes marks on receipts, nothing that moves money. */
  auditor: [
    "read_remaining",
    "read_books",
    "read_all_books",
    "export_books",
    "mark_receipts",
    "read_changes",
  ],
  /** Administrator: users, no money. */
  administrator: ["read_remaining", "manage_users", "manage_settings"],
};

/** What only those may who see the whole authority. */
const unlimitedOnly: readonly Permission[] = ["read_all_books", "read_changes"];

/** The same for a person: a limited auditor may not see what is of no grant and no fiscal year. */
export function mayUser({ role, limits }: Pick<User, "role" | "limits">, permission: Permission) {
  return may(role, permission) && !(limits && unlimitedOnly.includes(permission));
}

export function may(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

/** Who is asking: the first argument of every record function. */
export type User = {
  id: string;
  schoolAuthorityId: string;
  name: string;
  email: string;
  role: Role;
  /** Of an auditor who was invited for chosen grants and years; absent where all is seen. */
  limits?: AccessLimits;
};
