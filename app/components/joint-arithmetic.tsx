/** How a joint amount was divided, line by line, so that each member can reckon it again. */
import { Euro } from "#app/components/euro.tsx";
import { Table } from "#app/components/table.tsx";
import { dividedBasisWords, divisionNote } from "#app/german/joint-words.ts";
import {
  formatDay,
  formatEuro,
  formatFactor,
  formatPercent,
  formatQuota,
} from "#app/german/notation.ts";
import type { DividedBasis } from "#app/domain/joint-key.ts";

/** As it comes over the wire: each number as its exact decimal text. */
type Component = {
  basis: DividedBasis;
  percent: string | null;
  countedOn: string | null;
  source: string;
  amount: string;
  totalWeight: string;
  loweredFrom: string | null;
  lines: {
    memberId: string;
    figure: string;
    days: number;
    weight: string;
    quota: string;
    down: string;
    part: string;
  }[];
};

export function JointArithmetic({
  total,
  fiscalYear,
  daysOfYear,
  components,
  members,
}: {
  total: string;
  fiscalYear: number;
  daysOfYear: number;
  components: Component[];
  members: { id: string; name: string }[];
}) {
  const nameOf = (memberId: string) => members.find(({ id }) => id === memberId)?.name ?? "";
  return (
    <>
      <p className="kern-body">
        {formatEuro(total)} für {fiscalYear} ({daysOfYear} Tage).{" "}
        {components.length > 1 &&
          "Jede Grundlage teilt ihren Teil; die Teile zusammen sind der Anteil. "}
        Erst wird auf ganze Cent abgerundet; die Cent, die dann fehlen, gehen der Reihe nach an die
        größten Reste.
      </p>
      {components.map((component) => (
        <Table
          key={component.basis}
          caption={captionOf(component)}
          rows={component.lines}
          keyOf={({ memberId }) => memberId}
          footer={[
            "Summe",
            "",
            "",
            formatFactor(component.totalWeight),
            "",
            "",
            <Euro key="sum" amount={component.amount} />,
          ]}
          columns={[
            { label: "Mitglied", cell: ({ memberId }) => nameOf(memberId) },
            {
              label: component.basis === "fixed_sum" ? "Festbetrag im Jahr" : "Zahl",
              isNumeric: true,
              cell: ({ figure }) =>
                component.basis === "fixed_sum" ? formatEuro(figure) : formatFactor(figure),
            },
            { label: "Tage", isNumeric: true, cell: ({ days }) => days },
            { label: "Zahl × Tage", isNumeric: true, cell: ({ weight }) => formatFactor(weight) },
            {
              label: "genau (€)",
              isNumeric: true,
              cell: ({ quota }) => formatQuota(quota),
            },
            { label: "abgerundet", isNumeric: true, cell: ({ down }) => <Euro amount={down} /> },
            { label: "Anteil", isNumeric: true, cell: ({ part }) => <Euro amount={part} /> },
          ]}
        />
      ))}
    </>
  );
}

function captionOf({ basis, percent, countedOn, source, amount, loweredFrom }: Component) {
  const share = percent ? `, ${formatPercent(percent)}` : basis === "fixed_sum" ? ", vorab" : "";
  const day = countedOn ? `, Stichtag ${formatDay(countedOn)}` : "";
  const note = divisionNote(basis, loweredFrom && formatEuro(loweredFrom));
  const origin = source && `, Quelle: ${source}`;
  return `${dividedBasisWords[basis]}${share}: ${formatEuro(amount)}${day}${origin}${note ? `. ${note}` : ""}`;
}
