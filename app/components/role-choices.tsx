/** The boxes by which an administrator gives roles, and the schools of the role for schools. */
import { assignableRoles } from "#app/domain/roles.ts";
import { roleHints } from "#app/german/role-words.ts";
import { roleWords } from "#app/german/words.ts";
import { Choices } from "./choices.tsx";
import { Checkbox, type FormField } from "./fields.tsx";

/** The box that confirms a mix stands there once it was asked for: nobody ticks it in passing. */
export function RoleChoices({
  fields,
  schools,
}: {
  fields: { roles: FormField; schoolIds: FormField; acceptsMix: FormField };
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
      {(fields.acceptsMix.errors || fields.acceptsMix.initialValue === "on") && (
        <Checkbox
          field={fields.acceptsMix}
          label="Diese Person soll Zugänge verwalten und buchen."
        />
      )}
    </>
  );
}
