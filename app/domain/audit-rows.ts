/** Rows of the audit workbook (Prüfbuch) that come of the municipal budget: assets, shares, papers. */
import type { Day } from "./calendar.ts";
import type { AllocationKey } from "./cost-share.ts";
import type { Worth } from "./depreciation.ts";
import type { Reading } from "./joint-year.ts";
import type { Factor, Money } from "./money.ts";
import type { Standing } from "./audit-book.ts";

/** The part of one member in a joint service's cost of a year. */
export type CostShareRow = {
  standing: Standing;
  jointService: string;
  fiscalYear: number;
  number: string;
  demandedOn: Day;
  allocationKey: AllocationKey;
  /** Total of all members; for an own share without known total the own share itself. */
  total: Money;
  member: string;
  isOwn: boolean;
  weight: Factor | null;
  amount: Money;
  /** What is booked of it on the authority's appropriation: the own part, zero for others. */
  booked: Money;
  paid: Money;
  paidOn: Day | null;
  appropriation: string;
};

/** An asset as of the book's day; what is gone has nothing left. */
export type AssetRow = Worth & {
  inventoryNumber: string;
  description: string;
  school: string;
  place: string;
  fileNumber: string;
  invoiceNumber: string;
  inServiceOn: Day;
  usefulLifeMonths: number;
  lifeReason: string;
  cost: Money;
  grantShare: Money;
  dedicatedUntil: Day | null;
  disposedOn: Day | null;
  disposalReason: string | null;
};

/** The part of one member in a planned year of a joint service. */
export type JointPartRow = {
  standing: Standing;
  jointService: string;
  fiscalYear: number;
  number: string;
  plannedOn: Day;
  reading: Reading;
  member: string;
  isOwn: boolean;
  planned: Money;
  /** Instalments, as they are paid; null for a member whose payments these books don't know. */
  paid: Money | null;
  settledOn: Day | null;
  /** Its part of the actual cost; null until the settlement. */
  actual: Money | null;
  /** As the settlement has it: Nachzahlung when positive, Erstattung when negative. */
  result: Money | null;
  /** Paid of the result, a refund with a minus. */
  balancePaid: Money | null;
  /** What of it stands on the authority's appropriation as invoiced and as paid; zero where none is moved. */
  booked: Money;
  bookedPaid: Money;
};

/** Why a document of any kind goes over the municipal budget. */
export type OverBudgetReason = { documentId: string; reason: string };
