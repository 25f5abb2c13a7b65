import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ButtonKey } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { roles } from "#app/domain/permission.ts";
import { choice, readForm } from "#app/form.ts";
import { roleWords } from "#app/german/words.ts";
import { notFound } from "#app/http.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { changeSecondFactorRoles } from "#app/records/sign-in-settings.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const role = choice(roles);
const rolesForm = z.object({
  secondFactorRoles: z.union([role.transform((one) => [one]), z.array(role)]).default([]),
});

export const meta: MetaFunction = () => [{ title: "Zweiter Faktor je Rolle – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  return { demanding: (await requireAuthority(user)).secondFactorRoles };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") notFound();
  await changeSecondFactorRoles(user, form.value.secondFactorRoles, roleWords);
  return redirect("/settings");
}

export default function SecondFactorRoles() {
  const { demanding } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zweiter Faktor je Rolle"
      lead="Wer eine dieser Rollen hat, meldet sich nur mit zweitem Faktor an; wer noch keinen hat, richtet ihn beim nächsten Aufruf ein und kann bis dahin nichts anderes tun."
      crumbs={[{ to: "/settings", label: "Einstellungen" }]}
    >
      <Form method="post" action="/settings/second-factor" className="entry-form">
        <ButtonKey />
        <fieldset className="kern-fieldset rows">
          <legend className="kern-label">Rollen</legend>
          {roles.map((one) => (
            <div className="kern-form-check" key={one}>
              <input
                type="checkbox"
                id={`role-${one}`}
                name="secondFactorRoles"
                value={one}
                defaultChecked={demanding.includes(one)}
                className="kern-form-check__checkbox"
              />
              <label className="kern-label" htmlFor={`role-${one}`}>
                {roleWords[one]}
              </label>
            </div>
          ))}
        </fieldset>
        <div className="actions">
          <button type="submit" className="kern-btn kern-btn--primary">
            <span className="kern-label">Speichern</span>
          </button>
        </div>
      </Form>
    </Page>
  );
}
