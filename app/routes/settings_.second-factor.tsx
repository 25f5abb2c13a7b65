import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Choices } from "#app/components/choices.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { type Role, roles } from "#app/domain/permission.ts";
import { choice, readForm, rejected, secret } from "#app/form.ts";
import { roleWords } from "#app/german/words.ts";
import { madeFromOld } from "#app/kept-form.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { changeSecondFactorRoles, versionOfDemand } from "#app/records/sign-in-settings.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const role = choice(roles);
const rolesForm = z.object({
  version: secret,
  secondFactorRoles: z.union([role.transform((one) => [one]), z.array(role)]).default([]),
});

export const meta: MetaFunction = () => [{ title: "Zweiter Faktor je Rolle – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const { secondFactorRoles } = await requireAuthority(user);
  return { secondFactorRoles, version: versionOfDemand(secondFactorRoles) };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") return rejected(form);
  const { version, secondFactorRoles } = form.value;
  if (await changeSecondFactorRoles(user, secondFactorRoles, roleWords, version)) {
    const kept = (await requireAuthority(user)).secondFactorRoles;
    const theirs = { version: versionOfDemand(kept), fields: said(kept) };
    return madeFromOld({ ...form, payload: said(secondFactorRoles) }, theirs);
  }
  return redirect("/settings");
}

/** Boxes as one line, to set two versions side by side. */
function said(demanding: Role[]) {
  return {
    secondFactorRoles: demanding
      .map((role) => roleWords[role])
      .sort()
      .join(", "),
  };
}

export default function SecondFactorRoles() {
  const { secondFactorRoles, version } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ secondFactorRoles: string[] }>({
    id: "second-factor",
    lastResult: useActionData<typeof action>(),
    defaultValue: { secondFactorRoles },
  });
  return (
    <Page
      title="Zweiter Faktor je Rolle"
      lead="Wer eine dieser Rollen hat, meldet sich nur mit zweitem Faktor an; wer noch keinen hat, richtet ihn beim nächsten Aufruf ein und kann bis dahin nichts anderes tun."
      crumbs={[{ to: "/settings", label: "Einstellungen" }]}
    >
      <EntryForm form={form} submit="Speichern" version={version}>
        <Choices
          field={fields.secondFactorRoles}
          legend="Rollen"
          choices={roles.map((value) => ({ value, label: roleWords[value] }))}
        />
      </EntryForm>
    </Page>
  );
}
