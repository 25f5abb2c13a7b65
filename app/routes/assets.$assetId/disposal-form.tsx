import { type SubmissionResult, useForm } from "@conform-to/react";
import type { z } from "zod";
import { DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { formatDay } from "#app/german/notation.ts";
import type { disposalForm } from "./disposal-schema.ts";

export function DisposalForm({
  id,
  today,
  lastResult,
}: {
  id: string;
  today: string;
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const [form, fields] = useForm<z.input<typeof disposalForm>>({
    id: "disposal",
    lastResult,
    defaultValue: { id, disposedOn: formatDay(today) },
  });
  return (
    <EntryForm form={form} submit="Abgang buchen">
      <Hidden field={fields.id} />
      <DayField
        field={fields.disposedOn}
        label="Abgang am"
        hint="der Monat des Abgangs wird nicht mehr abgeschrieben; Restwert und Sonderposten gehen mit"
      />
      <TextField
        field={fields.reason}
        label="Grund"
        hint="etwa: defekt, verkauft, gestohlen, an eine andere Stelle gegeben"
      />
    </EntryForm>
  );
}
