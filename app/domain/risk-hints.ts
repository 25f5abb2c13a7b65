/**
 * Risk hints (Prüfhinweise): what an auditor would look at first, each with its rule and figures. Hints, not
 * errors: none of them says that something is wrong. The rules are those of the open profile by which
 * vouchers of EU funds are sampled, with the thresholds of the receipt's own programme on the day of its
 * order. Not among them, since the books take none: the same number of the same supplier twice, a cut
 * without reason, accepted other than amount less cut.
 */
import { type Day, daysBetween } from "./calendar.ts";
import { grouped } from "./groups.ts";
import { type Money, percent, shareOf, sum } from "./money.ts";
import { type AwardKind, awardLimit } from "./procurement.ts";
import type { ProcurementRule } from "./programme.ts";

/** What the hints need to know of an invoice that stands. Amounts in euro. */
export type AuditedReceipt = {
  id: string;
  supplier: string;
  number: string;
  invoicedOn: Day;
  grossAmount: Money;
  netAmount: Money;
  isCredit: boolean;
  /** Days of its payments that stand. */
  paidOn: Day[];
  hasFile: boolean;
  /** The orders it invoices, each with its value net of VAT. */
  orders: { orderedOn: Day; awardKind: AwardKind; awardReference: string; value: Money }[];
  /** Of its grant's programme; empty where no thresholds are known. */
  procurement: ProcurementRule[];
  /** The programme's term; absent where the programme does not say. */
  startsOn?: Day | undefined;
  paidOutUntil?: Day | undefined;
  /** Schools on whose lines it stands, which have no media concept though the programme asks for one. */
  withoutConcept: string[];
};

export type RiskHint =
  | { rule: "round_thousands"; amount: Money }
  | { rule: "just_below_threshold"; value: Money; limit: Money; kind: AwardKind }
  | { rule: "award_above_limit"; value: Money; limit: Money; kind: AwardKind | null }
  | { rule: "tender_without_reference"; kind: AwardKind }
  | { rule: "split_purchase"; count: number; value: Money; limit: Money; days: number }
  | { rule: "not_paid"; invoicedOn: Day }
  | { rule: "paid_before_invoice"; paidOn: Day; invoicedOn: Day }
  | { rule: "same_amount"; amount: Money; others: string[] }
  | { rule: "missing_receipt" }
  | { rule: "dominant_supplier"; supplier: string; amount: Money; total: Money }
  | { rule: "ordered_before_programme"; orderedOn: Day; startsOn: Day }
  | { rule: "paid_after_payout_end"; paidOn: Day; until: Day }
  | { rule: "school_without_concept"; schools: string[] };

export type HintRule = RiskHint["rule"];

/** "Just below": from so much of a threshold up to the threshold itself. */
export const nearThreshold = percent("90");
/** One supplier with so much of all that was invoiced. */
export const dominantShare = percent("50");
/** Invoices of one supplier within so many days can be one purchase in parts (Stückelung). */
export const splitWithinDays = 31;
/** Amounts in whole thousands of euro are seldom the sum of prices and VAT. */
const roundStep = 1_000;

/** The hints of each receipt, by its id, among the receipts of one scope; all are invoices that stand. */
export function riskHints(receipts: AuditedReceipt[]): Map<string, RiskHint[]> {
  const invoices = receipts.filter(({ isCredit }) => !isCredit);
  const ofSupplier = grouped(invoices, ({ supplier }) => supplier);
  const total = sum(invoices.map(({ grossAmount }) => grossAmount));
  return new Map(
    receipts.map((receipt) => {
      const own = receipt.isCredit ? [] : ofSupplier.get(receipt.supplier)!;
      return [
        receipt.id,
        [
          ...hintsOfAmount(receipt),
          ...hintsOfAward(receipt),
          ...hintsOfDays(receipt),
          ...hintsOfPapers(receipt),
          ...hintsOfSupplier(receipt, own, { total, isOnly: ofSupplier.size < 2 }),
        ],
      ];
    }),
  );
}

function hintsOfAmount({ grossAmount }: AuditedReceipt): RiskHint[] {
  const isRound = grossAmount.greaterThan(0) && grossAmount.modulo(roundStep).isZero();
  return isRound ? [{ rule: "round_thousands", amount: grossAmount }] : [];
}

