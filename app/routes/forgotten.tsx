import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, data, type MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { resetStaysMinutes } from "#app/domain/password-link.ts";
import { email, readForm, rejected } from "#app/form.ts";
import { resetMail } from "#app/german/mails.ts";
import { waitSentence } from "#app/german/sign-in-words.ts";
import { afterAnswer, sendMail } from "#app/mail.server.ts";
import { requestReset } from "#app/records/password-links.server.ts";
import { linkOrigin } from "#app/sign-in.server.ts";
import { beginTry } from "#app/sign-in-limits.server.ts";

export const handle = { isInteractive: true };

const forgottenForm = z.object({ email });

export const meta: MetaFunction = () => [{ title: "Passwort vergessen – Paktbuch" }];

/** Whether there is an account is looked up after the answer, so that neither its words nor its time tell. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request, forgottenForm);
  if (form.status !== "success") return rejected(form);
  const { email } = form.value;
  const heard = await beginTry("mail", email);
  if ("seconds" in heard) {
    const { seconds } = heard;
    const reply = form.reply({ formErrors: [waitSentence(seconds)] });
    return data(reply, { status: 429, headers: { "Retry-After": String(seconds) } });
  }
  // Each mail counts like a wrong try: nobody fills another's mailbox.
  await heard.isWrong();
  const origin = linkOrigin(request);
  afterAnswer(async () => {
    for (const { secret, ...person } of await requestReset(email)) {
      await sendMail({ to: person.email, ...resetMail(person, `${origin}/reset/${secret}`) });
    }
  });
  return { sentTo: email };
}

export default function Forgotten() {
  const answer = useActionData<typeof action>();
  const sentTo = answer && "sentTo" in answer ? answer.sentTo : undefined;
  const [form, fields] = useForm<z.input<typeof forgottenForm>>({
    id: "forgotten",
    lastResult: answer && !("sentTo" in answer) ? answer : undefined,
  });
  return (
    <div className="sign-in">
      <Page title="Passwort vergessen" crumbs={[{ to: "/login", label: "Anmelden" }]}>
        {sentTo ? (
          <div role="status">
            <Notice kind="info" title="Bitte sehen Sie in Ihr Postfach">
              <p className="kern-body">
                Gibt es einen Zugang für {sentTo}, ist eine Mail mit einem Link unterwegs. Er gilt
                eine Stunde. Wurde in den letzten {resetStaysMinutes} Minuten schon einer geschickt,
                gilt dieser weiter, und es kommt kein neuer. Kommt nichts an, hilft die Verwaltung
                der Zugänge.
              </p>
            </Notice>
            <p className="kern-body">
              <TextLink to="/login">Zurück zur Anmeldung</TextLink>
            </p>
          </div>
        ) : (
          <EntryForm form={form} submit="Link anfordern" consequence="Es wurde nichts angefordert.">
            <TextField
              field={fields.email}
              label="E-Mail-Adresse"
              type="email"
              autoComplete="username"
            />
          </EntryForm>
        )}
      </Page>
    </div>
  );
}
