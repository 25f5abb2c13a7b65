/** What was drawn, what came, and what was given back. */
import { DayText, Euro } from "#app/components/euro.tsx";
import { Badge, Empty, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { drawdownKindWords } from "#app/german/drawdown-sentences.ts";
import type { Wire } from "#app/http.ts";
import type { listDrawdowns } from "#app/records/drawdowns.server.ts";
import type { listRepayments } from "#app/records/repayments.server.ts";

export function DrawdownTable({
  drawdowns,
}: {
  drawdowns: Wire<Awaited<ReturnType<typeof listDrawdowns>>>;
}) {
  if (drawdowns.length === 0) {
    return <Empty>Noch kein Mittelabruf. Abgerufen wird, sobald Rechnungen bezahlt sind.</Empty>;
  }
  return (
    <Table
      caption="Abrufe und Zahlungseingänge"
      rows={drawdowns}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Abruf",
          cell: ({ id, number, stands }) => (
            <>
              <TextLink to={`/drawdowns/${id}`}>Nr. {number}</TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        { label: "vom", cell: ({ requestedOn }) => <DayText day={requestedOn} /> },
        { label: "Art", cell: ({ kind }) => drawdownKindWords[kind] },
        { label: "Zweck", cell: ({ purpose }) => purpose },
        { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        {
          label: "eingegangen",
          isNumeric: true,
          cell: ({ received }) => <Euro amount={received} />,
        },
        { label: "steht aus", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
        { label: "zu verwenden bis", cell: ({ payouts }) => <SpendBy payouts={payouts} /> },
      ]}
    />
  );
}

function SpendBy({ payouts }: { payouts: { spendBy: string | null; stands: boolean }[] }) {
  const days = payouts.flatMap(({ spendBy, stands }) => (stands && spendBy ? [spendBy] : []));
  if (days.length === 0) return <>–</>;
  return (
    <>
      {days.map((day, index) => (
        <span key={`${day} ${index}`}>
          {index > 0 && ", "}
          <DayText day={day} />
        </span>
      ))}
    </>
  );
}

export function RepaymentTable({
  repayments,
}: {
  repayments: Wire<Awaited<ReturnType<typeof listRepayments>>>;
}) {
  if (repayments.length === 0) return <Empty>Noch nichts zurückgezahlt.</Empty>;
  return (
    <Table
      caption="Rückzahlungen"
      isCaptionHidden
      rows={repayments}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Zurückgezahlt am",
          cell: ({ id, repaidOn, stands }) => (
            <>
              <TextLink to={`/documents/repayment/${id}`}>
                <DayText day={repaidOn} />
              </TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        { label: "Grund", cell: ({ reason }) => reason },
        { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        {
          label: "Zinsen",
          isNumeric: true,
          cell: ({ interestAmount }) => <Euro amount={interestAmount} />,
        },
      ]}
    />
  );
}
