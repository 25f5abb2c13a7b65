/** The form of an order, on a grant or on the municipal budget. */
import type { SubmissionResult } from "@conform-to/react";
import { useForm } from "@conform-to/react";
import type { AwardKind } from "#app/domain/procurement.ts";
import { awardKinds } from "#app/domain/procurement.ts";
import { awardKindWords } from "#app/german/book-words.ts";
import { formatDay } from "#app/german/notation.ts";
import type { OrderInput } from "#app/order-form.ts";
import { Checkbox, EuroField, SelectField, TextField } from "./fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "./form.tsx";
import {
  AwardLimits,
  budgetLineOptions,
  CostKindFields,
  OverBudgetField,
  SpendingDayField,
  SupplierField,
} from "./spending.tsx";

export type OrderPage = {
  id: string;
  fiscalYear: number | null;
  spendFrom: string;
  spendUntil: string;
  likelyDay?: string | undefined;
  suppliers: string[];
  awardLimits: { kind: AwardKind; limit: string }[];
  budgetLines: { id: string; name: string; available: string }[];
};
type Result = SubmissionResult<string[]> | undefined;

export function OrderForm({ page, lastResult }: { page: OrderPage; lastResult: Result }) {
  const isMunicipal = page.fiscalYear !== null;
  const costKind = isMunicipal ? "running" : "investment";
  const [form, fields] = useForm<OrderInput>({
    id: "order",
    lastResult,
    defaultValue: {
      id: page.id,
      orderedOn: page.likelyDay && formatDay(page.likelyDay),
      awardKind: "direct",
      lines: [{ costKind }],
    },
  });
  const { name } = fields.lines;
  return (
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
        {isMunicipal && <OverBudgetField field={fields.overBudgetReason} />}
      </div>
      {(fields.isAgain.errors || fields.isAgain.initialValue) && (
        <Checkbox
          field={fields.isAgain}
          label="Das ist ein weiterer Auftrag mit derselben Nummer: trotzdem buchen"
        />
      )}
      <AwardLimits limits={page.awardLimits} />
      <Rows
        id={fields.lines.id}
        title="Was bestellt wird"
        errors={fields.lines.errors}
        addButton={
          <RowButton
            button={form.insert.getButtonProps({
              name,
              defaultValue: { costKind },
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
                label={isMunicipal ? "Haushaltsstelle" : "Kostenposition"}
                options={budgetLineOptions(page.budgetLines)}
              />
              <TextField field={field.description} label="Was" />
              <EuroField field={field.grossAmount} label="Betrag brutto" />
              <TextField
                field={field.vatRate}
                label="Steuersatz (%)"
                hint="leer: Regelsatz des Tages"
                isOptional
                isShort
              />
              <CostKindFields field={field} page={page} />
            </Row>
          );
        })}
      </Rows>
    </EntryForm>
  );
}
