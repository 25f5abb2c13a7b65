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

export function CostKindField({ field }: { field: FormField }) {
  return (
    <SelectField
      field={field}
      label="Kostenart"
      options={costKinds.map((kind) => ({ value: kind, label: costKindWords[kind] }))}
    />
  );
}

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
