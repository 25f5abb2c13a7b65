/** What the books say before an invoice is recorded: orders, prepayments, what a credit note lowers. */
import { and, desc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { CreditedInvoice } from "#app/domain/credit.ts";
import type { Funding } from "#app/domain/funding.ts";
import { grouped } from "#app/domain/groups.ts";
import type { InvoiceContext, InvoiceDraft } from "#app/domain/invoice.ts";
import { eligible, ineligible, vatOf } from "#app/domain/invoice-line.ts";
import { larger, sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Prepayment } from "#app/domain/prepayment.ts";
import { db, type Reader } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { requireAuthority } from "./authorities.server.ts";
import { fundedBy, loadMeans } from "./funding.server.ts";
import { creditsOf, listInvoiceLines, requireInvoice } from "./invoices.server.ts";
import { lastDeedOfInvoice } from "./last-deeds.server.ts";
import { listOpenOrderLines } from "./orders.server.ts";
import { loadCuts } from "./proof-cuts.server.ts";
import { stands } from "./standing.server.ts";

/** Everything that decides whether an invoice may be recorded; read after the lock. */
export async function loadContext(
  reader: Reader,
  user: User,
  funding: Funding,
  draft: Pick<InvoiceDraft, "invoicedOn" | "creditedId" | "lines">,
  supplierId: string | undefined,
): Promise<InvoiceContext> {
  const authority = await requireAuthority(user, reader);
  const takesOff = draft.lines.some(({ kind }) => kind === "prepayment");
  return {
    ...(await loadMeans(reader, user, funding, draft.invoicedOn, "invoice")),
    openOrderLines: await listOpenOrderLines(user, funding, reader),
    supplierId,
    fourEyes: authority.fourEyes,
    inputTaxRate: authority.inputTaxRate,
    credited: draft.creditedId
      ? await findCredited(reader, user, funding, draft.creditedId)
      : undefined,
    prepayments: takesOff ? await listPrepayments(reader, user, funding) : [],
  };
}

/** An invoice of the grant that stands, with what credit notes and payments have left of it. */
async function findCredited(
  reader: Reader,
  user: User,
  funding: Funding,
  id: string,
): Promise<CreditedInvoice | undefined> {
  const own = await listInvoiceLines(user, { ...funding, invoiceId: id }, reader);
  const [first] = own;
  if (!first?.stands || first.invoice.kind === "credit_note") return undefined;
  const invoice = await requireInvoice(user, id, reader);
  const cuts = await loadCuts(reader, user, today());
  const takenOff = await listTakenOff(reader, user, id);
  return {
    id,
    supplierId: invoice.supplierId,
    lastDeedOn: await lastDeedOfInvoice(reader, invoice),
    isCut: invoice.lines.some((line) => cuts.has(line.id)),
    lines: invoice.lines.map((line) => ({ ...line, vat: vatOf(line) })),
    credits: invoice.credits,
    taken: takenOff,
    settlement: invoice.settled.settlement,
    settled: invoice.settled.lines,
  };
}

/** Lines of later invoices that stand and take off a prepayment. */
async function listTakenOff(reader: Reader, user: User, prepaidId: string) {
  return reader
    .select({ budgetLineId: invoiceLines.budgetLineId, grossAmount: invoiceLines.grossAmount })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .where(
      and(
        eq(invoiceLines.schoolAuthorityId, user.schoolAuthorityId),
        eq(invoiceLines.prepaidId, prepaidId),
        stands(invoices),
      ),
    );
}

/** Prepayment invoices of a grant that stand, less what credit notes and later invoices took of them. */
export async function listPrepayments(
  reader: Reader,
  user: User,
  funding: Funding,
): Promise<Prepayment[]> {
  const all = (await listInvoiceLines(user, funding, reader)).filter((line) => line.stands);
  const credits = creditsOf(all);
  const prepaid = all.filter(({ invoice }) => invoice.kind === "prepayment");
  return [...grouped(prepaid, ({ invoiceId }) => invoiceId)].map(([id, own]) => {
    const taken = [...all.filter(({ prepaidId }) => prepaidId === id), ...(credits.get(id) ?? [])];
    const { supplierId, number } = own[0]!.invoice;
    const lines = [...grouped([...own, ...taken], ({ budgetLineId }) => budgetLineId)].map(
      ([budgetLineId, some]) => ({
        budgetLineId,
        eligible: larger(sum(some.map(eligible)), zero),
        ineligible: larger(sum(some.map(ineligible)), zero),
      }),
    );
    return { id, supplierId, number, lines };
  });
}

/** The budget line that a supplier's last invoice of the grant was charged to; undefined without one. */
export async function usualLines(user: User, funding: Funding, reader: Reader = db) {
  const rows = await reader
    .selectDistinctOn([invoices.supplierId], {
      supplierId: invoices.supplierId,
      budgetLineId: invoiceLines.budgetLineId,
      costKind: invoiceLines.costKind,
      vatRate: invoiceLines.vatRate,
      description: invoiceLines.description,
    })
    .from(invoices)
    .innerJoin(invoiceLines, eq(invoiceLines.invoiceId, invoices.id))
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        fundedBy(user, invoices, funding),
        stands(invoices),
      ),
    )
    .orderBy(invoices.supplierId, desc(invoices.createdAt), invoiceLines.position);
  return new Map(rows.map((row) => [row.supplierId, row]));
}
