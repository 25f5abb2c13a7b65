import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { Section } from "#app/components/page.tsx";
import {
  budgetLineOptions,
  CostKindField,
  SpendingDayField,
  SupplierField,
} from "#app/components/spending.tsx";
import { ineligibleReasons } from "#app/domain/invoice.ts";
import { costKinds } from "#app/domain/order.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalEuroAmount,
  optionalKey,
  readForm,
  rejected,
  shortText,
  text,
} from "#app/form.ts";
import { amountInput, formatDay, formatEuro } from "#app/german/notation.ts";
import { ineligibleReasonWords, problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { recordInvoice } from "#app/records/invoices.server.ts";
import { listOpenOrderLines, requireOrder } from "#app/records/orders.server.ts";
import { loadSpendingForm } from "#app/records/spending-form.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const invoiceForm = z.object({
  id: key,
  supplier: text,
  number: shortText,
  invoicedOn: day,
  lines: z
    .array(
      z.object({
        budgetLineId: key,
        orderLineId: optionalKey,
        costKind: choice(costKinds),
        description: text,
        grossAmount: euroAmount,
        ineligibleAmount: optionalEuroAmount,
        ineligibleReason: choice(ineligibleReasons).optional(),
      }),
    )
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Rechnung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  const orderId = new URL(request.url).searchParams.get("order");
  const [page, openOrderLines] = await Promise.all([
    loadSpendingForm(user, grantId),
    listOpenOrderLines(user, grantId),
  ]);
  return wire({
    ...page,
    id: randomUUID(),
    orderLines: openOrderLines.map(({ id, label, open }) => ({ id, label, open })),
    order: orderId ? await requireOrder(user, idParam(orderId)) : null,
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, invoiceForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordInvoice(user, id, idParam(params.grantId), draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${id}`);
}

export default function NewInvoice() {
  const page = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof invoiceForm>>({
    id: "invoice",
    lastResult: useActionData<typeof action>(),
    defaultValue: proposed(page),
  });
  const { name } = fields.lines;
  return (
    <Section title={page.order ? `Rechnung zum Auftrag ${page.order.number}` : "Rechnung buchen"}>
      <EntryForm form={form} submit="Rechnung buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SupplierField field={fields.supplier} suppliers={page.suppliers} />
          <TextField field={fields.number} label="Rechnungsnummer" isShort />
          <SpendingDayField field={fields.invoicedOn} label="Rechnungsdatum" period={page} />
        </div>
        <Rows
          id={fields.lines.id}
          title="Zeilen der Rechnung"
          errors={fields.lines.errors}
          addButton={
            <RowButton
              button={form.insert.getButtonProps({
                name,
                defaultValue: { costKind: "investment" },
              })}
            >
              Weitere Zeile
            </RowButton>
          }
        >
          {fields.lines.getFieldList().map((line, index) => {
            const field = line.getFieldset();
            return (
              <Row
                key={line.key}
                title={`${index + 1}. Zeile`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Zeile entfernen
                  </RowButton>
                }
              >
                <SelectField
                  field={field.budgetLineId}
                  label="Kostenposition"
                  options={budgetLineOptions(page.budgetLines)}
                />
                <TextField field={field.description} label="Was" />
                <EuroField field={field.grossAmount} label="Betrag brutto" />
                <SelectField
                  field={field.orderLineId}
                  label="Zum Auftrag"
                  isOptional
                  empty="ohne Auftrag"
                  options={page.orderLines.map(({ id, label, open }) => {
                    return { value: id, label: `${label} – offen ${formatEuro(open)}` };
                  })}
                />
                <CostKindField field={field.costKind} />
                <EuroField
                  field={field.ineligibleAmount}
                  label="davon nicht förderfähig"
                  isOptional
                />
                <SelectField
                  field={field.ineligibleReason}
                  label="Grund dafür"
                  isOptional
                  empty="–"
                  options={ineligibleReasons.map((reason) => {
                    return { value: reason, label: ineligibleReasonWords[reason] };
                  })}
                />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Section>
  );
}

/** One empty row, or what is still open of the order that the invoice is for. */
function proposed(page: ReturnType<typeof useLoaderData<typeof loader>>) {
  const invoicedOn = page.likelyDay && formatDay(page.likelyDay);
  if (!page.order) return { id: page.id, invoicedOn, lines: [{ costKind: "investment" as const }] };
  return {
    id: page.id,
    invoicedOn,
    supplier: page.order.supplier,
    lines: page.order.lines
      .filter(({ open }) => open !== "0")
      .map(({ id, budgetLineId, costKind, description, open }) => {
        const grossAmount = amountInput(open);
        return { orderLineId: id, budgetLineId, costKind, description, grossAmount };
      }),
  };
}
