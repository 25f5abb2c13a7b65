import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { authorityId, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

/** Change log (Änderungsprotokoll): who did what, when. Appended only. */
export const changes = pgTable(
  "changes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    changedBy: uuid().notNull(),
    deed: text().notNull(),
    subjectId: uuid(),
    text: text().notNull(),
  },
  (change) => [
    withinAuthority(
      "change_is_made_within_its_authority",
      [change.changedBy, change.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("changes_by_time").on(change.schoolAuthorityId, change.changedAt),
  ],
);
