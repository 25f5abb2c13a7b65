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
import { Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { day, euroAmount, key, optionalKey, readForm, rejected, text } from "#app/form.ts";
import { amountInput } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { loadDividedPots, recordAllotment } from "#app/records/allotments.server.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const allotmentForm = z.object({
  id: key,
  decidedOn: day,
  resolutionId: optionalKey,
  reason: text,
  schools: z.array(z.object({ schoolId: key, amount: euroAmount, before: euroAmount })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Zuteilung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const envelope = await requireEnvelope(user, idParam(params.envelopeId));
  if (!envelope.stands) notFound();
  const [{ rest, schools }, resolutions] = await Promise.all([
    loadDividedPots(user, envelope.id),
    listResolutions(user),
  ]);
  return wire({
    id: randomUUID(),
    envelopeId: envelope.id,
    programme: envelope.programme.name,
    rest,
    schools: schools.map(({ schoolId, school, allotted }) => ({ schoolId, school, allotted })),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const envelopeId = idParam(params.envelopeId);
  const form = await readForm(request, allotmentForm);
  if (form.status !== "success") return rejected(form);

  const { id, resolutionId = null, ...draft } = form.value;
  const violation = await recordAllotment(user, id, envelopeId, { ...draft, resolutionId });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/envelopes/${envelopeId}`);
}

export default function NewAllotment() {
  const { id, envelopeId, programme, rest, schools, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof allotmentForm>>({
    id: "allotment",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      schools: schools.map(({ schoolId, allotted }) => {
        const amount = amountInput(allotted);
        return { schoolId, amount, before: amount };
      }),
    },
  });
  return (
    <Page
      title="Zuteilung buchen"
      lead={programme}
      crumbs={[{ to: `/envelopes/${envelopeId}`, label: "Höchstbetrag" }]}
    >
      <p className="kern-body">
        Noch niemandem zugeteilt und verfügbar: <Euro amount={rest.left} />. Jede Zeile sagt, was
        die Schule ab dem Tag des Beschlusses hat; Zeilen, die so bleiben, sind nicht Teil der
        Entscheidung. Hat eine Schule schon aus dem freien Teil genommen, deckt ihre Zuteilung
        zuerst das. Der Sockelbetrag bleibt bei seiner Schule und steht nicht hier.
      </p>
      {schools.length === 0 ? (
        <Empty>
          Bitte zuerst die <TextLink to="/schools">Schulen anlegen</TextLink>.
        </Empty>
      ) : (
        <EntryForm form={form} submit="Zuteilung buchen">
          <Hidden field={fields.id} />
          <div className="field-row">
            <DayField field={fields.decidedOn} label="Beschlossen am" />
            <SelectField
              field={fields.resolutionId}
              label="Beschluss"
              isOptional
              empty="ohne Angabe"
              options={resolutions}
            />
          </div>
          <TextField field={fields.reason} label="Grund" />
          <Rows
            id={fields.schools.id}
            title="Zuteilung je Schule"
            errors={fields.schools.errors}
            addButton={null}
          >
            {fields.schools.getFieldList().map((row) => {
              const { schoolId, amount, before } = row.getFieldset();
              const school = schools.find((one) => one.schoolId === schoolId.initialValue);
              return (
                <Row key={row.key} title={school?.school ?? "Schule"}>
                  <Hidden field={schoolId} />
                  <Hidden field={before} />
                  <EuroField field={amount} label="Zuteilung" />
                </Row>
              );
            })}
          </Rows>
        </EntryForm>
      )}
    </Page>
  );
}
