/**
 * Which open invoices a transaction of the account pays: by the invoice's number in the text for the payee, by
 * the amount, by the payee's name. Proposals only, each with its reason: a person books them.
 */
import type { PayerViolation } from "./certification.ts";
import type { ClosedYearViolation } from "./fiscal-year.ts";
import type { BankTransaction } from "./bank-statement.ts";
import type { Day } from "./calendar.ts";
import { comparable } from "./invoice.ts";
import { isNamedIn, isSameParty, textsOf } from "./payment-text.ts";
import type { PaymentViolation } from "./payment.ts";
import { type Money, zero } from "./money.ts";
import { combinations } from "./payment-combinations.ts";

/** An invoice that waits for money: certified, and not paid whole. */
export type OpenInvoice = {
  id: string;
  /** A credit note waits for money from the supplier. */
  isCreditNote: boolean;
  supplier: string;
  number: string;
  invoicedOn: Day;
  /** What is still to be paid, or to come back. */
  open: Money;
  /** Cash discount (Skonto) that is offered, in euro; zero for none. */
  discount: Money;
  discountUntil: Day | null;
};

export type ProposedPayment = {
  invoiceId: string;
  paidAmount: Money;
  cashDiscount: Money;
  /** True where something stays open. */
  isPartial: boolean;
};

/** Why a proposal is made; from the surest to the least sure. */
export const matchReasons = [
  "number_and_amount",
  "number_and_discounted_amount",
  "numbers_and_sum",
  "amount_and_supplier",
  "discounted_amount_and_supplier",
  "number_and_part",
  "amount_only",
] as const;
export type MatchReason = (typeof matchReasons)[number];

export type Proposal = {
  /** The same for the same payments: what a form sends back. */
  key: string;
  payments: ProposedPayment[];
  reason: MatchReason;
  /** True where number and amount leave no other reading: only such are chosen beforehand. */
  isSure: boolean;
};

/** Why a chosen proposal is not booked. */
export type ChoiceViolation =
  | ClosedYearViolation
  | { field: "choice"; rule: "no_proposal_chosen" }
  | { field: "choice"; rule: "proposal_outdated" }
  | { field: "choice"; rule: "transaction_not_open" }
  | PayerViolation
  | PaymentViolation;

type Matched = Pick<
  BankTransaction,
  "amount" | "valuedOn" | "isReturn" | "counterparty" | "remittance"
>;

/** More that fit by their amount alone are no help. */
const mostByAmount = 5;

/** Every reading of one transaction, the surest first. What comes back from the bank pays nothing. */
export function proposalsFor(transaction: Matched, openInvoices: OpenInvoice[]): Proposal[] {
  if (transaction.isReturn || transaction.amount.isZero()) return [];
  const isIncoming = transaction.amount.greaterThan(0);
  const amount = transaction.amount.abs();
  const texts = textsOf(transaction.remittance);
  const candidates = openInvoices
    .filter(({ isCreditNote }) => isCreditNote === isIncoming)
    .filter(({ invoicedOn, open }) => invoicedOn <= transaction.valuedOn && open.greaterThan(0))
    .map((invoice): Candidate => {
      return {
        invoice,
        isNamed: isNamedIn(texts, invoice.number, "alone"),
        isListed: isNamedIn(texts, invoice.number, "in_list"),
        isOfPayee: isSameParty(transaction.counterparty, invoice.supplier),
        ways: waysToSettle(invoice, transaction.valuedOn),
      };
    });
  const single = candidates.flatMap((candidate) => readingOf(candidate, amount) ?? []);
  const several = readingsOfSeveral(candidates, amount);
  return ranked([...single, ...several]);
}

type Candidate = {
  invoice: OpenInvoice;
  isNamed: boolean;
  isListed: boolean;
  isOfPayee: boolean;
  /** Payments that would settle it: whole, or less its discount within the time for it. */
  ways: ProposedPayment[];
};

