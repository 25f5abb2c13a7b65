/** Sheet "Belegliste": the list of receipts in the order of payment, unpaid ones at its end. */
import { type AuditBook, inOrderOfPayment, type Receipt } from "#app/domain/audit-book.ts";
import { handColumns } from "#app/domain/sheet-text.ts";
import { awardKindWords, receiptStatus } from "#app/german/book-words.ts";
import { numberRanges } from "#app/german/asset-words.ts";
import { receiptFiles } from "#app/german/receipt-words.ts";
import { amount, day } from "./cells.ts";
import { eligibleColumns, type ReceiptKey } from "./receipt-shares.ts";
import { styles } from "./styles.ts";
import { range, type Table } from "./table.ts";

export function receiptsTable(book: AuditBook): Table<Receipt, ReceiptKey> {
  const rows = inOrderOfPayment(book.receipts);
  const counterparts = counterpartsOf(rows);
  const table: Table<Receipt, ReceiptKey> = {
    sheet: handColumns.sheet,
    rows,
    frozenColumns: 1,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      { title: "Schule", width: 17, style: styles.text, content: (receipt) => receipt.school },
      {
        title: "Schulnummer",
        width: 12,
        style: styles.number,
        content: (receipt) => receipt.schoolNumber,
      },
      {
        key: "Aktenzeichen",
        title: "Aktenzeichen",
        width: 15,
        style: styles.number,
        content: (receipt) => receipt.fileNumber,
      },
      {
        title: "Fördergegenstand",
        width: 17,
        style: styles.text,
        content: (receipt) => `${receipt.code} ${receipt.category}`.trim(),
      },
      {
        title: "Auftragsdatum",
        width: 13.5,
        style: styles.day,
        content: (receipt) => day(receipt.orderedOn),
      },
      {
        title: "Auftragsnummer",
        width: 14.5,
        style: styles.number,
        content: (receipt) => receipt.orderNumber,
      },
      {
        title: "Vergabeart",
        width: 14,
        style: styles.text,
        content: (receipt) => receipt.awardKind && awardKindWords[receipt.awardKind],
      },
      {
        title: "Vergabenummer",
        width: 14,
        style: styles.number,
        content: (receipt) => receipt.awardReference || null,
      },
      {
        title: "Rechnungsaussteller",
        width: 19,
        style: styles.text,
        content: (receipt) => receipt.supplier,
      },
      {
        title: "Rechnungsnummer",
        width: 16,
        style: styles.number,
        content: (receipt) => receipt.invoiceNumber,
      },
      {
        title: "Rechnungsdatum",
        width: 15,
        style: styles.day,
        content: (receipt) => day(receipt.invoicedOn),
      },
      {
        title: "Gegenstand",
        width: 21,
        style: styles.text,
        content: (receipt) => receipt.description,
      },
      {
        key: "Zahlungsdatum",
        title: "Zahlungsdatum",
        width: 14,
        style: styles.day,
        content: (receipt) => day(receipt.paidOn),
      },
      {
        key: "Brutto",
        title: "Brutto",
        width: 12.5,
        style: styles.amount,
        content: (receipt) => amount(receipt.grossAmount),
      },
      {
        key: "Skonto",
        title: "Skonto",
        width: 10.5,
        style: styles.amount,
        content: (receipt) => amount(receipt.cashDiscount),
      },
      {
        key: "gezahlt",
        title: "gezahlt",
        width: 12.5,
        style: styles.amount,
        content: (receipt) => amount(receipt.paidAmount),
      },
      {
        key: "nicht_förderfähige_USt",
        title: "nicht förderfähige USt",
        width: 13,
        style: styles.amount,
        content: (receipt) => amount(receipt.ineligibleVat),
      },
      {
        key: "sonst_nicht_förderfähig",
        title: "sonst nicht förderfähig",
        width: 12,
        style: styles.amount,
        content: (receipt) => amount(receipt.ineligibleOther),
      },
      {
        key: "gekürzt",
        title: "gekürzt laut Prüfvermerk",
        width: 12,
        style: styles.amount,
        content: (receipt) => amount(receipt.cut),
      },
      ...eligibleColumns(rows, (key) => range(table, key)),
      {
        title: "Inventarnummer",
        width: 14.5,
        style: styles.number,
        content: ({ inventoryNumbers }) => numberRanges(inventoryNumbers) || null,
      },
      {
        title: "Zweckbindung bis",
        width: 13,
        style: styles.day,
        content: ({ dedicatedUntil }) => day(dedicatedUntil),
      },
      { title: "Produkt / Sachkonto", width: 11.5, style: styles.number, content: () => null },
      {
        title: "Buchungsnummern",
        width: 16,
        style: styles.number,
        content: (receipt) => receipt.entryNumbers,
      },
      {
        title: "Beleg (Datei)",
        width: 22,
        style: styles.text,
        content: ({ standing, files }) => (standing === "reversal" ? null : receiptFiles(files)),
      },
      { title: "Status", width: 9.5, style: styles.text, content: receiptStatus },
      {
        key: "Gegenzeile",
        title: "lfd. Nr. der Gegenzeile (Storno)",
        width: 12,
        style: styles.running,
        content: (receipt) => counterparts.get(receipt) ?? null,
      },
      {
        title: "Bemerkung",
        width: 17,
        style: styles.text,
        content: (receipt) => receipt.remark || null,
      },
      {
        key: "anerkannt",
        title: handColumns.titles.accepted,
        width: 11.5,
        style: styles.handAmount,
        content: () => null,
      },
      {
        key: "Kürzung",
        title: handColumns.titles.cut,
        width: 10.5,
        style: styles.handAmount,
        content: () => null,
      },
      {
        title: handColumns.titles.reason,
        width: 16,
        style: styles.handText,
        content: () => null,
      },
    ],
  };
  return table;
}

/** Of a row that was undone the number of the row that undoes it, and the other way round. */
function counterpartsOf(rows: Receipt[]): Map<Receipt, number> {
  const found = new Map<Receipt, number>();
  const waiting = new Map<string, { receipt: Receipt; number: number }[]>();
  for (const [index, receipt] of rows.entries()) {
    if (receipt.pairKey === null) continue;
    const number = index + 1;
    const others = waiting.get(receipt.pairKey) ?? [];
    const other = others.findIndex((one) => one.receipt.standing !== receipt.standing);
    if (other === -1) {
      waiting.set(receipt.pairKey, [...others, { receipt, number }]);
      continue;
    }
    const [pair] = others.splice(other, 1);
    found.set(receipt, pair!.number).set(pair!.receipt, number);
  }
  return found;
}
