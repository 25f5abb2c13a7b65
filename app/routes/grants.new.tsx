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
import { DayField, TextField } from "#app/components/fields.tsx";
import { TermsFieldset } from "#app/components/terms-form.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { LinesFieldset } from "#app/components/lines-form.tsx";
import { Notice, Page } from "#app/components/page.tsx";
import { percent, shareOf, sum } from "#app/domain/money.ts";
import { ruleOn } from "#app/domain/programme.ts";
import { day, euroAmount, key, picked, readForm, rejected, shortText, text } from "#app/form.ts";
import { amountInput, formatDay, formatFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { listMeasures, requireApplication } from "#app/records/applications.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { recordGrant } from "#app/records/grants.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";
import { termsFields } from "#app/terms-form.ts";

export const handle = { isInteractive: true };

const grantForm = z.object({
  id: key,
  applicationId: key,
  fileNumber: shortText,
  grantingAuthority: text,
  noticeOn: day,
  ...termsFields,
  lines: z.array(z.object({ schoolId: key, code: picked, approved: euroAmount })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Bescheid buchen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const applicationId = idParam(new URL(request.url).searchParams.get("application") ?? undefined);
  const application = await requireApplication(user, applicationId);
  const { submittedOn } = application;
  // What is made today is made under today's rules, whatever the envelope was.
  const { programme } = await requireProgramme(user, application.programme.key);
  const [measures, schools] = await Promise.all([
    listMeasures(user, applicationId),
    listSchools(user),
  ]);
  const places = [...new Set(measures.map(({ schoolId, code }) => `${schoolId} ${code}`))];
  const amountAt = (place: string) =>
    sum(
      measures
        .filter(({ schoolId, code }) => `${schoolId} ${code}` === place)
        .map(({ amount }) => amount),
    );
  const funding = ruleOn(programme.funding, submittedOn);
  const drawdown = ruleOn(programme.drawdowns, submittedOn);
  const rate = funding?.rate ?? percent("100");
  return {
    application: application.title,
    openPoints: programme.openPoints,
    schools: schools.map(({ id, name }) => ({ value: id, label: name })),
    categories: programme.categories.map(({ code, name }) => {
      return { value: code, label: `${code} ${name}` };
    }),
    // What was applied for, as the notice most often has it.
    proposed: {
      id: randomUUID(),
      applicationId,
      grantingAuthority: programme.grantingAuthority,
      grantAmount: amountInput(shareOf(sum(measures.map(({ amount }) => amount)), rate)),
      financingKind: funding?.kind ?? ("share" as const),
      fundingRate: formatFactor(rate),
      spendFrom: dayInput(programme.term.startsOn),
      spendUntil: dayInput(programme.term.completedBy),
      lineTolerance: formatFactor(
        ruleOn(programme.lineTolerances, submittedOn)?.rate ?? percent("0"),
      ),
      advanceRate: formatFactor(drawdown?.advanceRate ?? percent("0")),
      spendWithinMonths: drawdown?.spendWithinMonths?.toString(),
      lines: places.map((place) => {
        const [schoolId, code] = place.split(" ");
        return { schoolId: schoolId!, code: code!, approved: amountInput(amountAt(place)) };
      }),
    },
  };
}

/** A day as a form proposes it; nothing where the programme does not say. */
function dayInput(day: string | undefined) {
  return day && formatDay(day);
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, grantForm);
  if (form.status !== "success") return rejected(form);

  const { id, applicationId, ...draft } = form.value;
  const violation = await recordGrant(user, id, applicationId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/grants/${id}`);
}

export default function NewGrant() {
  const { application, openPoints, schools, categories, proposed } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof grantForm>>({
    id: "grant",
    lastResult: useActionData<typeof action>(),
    defaultValue: proposed,
  });
  return (
    <Page
      title="Bescheid buchen"
      lead={`zum Antrag ${application}. Vorgeschlagen ist, was beantragt wurde.`}
      crumbs={[{ to: `/applications/${proposed.applicationId}`, label: "Antrag" }]}
    >
      {openPoints.length > 0 && (
        <Notice kind="info" title="Bitte aus dem Bescheid übernehmen">
          <p className="kern-body">Dafür gibt es keine belegte Regel: {openPoints.join(", ")}.</p>
        </Notice>
      )}
      <EntryForm form={form} submit="Bescheid buchen">
        <Hidden field={fields.id} />
        <Hidden field={fields.applicationId} />
        <div className="field-row">
          <TextField field={fields.fileNumber} label="Aktenzeichen" />
          <TextField field={fields.grantingAuthority} label="Bewilligungsbehörde" />
        </div>
        <DayField field={fields.noticeOn} label="Bescheid vom" />
        <TermsFieldset fields={fields} />
        <LinesFieldset form={form} lines={fields.lines} schools={schools} categories={categories} />
      </EntryForm>
    </Page>
  );
}
