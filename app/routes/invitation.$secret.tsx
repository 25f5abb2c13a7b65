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
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { readForm, rejected, secret } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { acceptInvitation, findInvited } from "#app/records/audit-accesses.server.ts";

export const handle = { isInteractive: true };

const passwordForm = z.object({ password: secret, passwordAgain: secret });

/** The secret in the address goes to no other site; with "no-referrer" the form would name no origin and be refused. */
export const headers = () => ({ "Referrer-Policy": "same-origin", "Cache-Control": "no-store" });

export const meta: MetaFunction = () => [{ title: "Einladung – Paktbuch" }];

export async function loader({ params }: LoaderFunctionArgs) {
  const invited = await findInvited(params.secret);
  const { name, email, authority } = invited ?? {};
  return { invited: name && email && authority ? { name, email, authority } : null };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await readForm(request, passwordForm);
  if (form.status !== "success") return rejected(form);
  const { password, passwordAgain } = form.value;
  if (password !== passwordAgain) {
    const sentence = "Die beiden Passwörter sind nicht gleich.";
    return rejected(form, { field: "passwordAgain", sentence });
  }
  const violation = await acceptInvitation(params.secret, password);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/login");
}

export default function Invitation() {
  const { invited } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof passwordForm>>({
    id: "invitation",
    lastResult: useActionData<typeof action>(),
  });
  if (!invited) {
    return (
      <div className="sign-in">
        <Page title="Einladung">
          <Notice kind="warning" title="Dieser Link ist benutzt oder abgelaufen">
            Bitte den Schulträger um eine neue Einladung; wer sein Passwort schon festgelegt hat,
            kann sich <TextLink to="/login">anmelden</TextLink>.
          </Notice>
        </Page>
      </div>
    );
  }
  return (
    <div className="sign-in">
      <Page
        title="Passwort festlegen"
        lead={`${invited.name}, Sie sind zur Prüfung eingeladen: ${invited.authority}. Angemeldet wird mit ${invited.email}.`}
      >
        <EntryForm form={form} submit="Passwort festlegen">
          <TextField
            field={fields.password}
            label="Neues Passwort"
            hint="mindestens 12 Zeichen"
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
      </Page>
    </div>
  );
}
