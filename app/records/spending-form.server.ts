/** What the forms of orders and invoices offer: budget lines with what is left, suppliers, the period. */
import { today } from "#app/clock.server.ts";
import { available } from "#app/domain/budget.ts";
import type { User } from "#app/domain/permission.ts";
import { awardKinds, awardLimit } from "#app/domain/procurement.ts";
import { leftOf } from "#app/domain/prepayment.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { loadBudget } from "./accounts.server.ts";
import { db } from "#db/client.ts";
import { requireGrant } from "./grants.server.ts";
import { listPrepayments, usualLines } from "./invoice-context.server.ts";
import { listInvoices } from "./invoices.server.ts";
import { listOpenOrderLines } from "./orders.server.ts";
import { findSupplier, listSuppliers } from "./suppliers.server.ts";

/** What the form of invoices offers beyond that: orders, and what can be credited or taken off. */
export async function loadInvoiceForm(user: User, grantId: string) {
  const [page, known, usual, openOrderLines, invoices, prepayments] = await Promise.all([
    loadSpendingForm(user, grantId),
    listSuppliers(user),
    usualLines(user, grantId),
    listOpenOrderLines(user, grantId),
    listInvoices(user, grantId),
    listPrepayments(db, user, grantId),
  ]);
  return {
    ...page,
    suppliers: known.map(({ id, name }) => {
      return { name, usualLine: usual.get(id)?.budgetLineId ?? null };
    }),
    orderLines: openOrderLines.map(({ id, label, open }) => ({ id, label, open })),
    creditable: invoices
      .filter(({ stands, kind }) => stands && kind !== "credit_note")
      .map(({ id, number, supplier, open }) => {
        return { id, label: `${number}, ${supplier}`, open };
      }),
    prepayments: prepayments
      .filter(({ lines }) => lines.some((line) => leftOf(line).greaterThan(0)))
      .map(({ id, number }) => ({ id, label: number })),
  };
}

/** The budget line that the supplier of that name was charged to last; undefined without one. */
export async function usualLineOf(user: User, grantId: string, supplier: string) {
  const known = await findSupplier(user, supplier, db);
  return known && (await usualLines(user, grantId)).get(known.id)?.budgetLineId;
}

export async function loadSpendingForm(user: User, grantId: string) {
  const grant = await requireGrant(user, grantId);
  const { programme } = grant;
  const [budget, suppliers] = await Promise.all([loadBudget(user, grantId), listSuppliers(user)]);
  const day = today();
  const isOpen = day >= grant.spendFrom && day <= grant.spendUntil;
  return {
    spendFrom: grant.spendFrom,
    spendUntil: grant.spendUntil,
    /** Today where it lies in the approval period; else the day is for the clerk to enter. */
    likelyDay: isOpen ? day : undefined,
    suppliers: suppliers.map(({ name }) => name),
    // Of today, where an order may still be placed today.
    awardLimits: (isOpen ? awardKinds : []).flatMap((kind) => {
      const limit = awardLimit(kind, programme.procurement, day);
      return limit ? [{ kind, limit }] : [];
    }),
    budgetLines: budget.map((line) => ({
      id: line.id,
      name: `${line.school} · ${line.code} ${categoryOf(programme, line.code).name}`,
      available: available(line),
    })),
  };
}
