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
import { type Assignment, mixesAdministration } from "#app/domain/roles.ts";
import { readForm, rejected, secret } from "#app/form.ts";
import { refusalTitles } from "#app/domain/refusal.ts";
import { problemOf, roleWords } from "#app/german/words.ts";
import { forbidden, idParam } from "#app/http.ts";
import { madeFromOld } from "#app/kept-form.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { changeRoles, requirePerson, versionOfRoles } from "#app/records/roles.server.ts";
import { tellingRights } from "#app/rights-notice.server.ts";
import { roleFields } from "#app/role-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const rolesForm = z.object({ version: secret, ...roleFields });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rollen von ${data?.name ?? ""} – Paktbuch` },
];

/** The roles and the schools of those that stand, as the boxes have them. */
function ticked(assignments: Assignment[]) {
  return {
    roles: [...new Set(assignments.map(({ role }) => role))],
    schoolIds: assignments.flatMap(({ schoolId }) => schoolId ?? []),
  };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id, name, email, assignments, isInvited } = await requirePerson(
    user,
    idParam(params.userId),
  );
  if (id === user.id) forbidden(refusalTitles.ownRoles);
  if (isInvited) forbidden(refusalTitles.invitedRoles);
  const { roles, schoolIds } = ticked(assignments);
  return {
    ...{ name, email, roles, schoolIds, version: versionOfRoles(assignments) },
    ...(mixesAdministration(roles) && { acceptsMix: "on" }),
    schools: (await listSchools(user)).map(({ id, name }) => ({ id, name })),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id, email } = await requirePerson(user, idParam(params.userId));
  const form = await readForm(request, rolesForm);
  if (form.status !== "success") return rejected(form);

  const { version, ...draft } = form.value;
  const violation = await tellingRights(user, email, () => changeRoles(user, id, draft, version));
  if (violation?.rule === "made_from_old") return besideTheOther(user, id, form, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/users?done=roles&who=${id}`);
}

/** What was ticked here beside what another has saved meanwhile, both in words. */
async function besideTheOther(
  user: User,
  userId: string,
  form: Pick<Awaited<ReturnType<typeof readForm>>, "reply">,
  mine: ReturnType<typeof ticked> & { acceptsMix: boolean },
) {
  const { assignments } = await requirePerson(user, userId);
  const names = new Map((await listSchools(user)).map(({ id, name }) => [id, name]));
  const said = ({ roles, schoolIds }: ReturnType<typeof ticked>) => ({
    roles: roles.map((role) => roleWords[role]).join(", "),
    schoolIds: schoolIds
      .map((id) => names.get(id) ?? id)
      .sort()
      .join(", "),
  });
  const theirs = ticked(assignments);
  return madeFromOld(
    { payload: said(mine), reply: form.reply.bind(form) },
    { version: versionOfRoles(assignments), fields: said(theirs) },
  );
}

export default function Roles() {
  const { name, email, schools, version, ...given } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ roles: string[]; schoolIds: string[]; acceptsMix?: string }>({
    id: "roles",
    lastResult: useActionData<typeof action>(),
    defaultValue: given,
  });
  return (
    <Page title={`Rollen von ${name}`} lead={email} crumbs={[{ to: "/users", label: "Zugänge" }]}>
      <p className="kern-body">
        Die Änderung gilt sofort; {name} muss sich neu anmelden. Was jede Rolle darf, steht unter{" "}
        <TextLink to="/permissions">Rollen und Rechte</TextLink>. Rechte mit Geldwirkung werden
        allen gemeldet, die Zugänge verwalten oder die Kämmerei leiten, und {name} selbst. Die
        Verwaltung der Zugänge bucht nichts: zusammen mit einer Rolle, die bucht, wird vor dem
        Speichern noch einmal gefragt.
      </p>
      <EntryForm form={form} submit="Rollen ändern" version={version}>
        <RoleChoices fields={fields} schools={schools} />
      </EntryForm>
    </Page>
  );
}
