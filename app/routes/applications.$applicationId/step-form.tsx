/** What became of an application: returned, refused, withdrawn, each with its day and reason. */
import { useForm } from "@conform-to/react";
import { useActionData } from "@remix-run/react";
import type { z } from "zod";
import { DayField, SelectField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Section } from "#app/components/page.tsx";
import type { LaterStepKind } from "#app/domain/application-step.ts";
import { laterStepWords } from "#app/german/application-sentences.ts";
import type { action } from "./route.tsx";
import type { stepForm } from "./step-schema.ts";

export function StepForm({ id, kinds }: { id: string; kinds: readonly LaterStepKind[] }) {
  const [form, fields] = useForm<z.input<typeof stepForm>>({
    id: "step",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Section title="Verfahrensschritt buchen">
      <p className="kern-body muted">
        Eine Bewilligung wird mit dem Bescheid gebucht. Abgelehnt oder zurückgezogen gibt der Antrag
        frei, was er vom Höchstbetrag beansprucht.
      </p>
      <EntryForm form={form} submit="Schritt buchen">
        <Hidden field={fields.id} />
        <SelectField
          field={fields.kind}
          label="Was geschehen ist"
          options={kinds.map((kind) => ({ value: kind, label: laterStepWords[kind] }))}
        />
        <DayField field={fields.takenOn} label="Am" />
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}
