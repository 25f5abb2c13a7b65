/** The figures of a proof of use as tables: the result, line by line, receipt by receipt. */
import type { ReactNode } from "react";
import { euro } from "#app/domain/money.ts";
import { type KeptFigures, percentOfPlan } from "#app/domain/proof-paper.ts";
import { formatAmount } from "#app/german/notation.ts";
import { incomeTable, resultRows } from "#app/german/proof-text.ts";
import { DayText, Euro } from "./euro.tsx";
import { Badge } from "./page.tsx";
import { Table } from "./table.tsx";

export function ProofResult({ figures }: { figures: KeptFigures }) {
  const strongIf = (isResult: boolean, text: ReactNode) =>
    isResult ? <strong>{text}</strong> : text;
  return (
    <Table
      caption="Ergebnis"
      rows={resultRows(figures)}
      keyOf={({ what }) => what}
      columns={[
        { label: "Größe", cell: ({ what, isResult }) => strongIf(isResult, what) },
        { label: "so gerechnet", cell: ({ how }) => how },
        {
          label: "Betrag",
          isNumeric: true,
          cell: ({ amount, isResult }) => strongIf(isResult, <Euro amount={amount} />),
        },
      ]}
    />
  );
}

/** Where the money comes from, as planned and for what was spent. */
export function ProofIncome({ figures }: { figures: KeptFigures }) {
  const { title, note, columns, rows, footer } = incomeTable(figures);
  return (
    <>
      <Table
        caption={title}
        rows={rows}
        keyOf={([source]) => source!}
        footer={footer ?? undefined}
        columns={columns.map((column, index) => ({
          ...column,
          cell: (cells: string[]) => cells[index],
        }))}
      />
      <p className="kern-body kern-body--small muted">{note}</p>
    </>
  );
}

export function ProofLines({ figures }: { figures: KeptFigures }) {
  return (
    <Table
      caption="Zahlenmäßiger Nachweis: Plan gegen Ist"
      rows={figures.lines}
      keyOf={({ budgetLineId }) => budgetLineId}
      footer={[
        "Summe",
        "",
        <Euro key="planned" amount={figures.planned} />,
        <Euro key="spent" amount={figures.spent} />,
        <Euro
          key="difference"
          amount={euro(figures.planned).minus(euro(figures.spent)).toFixed()}
        />,
        percentText(figures.spent, figures.planned),
      ]}
      columns={[
        { label: "Schule", cell: ({ school }) => school },
        { label: "Fördergegenstand", cell: ({ code, category }) => `${code} ${category}` },
        { label: "Plan", isNumeric: true, cell: ({ approved }) => <Euro amount={approved} /> },
        { label: "Ist", isNumeric: true, cell: ({ paid }) => <Euro amount={paid} /> },
        {
          label: "Plan weniger Ist",
          isNumeric: true,
          cell: ({ difference, isBeyondTolerance }) => (
            <>
              {isBeyondTolerance && <Badge kind="warning">über der Toleranz</Badge>}{" "}
              <Euro amount={difference} />
            </>
          ),
        },
        {
          label: "Ist in % des Plans",
          isNumeric: true,
          cell: ({ approved, paid }) => percentText(paid, approved),
        },
      ]}
    />
  );
}

function percentText(actual: string, planned: string): string {
  const percent = percentOfPlan(euro(actual), euro(planned));
  return percent ? formatAmount(percent) : "–";
}

export type ReceiptVerdict = { cut: string; reason: string };

export function ProofReceipts({
  figures,
  verdictOf,
}: {
  figures: KeptFigures;
  /** What the granting authority said of a receipt; undefined while there is no answer. */
  verdictOf?: (invoiceLineId: string) => ReceiptVerdict | undefined;
}) {
  return (
    <Table
      caption="Belegliste in der Reihenfolge der Zahlung"
      rows={figures.receipts}
      keyOf={({ invoiceLineId }) => invoiceLineId}
      columns={[
        { label: "bezahlt am", cell: ({ paidOn }) => <DayText day={paidOn} /> },
        { label: "Schule, Gegenstand", cell: ({ school, code }) => `${school} ${code}` },
        {
          label: "Rechnung",
          cell: ({ supplier, invoiceNumber }) => `${supplier}, ${invoiceNumber}`,
        },
        { label: "Was", cell: ({ description }) => description },
        {
          label: "gezahlt",
          isNumeric: true,
          cell: ({ paidAmount }) => <Euro amount={paidAmount} />,
        },
        {
          label: "förderfähig",
          isNumeric: true,
          cell: ({ eligible }) => <Euro amount={eligible} />,
        },
        { label: "Zuwendung", isNumeric: true, cell: ({ grant }) => <Euro amount={grant} /> },
        {
          label: "Eigen- und Drittmittel",
          isNumeric: true,
          cell: ({ own }) => <Euro amount={own} />,
        },
        ...(verdictOf
          ? [
              {
                label: "Prüfvermerk",
                cell: ({ invoiceLineId }: KeptFigures["receipts"][number]) => {
                  const verdict = verdictOf(invoiceLineId);
                  if (!verdict) return "anerkannt";
                  return (
                    <>
                      gekürzt um <Euro amount={verdict.cut} />: {verdict.reason}
                    </>
                  );
                },
              },
            ]
          : []),
      ]}
    />
  );
}
