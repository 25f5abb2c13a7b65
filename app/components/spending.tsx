/** What the forms of orders and invoices share. */
import type { FormField, Option } from "./fields.tsx";
import { DayField, SelectField, TextField } from "./fields.tsx";
import { costKinds } from "#app/domain/order.ts";
import type { AwardKind } from "#app/domain/procurement.ts";
import { awardKindWords } from "#app/german/book-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { costKindWords } from "#app/german/words.ts";

export function SupplierField({
  field,
  suppliers,
  autoFocus,
}: {
  field: FormField;
  suppliers: string[];
  autoFocus?: boolean;
}) {
  return (
    <>
      <TextField
        field={field}
        label="Lieferant"
        list="suppliers"
        autoComplete="off"
        autoFocus={autoFocus}
      />
      <datalist id="suppliers">
        {suppliers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

export function SpendingDayField({
  field,
  label,
  period,
}: {
  field: FormField;
  label: string;
  period: { spendFrom: string; spendUntil: string };
}) {
  const hint = `tt.mm.jjjj, zwischen ${formatDay(period.spendFrom)} und ${formatDay(period.spendUntil)}`;
  return <DayField field={field} label={label} hint={hint} />;
}

/**
 * The kind of cost. On a grant outside advice names the investment it belongs to, and why; what runs
 * every year is offered on the municipal budget only.
 */
export function CostKindFields({
  field,
  page,
}: {
  field: Record<"costKind" | "accompaniesId" | "accompanyingReason", FormField>;
  page: { fiscalYear: number | null; budgetLines: { id: string; name: string }[] };
}) {
  const isMunicipal = page.fiscalYear !== null;
  const absent = isMunicipal ? "accompanying" : undefined;
  return (
    <>
      <SelectField
        field={field.costKind}
        label="Kostenart"
        options={costKinds
          .filter((kind) => kind !== absent)
          .map((kind) => ({ value: kind, label: costKindWords[kind] }))}
      />
      {!isMunicipal && (
        <>
          <SelectField
            field={field.accompaniesId}
            label="Gehört zur Investition"
            hint="nur bei einer investiven Begleitmaßnahme"
            isOptional
            empty="–"
            options={page.budgetLines.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextField
            field={field.accompanyingReason}
            label="Begründung der Begleitmaßnahme"
            isOptional
          />
        </>
      )}
    </>
  );
}

export function OverBudgetField({ field }: { field: FormField }) {
  return (
    <TextField
      field={field}
      label="Warum über den Haushalt hinaus"
      hint="nur wenn der Haushalt nicht reicht"
      isOptional
    />
  );
}

/** Where an order or invoice is listed: its grant, or the fiscal year of the municipal budget. */
export function pathOf({ grantId, fiscalYear }: FundingOfRow): string {
  return grantId ? `/grants/${grantId}` : `/municipal-budget/${fiscalYear}`;
}

/** The way back to the list. */
export function crumbsOf(row: FundingOfRow, list: "orders" | "invoices") {
  const word = list === "orders" ? "Aufträge" : "Rechnungen";
  const label = row.grantId ? `${word} der Zuwendung` : `${word} im Haushalt ${row.fiscalYear}`;
  return [{ to: `${pathOf(row)}/${list}`, label }];
}

type FundingOfRow = { grantId: string | null; fiscalYear: number | null };

/** The thresholds of today, in euro net, before an order is refused for them. */
export function AwardLimits({ limits }: { limits: { kind: AwardKind; limit: string }[] }) {
  if (limits.length === 0) return null;
  const parts = limits.map(({ kind, limit }) => `${awardKindWords[kind]} ${formatEuro(limit)}`);
  return (
    <p className="kern-hint">
      Wertgrenzen heute, netto: {parts.join(", ")}. Es gilt der Tag der Bestellung.
    </p>
  );
}

/** Budget lines as choices, each with what is left on it. */
export function budgetLineOptions(
  lines: { id: string; name: string; available: string }[],
): Option[] {
  return lines.map(({ id, name, available }) => {
    return { value: id, label: `${name} – frei ${formatEuro(available)}` };
  });
}
