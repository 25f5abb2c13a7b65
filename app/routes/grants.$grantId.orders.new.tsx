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
  AwardLimits,
} from "#app/components/spending.tsx";
import { costKinds } from "#app/domain/order.ts";
import { awardKinds } from "#app/domain/procurement.ts";
import { standardVatRate } from "#app/domain/vat.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalText,
  percentShare,
  readForm,
  rejected,
  shortText,
  text,
} from "#app/form.ts";
import { awardKindWords } from "#app/german/book-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { loadSpendingForm } from "#app/records/spending-form.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const orderForm = z.object({
  id: key,
  supplier: text,
  number: shortText,
  orderedOn: day,
  awardKind: choice(awardKinds),
  awardReference: optionalText,
  awardReason: optionalText,
  lines: z
    .array(
      z.object({
        budgetLineId: key,
        costKind: choice(costKinds),
        description: text,
        grossAmount: euroAmount,
        vatRate: percentShare.optional(),
      }),
    )
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Auftrag buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const page = await loadSpendingForm(user, idParam(params.grantId));
  return wire({ id: randomUUID(), ...page });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, orderForm);
  if (form.status !== "success") return rejected(form);

  const { id, lines, ...head } = form.value;
  const standard = standardVatRate(head.orderedOn);
  const draft = {
    ...head,
    lines: lines.map((line) => ({ ...line, vatRate: line.vatRate ?? standard })),
  };
  const violation = await recordOrder(user, id, idParam(params.grantId), draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/orders/${id}`);
}

export default function NewOrder() {
  const page = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof orderForm>>({
    id: "order",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id: page.id,
      orderedOn: page.likelyDay && formatDay(page.likelyDay),
      awardKind: "direct",
      lines: [{ costKind: "investment" }],
    },
  });
  const { name } = fields.lines;
  return (
    <Section title="Auftrag buchen">
      <EntryForm form={form} submit="Auftrag buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SupplierField field={fields.supplier} suppliers={page.suppliers} />
          <TextField field={fields.number} label="Auftragsnummer" isShort />
          <SpendingDayField field={fields.orderedOn} label="Bestellt am" period={page} />
        </div>
        <div className="field-row">
          <SelectField
            field={fields.awardKind}
            label="Vergabeart"
            options={awardKinds.map((kind) => ({ value: kind, label: awardKindWords[kind] }))}
          />
          <TextField
            field={fields.awardReference}
            label="Vergabenummer"
            hint="bei Ausschreibungen"
            isOptional
          />
          <TextField
            field={fields.awardReason}
            label="Begründung der Vergabeart"
            hint="nur über der Wertgrenze des Tages"
            isOptional
          />
        </div>
        <AwardLimits limits={page.awardLimits} />
        <Rows
          id={fields.lines.id}
          title="Was bestellt wird"
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
            const { budgetLineId, costKind, description, grossAmount, vatRate } =
              line.getFieldset();
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
                  field={budgetLineId}
                  label="Kostenposition"
                  options={budgetLineOptions(page.budgetLines)}
                />
                <TextField field={description} label="Was" />
                <EuroField field={grossAmount} label="Betrag brutto" />
                <TextField
                  field={vatRate}
                  label="Steuersatz (%)"
                  hint="leer: Regelsatz des Tages"
                  isOptional
                  isShort
                />
                <CostKindField field={costKind} />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Section>
  );
}
