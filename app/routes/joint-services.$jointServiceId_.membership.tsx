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
import { DayField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { membershipChanges } from "#app/domain/joint-service.ts";
import {
  choice,
  day,
  key,
  optionalKey,
  optionalText,
  readForm,
  rejected,
  text,
} from "#app/form.ts";
import { membershipChangeWords } from "#app/german/joint-words.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { requireUser } from "#app/session.server.ts";

const membershipForm = z.object({
  id: key,
  kind: choice(membershipChanges),
  changedOn: day,
  leavingId: optionalKey,
  name: optionalText,
  address: optionalText,
  resolution: optionalText,
  reason: text,
});

export const meta: MetaFunction = () => [{ title: "Beitritt oder Austritt – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const agreement = await requireAgreement(user, idParam(params.jointServiceId));
  return {
    id: randomUUID(),
    service: { id: agreement.id, name: agreement.name },
    members: agreement.members
      .filter(({ leftOn, isPerforming }) => !leftOn && !isPerforming)
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const jointServiceId = idParam(params.jointServiceId);
  const form = await readForm(request, membershipForm);
  if (form.status !== "success") return rejected(form);

  const { id, leavingId, ...draft } = form.value;
  const isLeaving = draft.kind === "left";
  const given = { ...draft, name: isLeaving ? "" : draft.name };
  const memberId = isLeaving ? leavingId : undefined;
  const violation = await recordMembership(user, id, jointServiceId, { ...given, memberId });
  if (violation) {
    const { field, sentence } = problemOf(violation);
    return rejected(form, { field: field === "memberId" ? "leavingId" : field, sentence });
  }
  return redirect(`/joint-services/${jointServiceId}`);
}

export default function Membership() {
  const { id, service, members } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof membershipForm>>({
    id: "membership",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, kind: "joined" },
  });
  return (
    <Page
      title="Beitritt oder Austritt buchen"
      lead={`${service.name}. Wer mitten im Jahr kommt oder geht, zahlt nach Tagen.`}
      crumbs={[{ to: `/joint-services/${service.id}`, label: "IKZ-Vereinbarung" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SelectField
            field={fields.kind}
            label="Was"
            options={membershipChanges.map((value) => {
              return { value, label: membershipChangeWords[value] };
            })}
          />
          <DayField field={fields.changedOn} label="Erster oder letzter Tag" />
        </div>
        <SelectField
          field={fields.leavingId}
          label="Wer austritt"
          isOptional
          empty="niemand"
          options={members}
        />
        <TextField field={fields.name} label="Name des neuen Mitglieds" isOptional />
        <TextArea field={fields.address} label="Anschrift des neuen Mitglieds" isOptional />
        <TextField field={fields.resolution} label="Beschluss" hint="Nummer und Tag" isOptional />
        <TextField field={fields.reason} label="Grund" />
      </EntryForm>
    </Page>
  );
}
