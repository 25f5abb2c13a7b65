import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { ActionLink, Badge, Empty, Page, Section } from "#app/components/page.tsx";
import { SignInButtons } from "#app/components/sign-in-buttons.tsx";
import { Table } from "#app/components/table.tsx";
import { accessScopeWords, accessStateWords } from "#app/german/audit-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { roleWords } from "#app/german/words.ts";
import { listAuditAccesses } from "#app/records/audit-accesses.server.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Zugänge – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return {
    users: await listUsers(user),
    accesses: await listAuditAccesses(user),
    own: user.id,
  };
}

export default function Users() {
  const { users, accesses, own } = useLoaderData<typeof loader>();
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
            cell: ({ isActive, isInvited }) =>
              isActive ? (
                <Badge kind="success">{isInvited ? "eingeladen" : "aktiv"}</Badge>
              ) : (
                <Badge kind="danger">gesperrt</Badge>
              ),
          },
          {
            label: "Zweiter Faktor",
            cell: ({ hasSecondFactor }) => (hasSecondFactor ? "ja" : "–"),
          },
          {
            label: "Ändern",
            cell: ({ id, name, isActive, hasSecondFactor }) =>
              id !== own && (
                <>
                  <SignInButtons {...{ id, name, hasSecondFactor }} />
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
                </>
              ),
          },
        ]}
      />
      <Section
        title="Prüfzugänge"
        actions={<ActionLink to="/users/invite">Zur Prüfung einladen</ActionLink>}
      >
        {accesses.length === 0 ? (
          <Empty>Noch niemand ist zu einer Prüfung eingeladen.</Empty>
        ) : (
          <Table
            caption="Wer zu einer Prüfung eingeladen ist"
            isCaptionHidden
            rows={accesses}
            keyOf={({ id }) => id}
            columns={[
              { label: "Name", cell: ({ name }) => name },
              { label: "E-Mail-Adresse", cell: ({ email }) => email },
              {
                label: "Umfang",
                cell: ({ fileNumbers, fiscalYears }) => accessScopeWords(fileNumbers, fiscalYears),
              },
              { label: "letzter Tag", cell: ({ until }) => formatDay(until) },
              {
                label: "Stand",
                cell: ({ state, hasLink }) => (
                  <Badge kind={state === "open" ? "success" : "danger"}>
                    {state === "open" && hasLink ? "eingeladen" : accessStateWords[state]}
                  </Badge>
                ),
              },
              {
                label: "Ändern",
                cell: ({ id, name, state }) =>
                  state === "open" ? (
                    <Form
                      method="post"
                      action={`/users/accesses/${id}/withdrawal`}
                      className="inline-form"
                    >
                      <button
                        type="submit"
                        className="kern-btn kern-btn--tertiary kern-btn--x-small"
                        aria-label={`Prüfzugang von ${name} zurückziehen`}
                      >
                        <span className="kern-label">Zurückziehen</span>
                      </button>
                    </Form>
                  ) : (
                    "–"
                  ),
              },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
