/** Orders (Aufträge) on file, and what each still commits. */
import { and, asc, desc, eq, lte, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { type Funding, fundingOf } from "#app/domain/funding.ts";
import { sum, zero } from "#app/domain/money.ts";
import {
  checkOrder,
  type CostKind,
  type OpenOrderLine,
  type OrderDraft,
  type SpendingViolation,
} from "#app/domain/order.ts";
import type { User } from "#app/domain/permission.ts";
import { checkContractFunding } from "#app/domain/recurring.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { accounts } from "#db/schema/journal.ts";
import { orderClosures } from "#db/schema/order-changes.ts";
import { orderLines, orders, suppliers } from "#db/schema/orders.ts";
import { stands } from "./standing.server.ts";
import { logChange } from "./changes.server.ts";
import { changedAmount, freedAmount, releasedAmount } from "./order-amounts.server.ts";
import { findOrderOfNumber } from "./order-numbers.server.ts";
import { fundedBy, loadMeans, type OfFunding } from "./funding.server.ts";
import { holdHead, lockBooks, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { knowSupplier } from "./suppliers.server.ts";

/** Where a line is charged: school and object of funding, or an account of the municipal budget. */
export const placeOf = {
  school: sql<string>`coalesce(${schools.name}, 'Haushalt ' || ${accounts.fiscalYear})`,
  code: sql<string>`coalesce(${accounts.code}, ${accounts.product} || ' / ' || ${accounts.ledgerAccount})`,
};

/** The lines of a grant's orders, newest first, with what became of each. */
export async function listOrderLines(
  user: User,
  only: OfFunding & { orderId?: string; asOf?: Day } = {},
  reader: Reader = db,
) {
  const rows = await reader
    .select({
      id: orderLines.id,
      orderId: orders.id,
      grantId: orders.grantId,
      fiscalYear: orders.fiscalYear,
      overBudgetReason: orders.overBudgetReason,
      supplierId: orders.supplierId,
      supplier: suppliers.name,
      number: orders.number,
      orderedOn: orders.orderedOn,
      awardKind: orders.awardKind,
      awardReference: orders.awardReference,
      awardReason: orders.awardReason,
      budgetLineId: orderLines.budgetLineId,
      ...placeOf,
      accompaniesId: orderLines.accompaniesId,
      accompanyingReason: orderLines.accompanyingReason,
      costKind: orderLines.costKind,
      description: orderLines.description,
      vatRate: orderLines.vatRate,
      grossAmount: orderLines.grossAmount,
      changedAmount: changedAmount(only.asOf),
      releasedAmount: releasedAmount(only.asOf),
      freedAmount: freedAmount(only.asOf),
      stands: stands(orders, only.asOf),
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(suppliers, eq(suppliers.id, orders.supplierId))
    .innerJoin(accounts, eq(accounts.id, orderLines.budgetLineId))
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .where(
      and(
        eq(orders.schoolAuthorityId, user.schoolAuthorityId),
        fundedBy(user, orders, only),
        only.orderId ? eq(orders.id, only.orderId) : undefined,
        only.asOf ? lte(orders.orderedOn, only.asOf) : undefined,
      ),
    )
    .orderBy(desc(orders.orderedOn), desc(orders.createdAt), asc(orderLines.position));
  return rows.map((row) => {
    const ordered = row.grossAmount.plus(row.changedAmount);
    const open = ordered.minus(row.releasedAmount).minus(row.freedAmount);
    return { ...row, ordered, open: row.stands ? open : zero };
  });
}

/** Order lines that can still be invoiced. */
export async function listOpenOrderLines(
  user: User,
  funding: Funding,
  reader: Reader = db,
): Promise<(OpenOrderLine & { label: string })[]> {
  const lines = await listOrderLines(user, funding, reader);
  return lines
    .filter(({ open }) => open.greaterThan(0))
    .map((line) => ({ ...line, label: `${line.number} · ${line.school} · ${line.code}` }));
}

export async function requireOrder(user: User, orderId: string, reader: Reader = db) {
  const lines = await listOrderLines(user, { orderId }, reader);
  const [first] = lines;
  if (!first) notFound();
  const [closure] = await reader
    .select({
      id: orderClosures.id,
      closedOn: orderClosures.closedOn,
      reason: orderClosures.reason,
    })
    .from(orderClosures)
    .where(
      and(
        eq(orderClosures.orderId, orderId),
        eq(orderClosures.schoolAuthorityId, user.schoolAuthorityId),
        stands(orderClosures),
      ),
    );
  const { grantId, fiscalYear, supplierId, supplier, number, orderedOn, overBudgetReason } = first;
  const { awardKind, awardReference, awardReason } = first;
  return {
    id: orderId,
    grantId,
    fiscalYear,
    funding: fundingOf(first),
    overBudgetReason,
    supplierId,
    supplier,
    number,
    orderedOn,
    awardKind,
    awardReference,
    awardReason,
    stands: first.stands,
    closure: closure ?? null,
    open: sum(lines.map(({ open }) => open)),
    lines,
  };
}

/** Records the order, or says which rule it breaks. */
export function recordOrder(
  user: User,
  id: string,
  funding: Funding,
  draft: OrderDraft,
): Promise<SpendingViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    return recordOrderWithin(tx, user, id, funding, draft);
  });
}

/** What makes an order another deed's: carried over from the year before, or the cost of a contract. */
type Origin = {
  carriedFromId?: string;
  isRecurring?: boolean;
  contractId?: string;
  /** The reversed order of the contract and the year that this one replaces. */
  supersedesId?: string | undefined;
};

/** The same as part of another deed: an order carried into the next fiscal year names the old one. */
export async function recordOrderWithin(
  tx: Transaction,
  user: User,
  id: string,
  funding: Funding,
  draft: OrderDraft,
  { carriedFromId, isRecurring, contractId, supersedesId }: Origin = {},
): Promise<SpendingViolation | undefined> {
  const { schoolAuthorityId } = user;
  await holdHead(tx, schoolAuthorityId);
  const means = await loadMeans(
    tx,
    user,
    funding,
    draft.orderedOn,
    isRecurring ? "recurring" : "order",
  );
  if (await wasSent(tx, user, id, { ...funding, ...draft })) return undefined;

  // What is carried over was awarded when it was ordered first.
  if (carriedFromId) means.procurement = [];
  const ofContract = contractId ? checkContractFunding(means.terms) : undefined;
  const { supplier, lines, isAgain, ...order } = draft;
  // Of these nobody types a number.
  const isTyped = !carriedFromId && !contractId;
  const earlier =
    isTyped && !isAgain ? await findOrderOfNumber(tx, user, supplier, draft.number) : undefined;
  const violation = ofContract ?? checkOrder(draft, { ...means, earlier });
  if (violation) return violation;

  const supplierId = await knowSupplier(tx, user, supplier);
  await tx.insert(orders).values({
    ...{ id, schoolAuthorityId, ...funding, supplierId },
    ...{ carriedFromId, contractId, supersedesId },
    ...order,
  });
  await tx.insert(orderLines).values(
    lines.map((line, position) => {
      return { ...line, ...justified(line), schoolAuthorityId, ...funding, orderId: id, position };
    }),
  );
  const moved = await post(tx, user, { kind: "order", id });
  await rememberSent(tx, user, id, { ...funding, ...draft });
  const text = `${draft.number}, ${supplier}${isAgain ? ", Nummer bewusst noch einmal" : ""}`;
  await logChange(tx, user, "order_recorded", { id, text, moved });
}

/** What outside advice belongs to; other costs belong to themselves. */
export function justified(line: {
  costKind: CostKind;
  accompaniesId?: string | undefined;
  accompanyingReason?: string | undefined;
}) {
  const isAdvice = line.costKind === "accompanying";
  return {
    accompaniesId: isAdvice ? line.accompaniesId : null,
    accompanyingReason: isAdvice ? line.accompanyingReason : null,
  };
}
