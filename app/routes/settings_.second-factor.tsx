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
import { Done } from "#app/components/done.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { type Role, roles } from "#app/domain/permission.ts";
import { choice, readForm, rejected, secret } from "#app/form.ts";
import { roleWords } from "#app/german/words.ts";
import { madeFromOld } from "#app/kept-form.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { findSecondFactor } from "#app/records/second-factors.server.ts";
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
  const hasFactor = Boolean((await findSecondFactor(user))?.confirmedAt);
  return {
    secondFactorRoles,
    version: versionOfDemand(secondFactorRoles),
    own: [...user.roles],
    hasFactor,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") return rejected(form);
  const { secondFactorRoles, version } = form.value;
  const stale = await changeSecondFactorRoles(user, secondFactorRoles, roleWords, version);
  if (stale) {
    const { secondFactorRoles: theirs } = await requireAuthority(user);
    return madeFromOld(
      { payload: said(secondFactorRoles), reply: form.reply.bind(form) },
      { version: versionOfDemand(theirs), fields: said(theirs) },
    );
  }
  return redirect("/settings/second-factor?done=second_factor_roles");
}

function said(demanding: Role[]) {
  const inOrder = roles.filter((one) => demanding.includes(one));
  return { secondFactorRoles: inOrder.map((one) => roleWords[one]).join(", ") };
}

export default function SecondFactorRoles() {
  const { secondFactorRoles, version, own, hasFactor } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ secondFactorRoles: string[] }>({
    id: "second-factor-roles",
    lastResult: useActionData<typeof action>(),
    defaultValue: { secondFactorRoles },
  });
  return (
    <Page
      title="Zweiter Faktor je Rolle"
      lead="Wer eine dieser Rollen hat, meldet sich nur mit zweitem Faktor an; wer noch keinen hat, richtet ihn beim nächsten Aufruf ein und kann bis dahin nichts anderes tun."
      crumbs={[{ to: "/settings", label: "Einstellungen" }]}
    >
      <Done />
      {!hasFactor && (
        <Notice kind="info" title="Sie selbst haben noch keinen zweiten Faktor">
          <p className="kern-body">
            Ihre Rollen: {own.map((one) => roleWords[one]).join(", ")}. Wer die eigene Rolle
            ankreuzt, richtet ihn gleich nach dem Speichern ein und braucht dazu eine App für
            Einmalcodes. In Ruhe geht es vorher unter{" "}
            <TextLink to="/account/second-factor">Zweiter Faktor</TextLink>.
          </p>
        </Notice>
      )}
      <EntryForm form={form} submit="Speichern" version={version}>
        <Choices
          field={fields.secondFactorRoles}
          legend="Rollen mit zweitem Faktor"
          isOptional
          choices={roles.map((one) => ({
            value: one,
            label: roleWords[one],
            ...(own.includes(one) && { hint: "Ihre eigene Rolle" }),
          }))}
        />
      </EntryForm>
    </Page>
  );
}
