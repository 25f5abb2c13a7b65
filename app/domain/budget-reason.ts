/** Who decided about money of the municipal budget, and why, as pages and the workbook show it. */
import type { Day } from "./calendar.ts";
import type { CarryoverGround } from "./carryover.ts";
import type { Money } from "./money.ts";

/** What gave money to an account of the municipal budget, or moved it, with who decided it and why. */
export type BudgetReason = {
  kind: "appropriation" | "supplement" | "extra_approval" | "carryover";
  documentId: string;
  /** The account that gets the money; of a carry-over the one that it leaves. */
  account: string;
  /** The account that covers it; of a carry-over the one at which it arrives. */
  otherAccount: string | null;
  amount: Money;
  decidedOn: Day;
  /** Number and title of the resolution on file. */
  resolution: string | null;
  /** Who decided, in words; empty where a resolution says it. */
  decision: string;
  reason: string;
  /** The additional income that covers it; empty where an account does. */
  additionalIncome: string;
  ground: CarryoverGround | null;
  /** Until when what is carried over may be used; null until the last payment. */
  validUntil: Day | null;
  stands: boolean;
};
