import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";

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
