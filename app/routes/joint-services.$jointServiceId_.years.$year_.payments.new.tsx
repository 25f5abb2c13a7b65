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
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { day, euroAmount, key, optionalText, readForm, rejected } from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, yearParam } from "#app/http.ts";
import { recordJointPayment } from "#app/records/joint-payments.server.ts";
import { requirePlannedYear } from "#app/records/joint-years.server.ts";
import { requireUser } from "#app/session.server.ts";

const paymentForm = z.object({
  id: key,
  payingId: key,
  paidOn: day,
  amount: euroAmount,
  note: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Zahlung der IKZ – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "pay");
  const fiscalYear = yearParam(params.year);
  const year = await requirePlannedYear(user, idParam(params.jointServiceId), fiscalYear);
  return {
    id: randomUUID(),
    fiscalYear,
    service: { id: year.agreement.id, name: year.agreement.name },
    isSettled: year.settlement !== null,
    members: year.members.flatMap(({ id, name, open }) => {
      if (!open || open.isZero()) return [];
      const what = open.lessThan(0) ? "zu erstatten" : "offen";
      return [{ value: id, label: `${name} – ${what} ${formatEuro(open.abs())}` }];
    }),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const [jointServiceId, fiscalYear] = [idParam(params.jointServiceId), yearParam(params.year)];
  const form = await readForm(request, paymentForm);
  if (form.status !== "success") return rejected(form);

  const { id, payingId, ...draft } = form.value;
  const payment = { ...draft, memberId: payingId };
  const violation = await recordJointPayment(user, id, jointServiceId, fiscalYear, payment);
  if (violation) {
    const { field, sentence } = problemOf(violation);
    return rejected(form, { field: field === "memberId" ? "payingId" : field, sentence });
  }
  return redirect(`/joint-services/${jointServiceId}/years/${fiscalYear}`);
}

export default function NewPayment() {
  const { id, fiscalYear, service, isSettled, members } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof paymentForm>>({
    id: "joint-payment",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title={isSettled ? `Nachzahlung oder Erstattung ${fiscalYear}` : `Abschlag ${fiscalYear}`}
      lead={service.name}
      crumbs={[
        { to: `/joint-services/${service.id}/years/${fiscalYear}`, label: `Jahr ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      {members.length === 0 ? (
        <Empty>In diesem Jahr ist nichts mehr offen.</Empty>
      ) : (
        <EntryForm form={form} submit="Zahlung buchen">
          <Hidden field={fields.id} />
          <SelectField field={fields.payingId} label="Mitglied" options={members} />
          <div className="field-row">
            <DayField field={fields.paidOn} label="Gezahlt am" />
            <EuroField field={fields.amount} label="Betrag" />
          </div>
          <TextField field={fields.note} label="Bemerkung" isOptional />
        </EntryForm>
      )}
    </Page>
  );
}
