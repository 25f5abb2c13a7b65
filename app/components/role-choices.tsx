/** The boxes by which an administrator gives roles, and the schools of the role for schools. */
import { assignableRoles } from "#app/domain/roles.ts";
import { roleHints } from "#app/german/role-words.ts";
import { roleWords } from "#app/german/words.ts";
import { Choices } from "./choices.tsx";
import type { FormField } from "./fields.tsx";

export function RoleChoices({
  fields,
  schools,
}: {
  fields: { roles: FormField; schoolIds: FormField };
  schools: { id: string; name: string }[];
}) {
  return (
    <>
      <Choices
        field={fields.roles}
        legend="Rollen"
        choices={assignableRoles
          .filter((role) => role !== "school" || schools.length > 0)
          .map((role) => ({ value: role, label: roleWords[role], hint: roleHints[role] }))}
      />
      <Choices
        field={fields.schoolIds}
        legend="Schulen, für die die Rolle Schule gilt"
        isOptional
        choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
}
