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
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import {
  day,
  euroAmount,
  key,
  optionalKey,
  readForm,
  rejected,
  shortText,
  text,
  wholeNumber,
} from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const appropriationForm = z.object({
  id: key,
  fiscalYear: wholeNumber(2000, 2099),
  product: shortText,
  ledgerAccount: shortText,
  name: text,
  amount: euroAmount,
  decidedOn: day,
  resolutionId: optionalKey,
});

export const meta: MetaFunction = () => [{ title: "Haushaltsansatz buchen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const resolutions = await listResolutions(user);
  return {
    id: randomUUID(),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, appropriationForm);
  if (form.status !== "success") return rejected(form);

  const { id, resolutionId, ...draft } = form.value;
  const violation = await recordAppropriation(user, id, { ...draft, resolutionId });
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/municipal-budget");
}

export default function NewAppropriation() {
  const { id, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof appropriationForm>>({
    id: "appropriation",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title="Haushaltsansatz buchen"
      lead="Ein zweiter Ansatz auf demselben Konto kommt hinzu (Nachtrag)."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt und IKZ" }]}
    >
      <EntryForm form={form} submit="Haushaltsansatz buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <TextField field={fields.fiscalYear} label="Haushaltsjahr" inputMode="numeric" isShort />
          <TextField field={fields.product} label="Produkt" isShort />
          <TextField field={fields.ledgerAccount} label="Sachkonto" isShort />
        </div>
        <TextField field={fields.name} label="Bezeichnung" />
        <div className="field-row">
          <EuroField field={fields.amount} label="Ansatz" />
          <DayField field={fields.decidedOn} label="Beschlossen am" />
        </div>
        <SelectField
          field={fields.resolutionId}
          label="Beschluss"
          isOptional
          empty="ohne Angabe"
          options={resolutions}
        />
      </EntryForm>
    </Page>
  );
}
