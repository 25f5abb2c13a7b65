import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { jointCostKindWords } from "#app/german/joint-words.ts";
import { formatDay, formatEuro, formatFactor } from "#app/german/notation.ts";
import type { loader } from "./route.tsx";

/** Instalments, payments and actual costs of the year. */
export function Movements() {
  const { members, instalments, payments, costs, actual } = useLoaderData<typeof loader>();
  return (
    <>
      <Section title="Abschläge">
        <Table
          caption="Fälligkeiten"
          isCaptionHidden
          rows={instalments}
          keyOf={({ id }) => id}
          columns={[
            { label: "Fällig am", cell: ({ dueOn }) => <DayText day={dueOn} /> },
            {
              label: "Mitglied",
              cell: ({ memberId }) => members.find(({ id }) => id === memberId)?.name ?? "",
            },
            { label: "Betrag", isNumeric: true, cell: (row) => <Euro amount={row.amount} /> },
          ]}
        />
      </Section>
      <Section title="Zahlungen">
        {payments.length === 0 ? (
          <Empty>Noch keine Zahlung gebucht.</Empty>
        ) : (
          <Table
            caption="Zahlungen"
            isCaptionHidden
            rows={payments}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Tag",
                cell: ({ id, paidOn }) => (
                  <TextLink to={`/documents/joint_payment/${id}`}>{formatDay(paidOn)}</TextLink>
                ),
              },
              { label: "Mitglied", cell: ({ member }) => member },
              {
                label: "Was",
                cell: ({ settlementId, amount }) =>
                  !settlementId
                    ? "Abschlag"
                    : amount.startsWith("-")
                      ? "Erstattung"
                      : "Nachzahlung",
              },
              { label: "Betrag", isNumeric: true, cell: (row) => <Euro amount={row.amount} /> },
            ]}
          />
        )}
      </Section>
      <Section title="Istkosten">
        {costs.length === 0 ? (
          <Empty>Noch keine Istkosten erfasst.</Empty>
        ) : (
          <Table
            caption="Istkosten"
            isCaptionHidden
            rows={costs}
            keyOf={({ id }) => id}
            footer={["Summe", "", "", <Euro key="sum" amount={actual} />]}
            columns={[
              {
                label: "Was",
                cell: ({ id, description }) => (
                  <TextLink to={`/documents/joint_cost/${id}`}>{description}</TextLink>
                ),
              },
              {
                label: "Woher",
                cell: ({ kind, hours, rate, reference }) =>
                  hours && rate
                    ? `${formatFactor(hours)} Stunden zu ${formatEuro(rate)}`
                    : `${jointCostKindWords[kind]} ${reference}`,
              },
              { label: "Tag", cell: ({ incurredOn }) => <DayText day={incurredOn} /> },
              { label: "Betrag", isNumeric: true, cell: (row) => <Euro amount={row.amount} /> },
            ]}
          />
        )}
      </Section>
    </>
  );
}
