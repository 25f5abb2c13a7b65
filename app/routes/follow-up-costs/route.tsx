import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { type Column, Table } from "#app/components/table.tsx";
import { yearOf } from "#app/domain/calendar.ts";
import { mayUser } from "#app/domain/permission.ts";
import { assumptionText, forecastKindWords } from "#app/german/contract-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { StackedBars } from "./stacked-bars.tsx";

export const meta: MetaFunction = () => [{ title: "Folgekosten – Paktbuch" }];

export const loader = asKnown("read_all_books", async ({ request }, user) => {
  const asOf = today();
  const asked = new URL(request.url).searchParams.get("from");
  const firstYear = asked && /^20\d\d$/.test(asked) ? Number(asked) : yearOf(asOf);
  return wire({
    forecast: await loadForecast(user, firstYear, asOf),
    firstYear,
    asOf,
    mayRecord: mayUser(user, "record"),
  });
});

export default function FollowUpCosts() {
  const { forecast, firstYear, asOf, mayRecord } = useLoaderData<typeof loader>();
  const { years, rows, totals, bound, byKind, bySchool, assumptions } = forecast;
  return (
    <Page
      title="Folgekosten"
      lead={`Was der Schulträger von ${years[0]} bis ${years.at(-1)} zahlen muss, wenn alles weiterläuft. Beträge brutto, Stand ${formatDay(asOf)}.`}
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={mayRecord && <ActionLink to="/contracts/new">Vertrag anlegen</ActionLink>}
    >
      <MunicipalTabs />
      <Form method="get" className="actions">
        <KeptStand />
        <label className="kern-label" htmlFor="from">
          Erstes Haushaltsjahr
        </label>
        <input
          id="from"
          name="from"
          defaultValue={firstYear}
          inputMode="numeric"
          className="kern-form-input__input short"
        />
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Anzeigen</span>
        </button>
      </Form>
      {rows.length === 0 ? (
        <Empty>
          Für diese Jahre ist nichts bekannt. Folgekosten kommen aus{" "}
          <TextLink to="/contracts">Verträgen</TextLink>, der IKZ und dem Ersatz von Geräten.
        </Empty>
      ) : (
        <>
          <Section title="Im Überblick">
            <StackedBars years={years} series={byKind} />
            <Table
              caption="Nach Art"
              rows={byKind}
              keyOf={({ kind }) => kind}
              footer={footer("Summe", totals)}
              columns={[
                { label: "Art", cell: ({ kind }) => forecastKindWords[kind] },
                ...yearColumns<(typeof byKind)[number]>(years),
              ]}
            />
            <Table
              caption="Davon schon gebunden: gebucht, nicht mehr kündbar oder angefordert"
              rows={[bound]}
              keyOf={() => "bound"}
              columns={[
                { label: "Gebunden", cell: () => "schon gebunden" },
                ...yearColumns<typeof bound>(years),
              ]}
            />
          </Section>
          <Section title="Je Schule">
            <Table
              caption="Nach Schule"
              isCaptionHidden
              rows={bySchool}
              keyOf={({ schoolName }) => schoolName ?? ""}
              footer={footer("Summe", totals)}
              columns={[
                { label: "Schule", cell: ({ schoolName }) => schoolName ?? "ganzer Schulträger" },
                ...yearColumns<(typeof bySchool)[number]>(years),
              ]}
            />
          </Section>
          <Section title="Woraus sich die Summen ergeben">
            <Table
              caption="Verträge, IKZ, Ersatz von Geräten"
              isCaptionHidden
              rows={rows}
              keyOf={({ id }) => id}
              footer={["Summe", "", ...footer("", totals).slice(1)]}
              columns={[
                { label: "Was", cell: ({ id, kind, name }) => <Source {...{ id, kind, name }} /> },
                {
                  label: "Schule",
                  cell: ({ schoolName }) => schoolName ?? "ganzer Schulträger",
                },
                ...years.map((year, index) => ({
                  label: String(year),
                  isNumeric: true,
                  cell: ({ id, kind, amounts }: (typeof rows)[number]) => (
                    <Euro amount={amounts[index]!} to={pageOf(kind, id)} />
                  ),
                })),
                { label: "Summe", isNumeric: true, cell: ({ total }) => <Euro amount={total} /> },
              ]}
            />
          </Section>
          <Section title="Was dabei angenommen ist">
            {assumptions.length === 0 ? (
              <p className="kern-body">Nichts: Alles ist fest vereinbart.</p>
            ) : (
              <ul className="kern-list kern-list--bullet">
                {assumptions.map((assumption) => (
                  <li key={`${assumption.kind} ${assumption.name}`}>
                    {assumptionText(assumption)}
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

type Sums = { amounts: string[]; total: string };

function yearColumns<Row extends Sums>(years: number[]): Column<Row>[] {
  return [
    ...years.map((year, index) => ({
      label: String(year),
      isNumeric: true,
      cell: ({ amounts }: Row) => <Euro amount={amounts[index]!} />,
    })),
    { label: "Summe", isNumeric: true, cell: ({ total }: Row) => <Euro amount={total} /> },
  ];
}

function footer(title: string, { amounts, total }: Sums) {
  return [title, ...amounts, total].map((text, index) =>
    index === 0 ? text : <Euro key={index} amount={text} />,
  );
}

function pageOf(kind: string, id: string): string | undefined {
  if (kind === "replacement") return undefined;
  return kind === "joint_service" ? `/joint-services/${id}` : `/contracts/${id}`;
}

function Source({ id, kind, name }: { id: string; kind: string; name: string }) {
  const to = pageOf(kind, id);
  return to ? <TextLink to={to}>{name}</TextLink> : <>{name}</>;
}
