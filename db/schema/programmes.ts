import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

/**
 * A programme (Förderprogramm) as an authority uses it: the text of its file, by key and version.
 * Appended only: what was made under a version keeps it.
 */
export const programmes = pgTable(
  "programmes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    key: text().notNull(),
    /** 1, 2, 3 … within its key. */
    version: integer().notNull(),
    /** The whole file. */
    content: text().notNull(),
    /** True for a file that came with the program, false for one that a user wrote. */
    isShipped: boolean().notNull(),
    /** Why it was changed; empty for a shipped file. */
    reason: text().notNull(),
    recordedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (programme) => [
    unique("programme_version_is_recorded_once").on(
      programme.schoolAuthorityId,
      programme.key,
      programme.version,
    ),
    withinAuthority(
      "programme_is_recorded_within_its_authority",
      [programme.recordedBy, programme.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    check("programme_versions_start_at_one", sql`${programme.version} >= 1`),
  ],
);
