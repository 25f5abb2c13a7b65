import { index, jsonb, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { deeds } from "#app/domain/deed.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

export const deed = pgEnum("deed", deeds);

/**
 * What a form sent, by the id that it gave its document: sent twice it is recorded once, sent again with
 * other content it is refused.
 */
export const submissions = pgTable("submissions", {
  id: uuid().primaryKey(),
  schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
  contentHash: text().notNull(),
});

/**
 * A form that did something (gesendetes Formular), by the hash of its address and key: sent again it does
 * nothing, and leads where it led.
 */
export const sentForms = pgTable(
  "sent_forms",
  {
    id: text().primaryKey(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    sentBy: uuid().notNull(),
    contentHash: text().notNull(),
    requestId: text().notNull(),
    sentAt: createdAt(),
    /** Null where its answer was no redirect, or the program ended before it was given. */
    location: text(),
  },
  (form) => [
    withinAuthority(
      "form_is_sent_within_its_authority",
      [form.sentBy, form.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** Change log (Änderungsprotokoll): who did what, when. Appended only. */
export const changes = pgTable(
  "changes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    changedBy: uuid().notNull(),
    deed: deed().notNull(),
    subjectId: uuid(),
    text: text().notNull(),
    /** What it was and what it became, by the words of the form; null where a deed only adds. */
    before: jsonb().$type<Record<string, string>>(),
    after: jsonb().$type<Record<string, string>>(),
    /** The request that did it, as its answer's header and the server's log name it; null for commands. */
    requestId: text(),
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