function waysToSettle(invoice: OpenInvoice, valuedOn: Day): ProposedPayment[] {
  const { id: invoiceId, open, discount, discountUntil } = invoice;
  const whole = { invoiceId, paidAmount: open, cashDiscount: zero, isPartial: false };
  const isInTime = discountUntil !== null && valuedOn <= discountUntil;
  if (!isInTime || !discount.greaterThan(0) || !discount.lessThan(open)) return [whole];
  return [whole, { ...whole, paidAmount: open.minus(discount), cashDiscount: discount }];
}

/** How one invoice reads the transaction; undefined where it does not. */
function readingOf(candidate: Candidate, amount: Money): Proposal | undefined {
  const { invoice, isNamed, isOfPayee, ways } = candidate;
  const way = ways.find(({ paidAmount }) => paidAmount.eq(amount));
  if (!way) {
    const isPart = isNamed && amount.lessThan(invoice.open);
    return isPart ? proposal([partOf(invoice, amount)], "number_and_part", false) : undefined;
  }
  const isDiscounted = !way.cashDiscount.isZero();
  if (isNamed) {
    const reason = isDiscounted ? "number_and_discounted_amount" : "number_and_amount";
    // A short number may be a day or a room: then the payee must say the same.
    return proposal([way], reason, isOfPayee || comparable(invoice.number).length >= 5);
  }
  if (isOfPayee) {
    const reason = isDiscounted ? "discounted_amount_and_supplier" : "amount_and_supplier";
    return proposal([way], reason, false);
  }
  return isDiscounted ? undefined : proposal([way], "amount_only", false);
}

function partOf(invoice: OpenInvoice, amount: Money): ProposedPayment {
  return { invoiceId: invoice.id, paidAmount: amount, cashDiscount: zero, isPartial: true };
}

/** One transfer for several invoices of one supplier, whose numbers it names and whose sum it is. */
function readingsOfSeveral(candidates: Candidate[], amount: Money): Proposal[] {
  const listed = candidates.filter(({ isListed }) => isListed);
  const suppliers = [...new Set(listed.map(({ invoice }) => invoice.supplier))];
  return suppliers.flatMap((supplier) => {
    const named = listed.filter(({ invoice }) => invoice.supplier === supplier);
    const ways = named.map((candidate) => candidate.ways);
    const found = combinations(ways, amount);
    return found.map((payments) => {
      return proposal(payments, "numbers_and_sum", payments.length === named.length);
    });
  });
}

function proposal(payments: ProposedPayment[], reason: MatchReason, isSure: boolean): Proposal {
  const key = payments
    .map(({ invoiceId, paidAmount, cashDiscount }) => {
      return `${invoiceId}:${paidAmount.toFixed(2)}:${cashDiscount.toFixed(2)}`;
    })
    .sort()
    .join(",");
  return { key, payments, reason, isSure };
}

/** By how sure they are. Two that are both sure leave it to a person. */
function ranked(proposals: Proposal[]): Proposal[] {
  const isOnlySure = proposals.filter(({ isSure }) => isSure).length === 1;
  const rank = ({ reason }: Proposal) => matchReasons.indexOf(reason);
  const sorted = proposals
    .map((one) => ({ ...one, isSure: one.isSure && isOnlySure }))
    .sort((a, b) => Number(b.isSure) - Number(a.isSure) || rank(a) - rank(b));
  const byAmount = sorted.filter(({ reason }) => reason === "amount_only").slice(mostByAmount);
  return sorted.filter((one) => !byAmount.includes(one));
}

/**
 * Which proposals are chosen beforehand: of each transaction the sure one, but no invoice twice. A second
 * transfer for an invoice is a question.
 */
export function chosenBeforehand(proposals: Proposal[][]): Set<Proposal> {
  const taken = new Set<string>();
  const chosen = new Set<Proposal>();
  for (const [surest] of proposals) {
    if (!surest?.isSure) continue;
    const ids = surest.payments.map(({ invoiceId }) => invoiceId);
    if (ids.some((id) => taken.has(id))) continue;
    for (const id of ids) taken.add(id);
    chosen.add(surest);
  }
  return chosen;
}
