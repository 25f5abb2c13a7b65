/** Cost shares of old, and those that are agreed as a fixed sum: nothing is settled at the year's end. */
import { DayText, Euro } from "#app/components/euro.tsx";
import { Badge, Empty, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { AllocationKey } from "#app/domain/cost-share.ts";
import { fixedReadingWords } from "#app/german/joint-words.ts";

type Share = {
  id: string;
  fiscalYear: number;
  stands: boolean;
  allocationKey: AllocationKey;
  amount: string;
  ownAmount: string;
  paidOn: string | null;
};

export function CostShareTable({ shares }: { shares: Share[] }) {
  if (shares.length === 0) return <Empty>Kein Festbetrag gebucht.</Empty>;
  return (
    <Table
      caption="Je Haushaltsjahr"
      isCaptionHidden
      rows={shares}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Haushaltsjahr",
          cell: ({ id, fiscalYear, stands }) => (
            <>
              <TextLink to={`/cost-shares/${id}`}>{fiscalYear}</TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        {
          label: "Lesart und Schlüssel",
          cell: ({ allocationKey }) => fixedReadingWords[allocationKey],
        },
        {
          label: "Betrag nach dieser Lesart",
          isNumeric: true,
          cell: ({ amount }) => <Euro amount={amount} />,
        },
        {
          label: "eigener Anteil",
          isNumeric: true,
          cell: ({ ownAmount }) => <Euro amount={ownAmount} />,
        },
        {
          label: "bezahlt am",
          cell: ({ paidOn }) =>
            paidOn ? <DayText day={paidOn} /> : <Badge kind="warning">offen</Badge>,
        },
      ]}
    />
  );
}
