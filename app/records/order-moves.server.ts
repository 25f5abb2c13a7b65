/** Open orders at the end of a fiscal year: they move to the new year with the money that they bind. */
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { ChangeViolation } from "#app/domain/budget-change.ts";
import { carriable, type CarryoverViolation, fittingGrounds } from "#app/domain/carryover.ts";
import type { Day } from "#app/domain/calendar.ts";
import { type Money, smaller, sum, zero } from "#app/domain/money.ts";
import type { OrderClosureViolation, SpendingViolation } from "#app/domain/order.ts";
import { checkMove, moveReason, type MoveViolation } from "#app/domain/order-move.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import { allOrNone, type Refuse } from "./all-or-none.server.ts";
import { requireBudgetAccount } from "./budget-changes.server.ts";
import { accountOfNextYear, carryOver, loadRest } from "./carryovers.server.ts";
import { listContractOrders } from "./contract-orders.server.ts";
import { isYearClosed, listYearAccounts } from "./fiscal-years.server.ts";
import { lockBooks } from "./journal.server.ts";
import { closeOrderWithin } from "./order-changes.server.ts";
import { listOrderLines, recordOrderWithin, requireOrder } from "./orders.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export type MoveDraft = { movedOn: Day; decision: string; orderIds: string[] };

type Refused =
  | CarryoverViolation
  | ChangeViolation
  | MoveViolation
  | OrderClosureViolation
  | SpendingViolation;

/** Orders of the year with something open, in euro gross, in the order of their days. */
export async function listOpenOrders(user: User, fiscalYear: number, reader: Reader = db) {
  const lines = await listOrderLines(user, { fiscalYear }, reader);
  const open = lines.filter((line) => line.open.greaterThan(0));
  return [...new Set(open.map(({ orderId }) => orderId))].toReversed().map((id) => {
    const own = open.filter(({ orderId }) => orderId === id);
    const { number, supplier, orderedOn } = own[0]!;
    const places = own.map(({ code }) => code);
    return { id, number, supplier, orderedOn, places, open: sum(own.map((line) => line.open)) };
  });
}

/**
 * Moves open orders to the next year, all or none: the old one is closed, what it freed is carried over to
 * the same accounts of the new year, and the order goes on there. An account that was overrun gives what it
 * has; the new year's budget decides about the rest. Fields of a refusal are those of the form.
 */
export function moveOrders(
  user: User,
  id: string,
  fiscalYear: number,
  draft: MoveDraft,
): Promise<Refused | undefined> {
  const { movedOn, decision, orderIds } = draft;
  return allOrNone<Refused>(async (tx, refuse) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, { fiscalYear, ...draft })) return;
    const closedYear = await firstClosed(tx, user, [fiscalYear, fiscalYear + 1]);
    const asked = { movedOn, count: orderIds.length };
    refuse(checkMove(asked, fiscalYear, closedYear, today()));
    for (const orderId of new Set(orderIds)) {
      await moveOrder(tx, refuse, user, fiscalYear, orderId, { movedOn, decision });
    }
    await rememberSent(tx, user, id, { fiscalYear, ...draft });
    // Only now: what an order carries with it must not be taken by what waits for money.
    await postRecurring(tx, user, { fiscalYear: fiscalYear + 1 });
  });
}

async function moveOrder(
  tx: Transaction,
  refuse: Refuse<Refused>,
  user: User,
  fiscalYear: number,
  orderId: string,
  { movedOn, decision }: { movedOn: Day; decision: string },
) {
  const order = await requireOrder(user, orderId, tx);
  if (order.fiscalYear !== fiscalYear || !order.stands) notFound();
  const reason = moveReason(fiscalYear);
  refuse(await closeOrderWithin(tx, user, orderId, { closedOn: movedOn, reason }), "movedOn");

  const open = order.lines.filter((line) => line.open.greaterThan(0));
  const accountOf = new Map<string, string>();
  for (const accountId of new Set(open.map(({ budgetLineId }) => budgetLineId))) {
    const own = open.filter(({ budgetLineId }) => budgetLineId === accountId);
    const bound = sum(own.map((line) => line.open));
    await carryBound(tx, refuse, user, accountId, bound, {
      decidedOn: movedOn,
      decision,
      reason: `Offener Auftrag ${order.number}, ${order.supplier}`,
    });
    const account = await requireBudgetAccount(user, accountId, tx);
    accountOf.set(accountId, await accountOfNextYear(tx, user, account));
  }

  const { supplier, number, awardKind, awardReference, awardReason } = order;
  const goesOn = {
    supplier,
    number,
    awardKind,
    awardReference,
    awardReason: awardReason ?? "",
    orderedOn: movedOn,
    overBudgetReason: order.overBudgetReason ?? undefined,
    lines: open.map(({ budgetLineId, costKind, description, open: grossAmount, vatRate }) => {
      const account = accountOf.get(budgetLineId)!;
      return {
        budgetLineId: account,
        costKind,
        description,
        grossAmount,
        vatRate: vatRate ?? zero,
      };
    }),
  };
  const carriedFromId = await lastOfChain(tx, user, orderId);
  const funding = { fiscalYear: fiscalYear + 1 };
  const isRecurring = (await listContractOrders(user, tx)).some(({ id }) => id === orderId);
  const options = { carriedFromId, isRecurring };
  refuse(await recordOrderWithin(tx, user, randomUUID(), funding, goesOn, options), "orders");
}

/**
 * Carries what the order bound, as far as the account can give it. An order placed is ground enough: an
 * investment is begun with it, expense stays in its budget, anything else is earmarked by the contract. What a
 * budget has carried once already lapses, and the new year's money has to do.
 */
async function carryBound(
  tx: Transaction,
  refuse: Refuse<Refused>,
  user: User,
  accountId: string,
  bound: Money,
  why: { decidedOn: Day; decision: string; reason: string },
) {
  const account = await requireBudgetAccount(user, accountId, tx);
  const accounts = await listYearAccounts(user, account.fiscalYear!, tx);
  const rest = await loadRest(tx, user, account);
  const [ground] = fittingGrounds(rest);
  const amount = smaller(bound, carriable(rest, accounts, ground, true));
  if (!amount.greaterThan(0)) return;
  const row = { id: randomUUID(), accountId, amount, ground, isBegun: true, ...why };
  refuse(await carryOver(tx, user, { ...row, resolutionId: undefined }), "orders");
}

/** The order to go on with: an earlier move that was reversed stays between, since each goes on once. */
async function lastOfChain(tx: Transaction, user: User, orderId: string): Promise<string> {
  const [later] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(eq(orders.carriedFromId, orderId), eq(orders.schoolAuthorityId, user.schoolAuthorityId)),
    );
  return later ? lastOfChain(tx, user, later.id) : orderId;
}

async function firstClosed(tx: Transaction, user: User, years: number[]) {
  for (const year of years) if (await isYearClosed(tx, user, year)) return year;
}
