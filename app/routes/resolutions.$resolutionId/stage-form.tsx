/** What came next in the course of a resolution; possible while nothing rests on it. */
import { useForm } from "@conform-to/react";
import { useActionData } from "@remix-run/react";
import type { z } from "zod";
import { DayField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Section } from "#app/components/page.tsx";
import { outcomes } from "#app/domain/resolution.ts";
import { stageKindWords } from "#app/german/application-sentences.ts";
import type { action } from "./route.tsx";
import type { stageForm } from "./stage-schema.ts";

export function StageForm({ id }: { id: string }) {
  const [form, fields] = useForm<z.input<typeof stageForm>>({
    id: "stage",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Section title="Beratungsfolge ergänzen">
      <EntryForm form={form} submit="Gremium hinzufügen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <TextField field={fields.committee} label="Gremium" />
          <SelectField
            field={fields.kind}
            label="Rolle"
            options={Object.entries(stageKindWords).map(([value, label]) => ({ value, label }))}
          />
          <DayField field={fields.heldOn} label="Sitzung am" isOptional />
          <TextField field={fields.outcome} label="Ergebnis" list="outcomes" isOptional />
        </div>
        <datalist id="outcomes">
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome} />
          ))}
        </datalist>
      </EntryForm>
    </Section>
  );
}
