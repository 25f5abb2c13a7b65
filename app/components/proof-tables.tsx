/** The figures of a proof of use as tables: the result, line by line, receipt by receipt. */
import type { ProofFigures } from "#app/domain/proof-of-use.ts";
import { formatPercent } from "#app/german/notation.ts";
import { financingKindWords } from "#app/german/words.ts";
import { DayText, Euro } from "./euro.tsx";
import { Badge } from "./page.tsx";
import { Table } from "./table.tsx";

/** As they come over the wire and out of a snapshot: amounts are exact decimal strings. */
export type ShownFigures = {
  [Key in keyof ProofFigures]: Key extends "lines" | "receipts"
    ? Shown<ProofFigures[Key] extends (infer Row)[] ? Row : never>[]
    : Key extends "terms"
      ? Shown<ProofFigures["terms"]>
      : string;
};
type Shown<Row> = { [Key in keyof Row]: Row[Key] extends boolean | string ? Row[Key] : string };

export function ProofResult({ figures }: { figures: ShownFigures }) {
  const { terms } = figures;
  const rows: { what: string; amount: string; how: string; isResult?: boolean }[] = [
    { what: "Geplante Kosten", amount: figures.planned, how: "Kostenplan, Summe" },
    {
      what: "Zuwendungsfähige Ausgaben",
      amount: figures.spent,
      how: "bezahlt und förderfähig",
    },
    { what: "Einsparung", amount: figures.saved, how: "geplant weniger bezahlt" },
    { what: "Drittmittel", amount: terms.thirdPartyAmount, how: "laut Finanzierungsplan" },
    {
      what: "Zuwendung nach den Ausgaben",
      amount: figures.grantDue,
      how: `${financingKindWords[terms.financingKind]}, ${formatPercent(terms.fundingRate)}, höchstens bewilligt`,
      isResult: true,
    },
    { what: "Eigenmittel", amount: figures.own, how: "Ausgaben weniger Zuwendung und Drittmittel" },
    {
      what: "Nicht benötigte Zuwendung",
      amount: figures.grantSaved,
      how: "bewilligt weniger Zuwendung nach den Ausgaben",
    },
    { what: "Abgerufen", amount: figures.drawn, how: "Mittelabrufe" },
    { what: "Erhalten", amount: figures.received, how: "Zahlungseingänge" },
    { what: "Zurückgezahlt", amount: figures.repaid, how: "Rückzahlungen" },
    {
      what: "Zurückzuzahlen",
      amount: figures.repayment,
      how: "erhalten, nicht zurückgezahlt und nicht durch Ausgaben gedeckt",
      isResult: true,
    },
    {
      what: "Noch abzurufen",
      amount: figures.stillToDraw,
      how: "Zuwendung nach den Ausgaben weniger abgerufen",
      isResult: true,
    },
  ];
  return (
    <Table
      caption="Ergebnis"
      rows={rows}
      keyOf={({ what }) => what}
      columns={[
        {
          label: "Größe",
          cell: ({ what, isResult }) => (isResult ? <strong>{what}</strong> : what),
        },
        { label: "so gerechnet", cell: ({ how }) => how },
        {
          label: "Betrag",
          isNumeric: true,
          cell: ({ amount, isResult }) =>
            isResult ? (
              <strong>
                <Euro amount={amount} />
              </strong>
            ) : (
              <Euro amount={amount} />
            ),
        },
      ]}
    />
  );
}

export function ProofLines({ figures }: { figures: ShownFigures }) {
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
        "",
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
      ]}
    />
  );
}

export type ReceiptVerdict = { cut: string; reason: string };

export function ProofReceipts({
  figures,
  verdictOf,
}: {
  figures: ShownFigures;
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
                cell: ({ invoiceLineId }: ShownFigures["receipts"][number]) => {
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
