/** Orders by their lines, newest first, with what each still commits. */
import { DayText, Euro } from "./euro.tsx";
import { Badge, Empty, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type OrderLine = {
  id: string;
  orderId: string;
  number: string;
  stands: boolean;
  orderedOn: string;
  supplier: string;
  school: string;
  code: string;
  ordered: string;
  releasedAmount: string;
  open: string;
};

export function OrderTable({ lines, committed }: { lines: OrderLine[]; committed: string }) {
  if (lines.length === 0) {
    return <Empty>Noch kein Auftrag. Ein Auftrag bindet Geld, bis die Rechnung kommt.</Empty>;
  }
  return (
    <Table
      caption="Auftragszeilen, neueste zuerst"
      rows={lines}
      keyOf={({ id }) => id}
      footer={["Summe", "", "", "", "", "", <Euro key="open" amount={committed} />]}
      columns={[
        {
          label: "Auftrag",
          cell: ({ orderId, number, stands }) => (
            <>
              <TextLink to={`/orders/${orderId}`}>{number}</TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        { label: "vom", cell: ({ orderedOn }) => <DayText day={orderedOn} /> },
        { label: "Lieferant", cell: ({ supplier }) => supplier },
        { label: "Position", cell: ({ school, code }) => `${school} ${code}` },
        {
          label: "bestellt",
          isNumeric: true,
          cell: ({ ordered }) => <Euro amount={ordered} />,
        },
        {
          label: "abgerechnet",
          isNumeric: true,
          cell: ({ releasedAmount }) => <Euro amount={releasedAmount} />,
        },
        { label: "gebunden", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
      ]}
    />
  );
}
