/** The form of an invoice: six fields for most papers, the rest folded away until it is needed. */
import type { FormMetadata, FieldMetadata } from "@conform-to/react";
import { type ReactNode, useEffect } from "react";
import { invoiceKinds } from "#app/domain/invoice.ts";
import { roundings } from "#app/domain/invoice-line.ts";
import { invoiceKindWords, roundingWords } from "#app/german/words.ts";
import { DayField, SelectField, TextField } from "./fields.tsx";
import { EntryForm, Fold, Hidden, RowButton, Rows } from "./form.tsx";
import { type InvoiceLineFields, InvoiceLineRow } from "./invoice-line-row.tsx";
import { OverBudgetField, SpendingDayField, SupplierField } from "./spending.tsx";

/** What the form offers: budget lines with what is left, suppliers with their usual line. */
export type InvoiceFormPage = {
  fiscalYear: number | null;
  spendFrom: string;
  spendUntil: string;
  suppliers: { name: string; usualLine: string | null }[];
  budgetLines: { id: string; name: string; available: string }[];
  orderLines: { id: string; label: string; open: string }[];
  creditable: { id: string; label: string }[];
  prepayments: { id: string; label: string }[];
};

type Fields = Record<
  | "id"
  | "supplier"
  | "number"
  | "invoicedOn"
  | "kind"
  | "creditedId"
  | "roundedPer"
  | "roundingReason"
  | "overOrderReason"
  | "overBudgetReason"
  | "dueOn"
  | "discountRate"
  | "discountUntil",
  FieldMetadata<string | undefined>
> & { lines: FieldMetadata<InvoiceLineFields[] | undefined> };

export function InvoiceForm<Schema extends Record<string, unknown>>({
  form,
  fields: given,
  page,
  submit = "Rechnung buchen",
  secondary,
  isProposed = false,
}: {
  form: FormMetadata<Schema>;
  fields: unknown;
  page: InvoiceFormPage;
  submit?: string;
  secondary?: ReactNode;
  /** True where another program filled it in: what it filled in stays folded away. */
  isProposed?: boolean;
}) {
  const fields = given as Fields;
  const name = fields.lines.name as never;
  const lines = fields.lines.getFieldList();
  useUsualLine(fields, page);
  return (
    <EntryForm form={form} submit={submit} secondary={secondary}>
      <Hidden field={fields.id} />
      <div className="field-row">
        <SupplierField
          field={fields.supplier}
          suppliers={page.suppliers.map((one) => one.name)}
          autoFocus={!isProposed}
        />
        <TextField field={fields.number} label="Rechnungsnummer" isShort autoComplete="off" />
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
              defaultValue: {
                costKind: page.fiscalYear === null ? "investment" : "running",
              } as never,
            })}
          >
            Weitere Zeile
          </RowButton>
        }
      >
        {lines.map((line, index) => (
          <InvoiceLineRow
            key={line.key}
            line={line}
            title={`${index + 1}. Zeile`}
            page={page}
            isProposed={isProposed}
            isCredit={fields.kind.value === "credit_note"}
            removeButton={
              lines.length > 1 && (
                <RowButton button={form.remove.getButtonProps({ name, index })}>
                  Zeile entfernen
                </RowButton>
              )
            }
          />
        ))}
      </Rows>
      <InvoiceTerms fields={fields} page={page} />
    </EntryForm>
  );
}

/** What most papers do not need: kind, credit note, rounding, terms of payment. */
function InvoiceTerms({ fields, page }: { fields: Fields; page: InvoiceFormPage }) {
  const { kind, creditedId, roundedPer, roundingReason, overOrderReason } = fields;
  const { dueOn, discountRate, discountUntil, overBudgetReason } = fields;
  const isOpen = [
    kind,
    creditedId,
    roundedPer,
    roundingReason,
    overOrderReason,
    overBudgetReason,
  ].some(({ initialValue, errors }) => errors || (initialValue && !isUsual(String(initialValue))));
  const hasTerms = [dueOn, discountRate, discountUntil].some(
    ({ initialValue, errors }) => errors || initialValue,
  );
  return (
    <Fold
      title="Zahlungsziel, Skonto, Art der Rechnung, Rundung, Begründungen"
      isOpen={isOpen || hasTerms}
    >
      <div className="field-row">
        <DayField field={dueOn} label="Fällig am" isOptional />
        <TextField field={discountRate} label="Skonto (%)" isShort isOptional autoComplete="off" />
        <DayField field={discountUntil} label="Skonto bis" isOptional />
      </div>
      <div className="field-row">
        <SelectField
          field={kind}
          label="Art der Rechnung"
          isOptional
          empty="Rechnung"
          options={invoiceKinds
            .filter((one) => one !== "invoice")
            .map((one) => ({ value: one, label: invoiceKindWords[one] }))}
        />
        <SelectField
          field={creditedId}
          label="Mindert die Rechnung"
          hint="nur bei einer Gutschrift; Beträge wie gedruckt, ohne Minus"
          isOptional
          empty="–"
          options={page.creditable.map(({ id, label }) => ({ value: id, label }))}
        />
        <SelectField
          field={roundedPer}
          label="Steuer gerundet"
          isOptional
          empty={roundingWords.line}
          options={roundings
            .filter((one) => one !== "line")
            .map((one) => ({ value: one, label: roundingWords[one] }))}
        />
      </div>
      <div className="field-row">
        <TextField
          field={roundingReason}
          label="Warum die Summen abweichen"
          hint="nur wenn Netto, Steuersatz und Brutto nicht zueinander passen"
          isOptional
        />
        <TextField
          field={overOrderReason}
          label="Warum mehr als bestellt"
          hint="nur wenn die Rechnung über ihren Auftrag hinausgeht"
          isOptional
        />
        {page.fiscalYear !== null && <OverBudgetField field={overBudgetReason} />}
      </div>
    </Fold>
  );
}

function isUsual(value: string): boolean {
  return value === "invoice" || value === "line";
}

/**
 * A known supplier brings the budget line of its last invoice along, where none is chosen yet. The
 * choice is set in the page alone: no request is sent for it, and who changes it afterwards means it.
 */
function useUsualLine(fields: Fields, page: InvoiceFormPage) {
  const typed = fields.supplier.value;
  const usual = page.suppliers.find(({ name }) => name === typed)?.usualLine;
  const id = fields.lines.getFieldList()[0]?.getFieldset().budgetLineId?.id;
  useEffect(() => {
    const select = id && document.getElementById(id);
    if (!usual || !(select instanceof HTMLSelectElement) || select.value) return;
    select.value = usual;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }, [usual, id]);
}
