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
import { drawdownKinds } from "#app/domain/drawdown.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";

export const drawdownKind = pgEnum("drawdown_kind", drawdownKinds);

/** Drawdown (Mittelabruf): asks for part of the grant. */
export const drawdowns = pgTable(
  "drawdowns",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    /** 1, 2, 3 … within its grant. */
    number: integer().notNull(),
    requestedOn: date().notNull(),
    /** For what is paid already, or in advance; null (recorded before it was asked) is a refund. */
    kind: drawdownKind(),
    amount: euroAmount().notNull(),
    purpose: text().notNull(),
    createdAt: createdAt(),
  },
  (drawdown) => [
    unique("drawdown_is_of_one_authority").on(drawdown.id, drawdown.schoolAuthorityId),
    unique("drawdown_number_is_used_once").on(drawdown.grantId, drawdown.number),
    withinAuthority(
      "drawdown_asks_for_its_grant",
      [drawdown.grantId, drawdown.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    check("drawn_amount_is_positive", sql`${drawdown.amount} > 0`),
  ],
);

/** Payout (Zahlungseingang): what came for a drawdown. */
export const payouts = pgTable(
  "payouts",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    drawdownId: uuid().notNull(),
    receivedOn: date().notNull(),
    /** Until when the money must be spent (Verwendungsfrist); null where no rule says so. */
    spendBy: date(),
    amount: euroAmount().notNull(),
    createdAt: createdAt(),
  },
  (payout) => [
    unique("payout_is_of_one_authority").on(payout.id, payout.schoolAuthorityId),
    withinAuthority(
      "payout_answers_its_drawdown",
      [payout.drawdownId, payout.schoolAuthorityId],
      [drawdowns.id, drawdowns.schoolAuthorityId],
    ),
    index("payouts_by_drawdown").on(payout.drawdownId),
    check("received_amount_is_positive", sql`${payout.amount} > 0`),
  ],
);

/** Repayment (Rückzahlung) of part of the grant to the granting authority, with its interest. */
export const repayments = pgTable(
  "repayments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    repaidOn: date().notNull(),
    amount: euroAmount().notNull(),
    /** Interest paid with it; it is no part of the grant. */
    interestAmount: euroAmount().notNull(),
    reason: text().notNull(),
    createdAt: createdAt(),
  },
  (repayment) => [
    unique("repayment_is_of_one_authority").on(repayment.id, repayment.schoolAuthorityId),
    withinAuthority(
      "repayment_gives_back_of_its_grant",
      [repayment.grantId, repayment.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    index("repayments_by_grant").on(repayment.grantId),
    check(
      "something_is_repaid",
      sql`${repayment.amount} >= 0 and ${repayment.interestAmount} >= 0 and ${repayment.amount} + ${repayment.interestAmount} > 0`,
    ),
  ],
);
