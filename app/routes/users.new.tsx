import { useForm } from "@conform-to/react";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Invited } from "#app/components/invited.tsx";
import { Page } from "#app/components/page.tsx";
import { RoleChoices } from "#app/components/role-choices.tsx";
import { email, nameText, readForm, rejected } from "#app/form.ts";
import { problemOf, roleWords } from "#app/german/words.ts";
import { listSchools, requireAuthority } from "#app/records/authorities.server.ts";
import { recordUser } from "#app/records/users.server.ts";
import { tellingRights } from "#app/rights-notice.server.ts";
import { roleFields } from "#app/role-form.ts";
import { requireUser } from "#app/session.server.ts";
import { invite } from "#app/sign-in.server.ts";

export const handle = { isInteractive: true };

const userForm = z.object({ name: nameText, email, ...roleFields });

export const meta: MetaFunction = () => [{ title: "Zugang anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const schools = (await listSchools(user)).map(({ id, name }) => ({ id, name }));
  return { schools };
}

/** A link is shown in the answer and nowhere else. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, userForm);
  if (form.status !== "success") return rejected(form);

  const recorded = await tellingRights(user, form.value.email, () => recordUser(user, form.value));
  if ("violation" in recorded) return rejected(form, problemOf(recorded.violation));
  const { name, email, roles } = form.value;
  const { name: authority } = await requireAuthority(user);
  const role = roles.map((one) => roleWords[one]).join(", ");
  const person = { name, email, authority, role };
  return { name, email, link: await invite(request, person, recorded.secret) };
}

export default function NewUser() {
  const { schools } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invited = answer && "link" in answer ? answer : undefined;
  const [form, fields] = useForm<{
    name: string;
    email: string;
    roles: string[];
    schoolIds: string[];
    acceptsMix?: string;
  }>({
    id: "user",
    lastResult: answer && !("link" in answer) ? answer : undefined,
  });
  if (invited) return <Invited {...invited} />;
  return (
    <Page
      title="Zugang für eigene Leute"
      lead="Für alle, die im Haus oder an einer Schule arbeiten. Das Passwort legt die Person selbst fest, mit einem Link. Wer von außen prüft oder bewilligt, wird eingeladen."
      crumbs={[{ to: "/users", label: "Zugänge" }]}
    >
      <EntryForm form={form} submit="Zugang anlegen">
        <TextField field={fields.name} label="Name" autoComplete="off" />
        <TextField field={fields.email} label="E-Mail-Adresse" type="email" autoComplete="off" />
        <RoleChoices fields={fields} schools={schools} />
      </EntryForm>
    </Page>
  );
}
