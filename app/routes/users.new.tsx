import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { RoleChoices } from "#app/components/role-choices.tsx";
import { email, readForm, rejected, secret, text } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { recordUser } from "#app/records/users.server.ts";
import { roleFields } from "#app/role-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const userForm = z.object({ name: text, email, ...roleFields, password: secret });

export const meta: MetaFunction = () => [{ title: "Zugang anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const schools = (await listSchools(user)).map(({ id, name }) => ({ id, name }));
  return { schools };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, userForm);
  if (form.status !== "success") return rejected(form);

  const violation = await recordUser(user, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/users");
}

export default function NewUser() {
  const { schools } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{
    name: string;
    email: string;
    roles: string[];
    schoolIds: string[];
    password: string;
  }>({
    id: "user",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <Page title="Zugang anlegen" crumbs={[{ to: "/users", label: "Zugänge" }]}>
      <EntryForm form={form} submit="Zugang anlegen">
        <TextField field={fields.name} label="Name" autoComplete="off" />
        <TextField field={fields.email} label="E-Mail-Adresse" type="email" autoComplete="off" />
        <RoleChoices fields={fields} schools={schools} />
        <TextField
          field={fields.password}
          label="Erstes Passwort"
          hint="mindestens 12 Zeichen; bitte persönlich übergeben und ändern lassen"
          type="password"
          autoComplete="new-password"
        />
      </EntryForm>
    </Page>
  );
}
