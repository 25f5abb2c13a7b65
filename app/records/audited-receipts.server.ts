/** The receipts of a scope as an audit sees them: what can be drawn, and which hints there are. */
import { grouped } from "#app/domain/groups.ts";
import { sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { netValue } from "#app/domain/procurement.ts";
import { type AuditedReceipt, riskHints } from "#app/domain/risk-hints.ts";
import { inDrawingOrder } from "#app/domain/sampling.ts";
import { db, type Reader } from "#db/client.ts";
import { listSubjectsWithFiles } from "./attachments.server.ts";
import { listSchools } from "./authorities.server.ts";
import { type Grant, listGrants } from "./grants.server.ts";
import { type InvoiceLine, listInvoiceLines } from "./invoices.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { loadPayments } from "./payment-lines.server.ts";

/** Receipts of one grant or of all funding, by the calendar year of their date. */
export type AuditScope = {
  grantId: string | null;
  fromYear: number | null;
  untilYear: number | null;
};

/** The receipts that stand, in the order in which a sample numbers them, each with its hints. */
export async function loadAuditedReceipts(user: User, scope: AuditScope, reader: Reader = db) {
  const only = { grantId: scope.grantId ?? undefined };
  const lines = (await listInvoiceLines(user, only, reader)).filter(
    (line) => line.stands && isInYears(line, scope),
  );
  const facts = await loadFacts(user, only, reader);
  const receipts = [...grouped(lines, ({ invoiceId }) => invoiceId).values()].map((own) => ({
    ...receiptOf(own, facts),
    place: placeOf(own[0]!, facts.grantOf),
  }));
  const hintsOf = riskHints(receipts);
  return inDrawingOrder(receipts).map((receipt) => {
    return { ...receipt, hints: hintsOf.get(receipt.id)! };
  });
}

function isInYears({ invoicedOn }: InvoiceLine, { fromYear, untilYear }: AuditScope): boolean {
  const year = Number(invoicedOn.slice(0, 4));
  return (fromYear === null || year >= fromYear) && (untilYear === null || year <= untilYear);
}

type Facts = Awaited<ReturnType<typeof loadFacts>>;

async function loadFacts(user: User, only: { grantId: string | undefined }, reader: Reader) {
  const grants = await listGrants(user, "all", reader);
  const schools = await listSchools(user, reader);
  return {
    grantOf: new Map(grants.map((grant) => [grant.id, grant])),
    ordersOf: grouped(await listOrderLines(user, only, reader), ({ orderId }) => orderId),
    paymentsOf: await loadPayments(reader, user, only),
    withFile: await listSubjectsWithFiles(user, "invoice", reader),
    withoutConcept: new Set(
      schools.filter(({ mediaConceptOn }) => mediaConceptOn === null).map(({ name }) => name),
    ),
  };
}

function receiptOf(lines: InvoiceLine[], facts: Facts): AuditedReceipt {
  const { invoice, supplier, invoiceId: id } = lines[0]!;
  const programme = invoice.grantId ? facts.grantOf.get(invoice.grantId)?.programme : undefined;
  const asksForConcept = programme?.checklist.some(
    ({ requirement }) => requirement === "media_concept",
  );
  const schools = asksForConcept ? [...new Set(lines.map(({ school }) => school))] : [];
  const orderIds = [...new Set(lines.flatMap(({ orderId }) => orderId ?? []))];
  return {
    id,
    supplier,
    number: invoice.number,
    invoicedOn: invoice.invoicedOn,
    grossAmount: sum(lines.map(({ grossAmount }) => grossAmount)),
    netAmount: sum(lines.map(({ netAmount, grossAmount }) => netAmount ?? grossAmount)),
    isCredit: invoice.creditedId !== null,
    paidOn: (facts.paymentsOf.get(id) ?? []).map(({ paidOn }) => paidOn),
    hasFile: facts.withFile.has(id),
    orders: orderIds.map((orderId) => {
      const own = facts.ordersOf.get(orderId)!;
      const { orderedOn, awardKind, awardReference } = own[0]!;
      const lines = own.map(({ ordered, vatRate }) => {
        return { grossAmount: ordered, vatRate: vatRate ?? zero };
      });
      const value = netValue(lines);
      return { orderedOn, awardKind, awardReference, value };
    }),
    procurement: programme?.procurement ?? [],
    startsOn: programme?.term.startsOn,
    paidOutUntil: programme?.term.paidOutUntil,
    withoutConcept: schools.filter((school) => facts.withoutConcept.has(school)),
  };
}

function placeOf({ invoice }: InvoiceLine, grantOf: Map<string, Grant>): string {
  if (invoice.grantId === null) return `Haushalt ${invoice.fiscalYear}`;
  return grantOf.get(invoice.grantId)!.fileNumber;
}
