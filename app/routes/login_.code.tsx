import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { readForm, rejected, shortText } from "#app/form.ts";
import { waitSentence } from "#app/german/sign-in-words.ts";
import { problemOf } from "#app/german/words.ts";
import { logSignIn, logWrongCode } from "#app/records/access-log.server.ts";
import { useCode as isUsableCode } from "#app/records/second-factors.server.ts";
import { endSession, findSession, startSession } from "#app/session.server.ts";
import { linkRecognised, ownAddress, thenOf } from "#app/sign-in.server.ts";
import { beginTry } from "#app/sign-in-limits.server.ts";

const codeForm = z.object({ oneTimeCode: shortText });

export const meta: MetaFunction = () => [{ title: "Zweiter Faktor – Paktbuch" }];

/** The session that waits for its code; whoever has another, or none, is elsewhere. */
async function waiting(request: Request) {
  const found = await findSession(request);
  if (!found) throw redirect("/login");
  if (found.lacks !== "code") throw redirect("/");
  return found;
}

export async function loader({ request }: LoaderFunctionArgs) {
  await waiting(request);
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const { user, session } = await waiting(request);
  const form = await readForm(request, codeForm);
  if (form.status !== "success") return rejected(form);

  const heard = await beginTry("code", user.id);
  if ("seconds" in heard) {
    const { seconds } = heard;
    const reply = form.reply({ formErrors: [waitSentence(seconds)] });
    return data(reply, { status: 429, headers: { "Retry-After": String(seconds) } });
  }
  if (!(await isUsableCode(user, form.value.oneTimeCode))) {
    await heard.isWrong();
    await logWrongCode(user);
    return rejected(form, problemOf({ field: "oneTimeCode", rule: "code_wrong" }));
  }
  await heard.isRight();
  await logSignIn(user);
  await endSession(request);
  const headers = new Headers();
  headers.append("Set-Cookie", await startSession(user.id, { request, begunBy: session.begunBy }));
  if (session.begunBy === "password") await linkRecognised(request, user, headers, true);
  return redirect(ownAddress(thenOf(request), request.url), { headers });
}

export default function Code() {
  const [form, fields] = useForm<z.input<typeof codeForm>>({
    id: "one-time-code",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <div className="sign-in">
      <Page title="Zweiter Faktor" lead="Das Passwort stimmt. Jetzt fehlt noch der Code.">
        <EntryForm form={form} submit="Anmelden" consequence="Die Anmeldung ist nicht gelungen.">
          <TextField
            field={fields.oneTimeCode}
            label="Code"
            hint="sechs Ziffern aus der App, oder einer Ihrer Wiederherstellungscodes"
            autoComplete="one-time-code"
          />
        </EntryForm>
        <details className="fold">
          <summary className="kern-label">Telefon oder App nicht zur Hand?</summary>
          <p className="kern-body">
            Nehmen Sie statt des Codes einen Ihrer Wiederherstellungscodes; jeder gilt einmal. Haben
            Sie keinen mehr, nimmt die Verwaltung der Zugänge Ihres Schulträgers den zweiten Faktor
            zurück. Ist niemand von ihr erreichbar, hilft, wer Paktbuch betreibt.
          </p>
        </details>
        <Form method="post" action="/logout">
          <button type="submit" className="kern-btn kern-btn--tertiary">
            <span className="kern-label">Abbrechen</span>
          </button>
        </Form>
      </Page>
    </div>
  );
}
