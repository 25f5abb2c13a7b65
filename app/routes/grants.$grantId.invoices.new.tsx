import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { InvoiceForm } from "#app/components/invoice-form.tsx";
import { Notice, Section, TextLink } from "#app/components/page.tsx";
import { euro } from "#app/domain/money.ts";
import { readForm, rejected } from "#app/form.ts";
import { amountInput, formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { invoiceDraftOf, invoiceForm, type InvoiceInput } from "#app/invoice-form.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { requireOrder } from "#app/records/orders.server.ts";
import { loadInvoiceForm, usualLineOf } from "#app/records/spending-form.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Rechnung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const { searchParams } = new URL(request.url);
  const named = (name: string) => {
    const id = searchParams.get(name);
    return id ? idParam(id) : undefined;
  };
  const [orderId, prepaidId, creditedId] = [named("order"), named("prepaid"), named("credited")];
  const bookedId = named("booked");
  const relatedId = prepaidId ?? creditedId;
  return wire({
    ...(await loadInvoiceForm(user, idParam(params.grantId))),
    id: randomUUID(),
    order: orderId ? await requireOrder(user, orderId) : null,
    related: relatedId ? await requireInvoice(user, relatedId) : null,
    isFinal: prepaidId !== undefined,
    booked: bookedId ? await requireInvoice(user, bookedId) : null,
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  const form = await readForm(request, invoiceForm);
  if (form.status !== "success") return rejected(form);

  const usualLine = await usualLineOf(user, grantId, form.value.supplier);
  const read = invoiceDraftOf(form.value, usualLine);
  if ("problems" in read) return rejected(form, ...read.problems);
  const { id } = form.value;
  const violation = await recordInvoice(user, id, grantId, read.draft);
  if (violation) return rejected(form, problemOf(violation));
  // Whoever enters a pile of invoices goes on with the next.
  const isOne = new URL(request.url).search !== "" && !request.url.includes("booked=");
  return redirect(isOne ? `/invoices/${id}` : `/grants/${grantId}/invoices/new?booked=${id}`);
}

export default function NewInvoice() {
  const page = useLoaderData<typeof loader>();
  return <NewInvoiceForm key={page.booked?.id ?? "first"} />;
}

/** Begun anew after each invoice, so that nothing of the last one stays. */
function NewInvoiceForm() {
  const page = useLoaderData<typeof loader>();
  const { booked } = page;
  const [form, fields] = useForm<InvoiceInput>({
    id: "invoice",
    lastResult: useActionData<typeof action>(),
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

type PageData = ReturnType<typeof useLoaderData<typeof loader>>;

function titleOf({ order, related, isFinal }: PageData): string {
  if (order) return `Rechnung zum Auftrag ${order.number}`;
  if (!related) return "Rechnung buchen";
  return isFinal
    ? `Schlussrechnung zum Abschlag ${related.number}`
    : `Gutschrift zur Rechnung ${related.number}`;
}

/** One empty row; or what is still open of the order, or what the related invoice has. */
function proposed(page: PageData): Partial<InvoiceInput> {
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
  if (!order) return { id, invoicedOn, lines: [{ costKind: "investment", description: "" }] };
  return {
    id,
    invoicedOn,
    supplier: order.supplier,
    lines: order.lines
      .filter(({ open }) => open !== "0")
      .map(({ id: orderLineId, budgetLineId, costKind, description, open }) => {
        return { orderLineId, budgetLineId, costKind, description, grossAmount: amountInput(open) };
      }),
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
