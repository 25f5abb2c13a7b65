import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Euro } from "#app/components/euro.tsx";
import { JointArithmetic } from "#app/components/joint-arithmetic.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Empty, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { daysOf } from "#app/domain/joint-service.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readingWords } from "#app/german/joint-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { idParam, wire, yearParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { findFixedShare } from "#app/records/joint-services.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { Movements } from "./movements.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `IKZ ${data?.fiscalYear ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const fiscalYear = yearParam(params.year);
  const year = await loadJointYear(user, idParam(params.jointServiceId), fiscalYear);
  const fixed = await findFixedShare(user, year.agreement.id, fiscalYear);
  const daysOfYear = daysOf(fiscalYear);
  return wire({
    ...year,
    daysOfYear,
    fixedId: year.plan ? null : (fixed?.id ?? null),
    mayCoordinate: mayUser(user, "coordinate"),
    mayPay: mayUser(user, "pay"),
  });
});

export default function JointYearPage() {
  const year = useLoaderData<typeof loader>();
  const { fiscalYear, agreement, plan, settlement, members } = year;
  const here = `/joint-services/${agreement.id}/years/${fiscalYear}`;
  return (
    <Page
      title={`Jahr ${fiscalYear}`}
      lead={agreement.name}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: `/joint-services/${agreement.id}`, label: "IKZ-Vereinbarung" },
      ]}
      actions={!year.fixedId && <Actions here={here} />}
    >
      <MunicipalTabs />
      {!plan ? (
        <Empty>
          {year.fixedId ? (
            <>
              Für {fiscalYear} ist ein Festbetrag gebucht, ohne Plan und Abrechnung:{" "}
              <TextLink to={`/cost-shares/${year.fixedId}`}>{`Umlage ${fiscalYear}`}</TextLink>
            </>
          ) : year.key ? (
            "Der Schlüssel ist festgelegt. Als Nächstes wird das Jahr geplant."
          ) : (
            "Als Nächstes wird der Schlüssel festgelegt und das Jahr geplant."
          )}
        </Empty>
      ) : (
        <>
          <Facts
            facts={[
              [
                "Plan",
                <TextLink key="plan" to={`/documents/joint_plan/${plan.id}`}>
                  {plan.number} vom {formatDay(plan.plannedOn)}
                </TextLink>,
              ],
              ["Der Betrag ist", readingWords[plan.reading]],
              ["Geplant", formatEuro(plan.amount)],
              ["Istkosten", `${formatEuro(year.actual)}${settlement ? "" : " bisher"}`],
              [
                "Abrechnung",
                settlement ? (
                  <TextLink to={`/documents/joint_settlement/${settlement.id}`}>
                    {settlement.number} vom {formatDay(settlement.settledOn)}, fällig am{" "}
                    {formatDay(settlement.dueOn)}
                  </TextLink>
                ) : (
                  "noch nicht"
                ),
              ],
            ]}
          />
          <Section title="Mitglieder">
            <Table
              caption="Geplant, gezahlt, abgerechnet"
              rows={members}
              keyOf={({ id }) => id}
              columns={[
                {
                  label: "Mitglied",
                  cell: ({ name, isOwn, isPerforming }) => (
                    <>
                      {isOwn ? <strong>{name}</strong> : name}
                      {isPerforming && " (führt durch)"}
                    </>
                  ),
                },
                { label: "Tage", isNumeric: true, cell: ({ days }) => days },
                { label: "geplant", isNumeric: true, cell: (m) => <Euro amount={m.planned} /> },
                {
                  label: "Abschläge gezahlt",
                  isNumeric: true,
                  cell: (m) => (m.paysHere ? <Euro amount={m.instalmentsPaid} /> : "–"),
                },
                {
                  label: "Anteil am Ist",
                  isNumeric: true,
                  cell: (m) => (m.settled ? <Euro amount={m.settled} /> : "–"),
                },
                { label: "Ergebnis", isNumeric: true, cell: (m) => <Result member={m} /> },
                {
                  label: "Schreiben",
                  cell: ({ id, paysHere, planned, settled }) =>
                    paysHere && (settled || planned !== "0") ? (
                      <TextLink
                        to={`/joint-services/${agreement.id}/years/${fiscalYear}/letters/${id}`}
                      >
                        ansehen
                      </TextLink>
                    ) : (
                      "–"
                    ),
                },
              ]}
            />
            {members.some(({ paysHere }) => !paysHere) && (
              <p className="kern-body">
                {year.isOwnPerforming
                  ? "Wir führen durch und tragen unseren Anteil mit unseren eigenen Rechnungen; er wird nicht gezahlt."
                  : "Wir sehen nur unsere eigenen Zahlungen; die der anderen Mitglieder bucht, wer durchführt."}
              </p>
            )}
          </Section>
          <Section title={settlement ? "So wurde das Ist geteilt" : "So wurde der Plan geteilt"}>
            <Arithmetic />
          </Section>
          <Movements />
        </>
      )}
    </Page>
  );
}

