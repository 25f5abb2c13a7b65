import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { readForm, rejected, secret, text } from "#app/form.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { findUser, startSession } from "#app/session.server.ts";

const loginForm = z.object({ email: text, password: secret });

export const meta: MetaFunction = () => [{ title: "Anmelden – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  if (await findUser(request)) throw redirect("/");
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const then = new URL(request.url).searchParams.get("then") ?? "/";
  const form = await readForm(request, loginForm);
  if (form.status !== "success") return rejected(form);

  const user = await findSigningIn(form.value.email, form.value.password);
  if (!user) {
    const sentence = "E-Mail-Adresse oder Passwort stimmen nicht.";
    return rejected(form, { field: "password", sentence });
  }
  const headers = { "Set-Cookie": await startSession(user.id) };
  return redirect(ownAddress(then, request.url), { headers });
}

/** Sends nobody to another site: read as a browser reads it, "/\t/example.org" is one. */
function ownAddress(then: string, here: string): string {
  const url = URL.canParse(then, here) ? new URL(then, here) : undefined;
  return url?.origin === new URL(here).origin ? url.pathname + url.search : "/";
}

export default function Login() {
  const [form, fields] = useForm<z.input<typeof loginForm>>({
    id: "login",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <div className="sign-in">
      <Page title="Anmelden" lead="Das Förderbuch des Schulträgers">
        <EntryForm form={form} submit="Anmelden">
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
        </EntryForm>
      </Page>
    </div>
  );
}