/** The value of the order counts; of an invoice without order its own net amount, on its own day. */
function hintsOfAward(receipt: AuditedReceipt): RiskHint[] {
  if (receipt.isCredit) return [];
  const direct = {
    orderedOn: receipt.invoicedOn,
    awardKind: null,
    awardReference: "",
    value: receipt.netAmount,
  };
  const purchases = receipt.orders.length > 0 ? receipt.orders : [direct];
  return purchases.flatMap(({ orderedOn, awardKind, awardReference, value }): RiskHint[] => {
    const hints: RiskHint[] = [];
    const kind = awardKind ?? "direct";
    const limit = awardLimit(kind, receipt.procurement, orderedOn);
    if (limit && value.greaterThan(limit)) {
      hints.push({ rule: "award_above_limit", value, limit, kind: awardKind });
    } else if (limit && !value.lessThan(shareOf(limit, nearThreshold))) {
      hints.push({ rule: "just_below_threshold", value, limit, kind });
    }
    // The form asks for the number of a tender; what was negotiated may be without one.
    if (awardKind && awardKind !== "direct" && awardReference === "") {
      hints.push({ rule: "tender_without_reference", kind: awardKind });
    }
    return hints;
  });
}

function hintsOfDays({ invoicedOn, paidOn, isCredit, ...receipt }: AuditedReceipt): RiskHint[] {
  const { orders, startsOn, paidOutUntil: until } = receipt;
  const hints: RiskHint[] = [];
  if (paidOn.length === 0 && !isCredit) hints.push({ rule: "not_paid", invoicedOn });
  const early = paidOn.find((day) => day < invoicedOn);
  if (early) hints.push({ rule: "paid_before_invoice", paidOn: early, invoicedOn });
  const tooEarly = orders.find(({ orderedOn }) => startsOn !== undefined && orderedOn < startsOn);
  if (tooEarly && startsOn) {
    hints.push({ rule: "ordered_before_programme", orderedOn: tooEarly.orderedOn, startsOn });
  }
  const late = until === undefined ? undefined : paidOn.find((day) => day > until);
  if (late && until) hints.push({ rule: "paid_after_payout_end", paidOn: late, until });
  return hints;
}

function hintsOfPapers({ hasFile, withoutConcept: schools }: AuditedReceipt): RiskHint[] {
  return [
    ...(hasFile ? [] : [{ rule: "missing_receipt" } as const]),
    ...(schools.length === 0 ? [] : [{ rule: "school_without_concept", schools } as const]),
  ];
}

function hintsOfSupplier(
  receipt: AuditedReceipt,
  own: AuditedReceipt[],
  all: { total: Money; isOnly: boolean },
): RiskHint[] {
  const { grossAmount: amount, supplier } = receipt;
  const hints: RiskHint[] = [];
  const others = own.filter(
    ({ id, grossAmount }) => id !== receipt.id && grossAmount.equals(amount),
  );
  if (others.length > 0) {
    hints.push({ rule: "same_amount", amount, others: others.map(({ number }) => number) });
  }
  const split = splitPurchase(receipt, own);
  if (split) hints.push(split);
  const theirs = sum(own.map(({ grossAmount }) => grossAmount));
  // Of one supplier alone the rule would say nothing.
  if (own.length > 0 && !all.isOnly && !theirs.lessThan(shareOf(all.total, dominantShare))) {
    hints.push({ rule: "dominant_supplier", supplier, amount: theirs, total: all.total });
  }
  return hints;
}

/** Several purchases without tender, each within the limit of a direct order, together above it. */
function splitPurchase(receipt: AuditedReceipt, own: AuditedReceipt[]): RiskHint | undefined {
  const limit = awardLimit("direct", receipt.procurement, receipt.invoicedOn);
  if (!limit || receipt.netAmount.greaterThan(limit)) return undefined;
  const near = own.filter(
    ({ invoicedOn, netAmount, orders }) =>
      Math.abs(daysBetween(receipt.invoicedOn, invoicedOn)) < splitWithinDays &&
      !netAmount.greaterThan(limit) &&
      orders.every(({ awardKind }) => awardKind === "direct"),
  );
  const value = sum(near.map(({ netAmount }) => netAmount));
  if (!near.includes(receipt) || near.length < 2 || !value.greaterThan(limit)) return undefined;
  return { rule: "split_purchase", count: near.length, value, limit, days: splitWithinDays };
}
