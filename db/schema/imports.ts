import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { ColumnMapping } from "#app/domain/entry.ts";
import type { TableRow } from "#app/domain/reading.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { users } from "./users.ts";

/** A table that was uploaded and is not booked: its rows as they came, and what its columns mean. */
export const importDrafts = pgTable(
  "import_drafts",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    fileName: text().notNull(),
    /** SHA-256 of the file, in hex. */
    fileHash: text().notNull(),
    rows: jsonb().$type<TableRow[]>().notNull(),
    /** Number of the row that names the columns; null where none does. */
    headerRow: integer(),
    mapping: jsonb().$type<ColumnMapping>().notNull(),
    uploadedBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (draft) => [
    withinAuthority(
      "import_draft_is_for_its_grant",
      [draft.grantId, draft.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    index("import_drafts_by_grant").on(draft.grantId),
  ],
);

/** Import of a file of invoices: all of its rows or none. Never changed or deleted. */
export const imports = pgTable(
  "imports",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    fileName: text().notNull(),
    /** SHA-256 of the file, in hex. */
    fileHash: text().notNull(),
    rowCount: integer().notNull(),
    invoiceCount: integer().notNull(),
    recordedBy: uuid()
      .notNull()
      .references(() => users.id),
    /** The import of the same file that was undone and that this one replaces. */
    supersedesId: uuid().unique("import_is_superseded_once"),
    createdAt: createdAt(),
  },
  (one) => [
    unique("import_is_of_one_grant").on(one.id, one.grantId),
    unique("import_is_of_one_authority").on(one.id, one.schoolAuthorityId),
    // The same file twice only where the first import of it was undone.
    unique("file_is_imported_once")
      .on(one.schoolAuthorityId, one.fileHash, one.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_import_is_of_the_same_authority",
      [one.supersedesId, one.schoolAuthorityId],
      [one.id, one.schoolAuthorityId],
    ),
    withinAuthority(
      "import_is_for_its_grant",
      [one.grantId, one.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    index("imports_by_grant").on(one.grantId),
  ],
);

/** What an authority said that the columns of a table mean, by the table's header. */
export const columnMappings = pgTable(
  "column_mappings",
  {
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    headerKey: text().notNull(),
    mapping: jsonb().$type<ColumnMapping>().notNull(),
  },
  (kept) => [primaryKey({ columns: [kept.schoolAuthorityId, kept.headerKey] })],
);
