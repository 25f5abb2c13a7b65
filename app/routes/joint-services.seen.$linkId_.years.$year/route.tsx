import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Euro } from "#app/components/euro.tsx";
import { JointArithmetic } from "#app/components/joint-arithmetic.tsx";
import { JointMember } from "#app/components/joint-member.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Facts, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { daysOf } from "#app/domain/joint-service.ts";
import { jointCostKindWords, keyBasisWords } from "#app/german/joint-words.ts";
import { formatDay, formatEuro, formatPercent } from "#app/german/notation.ts";
import { idParam, wire, yearParam } from "#app/http.ts";
import { loadSeenYear } from "#app/records/joint-seen.server.ts";
import { requireUser } from "#app/session.server.ts";
import { OwnAccount } from "./own-account.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `IKZ ${data?.fiscalYear ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const fiscalYear = yearParam(params.year);
  const year = await loadSeenYear(user, idParam(params.linkId), fiscalYear);
  return wire({ ...year, daysOfYear: daysOf(fiscalYear) });
}

export default function SeenYear() {
  const year = useLoaderData<typeof loader>();
  const { linkId, fiscalYear, agreement, keeperName, plan, settlement, own } = year;
  const here = `/joint-services/seen/${linkId}/years/${fiscalYear}`;
  return (
    <Page
      title={`Jahr ${fiscalYear}`}
      lead={`${agreement}, geführt von ${keeperName}. Sie lesen hier mit; gebucht wird dort.`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: `/joint-services/seen/${linkId}`, label: "Vereinbarung" },
      ]}
      actions={
        own?.paysHere && (
          <ActionLink to={`${here}/letter`} kind="primary">
            Unser Schreiben
          </ActionLink>
        )
      }
    >
      <MunicipalTabs />
      {!plan ? (
        <Empty>
          Für {fiscalYear} gibt es noch keinen Plan, der die Kosten aller Mitglieder teilt.
        </Empty>
      ) : (
        <Facts
          facts={[
            ["Plan", `${plan.number} vom ${formatDay(plan.plannedOn)}`],
            ["Geplant", formatEuro(plan.amount)],
            ["Istkosten", `${formatEuro(year.actual)}${settlement ? "" : " bisher"}`],
            [
              "Abrechnung",
              settlement
                ? `${settlement.number} vom ${formatDay(settlement.settledOn)}, fällig am ${formatDay(settlement.dueOn)}`
                : "noch nicht",
            ],
          ]}
        />
      )}
      <Key />
      {plan && (
        <>
          <Shares />
          {own && <OwnAccount own={own} keeperName={keeperName} isSettled={settlement !== null} />}
          <Costs />
          <Section title={settlement ? "So wurde das Ist geteilt" : "So wurde der Plan geteilt"}>
            <JointArithmetic
              total={settlement?.total ?? plan.amount}
              fiscalYear={fiscalYear}
              daysOfYear={year.daysOfYear}
              components={settlement ? year.settled : year.planned}
              members={year.members}
            />
          </Section>
        </>
      )}
    </Page>
  );
}

function Key() {
  const { key } = useLoaderData<typeof loader>();
  return (
    <Section title="Schlüssel">
      {!key ? (
        <Empty>Noch kein Schlüssel festgelegt.</Empty>
      ) : (
        <Table
          caption="Schlüssel"
          isCaptionHidden
          rows={key}
          keyOf={({ id }) => id}
          columns={[
            { label: "Grundlage", cell: ({ basis }) => keyBasisWords[basis] },
            {
              label: "Anteil",
              isNumeric: true,
              cell: ({ percent }) => (percent ? formatPercent(percent) : "vorab"),
            },
            {
              label: "Stichtag",
              cell: ({ countedOn }) => (countedOn ? formatDay(countedOn) : "–"),
            },
            { label: "Quelle", cell: ({ source }) => source || "–" },
          ]}
        />
      )}
    </Section>
  );
}

function Shares() {
  const { members } = useLoaderData<typeof loader>();
  return (
    <Section title="Anteile der Mitglieder">
      <Table
        caption="Anteile der Mitglieder"
        isCaptionHidden
        rows={members}
        keyOf={({ id }) => id}
        columns={[
          { label: "Mitglied", cell: (member) => <JointMember {...member} /> },
          { label: "Tage", isNumeric: true, cell: ({ days }) => days },
          { label: "geplant", isNumeric: true, cell: (m) => <Euro amount={m.planned} /> },
          {
            label: "Anteil am Ist",
            isNumeric: true,
            cell: (m) => (m.settled ? <Euro amount={m.settled} /> : "–"),
          },
        ]}
      />
    </Section>
  );
}

function Costs() {
  const { costs, actual } = useLoaderData<typeof loader>();
  return (
    <Section title="Istkosten">
      {costs.length === 0 ? (
        <Empty>Noch keine Istkosten erfasst.</Empty>
      ) : (
        <Table
          caption="Istkosten"
          isCaptionHidden
          rows={costs}
          keyOf={({ kind }) => kind}
          footer={["Summe", <Euro key="sum" amount={actual} />]}
          columns={[
            { label: "Art", cell: ({ kind }) => jointCostKindWords[kind] },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
          ]}
        />
      )}
    </Section>
  );
}
