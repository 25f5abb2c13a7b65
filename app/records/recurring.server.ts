/**
 * What contracts cost in a fiscal year against what is ordered for it: the plan of recurring costs, and
 * what keeps it from being committed (Verpflichtung).
 */
import { today } from "#app/clock.server.ts";
import { costOfYear } from "#app/domain/accrual.ts";
import { endOfYear, yearOf } from "#app/domain/calendar.ts";
import { larger, type Money, zero } from "#app/domain/money.ts";
import {
  checkOrder,
  type OrderContext,
  type OrderDraft,
  type SpendingViolation,
} from "#app/domain/order.ts";
import {
  checkOrderChange,
  type OrderChangeDraft,
  type OrderChangeViolation,
} from "#app/domain/order-change.ts";
import type { User } from "#app/domain/permission.ts";
import { adjustmentOf, changeDay, orderDay } from "#app/domain/recurring.ts";
import { db, type Reader } from "#db/client.ts";
import { requireAuthority } from "./authorities.server.ts";
import { type Contract, listContracts } from "./contracts.server.ts";
import { changeableOrder } from "./order-changes.server.ts";
import { requireOrder } from "./orders.server.ts";
import { openRecurringBooks, type RecurringBooks } from "./recurring-books.server.ts";

/**
 * Why the cost of a year can't be committed: no such account, not enough on it, not enough and nobody has
 * said why all the same (where the authority wants a reason), too much invoiced, or its order was reversed.
 */
export type RecurringObstacle =
  | { rule: "account_missing"; product: string; costCentre: string; ledgerAccount: string }
  | { rule: "exceeds_account"; missing: Money }
  | { rule: "needs_reason"; missing: Money }
  | { rule: "invoiced_above_plan"; excess: Money }
  | { rule: "order_reversed" }
  | { rule: "refused"; violation: SpendingViolation | OrderChangeViolation };

/** What has to be posted so that the books say what the contract costs. */
export type RecurringDeed =
  | { kind: "order"; draft: OrderDraft; supersedesId: string | undefined }
  | { kind: "change"; orderId: string; draft: OrderChangeDraft };

export type RecurringCost = {
  contract: Contract;
  fiscalYear: number;
  /** What it costs in the year. */
  amount: Money;
  /** What is still to be committed; below zero where too much is. */
  difference: Money;
  account: { id: string; label: string } | null;
  deed: RecurringDeed | null;
  obstacle: RecurringObstacle | null;
};

/** Each contract, or one, that costs something in a fiscal year or is ordered in it, by their numbers. */
export async function listRecurring(
  user: User,
  fiscalYear: number,
  reader: Reader = db,
  contractId?: string,
  books = openRecurringBooks(user, reader),
): Promise<RecurringCost[]> {
  const contracts = (await listContracts(user, undefined, reader)).filter(
    ({ id }) => contractId === undefined || id === contractId,
  );
  const costs: RecurringCost[] = [];
  for (const contract of contracts) {
    const cost = await planRecurring(books, contract, fiscalYear);
    if (cost) costs.push(cost);
  }
  return costs;
}

/** How the posting of a contract was called for. */
export type Call = {
  /** Why the budget is overrun, in the words of whoever posts it; empty where nobody was asked. */
  reason?: string | undefined;
  /** True where a person wants it posted: what was reversed by hand comes back so only. */
  byHand?: boolean;
};

