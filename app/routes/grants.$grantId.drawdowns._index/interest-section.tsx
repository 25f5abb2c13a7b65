/** Interest on money used late, slice by slice, with its arithmetic. */
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Facts, Notice, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { LateInterest } from "#app/domain/interest.ts";
import { interestWords, rateWords } from "#app/german/drawdown-sentences.ts";
import { formatDay } from "#app/german/notation.ts";
import type { Wire } from "#app/http.ts";

type Props = { late: Wire<LateInterest>; paid: string; on: string };

export function InterestSection({ late, paid, on }: Props) {
  const { slices, total, isComplete } = late;
  return (
    <Section title="Zinsen auf zu spät verwendetes Geld">
      {slices.length === 0 ? (
        <Empty>Kein Vorschuss ist über seine Verwendungsfrist hinaus liegen geblieben.</Empty>
      ) : (
        <>
          <p className="kern-body">
            Was nach Ablauf der Verwendungsfrist weder verwendet noch zurückgezahlt ist, ist zu
            verzinsen (§ 49a Abs. 3 und 4 VwVfG): vom Tag nach der Frist bis zum Tag der Verwendung,
            der Basiszinssatz jedes Tages (§ 247 BGB) und die Punkte der Richtlinie, je Zeile auf
            Cent gerundet. Zahlungen verbrauchen den ältesten Zahlungseingang zuerst. Fordern kann
            die Zinsen nur die Bewilligungsbehörde; ihr Bescheid geht vor.
          </p>
          <Table
            caption="Zinsrechnung"
            isCaptionHidden
            rows={slices}
            keyOf={({ payoutId, from }) => `${payoutId} ${from}`}
            columns={[
              { label: "Eingang vom", cell: ({ receivedOn }) => <DayText day={receivedOn} /> },
              { label: "zu verwenden bis", cell: ({ spendBy }) => <DayText day={spendBy} /> },
              {
                label: "verzinst vom–bis",
                cell: ({ from, until }) => `${formatDay(from)}–${formatDay(until)}`,
              },
              { label: "Tage", isNumeric: true, cell: ({ days }) => days },
              {
                label: "nicht verwendet",
                isNumeric: true,
                cell: ({ amount }) => <Euro amount={amount} />,
              },
              { label: "Zinssatz", cell: rateWords },
              { label: "Rechnung", cell: interestWords },
              {
                label: "Zinsen",
                isNumeric: true,
                cell: ({ interest }) => (interest ? <Euro amount={interest.due} /> : "offen"),
              },
            ]}
          />
          {!isComplete && (
            <Notice kind="warning" title="Die Zinsrechnung ist nicht vollständig.">
              <p className="kern-body">
                Für einzelne Zeilen ist kein Satz hinterlegt; sie sind in der Summe nicht enthalten.
              </p>
            </Notice>
          )}
        </>
      )}
      <Facts
        facts={[
          [`Gerechnet bis ${formatDay(on)}`, <Euro key="total" amount={total} />],
          ["Gezahlte Zinsen", <Euro key="paid" amount={paid} />],
        ]}
      />
    </Section>
  );
}
