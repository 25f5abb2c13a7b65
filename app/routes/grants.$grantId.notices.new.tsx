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
import { today } from "#app/clock.server.ts";
import { DayField, EuroField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { LinesFieldset } from "#app/components/lines-form.tsx";
import { Section } from "#app/components/page.tsx";
import { TermsFieldset } from "#app/components/terms-form.tsx";
import { sum } from "#app/domain/money.ts";
import { grantDue } from "#app/domain/terms.ts";
import { isClosing, type NoticeKind, noticeKinds } from "#app/domain/notice.ts";
import { noticeTitles } from "#app/domain/titles.ts";
import {
  day,
  euroAmount,
  key,
  optionalEuroAmount,
  optionalText,
  picked,
  readForm,
  rejected,
  text,
} from "#app/form.ts";
import { amountInput, formatDay, formatFactor } from "#app/german/notation.ts";
import { noticeHints } from "#app/german/notice-words.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound } from "#app/http.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { loadPlan, recordNotice } from "#app/records/notices.server.ts";
import { requireUser } from "#app/session.server.ts";
import { termsFields } from "#app/terms-form.ts";

export const handle = { isInteractive: true };

/** What each kind asks for; what it leaves out stays as it is. */
const head = { id: key, noticeOn: day, validFrom: day, reference: optionalText, reason: text };
const lines = z.array(z.object({ schoolId: key, code: picked, approved: euroAmount })).default([]);
const amendmentForm = z.object({ ...head, ...termsFields, lines });
const reallocationForm = z.object({ ...head, lines });
const closingForm = z.object({ ...head, grantAmount: optionalEuroAmount });

export const meta: MetaFunction = () => [{ title: "Folgebescheid buchen – Paktbuch" }];

function kindOf(request: Request): NoticeKind {
  const asked = new URL(request.url).searchParams.get("kind");
  return noticeKinds.find((kind) => kind === asked) ?? notFound();
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record_notice");
  const kind = kindOf(request);
  const grant = await requireGrant(user, idParam(params.grantId));
  const plan = await loadPlan(user, grant);
  const schools = await listSchools(user);
  const input = (value: string | null) => (value ? formatDay(value) : "");
  const { programme } = grant;
  const total = (of: "paid" | "approved") => sum(plan.lines.map((line) => line[of]));
  const closingAmount =
    kind === "final" ? grantDue(grant, total("paid"), total("approved")) : undefined;
  return {
    kind,
    schools: schools.map(({ id, name }) => ({ value: id, label: name })),
    categories: programme.categories.map(({ code, name }) => {
      return { value: code, label: `${code} ${name}` };
    }),
    proposed: {
      id: randomUUID(),
      noticeOn: formatDay(today()),
      validFrom: formatDay(today()),
      grantAmount: closingAmount
        ? amountInput(closingAmount)
        : kind === "revocation"
          ? "0,00"
          : amountInput(grant.grantAmount),
      financingKind: grant.financingKind,
      fundingRate: formatFactor(grant.fundingRate),
      thirdPartyAmount: amountInput(grant.thirdPartyAmount),
      spendFrom: formatDay(grant.spendFrom),
      spendUntil: formatDay(grant.spendUntil),
      lineTolerance: formatFactor(grant.lineTolerance),
      drawUntil: input(grant.drawUntil),
      advanceRate: formatFactor(grant.advanceRate),
      spendWithinMonths: grant.spendWithinMonths?.toString() ?? "",
      interimProofDueOn: input(grant.interimProofDueOn),
      proofDueOn: input(grant.proofDueOn),
      dedicatedUntil: input(grant.dedicatedUntil),
      // A line that a notice emptied is no part of the plan any more.
      lines: plan.lines
        .filter(({ approved }) => approved.greaterThan(0))
        .map(({ schoolId, code, approved }) => {
          return { schoolId, code, approved: amountInput(approved) };
        }),
    },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record_notice");
  const kind = kindOf(request);
  const grantId = idParam(params.grantId);
  const schema = isClosing(kind)
    ? closingForm
    : kind === "reallocation"
      ? reallocationForm
      : amendmentForm;
  const form = await readForm(request, schema as typeof amendmentForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...given } = form.value;
  const violation = await recordNotice(user, id, grantId, { ...given, kind });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/grants/${grantId}/notices`);
}

export default function NewNotice() {
  const { kind, schools, categories, proposed } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof amendmentForm>>({
    id: `notice-${kind}`,
    lastResult: useActionData<typeof action>(),
    defaultValue: proposed,
  });
  const closes = isClosing(kind);
  return (
    <Section title={`${noticeTitles[kind]} buchen`}>
      <p className="kern-body">{noticeHints[kind]}</p>
      <EntryForm form={form} submit={`${noticeTitles[kind]} buchen`}>
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField
            field={fields.noticeOn}
            label={kind === "reallocation" ? "Entschieden am" : "Bescheid vom"}
          />
          <DayField field={fields.validFrom} label="Gilt ab" />
          <TextField
            field={fields.reference}
            label={kind === "reallocation" ? "Zeichen der Zustimmung" : "Zeichen"}
            isOptional
          />
        </div>
        <TextArea field={fields.reason} label="Grund" />
        {kind === "amendment" && <TermsFieldset fields={fields} />}
        {closes && (
          <EuroField
            field={fields.grantAmount}
            label="Zuwendung, die bleibt"
            hint={kind === "final" ? "endgültig festgesetzt" : "0,00 bei vollem Widerruf"}
          />
        )}
        {!closes && (
          <LinesFieldset
            form={form}
            lines={fields.lines}
            schools={schools}
            categories={categories}
          />
        )}
      </EntryForm>
    </Section>
  );
}
