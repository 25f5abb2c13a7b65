import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { dayIn } from "#app/clock.server.ts";
import { Done } from "#app/components/done.tsx";
import { Email } from "#app/components/email.tsx";
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
import { Table } from "#app/components/table.tsx";
import { watchingRoles } from "#app/domain/roles.ts";
import { accessScopeWords } from "#app/german/audit-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { userStateBadges, userStateWords } from "#app/german/user-words.ts";
import { roleWords } from "#app/german/words.ts";
import { listAuditAccesses } from "#app/records/audit-accesses.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { listHoldersOfRights, listRecentRights } from "#app/records/rights.server.ts";
import { loadUserStates } from "#app/records/user-states.server.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Zugänge – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const states = await loadUserStates(user);
  const accesses = (await listAuditAccesses(user)).map((one) => {
    return { ...one, state: states(one.userId).state };
  });
  const schools = new Map((await listSchools(user)).map(({ id, name }) => [id, name]));
  const users = (await listUsers(user)).map(({ assignments, ...one }) => ({
    ...one,
    state: states(one.id).state,
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
  const who = new URL(request.url).searchParams.get("who");
  return {
    users,
    accesses,
    who: users.find(({ id }) => id === who)?.name,
    own: user.id,
    recent: (await listRecentRights(user)).map(({ at, ...one }) => ({ ...one, day: dayIn(at) })),
    isAlone: watching.every(({ id }) => id === user.id),
  };
}

export default function Users() {
  const { users, accesses, own, recent, isAlone, who } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zugänge"
      actions={
        <ActionLink to="/users/new" kind="primary">
          Zugang für eigene Leute
        </ActionLink>
      }
    >
      {who && <Done who={who} />}
      <p className="kern-body">
        Wer im Haus oder an einer Schule arbeitet, bekommt einen Zugang mit Rollen, ohne letzten
        Tag. Wer von außen prüft oder bewilligt, wird unten eingeladen: bis zu einem Tag und nur für
        das Ausgewählte.
      </p>
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
              cell: ({ state }) => (
                <Badge kind={userStateBadges[state.kind]}>{userStateWords(state)}</Badge>
              ),
            },
            {
              label: "Zweiter Faktor",
              cell: ({ hasSecondFactor }) => (hasSecondFactor ? "ja" : "–"),
            },
            {
              label: "Ändern",
              cell: ({ id, name, mayChange }) => (
                <div className="steps">
                  {id !== own && mayChange && (
                    <TextLink to={`/users/${id}/roles`}>
                      Rollen<span className="kern-sr-only"> von {name}</span>
                    </TextLink>
                  )}
                  <TextLink to={`/users/${id}`}>
                    Zugang<span className="kern-sr-only"> von {name}</span>
                  </TextLink>
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
        Was jede Rolle darf: <TextLink to="/permissions">Rollen und Rechte</TextLink>. Was an
        Zugängen geschah: <TextLink to="/users/changes">Zugänge im Protokoll</TextLink>.
      </p>
      <Section
        title="Zugänge bis zu einem Tag"
        actions={
          <ActionLink to="/users/invite">Prüfung oder Bewilligungsbehörde einladen</ActionLink>
        }
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
                  cell: ({ state }) => (
                    <Badge kind={userStateBadges[state.kind]}>{userStateWords(state)}</Badge>
                  ),
                },
                {
                  label: "Ändern",
                  cell: ({ userId, name }) => (
                    <TextLink to={`/users/${userId}`}>
                      Zugang<span className="kern-sr-only"> von {name}</span>
                    </TextLink>
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
