/** The list of receipts (Belegliste) of the audit workbook: each invoice's lines, with their payment. */
import { and, eq, lte, sql } from "drizzle-orm";
import { inOrderOfPayment, type Receipt } from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import { negated, type Percent, zero } from "#app/domain/money.ts";
import { paidLines } from "#app/domain/payment.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, ruleOn } from "#app/domain/programme.ts";
import { termsOn } from "#app/domain/terms.ts";
import type { Reader } from "#db/client.ts";
import { accounts, entries, reversals } from "#db/schema/journal.ts";
import { loadFileNames } from "./attachments.server.ts";
import { loadCuts, type ReceiptCut } from "./proof-cuts.server.ts";
import { listSchools } from "./authorities.server.ts";
import type { loadEntries } from "./entries.server.ts";
import { type Grant, listGrants, requireGrant } from "./grants.server.ts";
import { listInvoiceLines } from "./invoices.server.ts";
import { loadTerms } from "./terms.server.ts";

type LoadedEntry = Awaited<ReturnType<typeof loadEntries>>[number];

export async function loadReceipts(
  reader: Reader,
  user: User,
  { grantId, asOf }: { grantId?: string; asOf: Day },
  journal: LoadedEntry[],
): Promise<Receipt[]> {
  const lines = await listInvoiceLines(user, { grantId, asOf }, reader);
  const grants = await loadGrants(reader, user, grantId);
  const numberOf = new Map(
    (await listSchools(user, reader)).map(({ name, number }) => [name, number]),
  );
  const undone = await loadReversals(reader, user, asOf);
  const cuts = await loadCuts(reader, user, asOf);
  const filesOf = await loadFileNames(reader, user, "invoice");
  const plannedOf = await loadPlanned(reader, user, asOf);
  const versionsOf = await loadTerms(reader, user.schoolAuthorityId, grantId, asOf);
  const financingOf = (grant: Grant): Receipt["financing"] => {
    const terms = termsOn(versionsOf.get(grant.id)!, asOf);
    return { ...terms, planned: plannedOf(grant), federalRate: federalRateOf(grant, terms) };
  };

  const linesOf = new Map<string, InvoiceLine[]>();
  for (const line of lines) {
    linesOf.set(line.invoiceId, [...(linesOf.get(line.invoiceId) ?? []), line]);
  }
  const entriesOf = new Map<string, LoadedEntry[]>();
  for (const entry of journal) {
    entriesOf.set(entry.documentId, [...(entriesOf.get(entry.documentId) ?? []), entry]);
  }

  // Line by line in the order of invoices, each reversal right behind what it undoes.
  const orderOf = ({ invoicedOn, supplier, number, invoiceId, position }: InvoiceLine) => {
    const rank = undone.has(invoiceId) ? "0" : "1";
    const place = String(position).padStart(4, "0");
    return [invoicedOn, supplier, number, rank, invoiceId, place].join(" ");
  };
  const inOrder = lines.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const rows = inOrder.flatMap((line): Receipt[] => {
    const grant = grants.get(line.grantId)!;
    const cut = cuts.get(line.id);
    const { receipt, documents } = receiptOf(line, linesOf.get(line.invoiceId)!, cut);
    const row: Receipt = {
      ...receipt,
      schoolNumber: numberOf.get(line.school) ?? "",
      fileNumber: grant.fileNumber,
      category: categoryOf(grant.programme, line.code).name,
      financing: financingOf(grant),
      entryNumbers: numbersOf(entriesOf, documents, line.budgetLineId),
      files: filesOf.get(line.invoiceId) ?? [],
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
      cut: negated(row.cut),
      eligible: negated(row.eligible),
      entryNumbers: numbersOf(entriesOf, [reversal.id], line.budgetLineId),
      remark: reversal.reason,
    };
    return [{ ...row, standing: "reversed", remark: reversal.reason }, undoing];
  });
  return inOrderOfPayment(rows);
}

type InvoiceLine = Awaited<ReturnType<typeof listInvoiceLines>>[number];

/** The figures of one line: as paid where the invoice is paid, as invoiced where it is not. */
function receiptOf(line: InvoiceLine, invoice: InvoiceLine[], cut: ReceiptCut | undefined) {
  const parts = paidLines(line.cashDiscount ?? zero, invoice, line.missedDiscount ?? zero);
  const part = parts[invoice.indexOf(line)]!;
  const isPaid = line.paymentId !== null;
  const receipt = {
    standing: "standing" as const,
    invoiceLineId: line.id,
    budgetLineId: line.budgetLineId,
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
    ineligibleOther: part.missed.plus(line.ineligibleReason === "other" ? part.ineligible : zero),
    cut: cut?.amount ?? zero,
    eligible: part.eligible.minus(cut?.amount ?? zero),
    remark: cut ? `gekürzt: ${cut.reasons.join("; ")}` : "",
  };
  const payments = line.paymentId ? [line.paymentId] : [];
  return { receipt, documents: [line.invoiceId, ...payments, ...(cut?.answerIds ?? [])] };
}

function numbersOf(
  entriesOf: Map<string, LoadedEntry[]>,
  documents: string[],
  accountId: string,
): string {
  return documents
    .flatMap((document) => entriesOf.get(document) ?? [])
    .filter((entry) => entry.accountId === accountId)
    .map(({ number }) => String(number))
    .join(", ");
}

/** Grants by id, each with its programme. */
export async function loadGrants(reader: Reader, user: User, grantId: string | undefined) {
  const own = grantId
    ? [await requireGrant(user, grantId, reader)]
    : await listGrants(user, "all", reader);
  return new Map(own.map((grant) => [grant.id, grant]));
}

/** The federal part of the eligible costs; where the programme does not say, all of the grant counts. */
function federalRateOf(
  { programme, noticeOn }: Grant,
  { fundingRate }: { fundingRate: Percent },
): Percent {
  const rate = ruleOn(programme.funding, noticeOn)?.federalRate;
  return rate && rate.lessThan(fundingRate) ? rate : fundingRate;
}

async function loadReversals(reader: Reader, user: User, asOf: Day) {
  const rows = await reader
    .select()
    .from(reversals)
    .where(
      and(eq(reversals.schoolAuthorityId, user.schoolAuthorityId), lte(reversals.reversedOn, asOf)),
    );
  return new Map(rows.map((reversal) => [reversal.documentId, reversal]));
}

/** The approved costs of a grant together, as of the day. */
async function loadPlanned(reader: Reader, user: User, asOf: Day) {
  const rows = await reader
    .select({
      grantId: accounts.grantId,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        eq(entries.figure, "approved"),
        lte(entries.bookedOn, asOf),
      ),
    )
    .groupBy(accounts.grantId);
  const byGrant = new Map(rows.map(({ grantId, amount }) => [grantId, amount]));
  return ({ id }: Grant) => byGrant.get(id) ?? zero;
}
