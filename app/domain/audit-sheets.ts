/** Rows of further sheets of the audit workbook (Prüfbuch): use of grants, reversals, change log, contracts. */
import type { Day } from "./calendar.ts";
import type { ContractKind, Rhythm } from "./contract.ts";
import type { Deed } from "./deed.ts";
import type { JointCostKind } from "./joint-cost.ts";
import type { DocumentKind } from "./journal.ts";
import type { Factor, Money, Percent } from "./money.ts";

export type AuditSheets = {
  use: UseRow[];
  reversals: ReversalRow[];
  /** What the journal of the book has of reversals, counted by the database. */
  reversalEntries: { count: number; amount: Money };
  changes: ChangeRow[];
  jointCosts: JointCostRow[];
  contracts: ContractYearRow[];
  /** Categories (Fördergegenstände) of the programmes of the grants in the book. */
  categories: { programme: string; code: string; name: string }[];
};

/** A line of the cost plan, or a means of its financing. */
export type UsePosition = "line" | "grant" | "third_party" | "own";

/** One position of the financial proof (zahlenmäßiger Nachweis), as the page of the proof of use has it. */
export type UseRow = {
  fileNumber: string;
  /** Running number of the grant in the book. */
  grantNumber: number;
  position: UsePosition;
  /** The account whose entries it sums: of a cost line its own, of the grant the income; null for other means. */
  accountId: string | null;
  school: string | null;
  /** Code and name of the category; null for means. */
  category: string | null;
  planned: Money;
  /** Paid and eligible; of means what they bear of it. */
  actual: Money;
  /** Other money for the purpose by the notice, which the formulas of the means need. */
  thirdParty: Money;
  /** By how much the line may be overrun if others save as much; null for means. */
  tolerance: Percent | null;
};

/** A document and what undid it, with their entries as far as the book has them. */
export type ReversalRow = {
  documentKind: DocumentKind;
  title: string;
  bookedOn: Day;
  original: BookedNumbers;
  reversal: BookedNumbers;
  reversedOn: Day;
  reason: string;
  /** ISO 8601 in UTC; null for reversals from before it was kept. */
  recordedAt: string | null;
  recordedBy: string;
  /** Title of the document that took its place; null where none did by the day of the book. */
  replacedBy: string | null;
};

/** Entries with their sum, and what they moved: the sum without signs, since one figure falls where another rises. */
export type BookedNumbers = { numbers: number[]; amount: Money; moved: Money };

/** One line of the change log (Änderungsprotokoll). */
export type ChangeRow = {
  /** ISO 8601 in UTC. */
  changedAt: string;
  changedBy: string;
  deed: Deed;
  text: string;
  before: Record<string, string> | null;
  after: Record<string, string> | null;
  requestId: string | null;
  /** Number and SHA-256 of the seal that the database gave it. */
  sealNumber: number | null;
  seal: string | null;
};

/** What a joint service's year really cost, paper by paper. */
export type JointCostRow = {
  jointService: string;
  fiscalYear: number;
  planNumber: string;
  kind: JointCostKind;
  incurredOn: Day;
  description: string;
  reference: string;
  invoiceNumber: string | null;
  hours: Factor | null;
  rate: Money | null;
  amount: Money;
  stands: boolean;
  settlementNumber: string | null;
  settledOn: Day | null;
};

/** A contract of the municipal budget in a fiscal year. */
export type ContractYearRow = {
  number: string;
  name: string;
  kind: ContractKind;
  supplier: string | null;
  school: string | null;
  account: string;
  signedOn: Day;
  startedOn: Day;
  /** Its last day, once that is settled. */
  endsOn: Day | null;
  noticeMonths: number | null;
  noticeBy: Day | null;
  amount: Money;
  rhythm: Rhythm;
  stands: boolean;
  /** Null while no year of it is committed. */
  fiscalYear: number | null;
  ordered: Money;
  committed: Money;
  invoiced: Money;
  paid: Money;
};
