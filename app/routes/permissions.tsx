import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser, type Permission, permissions, roles } from "#app/domain/permission.ts";
import { permissionWords, roleHints } from "#app/german/role-words.ts";
import { roleWords } from "#app/german/words.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Rollen und Rechte – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  return { own: [...user.roles] };
}

export default function Permissions() {
  const { own } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Rollen und Rechte"
      lead={`Ihre Rolle: ${own.map((role) => roleWords[role]).join(", ")}. Wer mehrere Rollen hat, darf, was eine von ihnen erlaubt.`}
    >
      <Table
        caption="Wozu jede Rolle da ist"
        rows={[...roles]}
        keyOf={(role) => role}
        columns={[
          { label: "Rolle", cell: (role) => roleWords[role] },
          { label: "Aufgabe", cell: (role) => roleHints[role] },
        ]}
      />
      <div className="matrix">
        <Table
          caption="Wer was darf"
          rows={[...permissions]}
          keyOf={(permission) => permission}
          columns={[
            { label: "Recht", cell: (permission) => permissionWords[permission] },
            ...roles.map((role) => ({
              label: roleWords[role] + (own.includes(role) ? " (Ihre Rolle)" : ""),
              cell: (permission: Permission) =>
                mayUser({ roles: [role] }, permission) ? (
                  own.includes(role) ? (
                    <strong>ja</strong>
                  ) : (
                    "ja"
                  )
                ) : (
                  "–"
                ),
            })),
          ]}
        />
      </div>
      <p className="kern-body">
        Wer zu einer Prüfung oder als Bewilligungsbehörde eingeladen ist, sieht davon nur die
        Zuwendungen und Haushaltsjahre der Einladung. Wer eine Rechnung erfasst hat, stellt sie
        nicht selbst fest, und wer sie erfasst oder festgestellt hat, bezahlt sie nicht, wo die
        Einstellungen es so vorsehen.
      </p>
    </Page>
  );
}
