import { sql } from "drizzle-orm";
import { check, pgTable, uuid } from "drizzle-orm/pg-core";
import { authorityId, euroAmount, withinAuthority } from "../columns.ts";
import { accounts } from "./journal.ts";

const balanceColumn = () =>
  euroAmount()
    .notNull()
    .default(sql`0`);

/** Balance (Saldo): the sums of an account's entries, moved in the transaction that appends them. */
export const balances = pgTable(
  "balances",
  {
    accountId: uuid().primaryKey(),
    schoolAuthorityId: authorityId(),
    ceiling: balanceColumn(),
    applied: balanceColumn(),
    granted: balanceColumn(),
    approved: balanceColumn(),
    committed: balanceColumn(),
    invoiced: balanceColumn(),
    paid: balanceColumn(),
    reclaimed: balanceColumn(),
    drawn: balanceColumn(),
    received: balanceColumn(),
    repaid: balanceColumn(),
    interest: balanceColumn(),
    appropriated: balanceColumn(),
    supplemented: balanceColumn(),
    carried: balanceColumn(),
    extra: balanceColumn(),
    covered: balanceColumn(),
    share_planned: balanceColumn(),
    share_paid: balanceColumn(),
    share_settled: balanceColumn(),
  },
  (balance) => [
    withinAuthority(
      "balance_is_of_an_account",
      [balance.accountId, balance.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    check(
      "balance_is_not_negative",
      sql`least(${balance.ceiling}, ${balance.applied}, ${balance.granted}, ${balance.approved}, ${balance.committed}, ${balance.invoiced}, ${balance.paid}, ${balance.reclaimed}, ${balance.drawn}, ${balance.received}, ${balance.repaid}, ${balance.interest}, ${balance.appropriated}, ${balance.extra}, ${balance.share_planned}, ${balance.share_paid}, ${balance.share_settled}) >= 0`,
    ),
    // Whether more is spent than this is the authority's choice; that it is not below zero is not.
    check(
      "authorization_is_not_negative",
      sql`${balance.appropriated} + ${balance.supplemented} + ${balance.carried} + ${balance.extra} + ${balance.covered} >= 0`,
    ),
    check("no_more_is_paid_than_invoiced", sql`${balance.paid} <= ${balance.invoiced}`),
    check("no_more_is_received_than_drawn", sql`${balance.received} <= ${balance.drawn}`),
    check("no_more_is_repaid_than_received", sql`${balance.repaid} <= ${balance.received}`),
    // What a later notice takes back of money that is drawn already stands as reclaimed.
    check(
      "no_more_is_drawn_than_granted",
      sql`${balance.drawn} - ${balance.repaid} <= ${balance.granted} + ${balance.reclaimed}`,
    ),
  ],
);
