import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { noticeKinds } from "#app/domain/notice.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { potColumns } from "./envelopes.ts";
import { grants } from "./grants.ts";
import { accounts } from "./journal.ts";
import { furtherTermColumns, termColumns } from "./terms.ts";

export const noticeKind = pgEnum("notice_kind", noticeKinds);

/**
 * A later notice on a grant: amendment (Änderungsbescheid), reallocation (Umwidmung), final notice
 * (Schlussbescheid), revocation (Widerruf). It holds all terms as they are from a day on.
 */
export const notices = pgTable(
  "notices",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    kind: noticeKind().notNull(),
    noticeOn: date().notNull(),
    /** From this day on its terms are in force. */
    validFrom: date().notNull(),
    reference: text().notNull(),
    reason: text().notNull(),
    ...termColumns(),
    ...furtherTermColumns(),
    /** What it takes back of money that is drawn already, in euro. */
    reclaimedAmount: euroAmount().notNull(),
    createdAt: createdAt(),
  },
  (notice) => [
    unique("notice_is_of_one_authority").on(notice.id, notice.schoolAuthorityId),
    unique("notice_is_of_one_grant").on(notice.id, notice.grantId),
    withinAuthority(
      "notice_changes_its_grant",
      [notice.grantId, notice.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    index("notices_by_grant").on(notice.grantId),
    check("notice_period_runs_forward", sql`${notice.spendFrom} <= ${notice.spendUntil}`),
    check(
      "notice_rate_is_a_share",
      sql`${notice.fundingRate} > 0 and ${notice.fundingRate} <= 100`,
    ),
    check("notice_grants_nothing_negative", sql`${notice.grantAmount} >= 0`),
  ],
);

/** By how much a notice changes a budget line and what the line takes of the pots. */
export const noticeLines = pgTable(
  "notice_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    noticeId: uuid().notNull(),
    grantId: uuid().notNull(),
    position: integer().notNull(),
    budgetLineId: uuid().notNull(),
    change: euroAmount().notNull(),
    ...potColumns(),
  },
  (line) => [
    unique("line_is_changed_once").on(line.noticeId, line.budgetLineId),
    withinAuthority(
      "line_belongs_to_its_notice",
      [line.noticeId, line.grantId],
      [notices.id, notices.grantId],
    ),
    withinAuthority(
      "changed_line_belongs_to_its_grant",
      [line.budgetLineId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    index("notice_lines_by_notice").on(line.noticeId),
  ],
);
