/** One line of an invoice: where, what and how much; the rest folded away. */
import type { FieldMetadata } from "@conform-to/react";
import type { ReactNode } from "react";
import { ineligibleReasons, invoiceLineKinds } from "#app/domain/invoice-line.ts";
import { budgetTreatments } from "#app/domain/low-value.ts";
import { euro } from "#app/domain/money.ts";
import { formatEuro, parseEuro } from "#app/german/notation.ts";
import {
  budgetTreatmentWords,
  ineligibleReasonWords,
  invoiceLineKindWords,
} from "#app/german/words.ts";
import { Checkbox, EuroField, SelectField, TextField } from "./fields.tsx";
import { Fold, Row } from "./form.tsx";
import type { InvoiceFormPage } from "./invoice-form.tsx";
import { budgetLineOptions, CostKindFields } from "./spending.tsx";

const lineFields = [
  "budgetLineId",
  "description",
  "grossAmount",
  "kind",
  "orderLineId",
  "prepaidId",
  "costKind",
  "accompaniesId",
  "accompanyingReason",
  "netAmount",
  "vatRate",
  "quantity",
  "isSet",
  "treatment",
  "ineligibleAmount",
  "ineligibleReason",
  "ineligibleNote",
] as const;

export type InvoiceLineFields = { [Name in (typeof lineFields)[number]]?: string };
type Fieldset = Record<(typeof lineFields)[number], FieldMetadata<string | undefined>>;

export function InvoiceLineRow({
  line,
  title,
  page,
  isProposed,
  isCredit,
  removeButton,
}: {
  line: FieldMetadata<InvoiceLineFields>;
  title: string;
  page: InvoiceFormPage;
  isProposed: boolean;
  /** A credit note frees money: there is nothing to run short of. */
  isCredit: boolean;
  removeButton: ReactNode;
}) {
  const field = line.getFieldset() as unknown as Fieldset;
  return (
    <Row title={`${title}${kindText(field.kind.initialValue)}`} removeButton={removeButton}>
      <SelectField
        field={field.budgetLineId}
        label={page.fiscalYear === null ? "Kostenposition" : "Haushaltsstelle"}
        options={budgetLineOptions(page.budgetLines)}
      />
      <TextField field={field.description} label="Was" autoComplete="off" />
      <div>
        <EuroField field={field.grossAmount} label="Betrag brutto" />
        {!isCredit && <Remaining field={field} page={page} />}
      </div>
      <LineDetails field={field} page={page} isProposed={isProposed} />
    </Row>
  );
}

/** What sort of line it is, where it is no item: that is folded away otherwise. */
function kindText(kind: unknown): string {
  const known = invoiceLineKinds.find((one) => one === kind && one !== "item");
  return known ? `: ${invoiceLineKindWords[known]}` : "";
}

/** What the budget line has left beside what is being typed; the server asks again. */
function Remaining({ field, page }: { field: Fieldset; page: InvoiceFormPage }) {
  const budgetLine = page.budgetLines.find(({ id }) => id === field.budgetLineId.value);
  const amount = field.grossAmount.value && parseEuro(field.grossAmount.value);
  const order = page.orderLines.find(({ id }) => id === field.orderLineId.value);
  if (!budgetLine) return null;
  const free = euro(budgetLine.available).plus(order ? euro(order.open) : euro("0"));
  const after = amount ? free.minus(amount) : free;
  return (
    <p className={`kern-hint remaining${after.lessThan(0) ? " over" : ""}`} aria-live="polite">
      {after.lessThan(0)
        ? `es fehlen ${formatEuro(after.abs())}`
        : amount
          ? `danach frei: ${formatEuro(after)}`
          : `frei: ${formatEuro(free)}`}
    </p>
  );
}

function LineDetails({
  field,
  page,
  isProposed,
}: {
  field: Fieldset;
  page: InvoiceFormPage;
  isProposed: boolean;
}) {
  const folded = lineFields.slice(3).map((name) => field[name]);
  const isOpen = folded.some(
    ({ errors, initialValue }) =>
      errors ||
      (!isProposed &&
        initialValue &&
        !["item", "investment", "running"].includes(String(initialValue))),
  );
  return (
    <Fold
      title={
        page.fiscalYear === null
          ? "Auftrag, Netto und Steuer, Anzahl, nicht Förderfähiges"
          : "Auftrag, Netto und Steuer, Anzahl"
      }
      isOpen={isOpen}
    >
      <div className="row-fields">
        <SelectField
          field={field.orderLineId}
          label="Zum Auftrag"
          isOptional
          empty="ohne Auftrag"
          options={page.orderLines.map(({ id, label, open }) => {
            return { value: id, label: `${label} – offen ${formatEuro(open)}` };
          })}
        />
        <EuroField
          field={field.netAmount}
          label="Betrag netto"
          hint="leer: aus brutto gerechnet"
          isOptional
        />
        <TextField
          field={field.vatRate}
          label="Steuersatz (%)"
          hint="leer: Regelsatz des Tages"
          isOptional
          isShort
          autoComplete="off"
        />
        <TextField field={field.quantity} label="Anzahl" hint="leer: 1" isOptional isShort />
        <Checkbox field={field.isSet} label="Sachgesamtheit, etwa ein Klassensatz" />
        <SelectField
          field={field.treatment}
          label="Im Haushalt"
          isOptional
          empty="nach Wertgrenze (bis 1.000 € netto Aufwand)"
          options={budgetTreatments.map((one) => {
            return { value: one, label: budgetTreatmentWords[one] };
          })}
        />
        <CostKindFields field={field} page={page} />
        {page.fiscalYear === null && <IneligibleFields field={field} />}
        <SelectField
          field={field.kind}
          label="Art der Zeile"
          isOptional
          empty={invoiceLineKindWords.item}
          options={invoiceLineKinds
            .filter((one) => one !== "item")
            .map((one) => ({ value: one, label: invoiceLineKindWords[one] }))}
        />
        <SelectField
          field={field.prepaidId}
          label="Abgezogener Abschlag"
          isOptional
          empty="–"
          options={page.prepayments.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
    </Fold>
  );
}

/** What of the line the grant may not pay, and why. */
function IneligibleFields({ field }: { field: Fieldset }) {
  return (
    <>
      <EuroField field={field.ineligibleAmount} label="davon nicht förderfähig" isOptional />
      <SelectField
        field={field.ineligibleReason}
        label="Grund dafür"
        isOptional
        empty="–"
        options={ineligibleReasons.map((reason) => {
          return { value: reason, label: ineligibleReasonWords[reason] };
        })}
      />
      <TextField field={field.ineligibleNote} label="Grund in Worten" isOptional />
    </>
  );
}
