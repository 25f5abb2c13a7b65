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
import { ActionLink, Facts, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected, secret } from "#app/form.ts";
import { problemOf, roleWords } from "#app/german/words.ts";
import { findCalendar } from "#app/records/calendars.server.ts";
import { changePassword } from "#app/records/users.server.ts";
import { requireUser, startSession } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const passwordForm = z.object({ currentPassword: secret, password: secret });

export const meta: MetaFunction = () => [{ title: "Mein Zugang – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const { name, email, roles } = user;
  const hasCalendar = (await findCalendar(user)) !== undefined;
  const isChanged = new URL(request.url).searchParams.has("changed");
  const hasDeadlines = mayUser(user, "read_remaining");
  return { name, email, roles: [...roles], hasDeadlines, hasCalendar, isChanged };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const form = await readForm(request, passwordForm);
  if (form.status !== "success") return rejected(form);

  const violation = await changePassword(user, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/account?changed", { headers: { "Set-Cookie": await startSession(user.id) } });
}

export default function Account() {
  const { name, email, roles, hasDeadlines, hasCalendar, isChanged } =
    useLoaderData<typeof loader>();
  return (
    <Page title="Mein Zugang">
      {isChanged && <Notice kind="success" title="Das Passwort ist geändert." />}
      <Facts
        facts={[
          ["Name", name],
          ["E-Mail-Adresse", email],
          ["Rollen", roles.map((role) => roleWords[role]).join(", ")],
        ]}
      />
      <p className="kern-body">
        Was Sie damit dürfen: <TextLink to="/permissions">Rollen und Rechte</TextLink>
      </p>
      {hasDeadlines && (
        <Section
          title="Kalender-Adresse"
          actions={
            <ActionLink to="/account/calendar">
              {hasCalendar ? "Adresse erneuern oder zurückziehen" : "Kalender-Adresse erzeugen"}
            </ActionLink>
          }
        >
          <p className="kern-body">
            {hasCalendar
              ? "Ihre Fristen können über eine geheime Adresse im Kalender gelesen werden."
              : "Die Fristen lassen sich über eine geheime Adresse in Outlook oder Thunderbird abonnieren."}
          </p>
        </Section>
      )}
      <Section title="Passwort ändern">
        <p className="kern-body">Danach sind alle anderen Anmeldungen beendet.</p>
        <PasswordForm key={String(isChanged)} />
      </Section>
    </Page>
  );
}

function PasswordForm() {
  const [form, fields] = useForm<z.input<typeof passwordForm>>({
    id: "password",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <EntryForm form={form} action="/account" submit="Passwort ändern">
      <TextField
        field={fields.currentPassword}
        label="Bisheriges Passwort"
        type="password"
        autoComplete="current-password"
      />
      <TextField
        field={fields.password}
        label="Neues Passwort"
        hint="mindestens 12 Zeichen"
        type="password"
        autoComplete="new-password"
      />
    </EntryForm>
  );
}
