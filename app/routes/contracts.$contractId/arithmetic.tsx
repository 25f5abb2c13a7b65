/** What a contract costs in each fiscal year, line by line. */
import { Euro } from "#app/components/euro.tsx";
import { Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { priceGroundWords } from "#app/german/contract-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import type { Shown } from "./route.tsx";

export function Arithmetic({ years, thisYear }: Shown) {
  return (
    <Section title="Kosten je Haushaltsjahr">
      <p className="kern-body muted">
        Jeder Zeitraum beginnt mit dem Tag des Vertragsbeginns. Sein Preis verteilt sich auf seine
        Tage; gerundet wird auf das, was bis zu einem Tag aufgelaufen ist. So ergeben die Teile
        eines Zeitraums, der über den Jahreswechsel reicht, zusammen genau seinen Preis. Ändert sich
        der Preis mittendrin, zählt jeder für seine Tage.
      </p>
      {years.map(({ year, pieces, total }) => (
        <details key={year} className="fold" open={year === thisYear}>
          <summary className="kern-label">
            {year}: {formatEuro(total)}
          </summary>
          <Table
            caption={`Rechenweg ${year}`}
            isCaptionHidden
            rows={pieces}
            keyOf={({ from }) => from}
            footer={["Summe", "", "", "", <Euro key="total" amount={total} />]}
            columns={[
              {
                label: "Zeitraum",
                cell: ({ period }) => `${formatDay(period.from)} – ${formatDay(period.until)}`,
              },
              {
                label: "Preis",
                isNumeric: true,
                cell: ({ price, ground }) => `${formatEuro(price)} (${priceGroundWords[ground]})`,
              },
              {
                label: `davon ${year}`,
                cell: ({ from, until }) => `${formatDay(from)} – ${formatDay(until)}`,
              },
              {
                label: "Tage",
                isNumeric: true,
                cell: ({ days, daysOfPeriod }) => `${days} von ${daysOfPeriod}`,
              },
              { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            ]}
          />
        </details>
      ))}
    </Section>
  );
}
