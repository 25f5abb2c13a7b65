/** Orders (Aufträge) on file, and what each still commits. */
import { and, asc, desc, eq, lte, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Day } from "#app/domain/calendar.ts";
import { sum, zero } from "#app/domain/money.ts";
import {
  checkOrder,
  checkOrderClosure,
  type OpenOrderLine,
  type OrderClosureDraft,
  type OrderClosureViolation,
  type OrderDraft,
  type SpendingViolation,
} from "#app/domain/order.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { accounts } from "#db/schema/journal.ts";
import {
  orderClosureLines,
  orderClosures,
  orderLines,
  orders,
  suppliers,
} from "#db/schema/orders.ts";
import { loadBudget } from "./accounts.server.ts";
import { standing, stands } from "./standing.server.ts";
import { logChange } from "./changes.server.ts";
import { requireStandingGrant, spendingTerms } from "./grants.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { knowSupplier } from "./suppliers.server.ts";

/** Released by invoices that stand, as of a day or now. */
function releasedAmount(asOf: Day | undefined) {
  const until = asOf ? sql` and i.invoiced_on <= ${asOf}` : sql``;
  return sql`coalesce((
    select sum(l.released_amount) from invoice_lines l join invoices i on i.id = l.invoice_id
    where l.order_line_id = order_lines.id and ${standing(sql`i.id`, asOf)}${until}), 0)`.mapWith(
    orderLines.grossAmount,
  );
}

/** Freed by a closure that stands, as of a day or now. */
function freedAmount(asOf: Day | undefined) {
  const until = asOf ? sql` and c.closed_on <= ${asOf}` : sql``;
  return sql`coalesce((
    select sum(l.freed_amount) from order_closure_lines l join order_closures c on c.id = l.closure_id
    where l.order_line_id = order_lines.id and ${standing(sql`c.id`, asOf)}${until}), 0)`.mapWith(
    orderLines.grossAmount,
  );
}

/** The lines of a grant's orders, newest first, with what became of each. */
export async function listOrderLines(
  user: User,
  only: { grantId?: string; orderId?: string; asOf?: Day } = {},
  reader: Reader = db,
) {
  const rows = await reader
    .select({
      id: orderLines.id,
      orderId: orders.id,
      grantId: orders.grantId,
      supplierId: orders.supplierId,
      supplier: suppliers.name,
      number: orders.number,
      orderedOn: orders.orderedOn,
      awardKind: orders.awardKind,
      awardReference: orders.awardReference,
      budgetLineId: orderLines.budgetLineId,
      school: schools.name,
      code: accounts.code,
      costKind: orderLines.costKind,
      description: orderLines.description,
      grossAmount: orderLines.grossAmount,
      releasedAmount: releasedAmount(only.asOf),
      freedAmount: freedAmount(only.asOf),
      stands: stands(orders, only.asOf),
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(suppliers, eq(suppliers.id, orders.supplierId))
    .innerJoin(accounts, eq(accounts.id, orderLines.budgetLineId))
    .innerJoin(schools, eq(schools.id, accounts.schoolId))
    .where(
      and(
        eq(orders.schoolAuthorityId, user.schoolAuthorityId),
        only.grantId ? eq(orders.grantId, only.grantId) : undefined,
        only.orderId ? eq(orders.id, only.orderId) : undefined,
        only.asOf ? lte(orders.orderedOn, only.asOf) : undefined,
      ),
    )
    .orderBy(desc(orders.orderedOn), desc(orders.createdAt), asc(orderLines.position));
  return rows.map((row) => ({
    ...row,
    code: row.code!,
    open: row.stands ? row.grossAmount.minus(row.releasedAmount).minus(row.freedAmount) : zero,
  }));
}

/** Order lines that can still be invoiced. */
export async function listOpenOrderLines(
  user: User,
  grantId: string,
  reader: Reader = db,
): Promise<(OpenOrderLine & { label: string })[]> {
  const lines = await listOrderLines(user, { grantId }, reader);
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
  const { grantId, supplier, number, orderedOn, awardKind, awardReference } = first;
  return {
    id: orderId,
    grantId,
    supplier,
    number,
    orderedOn,
    awardKind,
    awardReference,
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
  grantId: string,
  draft: OrderDraft,
): Promise<SpendingViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const grant = await requireStandingGrant(user, grantId, tx);
    if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;

    const budget = await loadBudget(user, grantId, tx);
    const violation = checkOrder(draft, spendingTerms(grant, draft.orderedOn), budget, today());
    if (violation) return violation;

    const { supplier, lines, ...order } = draft;
    const supplierId = await knowSupplier(tx, user, supplier);
    await tx.insert(orders).values({ id, schoolAuthorityId, grantId, supplierId, ...order });
    await tx.insert(orderLines).values(
      lines.map((line, position) => {
        return { ...line, schoolAuthorityId, grantId, orderId: id, position };
      }),
    );
    await post(tx, user, { kind: "order", id });
    await rememberSent(tx, user, id, { grantId, ...draft });
    await logChange(tx, user, "order_recorded", { id, text: `${draft.number}, ${supplier}` });
  });
}

/** Closes the order: what is still open of it is free again. */
export function closeOrder(
  user: User,
  orderId: string,
  draft: OrderClosureDraft,
): Promise<OrderClosureViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const order = await requireOrder(user, orderId, tx);
    if (!order.stands) notFound();
    const lastDeedOn = await lastDeedOf(tx, order);
    const violation = checkOrderClosure(draft, { lastDeedOn, open: order.open }, today());
    if (violation) return violation;

    const [closure] = await tx
      .insert(orderClosures)
      .values({ schoolAuthorityId, orderId, ...draft })
      .returning();
    const { id } = closure!;
    const open = order.lines.filter((line) => line.open.greaterThan(0));
    await tx.insert(orderClosureLines).values(
      open.map((line, position) => ({
        schoolAuthorityId,
        closureId: id,
        position,
        orderLineId: line.id,
        freedAmount: line.open,
      })),
    );
    await post(tx, user, { kind: "order_closure", id });
    await logChange(tx, user, "order_closed", { id: orderId, text: order.number });
  });
}

/** The last day on which something was booked on an order, reversals too: it can't be closed before. */
async function lastDeedOf(reader: Reader, order: { id: string; orderedOn: string }) {
  const [last] = await reader.execute<{ day: string | null }>(sql`
    select max(greatest(d.day, r.reversed_on))::text as day
    from (
      select i.id, i.invoiced_on as day
      from invoices i join invoice_lines l on l.invoice_id = i.id
      join order_lines o on o.id = l.order_line_id where o.order_id = ${order.id}
      union all
      select id, closed_on from order_closures where order_id = ${order.id}
    ) d left join reversals r on r.document_id = d.id`);
  return last?.day && last.day > order.orderedOn ? last.day : order.orderedOn;
}
