import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

/**
 * That a sealed row was changed once for good: the name and address of a person whose data are kept long enough
 * gave way to a pseudonym. Written by `pseudonymise()` alone; by it the row is proved from its seal on.
 */
export const pseudonymisations = pgTable(
  "pseudonymisations",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** The person. */
    userId: uuid().notNull(),
    sealedTable: text().notNull(),
    rowKey: text().notNull(),
    /** What the row was sealed with, or had after the pseudonym of another person. */
    earlierHash: text().notNull(),
    rowHash: text().notNull(),
    reason: text().notNull(),
    pseudonymisedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (line) => [
    unique("row_is_changed_once_from_a_state").on(line.sealedTable, line.rowKey, line.earlierHash),
    check("row_is_another_afterwards", sql`${line.earlierHash} <> ${line.rowHash}`),
    index("pseudonymisations_by_user").on(line.userId),
    withinAuthority(
      "person_is_of_the_same_authority",
      [line.userId, line.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    withinAuthority(
      "pseudonym_is_given_within_its_authority",
      [line.pseudonymisedBy, line.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
