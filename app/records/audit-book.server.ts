/** Loads what an audit workbook (Prüfbuch) holds, as of a day, for all of an authority or one grant. */
import { and, eq, lte, sql } from "drizzle-orm";
import { now, today } from "#app/clock.server.ts";
import type {
  AuditBook,
  BookAccount,
  BookEntry,
  Commitment,
  Receipt,
} from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import { type Balance, emptyBalance, figures } from "#app/domain/journal.ts";
import { negated, sum, zero } from "#app/domain/money.ts";
import { paidLines } from "#app/domain/payment.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, programmeOf } from "#app/domain/programme.ts";
import { db } from "#db/client.ts";
import { accounts, entries, reversals } from "#db/schema/journal.ts";
import { listAccounts } from "./accounts.server.ts";
import { loadCostShareRows, loadDrawdownRows } from "./audit-rows.server.ts";
import { listSchools, requireAuthority } from "./authorities.server.ts";
import { loadEntries } from "./entries.server.ts";
import { listGrants, requireGrant } from "./grants.server.ts";
import { listInvoiceLines } from "./invoices.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { verifyJournal } from "./verification.server.ts";

export type BookScope = { grantId?: string; asOf: Day };

export async function loadAuditBook(
  user: User,
  scope: BookScope,
  programVersion: string,
): Promise<AuditBook> {
  const authority = await requireAuthority(user);
  const grant = scope.grantId ? await requireGrant(user, scope.grantId) : undefined;
  const journal = await loadEntries(user, { grantId: scope.grantId, until: scope.asOf });
  const booked = await loadAccounts(user, scope);

  return {
    authority: authority.name,
    grant: grant?.fileNumber,
    asOf: scope.asOf,
    madeAt: now().toISOString(),
    madeBy: user.name,
    programVersion,
    isExample: authority.isExample,
    accounts: booked,
    receipts: await loadReceipts(user, scope, journal),
    commitments: await loadCommitments(user, scope),
    drawdowns: await loadDrawdownRows(user, scope),
    costShares: scope.grantId ? [] : await loadCostShareRows(user, scope.asOf),
    entries: journal.map(bookEntry),
    balances: await loadBalances(user, scope, booked),
    proofs: await verifyJournal(user.schoolAuthorityId),
  };
}

type LoadedEntry = Awaited<ReturnType<typeof loadEntries>>[number];

function bookEntry(entry: LoadedEntry): BookEntry {
  return {
    ...entry,
    recordedAt: entry.recordedAt.toISOString(),
    recordedBy: entry.recordedByName,
  };
}

