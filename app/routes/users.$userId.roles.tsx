import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { EntryForm } from "#app/components/form.tsx";
import { Page, TextLink } from "#app/components/page.tsx";
import { RoleChoices } from "#app/components/role-choices.tsx";
import { readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { forbidden, idParam } from "#app/http.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { changeRoles, requirePerson } from "#app/records/roles.server.ts";
import { tellingRights } from "#app/rights-notice.server.ts";
import { roleFields } from "#app/role-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const rolesForm = z.object(roleFields);

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rollen von ${data?.name ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id, name, email, assignments, isInvited } = await requirePerson(
    user,
    idParam(params.userId),
  );
  if (id === user.id || isInvited) forbidden();
  return {
    ...{ name, email },
    schools: (await listSchools(user)).map(({ id, name }) => ({ id, name })),
    roles: [...new Set(assignments.map(({ role }) => role))],
    schoolIds: assignments.flatMap(({ schoolId }) => schoolId ?? []),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id, email } = await requirePerson(user, idParam(params.userId));
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") return rejected(form);

  const violation = await tellingRights(user, email, () => changeRoles(user, id, form.value));
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/users");
}

export default function Roles() {
  const { name, email, schools, ...given } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ roles: string[]; schoolIds: string[] }>({
    id: "roles",
    lastResult: useActionData<typeof action>(),
    defaultValue: given,
  });
  return (
    <Page title={`Rollen von ${name}`} lead={email} crumbs={[{ to: "/users", label: "Zugänge" }]}>
      <p className="kern-body">
        Die Änderung gilt sofort; {name} muss sich neu anmelden. Was jede Rolle darf, steht unter{" "}
        <TextLink to="/permissions">Rollen und Rechte</TextLink>. Rechte mit Geldwirkung werden
        allen gemeldet, die Zugänge verwalten oder die Kämmerei leiten, und {name} selbst.
      </p>
      <EntryForm form={form} submit="Rollen ändern">
        <RoleChoices fields={fields} schools={schools} />
      </EntryForm>
    </Page>
  );
}
