import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { settings } from "#app/env.server.ts";
import { optionalKey, readForm, rejected, secret, text } from "#app/form.ts";
import { accessClosedSentence } from "#app/german/audit-words.ts";
import { type SignInNews, signInNews, waitSentence } from "#app/german/sign-in-words.ts";
import { problemOf } from "#app/german/words.ts";
import { logError } from "#app/log.server.ts";
import { logWrongPassword } from "#app/records/access-log.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { findUser } from "#app/session.server.ts";
import { signIn, thenOf } from "#app/sign-in.server.ts";
import { beginSignIn } from "#app/sign-in-limits.server.ts";

const loginForm = z.object({ email: text, password: secret, schoolAuthorityId: optionalKey });

export const meta: MetaFunction = () => [{ title: "Anmelden – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  if (await findUser(request)) throw redirect("/");
  const { searchParams } = new URL(request.url);
  const news = searchParams.get("done") ?? "";
  return {
    directory: settings.directory?.name ?? null,
    then: thenOf(request),
    news: Object.hasOwn(signInNews, news) ? (news as SignInNews) : null,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request, loginForm);
  if (form.status !== "success") return rejected(form);

  const { email, password, schoolAuthorityId } = form.value;
  const heard = await beginSignIn(email);
  if ("seconds" in heard) {
    const { seconds } = heard;
    const reply = form.reply({ formErrors: [waitSentence(seconds)] });
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
  return signIn(request, found.user, thenOf(request));
}

function News({ news }: { news: (typeof signInNews)[SignInNews] }) {
  return (
    <Notice kind={news.kind} title={news.title}>
      {"text" in news && <p className="kern-body">{news.text}</p>}
    </Notice>
  );
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

export default function Login() {
  const { directory, then, news } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const choices = choicesIn(lastResult);
  const [form, fields] = useForm<z.input<typeof loginForm>>({
    id: "login",
    lastResult,
  });
  return (
    <div className="sign-in">
      <Page title="Anmelden" lead="Das Förderbuch des Schulträgers">
        {news && !lastResult && <News news={signInNews[news]} />}
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
        <p className="kern-body">
          <TextLink to="/forgotten">Passwort vergessen?</TextLink>
        </p>
        {directory && (
          // A link, not a form: the browser lets forms lead to this site only.
          <p className="actions">
            <a
              className="kern-btn kern-btn--secondary"
              href={`/login/directory?${new URLSearchParams({ then })}`}
            >
              <span className="kern-label">Anmelden über {directory}</span>
            </a>
          </p>
        )}
      </Page>
    </div>
  );
}
