/** Tables of the Z3 export: orders, invoices and payments, each with its lines. */
import { sql } from "drizzle-orm";
import type { Z3Words } from "#app/domain/z3.ts";
import {
  amount,
  day,
  dayOrNone,
  figureOrNone,
  plain,
  text,
  whole,
  word,
  type Z3Rows,
} from "./z3-columns.server.ts";
import type { Z3Scope } from "./z3-scope.server.ts";

const toGrant = { column: "Zuwendung_ID", table: "Zuwendungen" };
const toAccount = { column: "Konto_ID", table: "Konten" };
const toSupplier = { column: "Lieferant_ID", table: "Lieferanten" };

export function spendingTables({ own, funded, until }: Z3Scope, words: Z3Words): Z3Rows[] {
  const orders = sql`${own} and ${funded("o.grant_id", "o.fiscal_year")} and ${until("o.ordered_on")}`;
  const invoices = sql`${own} and ${funded("i.grant_id", "i.fiscal_year")} and ${until("i.invoiced_on")}`;
  const payments = sql`${invoices} and ${until("p.paid_on")}`;
  return [
    {
      ...{ file: "auftraege.csv", name: "Auftraege", note: "Aufträge" },
      columns: [
        plain("Auftrag_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        plain("Haushaltsjahr", "t.fiscal_year"),
        plain("Lieferant_ID", "t.supplier_id"),
        text("Nummer", "t.number"),
        day("Auftragstag", "t.ordered_on"),
        word("Vergabeart", "t.award_kind", words.awardKinds),
        text("Vergabenummer", "t.award_reference"),
        text("Vergabegrund", "t.award_reason"),
      ],
      ...{ from: "orders t join orders o on o.id = t.id", where: orders },
      ...{ orderBy: "t.ordered_on, t.id", references: [toGrant, toSupplier] },
    },
    {
      ...{ file: "auftragszeilen.csv", name: "Auftragszeilen", note: "Positionen der Aufträge" },
      columns: [
        plain("Zeile_ID", "t.id"),
        plain("Auftrag_ID", "t.order_id"),
        whole("Position", "t.position"),
        plain("Konto_ID", "t.budget_line_id"),
        word("Kostenart", "t.cost_kind", words.costKinds),
        text("Beschreibung", "t.description"),
        amount("Brutto", "t.gross_amount", "in Euro"),
        figureOrNone("Steuersatz", "t.vat_rate"),
      ],
      ...{ from: "order_lines t join orders o on o.id = t.order_id", where: orders },
      orderBy: "o.ordered_on, o.id, t.position",
      references: [{ column: "Auftrag_ID", table: "Auftraege" }, toAccount],
    },
    {
      ...{ file: "rechnungen.csv", name: "Rechnungen", note: "Rechnungen und Gutschriften" },
      columns: [
        plain("Rechnung_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        plain("Haushaltsjahr", "t.fiscal_year"),
        plain("Lieferant_ID", "t.supplier_id"),
        text("Nummer", "t.number"),
        day("Rechnungstag", "t.invoiced_on"),
        word("Art", "t.kind", words.invoiceKinds),
        dayOrNone("Faellig_am", "t.due_on"),
        figureOrNone("Skontosatz", "t.discount_rate"),
        plain("Gutschrift_zu", "t.credited_id", "Rechnung, die eine Gutschrift mindert, oder leer"),
      ],
      ...{ from: "invoices t join invoices i on i.id = t.id", where: invoices },
      ...{ orderBy: "t.invoiced_on, t.id", references: [toGrant, toSupplier] },
    },
    {
      ...{
        file: "rechnungszeilen.csv",
        name: "Rechnungszeilen",
        note: "Positionen der Rechnungen",
      },
      columns: [
        plain("Zeile_ID", "t.id"),
        plain("Rechnung_ID", "t.invoice_id"),
        whole("Position", "t.position"),
        plain("Konto_ID", "t.budget_line_id"),
        plain("Auftragszeile_ID", "t.order_line_id"),
        word("Art", "t.kind", words.invoiceLineKinds),
        word("Kostenart", "t.cost_kind", words.costKinds),
        text("Beschreibung", "t.description"),
        figureOrNone("Netto", "t.net_amount"),
        figureOrNone("Steuersatz", "t.vat_rate"),
        amount("Brutto", "t.gross_amount", "in Euro"),
        amount("Nicht_foerderfaehig", "t.ineligible_amount", "in Euro"),
        word("Grund", "t.ineligible_reason", words.ineligibleReasons),
        figureOrNone("Vorsteuer", "t.deductible_vat"),
        amount("Aus_Auftrag", "t.released_amount", "aufgehobene Bindung in Euro"),
      ],
      ...{ from: "invoice_lines t join invoices i on i.id = t.invoice_id", where: invoices },
      orderBy: "i.invoiced_on, i.id, t.position",
      references: [{ column: "Rechnung_ID", table: "Rechnungen" }, toAccount],
    },
    {
      ...{
        file: "feststellungen.csv",
        name: "Feststellungen",
        note: "Sachlich und rechnerisch richtig",
      },
      columns: [
        plain("Feststellung_ID", "t.id"),
        plain("Rechnung_ID", "t.invoice_id"),
        day("Tag", "t.certified_on"),
        plain("Person_ID", "t.certified_by"),
        text("Bemerkung", "t.note"),
      ],
      from: "certifications t join invoices i on i.id = t.invoice_id",
      where: sql`${invoices} and ${until("t.certified_on")}`,
      orderBy: "t.certified_on, t.id",
      references: [
        { column: "Rechnung_ID", table: "Rechnungen" },
        { column: "Person_ID", table: "Personen" },
      ],
    },
    {
      ...{ file: "zahlungen.csv", name: "Zahlungen", note: "Zahlungen der Rechnungen" },
      columns: [
        plain("Zahlung_ID", "t.id"),
        plain("Rechnung_ID", "t.invoice_id"),
        day("Wertstellung", "t.paid_on"),
        amount("Gezahlt", "t.paid_amount", "in Euro"),
        amount("Skonto", "t.cash_discount", "in Euro"),
        figureOrNone("Versaeumtes_Skonto", "t.missed_discount"),
      ],
      from: "payments t join payments p on p.id = t.id join invoices i on i.id = t.invoice_id",
      ...{ where: payments, orderBy: "t.paid_on, t.id" },
      references: [{ column: "Rechnung_ID", table: "Rechnungen" }],
    },
    {
      ...{
        file: "zahlungszeilen.csv",
        name: "Zahlungszeilen",
        note: "Zahlungen je Rechnungszeile",
      },
      columns: [
        plain("Zeile_ID", "t.id"),
        plain("Zahlung_ID", "t.payment_id"),
        plain("Rechnungszeile_ID", "t.invoice_line_id"),
        amount("Gezahlt", "t.paid", "in Euro"),
        amount("Skonto", "t.discount", "in Euro"),
        amount("Foerderfaehig", "t.eligible", "in Euro"),
        amount("Nicht_foerderfaehig", "t.ineligible", "in Euro"),
      ],
      from: `payment_lines t join payments p on p.id = t.payment_id
        join invoices i on i.id = p.invoice_id`,
      ...{ where: payments, orderBy: "p.paid_on, p.id, t.position" },
      references: [
        { column: "Zahlung_ID", table: "Zahlungen" },
        { column: "Rechnungszeile_ID", table: "Rechnungszeilen" },
      ],
    },
  ];
}
