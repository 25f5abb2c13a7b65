/**
 * What an audit workbook (Prüfbuch) holds, as plain rows: loaded by `records/audit-book`, written by
 * `exports/audit-book`. All figures are as of one day, all amounts in euro gross.
 */
import type { BookMark } from "./book-mark.ts";
import type { BudgetReason } from "./budget-reason.ts";
import type { Day } from "./calendar.ts";
import type { Forecast } from "./forecast.ts";
import type { AccountKind, Balance, DocumentKind, Figure, Verdict } from "./journal.ts";
import type { Money, Percent } from "./money.ts";
import type { Financing } from "./terms.ts";
import type { AuditMarkRow } from "./audit-mark.ts";
import type { AuditSheets } from "./audit-sheets.ts";
import type { AwardKind } from "./procurement.ts";
import type { CostShareRow, AssetRow, JointPartRow, OverBudgetReason } from "./audit-rows.ts";

/** Whether a row's document stands, was undone later, or undoes another. */
export type Standing = "standing" | "reversed" | "reversal";

export type AuditBook = {
  authority: string;
  /** What the book is of where it is an extract: file numbers of grants, or all that an auditor may see. */
  grant: string | undefined;
  /** The fiscal year when the book is of one of the municipal budget. */
  fiscalYear?: number;
  asOf: Day;
  /** The moment whose knowledge it shows, ISO 8601 in UTC: the same day and moment make the same book. */
  knownOn: string;
  /** What makes the same book again (`book-mark.ts`): for an address, and to check a copy of it. */
  mark: BookMark;
  madeBy: string;
  programVersion: string;
  /** True when the books hold example data. */
  isExample: boolean;
  accounts: BookAccount[];
  receipts: Receipt[];
  commitments: Commitment[];
  drawdowns: DrawdownRow[];
  costShares: CostShareRow[];
  /** Five fiscal years from the one of the day on; without rows in the book of one grant. */
  followUpCosts: Pick<Forecast, "years" | "rows" | "totals">;
  assets: AssetRow[];
  jointParts: JointPartRow[];
  /** Orders and invoices of the municipal budget. */
  municipalPapers?: MunicipalPaper[];
  /** Decisions about the money of the municipal budget; empty in the book of one grant. */
  budgetReasons?: BudgetReason[];
  /** Why documents go over the municipal budget, of those that needed a reason. */
  overBudgetReasons?: OverBudgetReason[];
  /** Marks of audits on receipts, in their order. */
  auditMarks?: AuditMarkRow[];
  /** Rows of the sheets of use, reversals, change log, joint costs, contracts and codes. */
  sheets: AuditSheets;
  /** In the order of their numbers, portion by portion, to be walked through once. */
  entries: Iterable<BookEntry[]> | AsyncIterable<BookEntry[]>;
  /** Sums of the journal's maintained balances, for the sheet of controls. */
  balances: Balance;
  /** The proofs of the books, as `npm run verify` gives them. */
  proofs: Verdict[];
};

export type BookAccount = {
  id: string;
  /** Such as "AZ 1 · GS Beispiel · 2.1"; that of a reversed grant and of its successor can be equal. */
  label: string;
  kind: AccountKind;
  fileNumber: string | null;
  school: string | null;
  code: string | null;
  fiscalYear: number | null;
  figures: Balance;
};

/** One line of the list of receipts (Belegliste): a line of an invoice with its payment. */
export type Receipt = {
  standing: Standing;
  invoiceLineId: string;
  budgetLineId: string;
  school: string;
  schoolNumber: string;
  fileNumber: string;
  code: string;
  category: string;
  orderNumber: string | null;
  orderedOn: Day | null;
  awardKind: AwardKind | null;
  awardReference: string;
  supplier: string;
  invoiceNumber: string;
  invoicedOn: Day;
  description: string;
  /** Null while the invoice is not paid. */
  paidOn: Day | null;
  grossAmount: Money;
  cashDiscount: Money;
  /** Zero while the invoice is not paid. */
  paidAmount: Money;
  ineligibleVat: Money;
  ineligibleOther: Money;
  /** What the granting authority did not accept of it, with its reasons. */
  cut: Money;
  /** Gross less discount, what is not eligible and what was cut: what stands as invoiced on its line. */
  eligible: Money;
  /** How its grant is reckoned, with the approved costs together and the federal part of the costs. */
  financing: Financing & { planned: Money; federalRate: Percent };
  /** Numbers of the journal's entries, such as "12, 13". */
  entryNumbers: string;
  /** Reason of the reversal, for rows that undo or are undone, and of a cut. */
  remark: string;
  /** Shared by a row that was undone and the row that undoes it; null for all others. */
  pairKey: string | null;
  /** Of the assets that the line bought, and until when they are dedicated (Zweckbindung). */
  inventoryNumbers: string[];
  dedicatedUntil: Day | null;
  /** The files at the invoice, as they are when the book is made. */
  files: { fileName: string; hash: string }[];
};

/** One line of an order: what it committed and what became of it. */
export type Commitment = {
  standing: Standing;
  fileNumber: string;
  school: string;
  code: string;
  supplier: string;
  orderNumber: string;
  orderedOn: Day;
  description: string;
  ordered: Money;
  /** Released by invoices, freed by closing the order, undone by its reversal. */
  released: Money;
  freed: Money;
  reversed: Money;
  open: Money;
};

/** What moves a grant's income: what is drawn, comes, is claimed back and given back. */
export type IncomeDeed = "drawdown" | "payout" | "reclaim" | "repayment";

/** A deed or the reversal of one, in the order of days. */
export type DrawdownRow = {
  deed: IncomeDeed | `${IncomeDeed}_reversal`;
  fileNumber: string;
  /** Of the drawdown; null for what belongs to none. */
  number: number | null;
  on: Day;
  purpose: string;
  drawn: Money;
  received: Money;
  reclaimed: Money;
  repaid: Money;
  interest: Money;
};

/** An order or invoice on an account of the municipal budget, as on the paper. */
export type MunicipalPaper = {
  documentId: string;
  accountId: string;
  number: string;
  supplier: string;
  net: Money;
  gross: Money;
};

export type BookEntry = {
  number: number;
  documentId?: string;
  bookedOn: Day;
  /** ISO 8601 in UTC. */
  recordedAt: string;
  recordedBy: string;
  accountId: string;
  /** The account's label. */
  account: string;
  accountKind: AccountKind;
  fileNumber: string | null;
  school: string | null;
  code: string | null;
  figure: Figure;
  amount: Money;
  documentKind: DocumentKind;
  text: string;
  reversesNumber: number | null;
  hash: string;
};

/**
 * Receipts by day of payment, unpaid ones at the end; otherwise in the order in which they come: a
 * reversal stays behind what it undoes.
 */
export function inOrderOfPayment<Row extends Pick<Receipt, "paidOn">>(receipts: Row[]): Row[] {
  const order = ({ paidOn }: Row) => paidOn ?? "9999-99-99";
  return receipts.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}