/** Accounts with the sums of their entries up to the day. */
async function loadAccounts(user: User, { grantId, asOf }: BookScope): Promise<BookAccount[]> {
  const named = await listAccounts(user, grantId ? { grantId } : {});
  const sums = await db
    .select({
      accountId: entries.accountId,
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .where(and(eq(entries.schoolAuthorityId, user.schoolAuthorityId), lte(entries.bookedOn, asOf)))
    .groupBy(entries.accountId, entries.figure);

  return named.map((account) => {
    const own: Balance = { ...emptyBalance };
    for (const { accountId, figure, amount } of sums) {
      if (accountId === account.id) own[figure] = amount;
    }
    return { ...account, figures: own };
  });
}

/** What the sheet of controls compares with: kept balances today, sums made by the database before. */
async function loadBalances(user: User, scope: BookScope, booked: BookAccount[]): Promise<Balance> {
  if (scope.asOf < today()) {
    const totals = await db
      .select({
        figure: entries.figure,
        amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
      })
      .from(entries)
      .innerJoin(accounts, eq(accounts.id, entries.accountId))
      .where(
        and(
          eq(entries.schoolAuthorityId, user.schoolAuthorityId),
          lte(entries.bookedOn, scope.asOf),
          scope.grantId ? eq(accounts.grantId, scope.grantId) : undefined,
        ),
      )
      .groupBy(entries.figure);
    return { ...emptyBalance, ...Object.fromEntries(totals.map((t) => [t.figure, t.amount])) };
  }
  const kept = await listAccounts(user, scope.grantId ? { grantId: scope.grantId } : {});
  if (kept.length !== booked.length) throw new Error("accounts changed while loading");
  return Object.fromEntries(
    figures.map((figure) => [figure, sum(kept.map((account) => account[figure]))]),
  ) as Balance;
}

async function loadReceipts(
  user: User,
  { grantId, asOf }: BookScope,
  journal: LoadedEntry[],
): Promise<Receipt[]> {
  const lines = await listInvoiceLines(user, { grantId, asOf });
  const grants = await loadGrants(user, grantId);
  const numberOf = new Map((await listSchools(user)).map(({ name, number }) => [name, number]));
  const undone = await loadReversals(user, asOf);

  const rows = lines.flatMap((line): Receipt[] => {
    const grant = grants.get(line.grantId)!;
    const { receipt, documents } = receiptOf(line, lines);
    const row: Receipt = {
      ...receipt,
      schoolNumber: numberOf.get(line.school) ?? "",
      fileNumber: grant.fileNumber,
      category: categoryOf(grant.programme, line.code).name,
      federalRate: grant.programme.federalRate.times(grant.fundingRate).div(100),
      fundingRate: grant.fundingRate,
      entryNumbers: numbersOf(journal, documents, line.budgetLineId),
    };
    const reversal = undone.get(line.invoiceId);
    if (!reversal) return [row];
    const undoing: Receipt = {
      ...row,
      standing: "reversal",
      invoicedOn: reversal.reversedOn,
      grossAmount: negated(row.grossAmount),
      ineligibleVat: negated(row.ineligibleVat),
      ineligibleOther: negated(row.ineligibleOther),
      eligible: negated(row.eligible),
      entryNumbers: numbersOf(journal, [reversal.id], line.budgetLineId),
      remark: reversal.reason,
    };
    return [{ ...row, standing: "reversed", remark: reversal.reason }, undoing];
  });
  return rows.sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

/** By day of payment, what is not paid at the end; a reversal behind what it undoes. */
function orderOf(row: Receipt): string {
  const rank = row.standing === "reversal" ? "1" : "0";
  return [row.paidOn ?? "9999", row.supplier, row.invoiceNumber, rank, row.invoicedOn].join(" ");
}

type InvoiceLine = Awaited<ReturnType<typeof listInvoiceLines>>[number];

/** The figures of one line: as paid where the invoice is paid, as invoiced where it is not. */
function receiptOf(line: InvoiceLine, all: InvoiceLine[]) {
  const invoice = all.filter(({ invoiceId }) => invoiceId === line.invoiceId);
  const parts = paidLines(line.cashDiscount ?? zero, invoice);
  const part = parts[invoice.indexOf(line)]!;
  const isPaid = line.paymentId !== null;
  const receipt = {
    standing: "standing" as const,
    school: line.school,
    code: line.code,
    orderNumber: line.orderNumber,
    orderedOn: line.orderedOn,
    awardKind: line.awardKind,
    awardReference: line.awardReference ?? "",
    supplier: line.supplier,
    invoiceNumber: line.number,
    invoicedOn: line.invoicedOn,
    description: line.description,
    paidOn: line.paidOn,
    grossAmount: line.grossAmount,
    cashDiscount: part.discount,
    paidAmount: isPaid ? part.paid : zero,
    ineligibleVat: line.ineligibleReason === "vat" ? part.ineligible : zero,
    ineligibleOther: line.ineligibleReason === "other" ? part.ineligible : zero,
    eligible: part.eligible,
    remark: "",
  };
  return { receipt, documents: [line.invoiceId, ...(line.paymentId ? [line.paymentId] : [])] };
}

function numbersOf(journal: LoadedEntry[], documents: string[], accountId: string): string {
  return journal
    .filter((entry) => entry.accountId === accountId && documents.includes(entry.documentId))
    .map(({ number }) => String(number))
    .join(", ");
}

async function loadCommitments(user: User, { grantId, asOf }: BookScope): Promise<Commitment[]> {
  const lines = await listOrderLines(user, { grantId, asOf });
  const grants = await loadGrants(user, grantId);
  return lines.reverse().map((line) => ({
    ...line,
    standing: line.stands ? "standing" : "reversed",
    fileNumber: grants.get(line.grantId)!.fileNumber,
    orderNumber: line.number,
    ordered: line.grossAmount,
    released: line.releasedAmount,
    freed: line.freedAmount,
    reversed: line.stands ? zero : line.grossAmount,
  }));
}

async function loadGrants(user: User, grantId: string | undefined) {
  const own = grantId ? [await requireGrant(user, grantId)] : await listGrants(user, "all");
  return new Map(
    own.map((grant) => [grant.id, { ...grant, programme: programmeOf(grant.programme) }]),
  );
}

async function loadReversals(user: User, asOf: Day) {
  const rows = await db
    .select()
    .from(reversals)
    .where(
      and(eq(reversals.schoolAuthorityId, user.schoolAuthorityId), lte(reversals.reversedOn, asOf)),
    );
  return new Map(rows.map((reversal) => [reversal.documentId, reversal]));
}
