import { date, index, integer, pgTable, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { users } from "./users.ts";

/** Access of an invited auditor (Prüfzugang); the newest of an account counts. Appended only. */
export const auditAccesses = pgTable(
  "audit_accesses",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    userId: uuid().notNull(),
    /** The last day. */
    until: date().notNull(),
    /** Fiscal years of the municipal budget; with no grant and no year it is for the whole authority. */
    fiscalYears: integer().array().notNull(),
    invitedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (access) => [
    unique("access_is_of_one_authority").on(access.id, access.schoolAuthorityId),
    index("audit_accesses_by_user").on(access.userId),
    withinAuthority(
      "access_is_of_an_account_of_its_authority",
      [access.userId, access.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    withinAuthority(
      "access_is_given_within_its_authority",
      [access.invitedBy, access.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** A grant that an access shows. */
export const auditAccessGrants = pgTable(
  "audit_access_grants",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    accessId: uuid().notNull(),
    grantId: uuid().notNull(),
  },
  (shown) => [
    unique("access_shows_a_grant_once").on(shown.accessId, shown.grantId),
    withinAuthority(
      "shown_grant_belongs_to_its_access",
      [shown.accessId, shown.schoolAuthorityId],
      [auditAccesses.id, auditAccesses.schoolAuthorityId],
    ),
    withinAuthority(
      "access_shows_a_grant_of_its_authority",
      [shown.grantId, shown.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
  ],
);

/** Withdrawal of an access before its day. */
export const auditAccessWithdrawals = pgTable(
  "audit_access_withdrawals",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    accessId: uuid().notNull().unique("access_is_withdrawn_once"),
    withdrawnBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (withdrawal) => [
    withinAuthority(
      "withdrawn_access_is_of_the_same_authority",
      [withdrawal.accessId, withdrawal.schoolAuthorityId],
      [auditAccesses.id, auditAccesses.schoolAuthorityId],
    ),
    withinAuthority(
      "access_is_withdrawn_within_its_authority",
      [withdrawal.withdrawnBy, withdrawal.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