/** What is to be posted for a contract in a year that is open; undefined where it has no part in it. */
export async function planRecurring(
  books: RecurringBooks,
  contract: Contract,
  fiscalYear: number,
  { reason = "", byHand = false }: Call = {},
): Promise<RecurringCost | undefined> {
  const { user, reader } = books;
  const amount = contract.stands ? costOfYear(contract, fiscalYear) : zero;
  const own = await books.ordersOf(contract.id, fiscalYear);
  const standing = own.find((order) => order.stands);
  if (amount.isZero() && !standing) return undefined;
  if (await books.isClosed(fiscalYear)) return undefined;
  const common = { contract, fiscalYear, amount };
  if (standing) return planChange(books, common, standing.id, reason);

  const account = await books.accountOf(contract, fiscalYear);
  const nothing = { ...common, difference: amount, account: account ?? null, deed: null };
  if (!account) {
    const { product, costCentre, ledgerAccount } = contract;
    const obstacle = { rule: "account_missing", product, costCentre, ledgerAccount } as const;
    return { ...nothing, obstacle };
  }
  if (own.length > 0 && !byHand) return { ...nothing, obstacle: { rule: "order_reversed" } };
  // What was carried into the year pays its costs, also where they are committed after its end.
  const day = today() < endOfYear(fiscalYear) ? today() : endOfYear(fiscalYear);
  const means = await books.meansOf(fiscalYear, day);
  const supplier = contract.supplier ?? (await requireAuthority(user, reader)).name;
  const appropriatedOn = await books.firstDayOf(account.id);
  const { startedOn, number, name, vatRate } = contract;
  const draft: OrderDraft = {
    supplier,
    number,
    orderedOn: orderDay(fiscalYear, startedOn, appropriatedOn, means.terms, today()),
    ...{ awardKind: "direct", awardReference: "", awardReason: "" },
    lines: [
      {
        budgetLineId: account.id,
        costKind: "running",
        description: `${name}, ${fiscalYear}`,
        grossAmount: amount,
        vatRate,
      },
    ],
  };
  const judged = judge(draft, (one) => checkOrder(one, means), reason);
  const supersedesId = own.at(-1)?.id;
  return {
    ...common,
    difference: amount,
    account: { id: account.id, label: account.label },
    deed: { kind: "order", draft: judged.draft, supersedesId },
    obstacle: obstacleOf(judged.violation, amount),
  };
}

type Common = Pick<RecurringCost, "contract" | "fiscalYear" | "amount">;

async function planChange(
  books: RecurringBooks,
  common: Common,
  orderId: string,
  reason: string,
): Promise<RecurringCost> {
  const { user, reader } = books;
  const { contract, fiscalYear, amount } = common;
  const { ordered, committed, invoiced } = await books.figuresOf(orderId);
  // An invoice above its order has already taken what a new price would commit.
  const bound = larger(ordered, committed.plus(invoiced));
  const { change, excess } = adjustmentOf(amount, bound, committed);
  const difference = amount.minus(bound);
  const nothing = { ...common, difference: zero, account: null, deed: null, obstacle: null };
  if (change.isZero() && excess.isZero()) return nothing;

  const order = await requireOrder(user, orderId, reader);
  // Who closes an order has said that no more will come of it in this year.
  if (order.closure) return nothing;
  const [line] = order.lines;
  const account = { id: line!.budgetLineId, label: line!.code };
  if (change.isZero()) {
    return { ...nothing, account, difference, obstacle: { rule: "invoiced_above_plan", excess } };
  }
  const means: OrderContext = await books.meansOf(fiscalYear, today());
  const changeable = await changeableOrder(reader, order);
  const draft: OrderChangeDraft = {
    changedOn: changeDay(changeable.lastDeedOn, means.terms, today()),
    reason: `Kosten ${fiscalYear} aus Vertrag ${contract.number}`,
    awardReason: "",
    lines: [{ orderLineId: line!.id, change }],
  };
  const judged = judge(draft, (one) => checkOrderChange(one, changeable, means), reason);
  return {
    ...common,
    difference,
    account,
    deed: { kind: "change", orderId, draft: judged.draft },
    obstacle: obstacleOf(judged.violation, change),
  };
}

/** The draft with the reason that was given, where one is asked; whatever still stands against it. */
function judge<Draft extends { overBudgetReason?: string | undefined }, Refused extends Violation>(
  draft: Draft,
  check: (draft: Draft) => Refused | undefined,
  reason: string,
): { draft: Draft; violation: Refused | undefined } {
  const violation = check(draft);
  const isAsked = violation?.rule === "over_budget_needs_reason";
  if (!isAsked || !reason.trim()) return { draft, violation };
  const reasoned = { ...draft, overBudgetReason: reason.trim() };
  return { draft: reasoned, violation: check(reasoned) };
}

type Violation = SpendingViolation | OrderChangeViolation;

function obstacleOf(violation: Violation | undefined, asked: Money): RecurringObstacle | null {
  if (!violation) return null;
  const { rule } = violation;
  if (rule !== "over_budget" && rule !== "over_budget_needs_reason") {
    return { rule: "refused", violation };
  }
  const left = violation.available.greaterThan(0) ? violation.available : zero;
  const missing = asked.minus(left);
  return { rule: rule === "over_budget" ? "exceeds_account" : "needs_reason", missing };
}

/** From the start of a contract on: the years that can be posted. */
export function yearsFrom(contract: Contract, years: number[]): number[] {
  return years.filter((year) => year >= yearOf(contract.startedOn));
}
