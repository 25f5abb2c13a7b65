import { type SubmissionResult, useForm } from "@conform-to/react";
import type { z } from "zod";
import {
  Checkbox,
  DayField,
  EuroField,
  SelectField,
  TextArea,
  TextField,
} from "#app/components/fields.tsx";
import { EntryForm, Fold, Hidden } from "#app/components/form.tsx";
import { assetKinds } from "#app/domain/useful-life.ts";
import { assetKindChoice } from "#app/german/asset-words.ts";
import { formatEuro } from "#app/german/notation.ts";
import type { assetForm } from "./asset-schema.ts";

type FurtherLine = { id: string; number: string; description: string; cost: string };

export function AssetForm({
  page,
  lastResult,
}: {
  page: {
    id: string;
    further: FurtherLine[];
    schools: { id: string; name: string }[];
    proposal: Record<string, string>;
  };
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const [form, fields] = useForm<z.input<typeof assetForm>>({
    id: "asset",
    lastResult,
    defaultValue: { id: page.id, ...page.proposal, priceChangeRate: "0", isReplaced: "on" },
  });
  return (
    <EntryForm form={form} submit="Inventarisieren">
      <Hidden field={fields.id} />
      <div className="field-row">
        <TextField
          field={fields.inventoryNumber}
          label="Inventarnummer"
          hint="bei mehreren die erste, wie TAB-001; die anderen werden hochgezählt"
          autoComplete="off"
          autoFocus
          isShort
        />
        <TextField
          field={fields.count}
          label="Anzahl der Nummern"
          hint="so viele gleiche Anlagen, höchstens 200"
          inputMode="numeric"
          isShort
        />
        <TextField
          field={fields.quantity}
          label="Menge je Nummer"
          hint="Stück der Rechnungszeile; eine Sachgesamtheit ist eine Nummer"
          inputMode="decimal"
          isShort
        />
      </div>
      <TextField field={fields.description} label="Was" />
      <div className="field-row">
        <SelectField
          field={fields.schoolId}
          label="Schule"
          options={page.schools.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField field={fields.place} label="Raum oder Ort" isOptional />
        <DayField
          field={fields.inServiceOn}
          label="In Betrieb seit"
          hint="ab diesem Monat wird abgeschrieben"
        />
      </div>
      <div className="field-row">
        <SelectField
          field={fields.kind}
          label="Art"
          options={assetKinds.map((kind) => ({ value: kind, label: assetKindChoice(kind) }))}
        />
        <TextField
          field={fields.usefulLifeMonths}
          label="Nutzungsdauer (Monate)"
          hint="leer: wie in der Tabelle zur Art"
          inputMode="numeric"
          isOptional
          isShort
        />
      </div>
      <TextArea
        field={fields.lifeReason}
        label="Begründung der Nutzungsdauer"
        hint="nötig, wenn sie von der Tabelle abweicht oder die Tabelle keine nennt (§ 49 KomHKVO)"
        isOptional
      />
      {page.further.length > 0 && (
        <FurtherCosts field={fields.furtherLineIds} lines={page.further} />
      )}
      <fieldset className="kern-fieldset rows">
        <legend className="kern-label kern-label--large">Ersatz</legend>
        <Checkbox
          field={fields.isReplaced}
          label="Wird am Ende der Nutzungsdauer ersetzt (für die Vorschau der Folgekosten)"
        />
        <div className="field-row">
          <EuroField
            field={fields.replacementPrice}
            label="Preis des Ersatzes je Nummer, heute"
            hint="vorgeschlagen ist der Bruttopreis der Rechnung"
            isOptional
          />
          <TextField
            field={fields.priceChangeRate}
            label="Preisänderung je Jahr (%)"
            inputMode="decimal"
            isOptional
            isShort
          />
        </div>
      </fieldset>
    </EntryForm>
  );
}

function FurtherCosts({
  field,
  lines,
}: {
  field: { id: string; name: string; errors?: string[]; initialValue?: unknown };
  lines: FurtherLine[];
}) {
  const chosen = [field.initialValue].flat();
  return (
    <Fold title="Nebenkosten aus weiteren Rechnungszeilen" isOpen={chosen.some(Boolean)}>
      <fieldset className="kern-fieldset" id={field.id}>
        <legend className="kern-sr-only">Nebenkosten</legend>
        <p className="kern-body">
          Lieferung, Montage und anderes, was die Anlage betriebsbereit macht. Eine Zeile für
          mehrere Anlagen wird auf sie verteilt.
        </p>
        {field.errors && <p className="kern-error">{field.errors.join(" ")}</p>}
        {lines.map(({ id, number, description, cost }) => (
          <div className="kern-form-check" key={id}>
            <input
              type="checkbox"
              className="kern-form-check__checkbox"
              id={`${field.id}-${id}`}
              name={field.name}
              value={id}
              defaultChecked={chosen.includes(id)}
            />
            <label className="kern-label" htmlFor={`${field.id}-${id}`}>
              {description}, Rechnung {number}, {formatEuro(cost)}
            </label>
          </div>
        ))}
      </fieldset>
    </Fold>
  );
}
