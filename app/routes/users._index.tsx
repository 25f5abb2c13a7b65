import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { ActionLink, Badge, Page } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { roleWords } from "#app/german/words.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Zugänge – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return { users: await listUsers(user), own: user.id };
}

export default function Users() {
  const { users, own } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zugänge"
      actions={
        <ActionLink to="/users/new" kind="primary">
          Zugang anlegen
        </ActionLink>
      }
    >
      <Table
        caption="Wer sich anmelden kann"
        rows={users}
        keyOf={({ id }) => id}
        columns={[
          { label: "Name", cell: ({ name }) => name },
          { label: "E-Mail-Adresse", cell: ({ email }) => email },
          { label: "Rolle", cell: ({ role }) => roleWords[role] },
          {
            label: "Stand",
            cell: ({ isActive }) =>
              isActive ? (
                <Badge kind="success">aktiv</Badge>
              ) : (
                <Badge kind="danger">gesperrt</Badge>
              ),
          },
          {
            label: "Ändern",
            cell: ({ id, name, isActive }) =>
              id !== own && (
                <Form method="post" action={`/users/${id}/access`} className="inline-form">
                  <input type="hidden" name="isActive" value={isActive ? "no" : "yes"} />
                  <button
                    type="submit"
                    className="kern-btn kern-btn--tertiary kern-btn--x-small"
                    aria-label={`${name} ${isActive ? "sperren" : "entsperren"}`}
                  >
                    <span className="kern-label">{isActive ? "Sperren" : "Entsperren"}</span>
                  </button>
                </Form>
              ),
          },
        ]}
      />
    </Page>
  );
}
