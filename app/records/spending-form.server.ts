/** What the forms of orders and invoices offer: budget lines with what is left, suppliers, the period. */
import { today } from "#app/clock.server.ts";
import { available } from "#app/domain/budget.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { Funding } from "#app/domain/funding.ts";
import { municipalTerms } from "#app/domain/order.ts";
import { budgetLeft } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import { awardKinds, awardLimit } from "#app/domain/procurement.ts";
import { leftOf } from "#app/domain/prepayment.ts";
import { categoryOf, type ProcurementRule } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { loadBudget } from "./accounts.server.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { ownThresholds } from "./funding.server.ts";
import { requireGrant } from "./grants.server.ts";
import { listPrepayments, usualLines } from "./invoice-context.server.ts";
import { listInvoices } from "./invoices.server.ts";
import { listOpenOrderLines } from "./orders.server.ts";
import { findSupplier, listSuppliers } from "./suppliers.server.ts";

/** What the form of invoices offers beyond that: orders, and what can be credited or taken off. */
export async function loadInvoiceForm(user: User, funding: Funding) {
  const [page, known, usual, openOrderLines, invoices, prepayments] = await Promise.all([
    loadSpendingForm(user, funding),
    listSuppliers(user),
    usualLines(user, funding),
    listOpenOrderLines(user, funding),
    listInvoices(user, funding),
    listPrepayments(db, user, funding),
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
export async function usualLineOf(user: User, funding: Funding, supplier: string) {
  const known = await findSupplier(user, supplier, db);
  return known && (await usualLines(user, funding)).get(known.id)?.budgetLineId;
}

/** What both forms offer: where money may be charged and what is left there, suppliers, the period. */
export async function loadSpendingForm(user: User, funding: Funding) {
  const day = today();
  const known = await listSuppliers(user);
  const suppliers = known.map(({ name }) => name);
  if (funding.fiscalYear !== undefined) {
    const { fiscalYear } = funding;
    const accounts = await listYearAccounts(user, fiscalYear);
    if (accounts.length === 0) notFound();
    const { spendFrom, spendUntil } = municipalTerms(fiscalYear, false, undefined);
    const isOpen = day >= spendFrom && day <= spendUntil;
    return {
      fiscalYear,
      spendFrom,
      spendUntil,
      likelyDay: isOpen ? day : undefined,
      suppliers,
      awardLimits: isOpen ? limitsOn(await ownThresholds(db, user), day) : [],
      budgetLines: accounts.map((account) => ({
        id: account.id,
        name: account.label,
        available: budgetLeft(account, accounts),
      })),
    };
  }
  const grant = await requireGrant(user, funding.grantId);
  const { programme } = grant;
  const budget = await loadBudget(user, grant.id);
  const isOpen = day >= grant.spendFrom && day <= grant.spendUntil;
  return {
    fiscalYear: null,
    spendFrom: grant.spendFrom,
    spendUntil: grant.spendUntil,
    /** Today where it lies in the approval period; else the day is for the clerk to enter. */
    likelyDay: isOpen ? day : undefined,
    suppliers,
    // Of today, where an order may still be placed today.
    awardLimits: isOpen ? limitsOn(programme.procurement, day) : [],
    budgetLines: budget.map((line) => ({
      id: line.id,
      name: `${line.school} · ${line.code} ${categoryOf(programme, line.code).name}`,
      available: available(line),
    })),
  };
}

function limitsOn(rules: ProcurementRule[], day: Day) {
  return awardKinds.flatMap((kind) => {
    const limit = awardLimit(kind, rules, day);
    return limit ? [{ kind, limit }] : [];
  });
}
