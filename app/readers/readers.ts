/**
 * All that is read apart from the service, by name. A reader is pure: bytes in; a result, or a refusal
 * as `{ problem }`, out. Both are copied between threads, so they are plain data: text instead of Money.
 */
import { readBankStatements } from "./bank-statement.ts";
import { readBookDifferences, readBookMark } from "./book.ts";
import { readEInvoice } from "./e-invoice.ts";
import { readTable } from "./table.ts";
import { decodeText } from "./text.ts";

export const readers = {
  bankStatements: readBankStatements,
  bookMark: (bytes: Uint8Array) => readBookMark(bytes),
  bookDifferences: (bytes: Uint8Array) => readBookDifferences(bytes),
  eInvoice: readEInvoice,
  table: readTable,
  text: decodeText,
};

export type Readers = typeof readers;
