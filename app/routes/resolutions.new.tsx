import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DayField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { outcomes } from "#app/domain/resolution.ts";
import {
  choice,
  key,
  optionalDay,
  optionalText,
  readForm,
  rejected,
  shortText,
  text,
} from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { recordResolution } from "#app/records/authorities.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const resolutionForm = z.object({
  id: key,
  number: shortText,
  title: text,
  stages: z
    .array(
      z.object({
        committee: text,
        kind: choice(["preliminary", "decision"]),
        heldOn: optionalDay,
        outcome: optionalText,
      }),
    )
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Beschluss anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request, "record");
  return { id: randomUUID() };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, resolutionForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordResolution(user, id, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/resolutions/${id}`);
}

export default function NewResolution() {
  const [form, fields] = useForm<z.input<typeof resolutionForm>>({
    id: "resolution",
    lastResult: useActionData<typeof action>(),
    defaultValue: { ...useLoaderData<typeof loader>(), stages: [{ kind: "preliminary" }, {}] },
  });
  const { name } = fields.stages;
  return (
    <Page title="Beschluss anlegen" crumbs={[{ to: "/schools", label: "Schulen und Beschlüsse" }]}>
      <EntryForm form={form} submit="Beschluss anlegen">
        <Hidden field={fields.id} />
        <TextField field={fields.number} label="Nummer der Vorlage" hint="wie SG/256/19" isShort />
        <TextField field={fields.title} label="Betreff" />
        <Rows
          id={fields.stages.id}
          title="Beratungsfolge"
          errors={fields.stages.errors}
          addButton={
            <RowButton button={form.insert.getButtonProps({ name })}>Weiteres Gremium</RowButton>
          }
        >
          {fields.stages.getFieldList().map((stage, index) => {
            const { committee, kind, heldOn, outcome } = stage.getFieldset();
            return (
              <Row
                key={stage.key}
                title={`${index + 1}. Gremium`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Gremium entfernen
                  </RowButton>
                }
              >
                <TextField field={committee} label="Gremium" />
                <SelectField
                  field={kind}
                  label="Rolle"
                  options={[
                    { value: "preliminary", label: "Vorberatung" },
                    { value: "decision", label: "Entscheidung" },
                  ]}
                />
                <DayField field={heldOn} label="Sitzung am" isOptional />
                <TextField field={outcome} label="Ergebnis" list="outcomes" isOptional />
              </Row>
            );
          })}
        </Rows>
        <datalist id="outcomes">
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome} />
          ))}
        </datalist>
      </EntryForm>
    </Page>
  );
}
