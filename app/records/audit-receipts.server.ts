/** The list of receipts (Belegliste) of the audit workbook: each invoice's lines, with their payment. */
import { and, eq, lte, sql } from "drizzle-orm";
import { inOrderOfPayment, type Receipt } from "#app/domain/audit-book.ts";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import type { Day } from "#app/domain/calendar.ts";
import { negated, type Percent, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, ruleOn } from "#app/domain/programme.ts";
import { termsOn } from "#app/domain/terms.ts";
import type { Reader } from "#db/client.ts";
import { accounts, entries, reversals } from "#db/schema/journal.ts";
import { loadFileNames } from "./attachments.server.ts";
import { loadCuts } from "./proof-cuts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { type Grant, listGrants, requireGrant } from "./grants.server.ts";
import { type InvoiceLine, listInvoiceLines } from "./invoices.server.ts";
import { entryNumbers } from "./journal-rows.server.ts";
import { rowsOf, undoneRowOf } from "./receipt-rows.server.ts";
import { loadSettlings, loadUndoneSettlings } from "./settlings.server.ts";
import { loadTerms } from "./terms.server.ts";

/** The numbers of entries are asked for where they are shown. */
export async function loadReceipts(
  reader: Reader,
  user: User,
  scope: BookScope,
  { isNumbered = false } = {},
): Promise<Receipt[]> {
  const { grantId, asOf } = scope;
  const lines = (await listInvoiceLines(user, { grantId, asOf }, reader)).filter(
    (line) => line.fiscalYear === null && covers(scope, line),
  );
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

  const settlingsOf = await loadSettlings(reader, user, { grantId, asOf }, lines);
  const undoneSettlingsOf = await loadUndoneSettlings(reader, user, { grantId, asOf });

  // Line by line in the order of invoices, each reversal right behind what it undoes.
  const orderOf = ({ invoicedOn, supplier, number, invoiceId, position }: InvoiceLine) => {
    const rank = undone.has(invoiceId) ? "0" : "1";
    const place = String(position).padStart(4, "0");
    return [invoicedOn, supplier, number, rank, invoiceId, place].join(" ");
  };
  const inOrder = lines.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const given = inOrder.map((line) => {
    const own = rowsOf(line, settlingsOf(line), cuts.get(line.id));
    return { line, own, unsettled: undoneSettlingsOf(line) };
  });
  const documentIds = new Set(given.flatMap(({ own }) => own.flatMap((row) => row.documents)));
  for (const { unsettled } of given)
    for (const { documentId } of unsettled) documentIds.add(documentId);
  for (const { id } of undone.values()) documentIds.add(id);
  const numbered = await entryNumbers(reader, user, scope, isNumbered ? [...documentIds] : []);
  /** The numbers of the entries of documents on an account, such as "12, 13". */
  const numbersOf = (documents: string[], accountId: string) =>
    documents.flatMap((document) => numbered.get(`${document} ${accountId}`) ?? []).join(", ");
  const rows = given.flatMap(({ line, own, unsettled }): Receipt[] => {
    const grant = grants.get(line.grantId!)!;
    const shared = {
      schoolNumber: numberOf.get(line.school) ?? "",
      fileNumber: grant.fileNumber,
      category: categoryOf(grant.programme, line.code).name,
      financing: financingOf(grant),
      pairKey: null,
      // Filled where the inventory is read, which asks for receipts itself.
      inventoryNumbers: [],
      dedicatedUntil: null,
      files: filesOf.get(line.invoiceId) ?? [],
    };
    const numbers = (documents: string[]) => numbersOf(documents, line.budgetLineId);
    const standing = own.flatMap(({ receipt, documents }) => {
      const row: Receipt = { ...receipt, ...shared, entryNumbers: numbers(documents) };
      const reversal = undone.get(line.invoiceId);
      if (!reversal) return [row];
      return withReversal(row, reversal, numbers([reversal.id]), {
        invoicedOn: reversal.reversedOn,
      });
    });
    const unpaid = unsettled.flatMap((settling) => {
      const reversal = undone.get(settling.documentId)!;
      const entryNumbers = numbers([settling.documentId]);
      const row: Receipt = { ...undoneRowOf(line, settling), ...shared, entryNumbers };
      return withReversal(row, reversal, numbers([reversal.id]), { paidOn: reversal.reversedOn });
    });
    return [...standing, ...unpaid];
  });
  return inOrderOfPayment(rows);
}

/** A row that was undone, and the row that undoes it on the day of the reversal. */
function withReversal(
  row: Receipt,
  reversal: { id: string; reason: string },
  entryNumbers: string,
  day: Pick<Receipt, "invoicedOn"> | Pick<Receipt, "paidOn">,
): Receipt[] {
  const pairKey = `${reversal.id} ${row.invoiceLineId}`;
  const remark = reversal.reason;
  const undoing: Receipt = {
    ...row,
    ...day,
    standing: "reversal",
    grossAmount: negated(row.grossAmount),
    cashDiscount: negated(row.cashDiscount),
    paidAmount: negated(row.paidAmount),
    ineligibleVat: negated(row.ineligibleVat),
    ineligibleOther: negated(row.ineligibleOther),
    cut: negated(row.cut),
    eligible: negated(row.eligible),
    entryNumbers,
    remark,
    pairKey,
  };
  return [{ ...row, standing: "reversed", remark, pairKey }, undoing];
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
