/** What may be drawn today, and how it comes about. */
import { Euro } from "#app/components/euro.tsx";
import { Table } from "#app/components/table.tsx";
import type { Drawable } from "#app/domain/drawdown.ts";
import type { FinancingKind } from "#app/domain/programme.ts";
import { formatDay, formatEuro, formatPercent } from "#app/german/notation.ts";
import { financingKindWords } from "#app/german/words.ts";
import type { Wire } from "#app/http.ts";

type Page = {
  on: string;
  can: Wire<Drawable>;
  financingKind: FinancingKind;
  fundingRate: string;
  refusal: string | null;
};

export function DrawableTable({ page }: { page: Page }) {
  const { paid, due, drawn, refund, advance } = page.can;
  const isRefused = page.refusal !== null;
  const share =
    page.financingKind === "share"
      ? `${financingKindWords.share}, ${formatPercent(page.fundingRate)}`
      : financingKindWords[page.financingKind];
  const rows = [
    { what: `Förderfähig bezahlt bis ${formatDay(page.on)}`, amount: paid },
    { what: `Davon trägt die Zuwendung (${share})`, amount: due },
    { what: "Schon abgerufen, abzüglich Rückzahlungen", amount: drawn },
    { what: "Jetzt als Erstattung abrufbar", amount: isRefused ? "0" : refund },
  ];
  if (advance) {
    rows.push(
      {
        what: `Vorschuss: höchstens ${formatPercent(advance.rate)} von ${formatEuro(advance.grant)}`,
        amount: advance.most,
      },
      {
        what: "Jetzt als Vorschuss abrufbar (Erstattung eingeschlossen)",
        amount: isRefused ? "0" : advance.amount,
      },
    );
  }
  return (
    <Table
      caption="Jetzt abrufbar"
      rows={rows}
      keyOf={({ what }) => what}
      columns={[
        { label: "Rechnung", cell: ({ what }) => what },
        { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
      ]}
    />
  );
}
