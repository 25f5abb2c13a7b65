import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { exportKinds, exportStates } from "#app/domain/book-export.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

export const exportKind = pgEnum("export_kind", exportKinds);
export const exportState = pgEnum("export_state", exportStates);

/**
 * Export (Export) of the books that somebody asked for: what it is of, how far it is, and until when its file
 * is kept. A copy of what is booked, so that row and file go when their day is over.
 */
export const bookExports = pgTable(
  "book_exports",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    askedBy: uuid().notNull(),
    kind: exportKind().notNull(),
    /** Grants of the scope; with none and no fiscal year it is of all that the user sees. */
    grantIds: uuid().array().notNull(),
    fiscalYear: integer(),
    asOf: date().notNull(),
    knownOn: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    state: exportState().notNull().default("waiting"),
    /** Parts (rows, files) done so far, and all of them as soon as they are counted. */
    done: integer().notNull().default(0),
    total: integer(),
    fileName: text(),
    /** In bytes. */
    size: bigint({ mode: "number" }),
    /** SHA-256 of the file. */
    hash: text(),
    /** The German sentence of one that failed. */
    problem: text(),
    startedAt: timestamp({ withTimezone: true }),
    endedAt: timestamp({ withTimezone: true }),
    /** The last day on which it is kept; null while it is being made. */
    keptUntil: date(),
    createdAt: createdAt(),
  },
  (made) => [
    withinAuthority(
      "export_is_asked_for_within_its_authority",
      [made.askedBy, made.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("exports_by_user").on(made.askedBy),
    check(
      "finished_export_has_its_file",
      sql`(${made.state} = 'finished') = (${made.hash} is not null and ${made.size} is not null and ${made.fileName} is not null)`,
    ),
    check(
      "failed_export_says_why",
      sql`(${made.state} = 'failed') = (${made.problem} is not null)`,
    ),
    check("export_counts_forward", sql`${made.done} >= 0 and coalesce(${made.total}, 0) >= 0`),
  ],
);
