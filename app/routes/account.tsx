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
import { passwordHint } from "#app/components/set-password.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected, secret } from "#app/form.ts";
import { unequalPasswords, waitSentence } from "#app/german/sign-in-words.ts";
import { problemOf, roleWords } from "#app/german/words.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { findCalendar } from "#app/records/calendars.server.ts";
import { findSecondFactor } from "#app/records/second-factors.server.ts";
import { changePassword } from "#app/records/users.server.ts";
import { findSession, requireUser, startSession } from "#app/session.server.ts";
import { tellPasswordChanged } from "#app/sign-in.server.ts";
import { beginSignIn } from "#app/sign-in-limits.server.ts";

export const handle = { isInteractive: true };

const passwordForm = z.object({ currentPassword: secret, password: secret, passwordAgain: secret });

export const meta: MetaFunction = () => [{ title: "Mein Zugang – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const { name, email, roles } = user;
  const hasCalendar = (await findCalendar(user)) !== undefined;
  const hasSecondFactor = Boolean((await findSecondFactor(user))?.confirmedAt);
  const isChanged = new URL(request.url).searchParams.has("changed");
  const hasDeadlines = mayUser(user, "read_remaining");
  return {
    ...{ name, email, roles: [...roles] },
    ...{ hasDeadlines, hasCalendar, hasSecondFactor, isChanged },
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const form = await readForm(request, passwordForm);
  if (form.status !== "success") return rejected(form);

  const { passwordAgain, ...passwords } = form.value;
  if (passwords.password !== passwordAgain) {
    return rejected(form, { field: "passwordAgain", sentence: unequalPasswords });
  }
  const begunBy = (await findSession(request))?.session.begunBy;
  const heard = await beginSignIn(user.email);
  if ("seconds" in heard) {
    const sentence = waitSentence(heard.seconds);
    return rejected(form, { field: "", sentence });
  }
  const violation = await changePassword(user, passwords);
  await (violation?.rule === "password_wrong" ? heard.isWrong() : heard.isRight());
  if (violation) return rejected(form, problemOf(violation));
  const { name: authority } = await requireAuthority(user);
  tellPasswordChanged({ name: user.name, email: user.email, authority });
  const cookie = await startSession(user.id, { request, begunBy });
  return redirect("/account?changed", { headers: { "Set-Cookie": cookie } });
}

export default function Account() {
  const { name, email, roles, hasDeadlines, hasCalendar, hasSecondFactor, isChanged } =
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
      <Section
        title="Anmeldung"
        actions={
          <>
            <ActionLink to="/account/sessions">Meine Sitzungen</ActionLink>
            <ActionLink to="/account/second-factor">
              {hasSecondFactor ? "Zweiten Faktor verwalten" : "Zweiten Faktor einrichten"}
            </ActionLink>
          </>
        }
      >
        <p className="kern-body">
          {hasSecondFactor
            ? "Zum Passwort wird ein Code aus Ihrer App gefragt."
            : "Angemeldet wird mit dem Passwort allein. Ein Code aus einer App schützt den Zugang auch dann, wenn es jemand kennt."}
        </p>
      </Section>
      <Section
        title="Meine Daten"
        actions={<ActionLink to="/account/data">Auskunft ansehen</ActionLink>}
      >
        <p className="kern-body">
          Alles, was Paktbuch zu Ihnen führt (Art. 15 DSGVO), zum Lesen, Drucken und als Datei.
        </p>
      </Section>
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
        hint={passwordHint}
        type="password"
        autoComplete="new-password"
      />
      <TextField
        field={fields.passwordAgain}
        label="Noch einmal"
        type="password"
        autoComplete="new-password"
      />
    </EntryForm>
  );
}
