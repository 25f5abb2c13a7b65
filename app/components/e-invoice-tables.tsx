/** The amounts of an e-invoice: lines, VAT, totals. */
import type { EInvoice, EInvoiceAdjustment } from "#app/domain/e-invoice.ts";
import { euro, negated } from "#app/domain/money.ts";
import { quantityText, vatText } from "#app/german/e-invoice-words.ts";
import { formatEuro, formatFactor } from "#app/german/notation.ts";
import { Euro } from "./euro.tsx";
import { Facts } from "./page.tsx";
import { Table } from "./table.tsx";

export function EInvoiceLines({ invoice }: { invoice: EInvoice }) {
  if (invoice.lines.length === 0) return null;
  return (
    <Table
      caption="Positionen"
      rows={invoice.lines.map((line, index) => ({ ...line, index }))}
      keyOf={({ index }) => index}
      columns={[
        { label: "Nr.", cell: ({ number }) => number },
        { label: "Was", cell: (line) => <LineText line={line} /> },
        {
          label: "Menge",
          isNumeric: true,
          cell: ({ quantity, unit }) => quantityText(quantity, unit),
        },
        { label: "Preis", isNumeric: true, cell: (line) => priceText(line) },
        { label: "Steuer", isNumeric: true, cell: ({ vat }) => vatText(vat) },
        {
          label: "netto",
          isNumeric: true,
          cell: ({ netAmount }) => <Euro amount={netAmount} />,
        },
      ]}
    />
  );
}

function LineText({ line }: { line: EInvoice["lines"][0] }) {
  const { name, description, note, articleNumber, adjustments } = line;
  const more = [
    description !== name && description,
    note,
    articleNumber && `Art.-Nr. ${articleNumber}`,
    ...adjustments.map(adjustmentText),
  ];
  return (
    <>
      {name}
      {more
        .filter((text): text is string => Boolean(text))
        .map((text, index) => (
          <span className="muted below" key={index}>
            {text}
          </span>
        ))}
    </>
  );
}

function adjustmentText({ kind, amount, reason }: EInvoiceAdjustment): string {
  const word = kind === "charge" ? "Zuschlag" : "Nachlass";
  return `${word} ${formatEuro(amount)}${reason ? `: ${reason}` : ""}`;
}

/** Prices may have fractions of a cent. */
function priceText({ price, priceQuantity }: EInvoice["lines"][0]): string {
  if (price === null) return "–";
  const exact = /\.\d{3}/.test(price) ? `${formatFactor(price)} €` : formatEuro(price);
  return priceQuantity === "1" ? exact : `${exact} je ${formatFactor(priceQuantity)}`;
}

export function EInvoiceVatTable({ invoice }: { invoice: EInvoice }) {
  if (invoice.vat.length === 0) return null;
  return (
    <Table
      caption="Umsatzsteuer"
      rows={invoice.vat.map((vat, index) => ({ ...vat, index }))}
      keyOf={({ index }) => index}
      columns={[
        {
          label: "Steuersatz",
          cell: (vat) => (vat.exemption ? `${vatText(vat)}: ${vat.exemption}` : vatText(vat)),
        },
        { label: "von netto", isNumeric: true, cell: ({ taxable }) => <Euro amount={taxable} /> },
        { label: "Steuer", isNumeric: true, cell: ({ tax }) => <Euro amount={tax} /> },
      ]}
    />
  );
}

/** Allowances and charges of the whole document, with the sign that they have in its total. */
export function EInvoiceAdjustments({ invoice }: { invoice: EInvoice }) {
  if (invoice.adjustments.length === 0) return null;
  return (
    <Table
      caption="Nachlässe und Zuschläge"
      rows={invoice.adjustments.map((one, index) => ({ ...one, index }))}
      keyOf={({ index }) => index}
      columns={[
        {
          label: "Was",
          cell: ({ kind, reason }) => reason ?? (kind === "charge" ? "Zuschlag" : "Nachlass"),
        },
        { label: "Steuer", isNumeric: true, cell: ({ vat }) => (vat ? vatText(vat) : "–") },
        {
          label: "netto",
          isNumeric: true,
          cell: ({ kind, amount }) => (
            <Euro amount={kind === "charge" ? amount : negated(euro(amount)).toFixed()} />
          ),
        },
      ]}
    />
  );
}

/** The totals as stated; what is not stated is left out. */
export function EInvoiceTotals({ invoice: { totals } }: { invoice: EInvoice }) {
  const stated = (label: string, amount: string | null): [string, React.ReactNode][] =>
    amount === null ? [] : [[label, <Euro key={label} amount={amount} />]];
  return (
    <>
      <h3 className="kern-heading-small">Summen der Rechnung</h3>
      <Facts
        facts={[
          ...stated("Summe der Positionen", totals.lines),
          ...stated("Summe der Nachlässe", totals.allowances),
          ...stated("Summe der Zuschläge", totals.charges),
          ...stated("Summe ohne Umsatzsteuer", totals.net),
          ...stated("Umsatzsteuer", totals.vat),
          ...stated("Summe mit Umsatzsteuer", totals.gross),
          ...stated("Schon gezahlt", totals.prepaid),
          ...stated("Rundung", totals.rounding),
          [
            "Zahlbetrag",
            <strong key="due">
              <Euro amount={totals.due} />
            </strong>,
          ],
        ]}
      />
    </>
  );
}