/** What can come next, the most likely first. */
function Actions({ here }: { here: string }) {
  const { plan, settlement, agreement, fiscalYear, members, key, mayCoordinate, mayPay } =
    useLoaderData<typeof loader>();
  if (!mayCoordinate && (!mayPay || !plan)) return null;
  const isOpen = members.some(({ open }) => open && open !== "0");
  const toKey = `/joint-services/${agreement.id}/keys/${fiscalYear}`;
  if (!agreement.terms) {
    const to = `/joint-services/new?agreement=${agreement.id}`;
    return <ActionLink to={to}>Zuerst die Vereinbarung ergänzen</ActionLink>;
  }
  if (!plan) {
    return (
      <>
        <ActionLink to={toKey} kind={key ? "secondary" : "primary"}>
          {key ? "Schlüssel ändern" : "Schlüssel festlegen"}
        </ActionLink>
        <ActionLink to={`${here}/plan`} kind={key ? "primary" : "secondary"}>
          Jahr planen
        </ActionLink>
      </>
    );
  }
  return (
    <>
      {isOpen && mayPay && (
        <ActionLink to={`${here}/payments/new`} kind="primary">
          {settlement ? "Nachzahlung oder Erstattung buchen" : "Abschlag buchen"}
        </ActionLink>
      )}
      {!settlement && mayCoordinate && (
        <ActionLink to={`${here}/costs/new`}>Istkosten erfassen</ActionLink>
      )}
      {!settlement && mayCoordinate && key && (
        <ActionLink to={toKey}>Zahlen neuer Mitglieder</ActionLink>
      )}
      {!settlement && mayCoordinate && (
        <ActionLink to={`${here}/settlement`}>Jahr abrechnen</ActionLink>
      )}
    </>
  );
}

type Member = ReturnType<typeof useLoaderData<typeof loader>>["members"][number];

function Result({ member: { result, open, overdue } }: { member: Member }) {
  if (result === null) {
    if (overdue === "0") return "–";
    return <Badge kind="warning">{`überfällig ${formatEuro(overdue)}`}</Badge>;
  }
  if (result === "0") return "ausgeglichen";
  const isRefund = result.startsWith("-");
  const amount = formatEuro(isRefund ? result.slice(1) : result);
  return (
    <>
      {isRefund ? "Erstattung" : "Nachzahlung"} {amount}{" "}
      {open === "0" ? <Badge kind="success">gezahlt</Badge> : <Badge kind="warning">offen</Badge>}
    </>
  );
}

function Arithmetic() {
  const { plan, planned, settled, settlement, agreement, fiscalYear, daysOfYear } =
    useLoaderData<typeof loader>();
  if (plan?.reading === "own_share") {
    return (
      <p className="kern-body">
        Der Betrag ist unser eigener Anteil. Hier wird nichts geteilt; wie die Summe aller
        Mitglieder geteilt wird, rechnet das durchführende Mitglied ab.
      </p>
    );
  }
  return (
    <JointArithmetic
      total={settlement?.total ?? plan?.amount ?? "0"}
      fiscalYear={fiscalYear}
      daysOfYear={daysOfYear}
      components={settlement ? settled.components : planned.components}
      members={agreement.members}
    />
  );
}
