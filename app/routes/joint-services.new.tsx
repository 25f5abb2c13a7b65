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
import { Checkbox, DayField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Fold, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { legalForms, proposedServices } from "#app/domain/joint-service.ts";
import {
  checkbox,
  choice,
  day,
  key,
  optionalDay,
  optionalKey,
  optionalText,
  optionalWholeNumber,
  readForm,
  rejected,
  text,
} from "#app/form.ts";
import { legalFormWords } from "#app/german/joint-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { listResolutions, requireAuthority } from "#app/records/authorities.server.ts";
import { recordAgreement, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const agreementForm = z.object({
  id: key,
  basedOn: optionalKey,
  name: text,
  legalForm: choice(legalForms),
  legalFormNote: optionalText,
  startedOn: day,
  endsOn: optionalDay,
  noticeMonths: optionalWholeNumber(0, 120),
  resolutionId: optionalKey,
  note: optionalText,
  members: z
    .array(
      z.object({
        name: text,
        address: optionalText,
        resolution: optionalText,
        isPerforming: checkbox,
        isOwn: checkbox,
      }),
    )
    .default([]),
  services: z.array(z.object({ title: text, points: optionalText })).default([]),
  /** The proposed services, each with whether it is taken over. */
  proposals: z.array(z.object({ title: text, isChosen: checkbox })).default([]),
});

export const meta: MetaFunction = () => [{ title: "IKZ-Vereinbarung – Paktbuch" }];

/** An empty agreement, or the one that `agreement` names, to be completed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const named = new URL(request.url).searchParams.get("agreement");
  const [resolutions, authority] = await Promise.all([
    listResolutions(user),
    requireAuthority(user),
  ]);
  const old = named ? await requireAgreement(user, idParam(named)) : undefined;
  const on = (is: boolean) => (is ? "on" : "");
  return {
    isNew: !old,
    ends: old?.members.map(({ leftOn }) => (leftOn ? ` (bis ${formatDay(leftOn)})` : "")) ?? [],
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
    defaults: {
      id: randomUUID(),
      basedOn: old?.id,
      name: old?.name,
      legalForm: old?.terms?.legalForm,
      legalFormNote: old?.terms?.legalFormNote,
      startedOn: old && formatDay(old.startedOn),
      endsOn: old?.terms?.endsOn ? formatDay(old.terms.endsOn) : undefined,
      noticeMonths: old?.terms?.noticeMonths?.toString(),
      resolutionId: old?.resolutionId ?? undefined,
      note: old?.note,
      members: old
        ? old.members.map(({ name, address, resolution, isPerforming, isOwn }) => {
            return { name, address, resolution, isPerforming: on(isPerforming), isOwn: on(isOwn) };
          })
        : [{ name: authority.name, isOwn: "on" }, { name: "" }],
      services: old?.services.map(({ title, points }) => ({ title, points })) ?? [],
      proposals: proposedServices.map(({ title }) => ({ title, isChosen: "" })),
    },
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const form = await readForm(request, agreementForm);
  if (form.status !== "success") return rejected(form);

  const { id, basedOn: existingId, proposals, services, ...draft } = form.value;
  const chosen = proposedServices.filter(({ title }) =>
    proposals.some((proposal) => proposal.isChosen && proposal.title === title),
  );
  const { resolutionId } = draft;
  const agreement = { ...draft, resolutionId, services: [...chosen, ...services] };
  const violation = await recordAgreement(user, id, agreement, existingId);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/joint-services/${existingId ?? id}`);
}

export default function Agreement() {
  const { isNew, ends, defaults, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof agreementForm>>({
    id: "agreement",
    lastResult: useActionData<typeof action>(),
    defaultValue: defaults,
  });
  const isProposalChosen = fields.proposals
    .getFieldList()
    .some((proposal) => proposal.getFieldset().isChosen.initialValue === "on");
  const rowsOf = (name: string) => ({
    add: form.insert.getButtonProps({ name }),
    remove: (index: number) => form.remove.getButtonProps({ name, index }),
  });
  const [members, services] = [rowsOf(fields.members.name), rowsOf(fields.services.name)];
  return (
    <Page
      title={isNew ? "IKZ-Vereinbarung anlegen" : "IKZ-Vereinbarung ergänzen"}
      lead={
        isNew
          ? undefined
          : "Bezeichnung, Beginn und Mitglieder bleiben, wie sie sind; wer später kommt oder geht, wird als Beitritt oder Austritt gebucht."
      }
      crumbs={[{ to: "/joint-services", label: "IKZ" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit={isNew ? "Vereinbarung anlegen" : "Vereinbarung ergänzen"}>
        <Hidden field={fields.id} />
        <Hidden field={fields.basedOn} />
        <TextField field={fields.name} label="Bezeichnung" />
        <div className="field-row">
          <SelectField
            field={fields.legalForm}
            label="Rechtsform"
            options={legalForms.map((value) => ({ value, label: legalFormWords[value] }))}
          />
          <TextField field={fields.legalFormNote} label="Welche andere Vereinbarung" isOptional />
        </div>
        <div className="field-row">
          <DayField field={fields.startedOn} label="Beginn" />
          <DayField field={fields.endsOn} label="Ende der Laufzeit" isOptional />
          <TextField
            field={fields.noticeMonths}
            label="Kündigungsfrist (Monate)"
            inputMode="numeric"
            isOptional
            isShort
          />
        </div>
        <SelectField
          field={fields.resolutionId}
          label="Eigener Beschluss"
          isOptional
          empty="ohne Angabe"
          options={resolutions}
        />
        <TextArea field={fields.note} label="Bemerkung" isOptional />
        <Rows
          id={fields.members.id}
          title="Mitglieder"
          errors={fields.members.errors}
          addButton={isNew ? <RowButton button={members.add}>Weiteres Mitglied</RowButton> : null}
        >
          {fields.members.getFieldList().map((member, index) => {
            const field = member.getFieldset();
            return (
              <Row
                key={member.key}
                title={`${index + 1}. Mitglied${ends[index] ?? ""}`}
                removeButton={
                  isNew && <RowButton button={members.remove(index)}>Mitglied entfernen</RowButton>
                }
              >
                <TextField field={field.name} label="Name" />
                <TextArea field={field.address} label="Anschrift" isOptional />
                <TextField
                  field={field.resolution}
                  label="Beschluss dieses Mitglieds"
                  hint="Nummer und Tag"
                  isOptional
                />
                <Checkbox field={field.isPerforming} label="führt die Aufgaben durch" />
                <Checkbox field={field.isOwn} label="das sind wir" />
              </Row>
            );
          })}
        </Rows>
        <Rows
          id={fields.services.id}
          title="Aufgaben"
          errors={fields.services.errors}
          addButton={<RowButton button={services.add}>Weitere Aufgabe</RowButton>}
        >
          <Fold title="Aufgaben der Vorlage SG/256/19 übernehmen" isOpen={isProposalChosen}>
            {fields.proposals.getFieldList().map((proposal, index) => {
              const field = proposal.getFieldset();
              const { title = "", points = "" } = proposedServices[index] ?? {};
              return (
                <div key={proposal.key}>
                  <Hidden field={field.title} />
                  <Checkbox
                    field={field.isChosen}
                    label={points ? `${title}: ${points.replaceAll("\n", "; ")}` : title}
                  />
                </div>
              );
            })}
          </Fold>
          {fields.services.getFieldList().map((service, index) => {
            const field = service.getFieldset();
            return (
              <Row
                key={service.key}
                title={`${index + 1}. Aufgabe`}
                removeButton={
                  <RowButton button={services.remove(index)}>Aufgabe entfernen</RowButton>
                }
              >
                <TextArea field={field.title} label="Aufgabe" />
                <TextArea field={field.points} label="Unterpunkte, je Zeile einer" isOptional />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Page>
  );
}
