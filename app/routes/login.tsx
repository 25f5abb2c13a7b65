import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { z } from "zod";
import { SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { optionalKey, readForm, rejected, secret, text } from "#app/form.ts";
import { accessClosedSentence } from "#app/german/audit-words.ts";
import { waitSentence } from "#app/german/sign-in-words.ts";
import { problemOf } from "#app/german/words.ts";
import { logError } from "#app/log.server.ts";
import { logWrongPassword } from "#app/records/access-log.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { findUser, startSession } from "#app/session.server.ts";
import { beginSignIn } from "#app/sign-in-limits.server.ts";

const loginForm = z.object({ email: text, password: secret, schoolAuthorityId: optionalKey });

export const meta: MetaFunction = () => [{ title: "Anmelden – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  if (await findUser(request)) throw redirect("/");
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const then = new URL(request.url).searchParams.get("then") ?? "/";
  const form = await readForm(request, loginForm);
  if (form.status !== "success") return rejected(form);

  const { email, password, schoolAuthorityId } = form.value;
  const heard = await beginSignIn(email);
  if ("seconds" in heard) {
    const { seconds } = heard;
    const reply = form.reply({ fieldErrors: { password: [waitSentence(seconds)] } });
    return data(reply, { status: 429, headers: { "Retry-After": String(seconds) } });
  }
  const found = await findSigningIn(email, password, schoolAuthorityId);
  if (!found) {
    await heard.isWrong();
    void logWrongPassword(email).catch(reportLoss);
    const sentence = "E-Mail-Adresse oder Passwort stimmen nicht.";
    return rejected(form, { field: "password", sentence });
  }
  await heard.isRight();
  if ("closed" in found) {
    return rejected(form, { field: "email", sentence: accessClosedSentence(found.closed) });
  }
  if ("choices" in found) {
    const { sentence, field } = problemOf({
      field: "schoolAuthorityId",
      rule: "authority_not_chosen",
    });
    const reply = form.reply({ fieldErrors: { [field]: [sentence] } });
    return data({ ...reply, choices: found.choices }, { status: 422 });
  }
  const headers = { "Set-Cookie": await startSession(found.user.id) };
  return redirect(ownAddress(then, request.url), { headers });
}

/** The answer does not wait for the log: it would take longer for an account that exists. */
function reportLoss(error: unknown) {
  logError(error);
}

type Choice = { schoolAuthorityId: string; name: string };

/** The authorities of which the answer asks for one. */
function choicesIn(answer: object | undefined): Choice[] {
  return answer && "choices" in answer ? (answer.choices as Choice[]) : [];
}

/** Sends nobody to another site: read as a browser reads it, "/\t/example.org" is one. */
function ownAddress(then: string, here: string): string {
  const url = URL.canParse(then, here) ? new URL(then, here) : undefined;
  return url?.origin === new URL(here).origin ? url.pathname + url.search : "/";
}

export default function Login() {
  const lastResult = useActionData<typeof action>();
  const choices = choicesIn(lastResult);
  const [form, fields] = useForm<z.input<typeof loginForm>>({
    id: "login",
    lastResult,
  });
  return (
    <div className="sign-in">
      <Page title="Anmelden" lead="Das Förderbuch des Schulträgers">
        <EntryForm form={form} submit="Anmelden" consequence="Die Anmeldung ist nicht gelungen.">
          <TextField
            field={fields.email}
            label="E-Mail-Adresse"
            type="email"
            autoComplete="username"
          />
          <TextField
            field={fields.password}
            label="Passwort"
            type="password"
            autoComplete="current-password"
          />
          {choices.length > 0 && (
            <SelectField
              field={fields.schoolAuthorityId}
              label="Schulträger"
              hint="Bitte auch das Passwort noch einmal eingeben."
              options={choices.map(({ schoolAuthorityId, name }) => {
                return { value: schoolAuthorityId, label: name };
              })}
            />
          )}
        </EntryForm>
      </Page>
    </div>
  );
}
