import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { ActionLink, Empty, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { openDeadlines, urgencyOf } from "#app/domain/deadline.ts";
import { may } from "#app/domain/permission.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { loadOverview } from "#app/records/overview.server.ts";
import { requireUser } from "#app/session.server.ts";
import { FigureTable, headings } from "./figure-table.tsx";

export const meta: MetaFunction = () => [{ title: "Übersicht – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_remaining");
  if (!may(user.role, "read_books")) throw redirect("/remaining");
  const overview = await loadOverview(user);
  const day = today();
  const deadlines = openDeadlines(overview.grants).map((grant) => ({
    ...grant,
    urgency: urgencyOf(grant.spendUntil, day),
  }));
  return wire({ ...overview, deadlines, asOf: day, mayRecord: may(user.role, "record") });
}

export default function Overview() {
  const { envelopes, grants, schools, appropriations, deadlines, asOf, mayRecord } =
    useLoaderData<typeof loader>();
  return (
    <Page title="Übersicht" lead={`Stand ${formatDay(asOf)}. Alle Beträge in Euro, brutto.`}>
      <div className="notices">
        {deadlines.map(({ id, fileNumber, spendUntil, available, urgency }) => (
          <Notice
            key={id}
            kind={urgency === "over" ? "danger" : urgency === "soon" ? "warning" : "info"}
            title={
              urgency === "over"
                ? `${formatEuro(available)} nicht verwendet, Frist abgelaufen am ${formatDay(spendUntil)}`
                : `${formatEuro(available)} frei, zu verwenden bis ${formatDay(spendUntil)}`
            }
          >
            <p className="kern-body">
              Zuwendung <TextLink to={`/grants/${id}`}>{fileNumber}</TextLink>
            </p>
          </Notice>
        ))}
      </div>

      <Section
        title="Förderprogramme"
        actions={mayRecord && <ActionLink to="/envelopes/new">Höchstbetrag buchen</ActionLink>}
      >
        {envelopes.length === 0 ? (
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
              Höchstbetrag einer Schule ist ihr Sockelbetrag; der Kopfbetrag ist frei teilbar.
              Abgerufen wird je Zuwendung, nicht je Schule.
            </p>
          </>
        )}
      </Section>

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
                cell: ({ product, ledgerAccount, name }) => `${product} / ${ledgerAccount} ${name}`,
              },
              ...(["appropriated", "invoiced", "paid"] as const).map((figure) => ({
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
    </Page>
  );
}
