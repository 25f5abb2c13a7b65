import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { dayIn, today } from "#app/clock.server.ts";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { DeadlineTable } from "#app/components/deadline-table.tsx";
import { ActionLink, Empty, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { RecentRights } from "#app/components/recent-rights.tsx";
import { Table } from "#app/components/table.tsx";
import { sum } from "#app/domain/money.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { accessScopeWords } from "#app/german/audit-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { loadOverview } from "#app/records/overview.server.ts";
import { listRecentRights, mayWatchRights } from "#app/records/rights.server.ts";
import { loadWaitingWork } from "#app/records/waiting-work.server.ts";
import { FigureTable, headings } from "./figure-table.tsx";
import { WaitingWork } from "./waiting.tsx";

export const meta: MetaFunction = () => [{ title: "Übersicht – Paktbuch" }];

export const loader = asKnown("use_account", async ({ request }, user) => {
  if (!mayUser(user, "read_books")) throw redirect(homeOf(user) + new URL(request.url).search);
  const day = today();
  const [overview, all] = await Promise.all([loadOverview(user), loadDeadlines(user, day)]);
  const open = all.filter(({ isDone }) => !isDone);
  const deadlines = open.slice(0, shownDeadlines);
  const mayRecord = mayUser(user, "record");
  const over = overview.grants.filter(({ spendUntil }) => spendUntil < day);
  const lapsed = sum(over.map(({ available }) => available));
  const waiting = await loadWaitingWork(user, day);
  const rights = mayWatchRights(user) ? await listRecentRights(user) : [];
  return wire({
    ...overview,
    rights: rights.map(({ at, ...one }) => ({ ...one, day: dayIn(at) })),
    waiting,
    deadlines,
    openCount: open.length,
    lapsed,
    asOf: day,
    mayRecord,
    limits: user.limits
      ? accessScopeWords(
          overview.grants.map(({ fileNumber }) => fileNumber),
          user.limits.fiscalYears,
        )
      : null,
  });
});

const shownDeadlines = 8;

/** Where those land who don't read the books. */
function homeOf(user: User): string {
  if (mayUser(user, "read_own_school")) return "/own-school";
  if (mayUser(user, "read_remaining")) return "/remaining";
  return mayUser(user, "read_submitted") ? "/submitted" : "/account";
}

export default function Overview() {
  const { envelopes, grants, schools, appropriations, mayRecord } = useLoaderData<typeof loader>();
  const { deadlines, openCount, lapsed, asOf, waiting, limits, rights } =
    useLoaderData<typeof loader>();
  return (
    <Page title="Übersicht" lead={`Stand ${formatDay(asOf)}. Alle Beträge in Euro, brutto.`}>
      <WaitingWork {...waiting} />
      {rights.length > 0 && (
        <Notice kind="info" title="Rechte mit Geldwirkung wurden geändert">
          <RecentRights changes={rights} />
        </Notice>
      )}
      {limits && (
        <Notice kind="info" title="Ihr Prüfzugang zeigt einen Teil der Bücher">
          {limits}. Alles andere des Schulträgers ist nicht zu sehen.
        </Notice>
      )}
      {deadlines.length > 0 && (
        <Section
          title="Nächste Fristen"
          actions={<ActionLink to="/deadlines">Alle Fristen</ActionLink>}
        >
          <DeadlineTable
            caption="Nächste Fristen"
            isCaptionHidden
            mayReadBooks
            {...{ deadlines, asOf }}
          />
          {openCount > deadlines.length && (
            <p className="kern-body muted">
              Gezeigt sind {deadlines.length} von {openCount} offenen Fristen.
            </p>
          )}
        </Section>
      )}

      <Section
        title="Förderprogramme"
        actions={mayRecord && <ActionLink to="/envelopes/new">Höchstbetrag buchen</ActionLink>}
      >
        {envelopes.length === 0 && limits ? null : envelopes.length === 0 ? (
          <Empty>
            Noch kein Förderprogramm. Zuerst{" "}
            <TextLink to="/schools">Schulen und Beschlüsse anlegen</TextLink>, dann den Höchstbetrag
            buchen.
          </Empty>
        ) : (
          <FigureTable
            caption="Je Förderprogramm"
            rows={envelopes.map((row) => ({
              ...row,
              to: `/envelopes/${row.id}`,
              filter: { envelope: row.id },
              grantedKind: "pot",
            }))}
          />
        )}
        {grants.length > 0 && (
          <FigureTable
            caption="Je Zuwendung"
            isGrant
            rows={grants.map((row) => ({
              ...row,
              name: row.fileNumber,
              to: `/grants/${row.id}`,
              filter: { grant: row.id },
              grantedKind: "income",
            }))}
          />
        )}
      </Section>

      {lapsed !== "0" && (
        <p className="kern-body">
          Von „verfügbar“ sind {formatEuro(lapsed)} auf Zuwendungen, deren Bewilligungszeitraum
          vorbei ist: Sie können nicht mehr ausgegeben werden.
        </p>
      )}

      {/* Ceilings of schools and the budget are of the whole authority. */}
      {!limits && (
        <Section title="Schulen">
          {schools.length === 0 ? (
            <Empty>
              Noch keine Schule. <TextLink to="/schools">Schulen anlegen</TextLink>
            </Empty>
          ) : (
            <>
              <FigureTable
                caption="Je Schule"
                isSchool
                rows={schools.map((row) => ({
                  ...row,
                  to: `/schools/${row.id}`,
                  filter: { school: row.id },
                  grantedKind: "pot",
                }))}
              />
              <p className="kern-body kern-body--small muted">
                Höchstbetrag einer Schule ist ihr Sockelbetrag und was ihr vom Kopfbetrag zugeteilt
                ist. Abgerufen wird je Zuwendung, nicht je Schule.
              </p>
            </>
          )}
        </Section>
      )}

      {(!limits || appropriations.length > 0) && (
        <Section title="Gemeindehaushalt und IKZ">
          {appropriations.length === 0 ? (
            <Empty>
              Noch kein Haushaltsansatz.{" "}
              <TextLink to="/municipal-budget">Laufende Kosten einrichten</TextLink>
            </Empty>
          ) : (
            <Table
              caption="Je Haushaltsansatz (laufende Kosten, keine Fördermittel)"
              rows={appropriations}
              keyOf={({ id }) => id}
              columns={[
                { label: "Haushaltsjahr", cell: ({ fiscalYear }) => fiscalYear },
                {
                  label: "Produkt, Sachkonto",
                  cell: ({ product, ledgerAccount, name }) =>
                    `${product} / ${ledgerAccount} ${name}`,
                },
                {
                  label: "Ermächtigung",
                  isNumeric: true,
                  cell: ({ id, authorized }) => (
                    <Euro amount={authorized} to={entriesOf({ account: id })} />
                  ),
                },
                ...(["committed", "invoiced", "paid"] as const).map((figure) => ({
                  label: headings[figure],
                  isNumeric: true,
                  cell: (row: (typeof appropriations)[number]) => (
                    <Euro amount={row[figure]} to={entriesOf({ account: row.id, figure })} />
                  ),
                })),
                {
                  label: "verfügbar",
                  isNumeric: true,
                  cell: ({ id, available }) => (
                    <Euro amount={available} to={entriesOf({ account: id })} />
                  ),
                },
              ]}
            />
          )}
        </Section>
      )}
    </Page>
  );
}
