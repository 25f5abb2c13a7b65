/** Receipts with their hints, those with most first, and what each rule means. */
import { DayText, Euro } from "#app/components/euro.tsx";
import { TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { HintRule, RiskHint } from "#app/domain/risk-hints.ts";
import { hintRuleWords, hintSentence } from "#app/german/hint-words.ts";
import type { Wire } from "#app/http.ts";

type Hinted = {
  id: string;
  number: string;
  invoicedOn: string;
  supplier: string;
  place: string;
  grossAmount: string;
  hints: Wire<RiskHint>[];
};

export function HintTable({ receipts }: { receipts: Hinted[] }) {
  const rules = (Object.keys(hintRuleWords) as HintRule[]).filter((rule) =>
    receipts.some(({ hints }) => hints.some((hint) => hint.rule === rule)),
  );
  return (
    <>
      <Table
        caption="Rechnungen mit Hinweis, die mit den meisten zuerst"
        isCaptionHidden
        rows={receipts}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Rechnung",
            cell: ({ id, number }) => <TextLink to={`/invoices/${id}`}>{number}</TextLink>,
          },
          { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
          { label: "Lieferant", cell: ({ supplier }) => supplier },
          { label: "Zuwendung", cell: ({ place }) => place },
          {
            label: "brutto",
            isNumeric: true,
            cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
          },
          { label: "Hinweise", cell: ({ hints }) => <Hints hints={hints} /> },
        ]}
      />
      <Table
        caption="Die Regeln dieser Hinweise"
        rows={rules}
        keyOf={(rule) => rule}
        columns={[
          { label: "Hinweis", cell: (rule) => hintRuleWords[rule].name },
          { label: "Regel", cell: (rule) => hintRuleWords[rule].rule },
          {
            label: "Rechnungen",
            isNumeric: true,
            cell: (rule) =>
              receipts.filter(({ hints }) => hints.some((hint) => hint.rule === rule)).length,
          },
        ]}
      />
    </>
  );
}

/** Each hint with its figures. */
export function Hints({ hints }: { hints: Wire<RiskHint>[] }) {
  if (hints.length === 0) return "–";
  return (
    <ul className="hints">
      {hints.map((hint, index) => (
        <li key={index}>
          <strong>{hintRuleWords[hint.rule].name}</strong>: {hintSentence(hint)}
        </li>
      ))}
    </ul>
  );
}
