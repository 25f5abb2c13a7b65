import { useForm } from "@conform-to/react";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Choices, OneOf } from "#app/components/choices.tsx";
import { DayField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Invited } from "#app/components/invited.tsx";
import { Page } from "#app/components/page.tsx";
import { invitedRoles } from "#app/domain/audit-access.ts";
import { choice, day, email, key, nameText, readForm, rejected, wholeNumber } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf, roleWords } from "#app/german/words.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { recordInvitation, listAccessChoices } from "#app/records/audit-accesses.server.ts";
import { requireUser } from "#app/session.server.ts";
import { invite } from "#app/sign-in.server.ts";

export const handle = { isInteractive: true };

const year = wholeNumber(2000, 2099);
const inviteForm = z.object({
  name: nameText,
  email,
  until: day,
  role: choice(invitedRoles),
  scope: choice(["all", "chosen"]),
  grantIds: z.union([key.transform((id) => [id]), z.array(key)]).default([]),
  fiscalYears: z.union([year.transform((one) => [one]), z.array(year)]).default([]),
});

export const meta: MetaFunction = () => [{ title: "Einladen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return listAccessChoices(user);
}

/** A link is shown in the answer and nowhere else. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, inviteForm);
  if (form.status !== "success") return rejected(form);

  const { scope, ...draft } = form.value;
  const chosen = draft.grantIds.length + draft.fiscalYears.length;
  if (scope === "chosen" && chosen === 0) {
    const sentence = "Bitte mindestens eine Zuwendung oder ein Haushaltsjahr ankreuzen.";
    return rejected(form, { field: "grantIds", sentence });
  }
  if (scope === "all" && chosen > 0) {
    const sentence = "Der ganze Schulträger, oder nur das Angekreuzte? Bitte eines davon wählen.";
    return rejected(form, { field: "scope", sentence });
  }
  const invited = await recordInvitation(user, draft);
  if ("violation" in invited) return rejected(form, problemOf(invited.violation));
  const { name, email, role, until } = draft;
  const { name: authority } = await requireAuthority(user);
  const person = { name, email, authority, role: roleWords[role], until: formatDay(until) };
  return { name, email, link: await invite(request, person, invited.secret) };
}

export default function Invite() {
  const { grants, fiscalYears } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invited = answer && "link" in answer ? answer : undefined;
  const [form, fields] = useForm<z.input<typeof inviteForm>>({
    id: "invite",
    lastResult: answer && !("link" in answer) ? answer : undefined,
  });
  if (invited) return <Invited {...invited} />;
  return (
    <Page
      title="Prüfung oder Bewilligungsbehörde einladen"
      lead="Für Leute von außen: ein Zugang bis zu einem Tag und nur für das Ausgewählte. Das Passwort legt die Person selbst fest, mit einem Link; eigene Leute bekommen einen Zugang mit Rollen."
      crumbs={[{ to: "/users", label: "Zugänge" }]}
    >
      <EntryForm form={form} submit="Einladen">
        <div className="field-row">
          <TextField field={fields.name} label="Name" autoComplete="off" />
          <TextField field={fields.email} label="E-Mail-Adresse" type="email" autoComplete="off" />
          <DayField
            field={fields.until}
            label="Letzter Tag"
            hint="tt.mm.jjjj, höchstens zwei Jahre"
          />
        </div>
        <SelectField
          field={fields.role}
          label="Rolle"
          options={invitedRoles.map((role) => ({ value: role, label: roleWords[role] }))}
        />
        <OneOf
          field={fields.scope}
          legend="Was der Zugang zeigt"
          choices={[
            { value: "all", label: "ganzer Schulträger", hint: "nur für eine Prüfung" },
            { value: "chosen", label: "nur diese Zuwendungen und Haushaltsjahre" },
          ]}
        />
        <Choices
          field={fields.grantIds}
          legend="Zuwendungen"
          isOptional
          choices={grants.map(({ id, fileNumber }) => ({ value: id, label: fileNumber }))}
        />
        <Choices
          field={fields.fiscalYears}
          legend="Haushaltsjahre des Gemeindehaushalts"
          isOptional
          choices={fiscalYears.map((one) => ({ value: String(one), label: String(one) }))}
        />
        <p className="kern-body kern-body--small muted">
          Wer nur einzelne Zuwendungen oder Haushaltsjahre prüft, sieht keine Kontoauszüge,
          Verträge, IKZ und kein Protokoll. Eine Bewilligungsbehörde sieht von ihren Zuwendungen,
          was bei ihr eingereicht wurde.
        </p>
      </EntryForm>
    </Page>
  );
}
