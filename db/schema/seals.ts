import { bigint, index, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { authorityId, id } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";

/**
 * Seal (Siegel) of one row that is appended only and has no entry of its own to seal it: a certification,
 * a notice, a row of the change log. Written by the database itself when the row is committed
 * (`seal_row()`); numbered without a gap in each authority, each sealed with the hash of the one before.
 */
export const seals = pgTable(
  "seals",
  {
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    number: bigint({ mode: "number" }).notNull(),
    sealedTable: text().notNull(),
    rowKey: text().notNull(),
    /** SHA-256 of the row as it came; empty columns do not count, so that a table may get new ones. */
    rowHash: text().notNull(),
    sealedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (seal) => [
    primaryKey({ columns: [seal.schoolAuthorityId, seal.number] }),
    index("seals_by_row").on(seal.sealedTable, seal.rowKey),
  ],
);

/**
 * That the heads of both chains were written outside the database (`PAKTBUCH_HEADS`), with the hash of that
 * line: so a line that is missing in the file is found.
 */
export const recordedHeads = pgTable(
  "recorded_heads",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    recordedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** The last entry of the journal at that moment; 0 and empty before the first. */
    entryNumber: bigint({ mode: "number" }).notNull(),
    entryHash: text().notNull(),
    sealNumber: bigint({ mode: "number" }).notNull(),
    sealHash: text().notNull(),
    /** SHA-256 of the line in the file. */
    lineHash: text().notNull(),
  },
  (head) => [index("recorded_heads_by_authority").on(head.schoolAuthorityId)],
);
