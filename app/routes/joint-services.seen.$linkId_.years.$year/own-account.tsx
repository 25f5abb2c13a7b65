import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Facts, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { formatEuro } from "#app/german/notation.ts";
import type { loader } from "./route.tsx";
import type { useLoaderData } from "@remix-run/react";

type Own = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["own"]>;

/** What the own authority was asked for, has paid, and still owes or gets back. */
export function OwnAccount({
  own,
  keeperName,
  isSettled,
}: {
  own: Own;
  keeperName: string;
  isSettled: boolean;
}) {
  const { paysHere, instalments, payments, instalmentsPaid, overdue } = own;
  return (
    <Section title="Unsere Zahlungen">
      {!paysHere ? (
        <p className="kern-body">
          Unsere Zahlungen laufen nicht über {keeperName}; sie stehen nur in unseren eigenen
          Büchern.
        </p>
      ) : (
        <>
          <Facts
            facts={[
              ["Abschläge gezahlt", formatEuro(instalmentsPaid)],
              [isSettled ? "Ergebnis der Abrechnung" : "Noch zu zahlen", outcomeText(own)],
              ...(overdue === "0"
                ? []
                : ([["Davon überfällig", formatEuro(overdue)]] as [string, string][])),
            ]}
          />
          <Table
            caption="Abschläge"
            rows={instalments}
            keyOf={({ id }) => id}
            columns={[
              { label: "Fällig am", cell: ({ dueOn }) => <DayText day={dueOn} /> },
              { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            ]}
          />
          {payments.length === 0 ? (
            <Empty>Bei {keeperName} ist noch keine Zahlung von uns gebucht.</Empty>
          ) : (
            <Table
              caption={`Bei ${keeperName} gebuchte Zahlungen`}
              rows={payments}
              keyOf={({ id }) => id}
              columns={[
                { label: "Tag", cell: ({ paidOn }) => <DayText day={paidOn} /> },
                {
                  label: "Was",
                  cell: ({ isInstalment, amount }) =>
                    isInstalment
                      ? "Abschlag"
                      : amount.startsWith("-")
                        ? "Erstattung"
                        : "Nachzahlung",
                },
                {
                  label: "Betrag",
                  isNumeric: true,
                  cell: ({ amount }) => <Euro amount={amount} />,
                },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}

/** What is left after the payments; before the settlement of the plan, after it of the result. */
function outcomeText({ result, open }: Own): string {
  if (open === null) return "–";
  if (result === null) return formatEuro(open);
  if (result === "0") return "ausgeglichen";
  const isRefund = result.startsWith("-");
  const state = open === "0" ? "gezahlt" : "offen";
  const amount = formatEuro(isRefund ? result.slice(1) : result);
  return `${isRefund ? "Erstattung" : "Nachzahlung"} ${amount}, ${state}`;
}
