/** The terms of a notice as fields. What the programme's rules say already may stay empty. */
import type { FieldMetadata } from "@conform-to/react";
import { financingKinds } from "#app/domain/programme.ts";
import { financingKindWords } from "#app/german/words.ts";
import { DayField, EuroField, SelectField, TextField } from "./fields.tsx";

type TermsFields = Record<
  | "grantAmount"
  | "financingKind"
  | "fundingRate"
  | "thirdPartyAmount"
  | "spendFrom"
  | "spendUntil"
  | "lineTolerance"
  | "drawUntil"
  | "advanceRate"
  | "spendWithinMonths"
  | "interimProofDueOn"
  | "proofDueOn"
  | "dedicatedUntil",
  FieldMetadata<string | undefined>
>;

export function TermsFieldset({ fields }: { fields: TermsFields }) {
  const asProgramme = "tt.mm.jjjj; leer: nach der Richtlinie";
  return (
    <>
      <div className="field-row">
        <EuroField field={fields.grantAmount} label="Bewilligte Zuwendung" hint="laut Bescheid" />
        <SelectField
          field={fields.financingKind}
          label="Finanzierungsart"
          options={financingKinds.map((kind) => ({ value: kind, label: financingKindWords[kind] }))}
        />
        <TextField
          field={fields.fundingRate}
          label="Fördersatz (%)"
          hint="Anteil der förderfähigen Kosten"
          isShort
        />
        <EuroField field={fields.thirdPartyAmount} label="Drittmittel" isOptional />
      </div>
      <div className="field-row">
        <DayField field={fields.spendFrom} label="Bewilligungszeitraum von" />
        <DayField field={fields.spendUntil} label="Bewilligungszeitraum bis" />
        <TextField
          field={fields.lineTolerance}
          label="Überschreitung je Position (%)"
          hint="20 nach ANBest-P 1.2, wenn der Bescheid sie einbezieht; sonst 0"
          isShort
        />
      </div>
      <p className="kern-title">Abruf, Nachweis und Zweckbindung laut Bescheid</p>
      <div className="field-row">
        <DayField field={fields.drawUntil} label="Abrufbar bis" hint={asProgramme} isOptional />
        <TextField
          field={fields.advanceRate}
          label="Vorschuss bis (%)"
          hint="0: nur Erstattung"
          isShort
          isOptional
        />
        <TextField
          field={fields.spendWithinMonths}
          label="Zu verwenden binnen (Monate)"
          hint="nach der Auszahlung"
          inputMode="numeric"
          isShort
          isOptional
        />
      </div>
      <div className="field-row">
        <DayField field={fields.interimProofDueOn} label="Zwischennachweis bis" isOptional />
        <DayField
          field={fields.proofDueOn}
          label="Verwendungsnachweis bis"
          hint={asProgramme}
          isOptional
        />
        <DayField
          field={fields.dedicatedUntil}
          label="Zweckbindung bis"
          hint={asProgramme}
          isOptional
        />
      </div>
    </>
  );
}
