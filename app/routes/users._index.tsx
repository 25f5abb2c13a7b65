import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { dayIn } from "#app/clock.server.ts";
import { Email } from "#app/components/email.tsx";
import { ButtonKey } from "#app/components/form.tsx";
import {
  ActionLink,
  Badge,
  Empty,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { RecentRights } from "#app/components/recent-rights.tsx";
import { SignInButtons } from "#app/components/sign-in-buttons.tsx";
import { Table } from "#app/components/table.tsx";
import { watchingRoles } from "#app/domain/roles.ts";
import { accessScopeWords, accessStateWords } from "#app/german/audit-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { roleWords } from "#app/german/words.ts";
import { listAuditAccesses } from "#app/records/audit-accesses.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { listHoldersOfRights, listRecentRights } from "#app/records/rights.server.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Zugänge – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const accesses = await listAuditAccesses(user);
  const schools = new Map((await listSchools(user)).map(({ id, name }) => [id, name]));
  const users = (await listUsers(user)).map(({ assignments, ...one }) => ({
    ...one,
    said: assignments
      .map(({ role, schoolId }) =>
        schoolId ? `${roleWords[role]} ${schools.get(schoolId)}` : roleWords[role],
      )
      .join(", "),
    /** Who was invited has the role of the invitation. */
    mayChange: !accesses.some(({ userId }) => userId === one.id),
  }));
  const watching = (await listHoldersOfRights(user)).filter(({ roles }) =>
    roles.some((role) => watchingRoles.includes(role)),
  );
  return {
    users,
    accesses,
    own: user.id,
    recent: (await listRecentRights(user)).map(({ at, ...one }) => ({ ...one, day: dayIn(at) })),
    isAlone: watching.every(({ id }) => id === user.id),
  };
}

export default function Users() {
  const { users, accesses, own, recent, isAlone } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zugänge"
      actions={
        <ActionLink to="/users/new" kind="primary">
          Zugang anlegen
        </ActionLink>
      }
    >
      <div className="whole-words">
        <Table
          caption="Wer sich anmelden kann"
          rows={users}
          keyOf={({ id }) => id}
          columns={[
            { label: "Name", cell: ({ name }) => name },
            { label: "E-Mail-Adresse", cell: ({ email }) => <Email address={email} /> },
            { label: "Rollen", cell: ({ said }) => said },
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
              cell: ({ id, name, isActive, hasSecondFactor, mayChange }) =>
                id !== own && (
                  <div className="steps">
                    {mayChange && (
                      <TextLink to={`/users/${id}/roles`}>
                        Rollen<span className="kern-sr-only"> von {name}</span>
                      </TextLink>
                    )}
                    <SignInButtons {...{ id, name, hasSecondFactor }} />
                    <Form method="post" action={`/users/${id}/access`} className="inline-form">
                      <ButtonKey />
                      <input type="hidden" name="isActive" value={isActive ? "no" : "yes"} />
                      <button
                        type="submit"
                        className="kern-btn kern-btn--tertiary kern-btn--x-small"
                        aria-label={`${name} ${isActive ? "sperren" : "entsperren"}`}
                      >
                        <span className="kern-label">{isActive ? "Sperren" : "Entsperren"}</span>
                      </button>
                    </Form>
                  </div>
                ),
            },
          ]}
        />
      </div>
      {isAlone && (
        <Notice kind="warning" title="Niemand sieht mit auf die Rechte">
          <p className="kern-body">
            Änderungen von Rechten mit Geldwirkung werden allen gemeldet, die Zugänge verwalten oder
            die Kämmerei leiten. Außer Ihnen ist das niemand: Bitte geben Sie einer zweiten Person
            eine dieser Rollen.
          </p>
        </Notice>
      )}
      {recent.length > 0 && (
        <Section title="Zuletzt geänderte Rechte">
          <p className="kern-body muted">
            Rollen mit Geldwirkung und die Verwaltung der Zugänge, aus den letzten zwei Wochen.
            Allen, die Zugänge verwalten oder die Kämmerei leiten, ging dazu eine Mail zu.
          </p>
          <RecentRights changes={recent} />
        </Section>
      )}
      <p className="kern-body">
        Was jede Rolle darf: <TextLink to="/permissions">Rollen und Rechte</TextLink>
      </p>
      <Section
        title="Zugänge bis zu einem Tag"
        actions={<ActionLink to="/users/invite">Einladen</ActionLink>}
      >
        {accesses.length === 0 ? (
          <Empty>Noch niemand ist eingeladen: keine Prüfung, keine Bewilligungsbehörde.</Empty>
        ) : (
          <div className="whole-words">
            <Table
              caption="Wer eingeladen ist"
              isCaptionHidden
              rows={accesses}
              keyOf={({ id }) => id}
              columns={[
                { label: "Name", cell: ({ name }) => name },
                { label: "E-Mail-Adresse", cell: ({ email }) => <Email address={email} /> },
                { label: "Rolle", cell: ({ role }) => roleWords[role] },
                {
                  label: "Umfang",
                  cell: ({ fileNumbers, fiscalYears }) =>
                    accessScopeWords(fileNumbers, fiscalYears),
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
                        <ButtonKey />
                        <button
                          type="submit"
                          className="kern-btn kern-btn--tertiary kern-btn--x-small"
                          aria-label={`Zugang von ${name} zurückziehen`}
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
          </div>
        )}
      </Section>
    </Page>
  );
}
