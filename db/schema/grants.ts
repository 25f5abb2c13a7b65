import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { applications, potColumns } from "./envelopes.ts";
import { accounts } from "./journal.ts";
import { furtherTermColumns, termColumns } from "./terms.ts";

/** Grant (Zuwendung), by its notice (Zuwendungsbescheid): terms, ceiling, approval period. */
export const grants = pgTable(
  "grants",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    applicationId: uuid().notNull(),
    fileNumber: text().notNull(),
    grantingAuthority: text().notNull(),
    noticeOn: date().notNull(),
    ...termColumns(),
    ...furtherTermColumns(),
    /** Version of the programme under which it was granted; null before programmes had versions. */
    programmeVersion: integer(),
    /** The reversed grant of the same file number that this one replaces. */
    supersedesId: uuid().unique("grant_is_superseded_once"),
    createdAt: createdAt(),
  },
  (grant) => [
    unique("grant_is_of_one_authority").on(grant.id, grant.schoolAuthorityId),
    unique("file_number_is_used_once")
      .on(grant.schoolAuthorityId, grant.fileNumber, grant.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_grant_is_of_the_same_authority",
      [grant.supersedesId, grant.schoolAuthorityId],
      [grant.id, grant.schoolAuthorityId],
    ),
    withinAuthority(
      "grant_answers_an_application",
      [grant.applicationId, grant.schoolAuthorityId],
      [applications.id, applications.schoolAuthorityId],
    ),
    check("grant_period_runs_forward", sql`${grant.spendFrom} <= ${grant.spendUntil}`),
    check("grant_amount_is_positive", sql`${grant.grantAmount} > 0`),
    check("grant_rate_is_a_share", sql`${grant.fundingRate} > 0 and ${grant.fundingRate} <= 100`),
  ],
);

/** Budget line (Einzelansatz) as the notice has it, with what it takes of the pots. */
export const grantLines = pgTable(
  "grant_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    grantId: uuid().notNull(),
    position: integer().notNull(),
    budgetLineId: uuid().notNull().unique("budget_line_is_approved_once"),
    approved: euroAmount().notNull(),
    ...potColumns(),
  },
  (line) => [
    withinAuthority(
      "line_belongs_to_its_grant",
      [line.grantId, line.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    withinAuthority(
      "line_account_is_of_its_grant",
      [line.budgetLineId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    index("grant_lines_by_grant").on(line.grantId),
    check("line_amount_is_positive", sql`${line.approved} > 0`),
  ],
);
