/** The cost plan (Kostenplan) of an application, with what each measure takes of the pots. */
import { Euro } from "#app/components/euro.tsx";
import { Table } from "#app/components/table.tsx";

type Measure = {
  id: string;
  school: string;
  code: string;
  description: string;
  amount: string;
  fromBase: string;
  fromShared: string;
};

export function Measures({ rows, total }: { rows: Measure[]; total: string }) {
  return (
    <Table
      caption="Maßnahmen"
      rows={rows}
      keyOf={({ id }) => id}
      footer={["Summe", "", "", <Euro key="total" amount={total} />, "", ""]}
      columns={[
        { label: "Schule", cell: ({ school }) => school },
        { label: "Fördergegenstand", cell: ({ code }) => code },
        { label: "Was", cell: ({ description }) => description },
        { label: "Kosten", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        {
          label: "davon Sockelbetrag",
          isNumeric: true,
          cell: ({ fromBase }) => <Euro amount={fromBase} />,
        },
        {
          label: "davon frei teilbar",
          isNumeric: true,
          cell: ({ fromShared }) => <Euro amount={fromShared} />,
        },
      ]}
    />
  );
}
