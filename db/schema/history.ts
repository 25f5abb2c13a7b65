/** What tells an earlier state of the books: when deeds began, and what edited rows were before. */
import {
  bigint,
  index,
  jsonb,
  pgTable,
  primaryKey,
  timestamp,
  uuid,
  text,
} from "drizzle-orm/pg-core";
import { schoolAuthorities } from "./authorities.ts";

/**
 * One row for each transaction that held the books of its authority: when it took them, and the last number
 * of the journal before. Such transactions follow one another, so that whatever is stamped from one
 * beginning up to the next is the whole of one of them: a past moment never shows half a deed.
 */
export const bookMoments = pgTable(
  "book_moments",
  {
    schoolAuthorityId: uuid()
      .notNull()
      .references(() => schoolAuthorities.id),
    /** To the microsecond, by the database's clock, and later than the one before. */
    begunAt: timestamp({ withTimezone: true }).notNull(),
    /** Number of the last entry of the journal at that moment; 0 before the first. */
    number: bigint({ mode: "number" }).notNull(),
  },
  (moment) => [
    primaryKey({
      name: "books_are_held_by_one",
      columns: [moment.schoolAuthorityId, moment.begunAt],
    }),
  ],
);

/** A row of master data as it was before it was changed or removed; written by a trigger, appended only. */
export const earlierRows = pgTable(
  "earlier_rows",
  {
    position: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    schoolAuthorityId: uuid().notNull(),
    /** Name of its table. */
    source: text().notNull(),
    rowId: uuid().notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    replacedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (row) => [index("earlier_rows_by_source").on(row.schoolAuthorityId, row.source, row.replacedAt)],
);
