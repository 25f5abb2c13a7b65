/** The form of a school, new or changed. */
import type { FieldMetadata } from "@conform-to/react";
import { mediaConceptStates } from "#app/domain/media-concept.ts";
import { schoolKinds } from "#app/domain/programme.ts";
import { mediaConceptWords } from "#app/german/application-sentences.ts";
import { schoolKindWords } from "#app/german/words.ts";
import { Checkbox, DayField, SelectField, TextField } from "./fields.tsx";

type SchoolFields = Record<
  | "name"
  | "number"
  | "kind"
  | "pupils"
  | "pupilsCountedOn"
  | "mediaConceptState"
  | "mediaConceptOn",
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
      <div className="field-row">
        <SelectField
          field={fields.mediaConceptState}
          label="Medienbildungskonzept"
          options={mediaConceptStates.map((state) => {
            return { value: state, label: mediaConceptWords[state] };
          })}
          isOptional
        />
        <DayField
          field={fields.mediaConceptOn}
          label="liegt vor seit"
          hint="tt.mm.jjjj; leer lassen, solange es fehlt"
          isOptional
        />
      </div>
    </>
  );
}
