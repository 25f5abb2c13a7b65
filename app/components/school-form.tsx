/** The form of a school, new or changed. */
import type { FieldMetadata } from "@conform-to/react";
import { schoolKinds } from "#app/domain/programme.ts";
import { schoolKindWords } from "#app/german/words.ts";
import { Checkbox, DayField, SelectField, TextField } from "./fields.tsx";

type SchoolFields = Record<
  "name" | "number" | "kind" | "pupils" | "pupilsCountedOn" | "mediaConceptOn",
  FieldMetadata<string | undefined>
> & { pupilsAreIllustrative: FieldMetadata<"on" | undefined> };

export function SchoolFieldset({ fields }: { fields: SchoolFields }) {
  return (
    <>
      <div className="field-row">
        <TextField field={fields.name} label="Name der Schule" />
        <TextField field={fields.number} label="Schulnummer" isOptional isShort />
      </div>
      <SelectField
        field={fields.kind}
        label="Schulform"
        options={schoolKinds.map((kind) => ({ value: kind, label: schoolKindWords[kind] }))}
      />
      <div className="field-row">
        <TextField field={fields.pupils} label="Schülerzahl" inputMode="numeric" isShort />
        <DayField field={fields.pupilsCountedOn} label="Stichtag der Schülerzahl" />
      </div>
      <Checkbox
        field={fields.pupilsAreIllustrative}
        label="Schülerzahl ist illustrativ, nicht die amtliche"
      />
      <DayField
        field={fields.mediaConceptOn}
        label="Medienbildungskonzept liegt vor seit"
        hint="tt.mm.jjjj; leer lassen, solange es fehlt"
        isOptional
      />
    </>
  );
}
