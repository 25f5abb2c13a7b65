/** A new invoice: empty, or with what an order or an earlier invoice proposes. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import { euro } from "#app/domain/money.ts";
import { amountInput, formatDay, formatEuro } from "#app/german/notation.ts";
import type { InvoiceInput } from "#app/invoice-form.ts";
import type { CostKind } from "#app/domain/order.ts";
import { InvoiceForm, type InvoiceFormPage } from "./invoice-form.tsx";
import { Notice, Section, TextLink } from "./page.tsx";

/** The form's choices, and what its address names to begin with. */
export type NewInvoicePage = InvoiceFormPage & {
  id: string;
  likelyDay?: string | undefined;
  order: (Paper & { lines: (Line & { id: string; open: string })[] }) | null;
  related:
    | (Paper & {
        id: string;
        lines: (Line & {
          orderLineId: string | null;
          grossAmount: string;
          vatRate: string | null;
        })[];
        settled: { lines: { discount: string }[] };
      })
    | null;
  isFinal: boolean;
  /** The paper before it in the pile. */
  booked: (Paper & { id: string; grossAmount: string }) | null;
};
type Paper = { number: string; supplier: string };
type Line = {
  budgetLineId: string;
  description: string;
  costKind: CostKind;
  accompaniesId: string | null;
  accompanyingReason: string | null;
};
type Result = SubmissionResult<string[]> | undefined;

export function NewInvoice({ page, lastResult }: { page: NewInvoicePage; lastResult: Result }) {
  return <NewInvoiceForm key={page.booked?.id ?? "first"} page={page} lastResult={lastResult} />;
}

/** Begun anew after each invoice, so that nothing of the last one stays. */
function NewInvoiceForm({ page, lastResult }: { page: NewInvoicePage; lastResult: Result }) {
  const { booked } = page;
  const [form, fields] = useForm<InvoiceInput>({
    id: "invoice",
    lastResult,
    defaultValue: proposed(page),
  });
  return (
    <Section title={titleOf(page)}>
      {booked && (
        <Notice
          kind="success"
          title={`Gebucht: Rechnung ${booked.number}, ${booked.supplier}, ${formatEuro(booked.grossAmount)}`}
        >
          <TextLink to={`/invoices/${booked.id}`}>Ansehen, Beleg anhängen, feststellen</TextLink>
        </Notice>
      )}
      <InvoiceForm form={form} fields={fields} page={page} />
    </Section>
  );
}

function titleOf({ order, related, isFinal }: NewInvoicePage): string {
  if (order) return `Rechnung zum Auftrag ${order.number}`;
  if (!related) return "Rechnung buchen";
  return isFinal
    ? `Schlussrechnung zum Abschlag ${related.number}`
    : `Gutschrift zur Rechnung ${related.number}`;
}

/** One empty row; or what is still open of the order, or what the related invoice has. */
function proposed(page: NewInvoicePage): Partial<InvoiceInput> {
  const { id, order, related, isFinal } = page;
  const invoicedOn = page.likelyDay && formatDay(page.likelyDay);
  if (related) {
    const lines = related.lines.map((line, index) => ({
      budgetLineId: line.budgetLineId,
      description: isFinal ? `Abzug Abschlag ${related.number}` : line.description,
      grossAmount: amountInput(
        isFinal ? `-${line.grossAmount}` : leftOf(line, related.settled.lines[index]!),
      ),
      vatRate: line.vatRate?.replace(".", ","),
      costKind: line.costKind,
      accompaniesId: line.accompaniesId ?? undefined,
      accompanyingReason: line.accompanyingReason ?? undefined,
      ...(isFinal && {
        kind: "prepayment" as const,
        prepaidId: related.id,
        orderLineId: line.orderLineId ?? undefined,
      }),
    }));
    return {
      id,
      supplier: related.supplier,
      kind: isFinal ? "final" : "credit_note",
      creditedId: isFinal ? undefined : related.id,
      lines: isFinal ? [{ ...lines[0]!, ...finalItem }, ...lines] : lines,
    };
  }
  if (!order)
    return {
      id,
      invoicedOn,
      lines: [{ costKind: page.fiscalYear === null ? "investment" : "running", description: "" }],
    };
  return {
    id,
    invoicedOn,
    supplier: order.supplier,
    lines: order.lines
      .filter(({ open }) => open !== "0")
      .map(({ id: orderLineId, open, ...line }) => ({
        orderLineId,
        budgetLineId: line.budgetLineId,
        costKind: line.costKind,
        accompaniesId: line.accompaniesId ?? undefined,
        accompanyingReason: line.accompanyingReason ?? undefined,
        description: line.description,
        grossAmount: amountInput(open),
      })),
  };
}

/** What of a line may be credited: a discount that was taken is off already. */
function leftOf(line: { grossAmount: string }, settled: { discount: string }): string {
  return euro(line.grossAmount).minus(euro(settled.discount)).toFixed(2);
}

/** The whole delivery, of which the prepayments are taken off. */
const finalItem = {
  kind: undefined,
  prepaidId: undefined,
  description: "Gesamte Leistung",
  grossAmount: "",
};
