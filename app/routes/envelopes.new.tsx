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
import { DayField, EuroField, SelectField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Notice, Page } from "#app/components/page.tsx";
import { lowerSaxony2019, programmes } from "#app/domain/programme.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalEuroAmount,
  optionalText,
  readForm,
  rejected,
} from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { computeForSchools, recordEnvelope } from "#app/records/envelopes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const envelopeForm = z.object({
  id: key,
  programme: choice(programmes.map((one) => one.key) as [string, ...string[]]),
  givenAmount: euroAmount,
  administrationAmount: optionalEuroAmount,
  givenOn: day,
  note: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Höchstbetrag buchen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const computed = await computeForSchools(user, lowerSaxony2019);
  return wire({
    id: randomUUID(),
    computed: computed.total,
    schools: computed.shares.length,
    programmes: programmes.map(({ key, name }) => ({ value: key, label: name })),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, envelopeForm);
  if (form.status !== "success") return rejected(form);

  const { id, programme, ...draft } = form.value;
  const violation = await recordEnvelope(user, id, programme, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/envelopes/${id}`);
}

export default function NewEnvelope() {
  const { id, computed, schools, programmes } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof envelopeForm>>({
    id: "envelope",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, programme: programmes[0]?.value },
  });
  return (
    <Page title="Höchstbetrag buchen" crumbs={[{ to: "/", label: "Übersicht" }]}>
      <Notice kind="info" title={`Berechnet aus ${schools} Schulen: ${formatEuro(computed)}`}>
        <p className="kern-body">
          Gebucht wird der veröffentlichte Betrag. Der berechnete steht daneben, mit der Differenz.
        </p>
      </Notice>
      <EntryForm form={form} submit="Höchstbetrag buchen">
        <Hidden field={fields.id} />
        <SelectField field={fields.programme} label="Förderprogramm" options={programmes} />
        <div className="field-row">
          <EuroField field={fields.givenAmount} label="Veröffentlichter Höchstbetrag" />
          <EuroField
            field={fields.administrationAmount}
            label="Höchstbetrag Administration (2.8)"
            hint="eigener Betrag nach Anlage 2.2"
            isOptional
          />
        </div>
        <DayField field={fields.givenOn} label="Veröffentlicht am" />
        <TextArea field={fields.note} label="Fundstelle, Bemerkung" isOptional />
      </EntryForm>
    </Page>
  );
}
