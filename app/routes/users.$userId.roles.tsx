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
import type { User } from "#app/domain/permission.ts";
import type { Assignment } from "#app/domain/roles.ts";
import { readForm, rejected, secret } from "#app/form.ts";
import { roleWords } from "#app/german/words.ts";
import { problemOf } from "#app/german/words.ts";
import { forbidden, idParam } from "#app/http.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { madeFromOld } from "#app/kept-form.ts";
import {
  changeRoles,
  requirePerson,
  type RolesDraft,
  versionOfRoles,
} from "#app/records/roles.server.ts";
import { tellingRights } from "#app/rights-notice.server.ts";
import { roleFields } from "#app/role-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const rolesForm = z.object({ ...roleFields, version: secret });

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
    version: versionOfRoles(assignments),
    ...typedRoles(assignments),
  };
}

/** Roles as boxes are ticked for them. */
function typedRoles(assignments: Assignment[]): RolesDraft {
  return {
    roles: [...new Set(assignments.map(({ role }) => role))],
    schoolIds: assignments.flatMap(({ schoolId }) => schoolId ?? []),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id, email } = await requirePerson(user, idParam(params.userId));
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") return rejected(form);

  const { version, ...draft } = form.value;
  const violation = await tellingRights(user, email, () => changeRoles(user, id, draft, version));
  if (violation?.rule === "made_from_old") {
    const { assignments } = await requirePerson(user, id);
    const say = await saidRoles(user);
    const theirs = { version: versionOfRoles(assignments), fields: say(typedRoles(assignments)) };
    return madeFromOld({ ...form, payload: say(draft) }, theirs);
  }
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/users");
}

/** Boxes as one line each, to set two versions side by side. */
async function saidRoles(user: User) {
  const names = new Map((await listSchools(user)).map(({ id, name }) => [id, name]));
  return ({ roles, schoolIds }: RolesDraft) => ({
    roles: roles
      .map((role) => roleWords[role])
      .sort()
      .join(", "),
    schoolIds: schoolIds
      .map((id) => names.get(id))
      .sort()
      .join(", "),
  });
}

export default function Roles() {
  const { name, email, schools, version, ...given } = useLoaderData<typeof loader>();
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
      <EntryForm form={form} submit="Rollen ändern" version={version}>
        <RoleChoices fields={fields} schools={schools} />
      </EntryForm>
    </Page>
  );
}
