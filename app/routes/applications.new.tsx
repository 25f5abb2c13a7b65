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
import { DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { day, euroAmount, key, picked, readForm, rejected, text } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { listResolutions, listSchools } from "#app/records/authorities.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const applicationForm = z.object({
  id: key,
  envelopeId: key,
  title: text,
  resolutionId: key,
  submittedOn: day,
  measures: z
    .array(z.object({ schoolId: key, code: picked, description: text, amount: euroAmount }))
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Antrag buchen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const envelopeId = idParam(new URL(request.url).searchParams.get("envelope") ?? undefined);
  const envelope = await requireEnvelope(user, envelopeId);
  const [schools, resolutions] = await Promise.all([listSchools(user), listResolutions(user)]);
  // What is made today is made under today's rules, whatever the envelope was.
  const { programme } = await requireProgramme(user, envelope.programme.key);
  return {
    id: randomUUID(),
    envelopeId,
    programme: programme.name,
    categories: programme.categories.map(({ code, name }) => {
      return { value: code, label: `${code} ${name}` };
    }),
    schools: schools.map(({ id, name }) => ({ value: id, label: name })),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, applicationForm);
  if (form.status !== "success") return rejected(form);

  const { id, envelopeId, ...draft } = form.value;
  const violation = await recordApplication(user, id, envelopeId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/applications/${id}`);
}

export default function NewApplication() {
  const page = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof applicationForm>>({
    id: "application",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id: page.id, envelopeId: page.envelopeId, measures: [{}] },
  });
  const { name } = fields.measures;
  return (
    <Page
      title="Antrag buchen"
      lead={page.programme}
      crumbs={[{ to: `/envelopes/${page.envelopeId}`, label: "Förderprogramm" }]}
    >
      <EntryForm form={form} submit="Antrag buchen">
        <Hidden field={fields.id} />
        <Hidden field={fields.envelopeId} />
        <TextField field={fields.title} label="Bezeichnung des Antrags" />
        <SelectField
          field={fields.resolutionId}
          label="Beschluss, auf dem er beruht"
          options={page.resolutions}
        />
        <DayField field={fields.submittedOn} label="Gestellt am" />
        <Rows
          id={fields.measures.id}
          title="Maßnahmen"
          errors={fields.measures.errors}
          addButton={
            <RowButton button={form.insert.getButtonProps({ name })}>Weitere Maßnahme</RowButton>
          }
        >
          {fields.measures.getFieldList().map((measure, index) => {
            const { schoolId, code, description, amount } = measure.getFieldset();
            return (
              <Row
                key={measure.key}
                title={`${index + 1}. Maßnahme`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Maßnahme entfernen
                  </RowButton>
                }
              >
                <SelectField field={schoolId} label="Schule" options={page.schools} />
                <SelectField field={code} label="Fördergegenstand" options={page.categories} />
                <TextField field={description} label="Was" />
                <EuroField field={amount} label="Kosten" />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Page>
  );
}
