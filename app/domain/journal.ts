/**
 * The journal (Journal): every document says what it did to the money, every figure is a sum of its
 * entries (Buchungen). Here are its words and what must never be; `records/journal` keeps it.
 */
import type { Day } from "./calendar.ts";
import { larger, type Money, negated, type Percent, shareOf, sum, zero } from "./money.ts";

/** Whatever a sum can be asked of (Konto). */
export const accountKinds = [
  "pot",
  "budget_line",
  "income",
  "appropriation",
  "member_share",
] as const;
export type AccountKind = (typeof accountKinds)[number];

export const figures = [
  "ceiling",
  "applied",
  "granted",
  "approved",
  "committed",
  "invoiced",
  "paid",
  "reclaimed",
  "drawn",
  "received",
  "repaid",
  "interest",
  "appropriated",
  "share_planned",
  "share_paid",
  "share_settled",
] as const;
export type Figure = (typeof figures)[number];

/** Which figures an account has. A running cost touches appropriations only: they have no `approved`. */
export const figuresOf: Record<AccountKind, readonly Figure[]> = {
  pot: ["ceiling", "applied", "granted"],
  budget_line: ["approved", "committed", "invoiced", "paid"],
  income: ["granted", "reclaimed", "drawn", "received", "repaid", "interest"],
  appropriation: ["appropriated", "committed", "invoiced", "paid"],
  member_share: ["share_planned", "share_paid", "share_settled"],
};

/** Whatever is booked (Beleg). */
export const documentKinds = [
  "envelope",
  "allotment",
  "application",
  "application_step",
  "grant",
  "notice",
  "order",
  "order_change",
  "order_closure",
  "invoice",
  "certification",
  "payment",
  "drawdown",
  "payout",
  "repayment",
  "proof_of_use",
  "proof_answer",
  "appropriation",
  "cost_share",
  "cost_share_payment",
  "joint_membership",
  "joint_plan",
  "joint_payment",
  "joint_cost",
  "joint_settlement",
  "reversal",
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Documents that may leave the money as it is: a longer period, a return, a certification, a proof. */
export const idleKinds: readonly DocumentKind[] = [
  "notice",
  "application_step",
  "certification",
  "payment",
  "proof_of_use",
  "proof_answer",
  "joint_membership",
  "joint_cost",
  "joint_settlement",
  "reversal",
];

export type Balance = Record<Figure, Money>;

/** One movement of one figure of one account, in euro; what a document asks the journal to enter. */
export type Posting = {
  accountId: string;
  figure: Figure;
  amount: Money;
  /** The day for which it counts, not the day on which it was entered. */
  bookedOn: Day;
  text: string;
};

export type AccountBalance = Balance & {
  id: string;
  kind: AccountKind;
  /** Accounts of a group share their money: lines of one grant, pots of one envelope. */
  group: string;
  /** By how much a budget line may be overrun, in percent; null for other accounts. */
  lineTolerance: Percent | null;
  /** True for the part of a pot that is for all schools: the others of its group take of it. */
  isRest?: boolean;
};

export const emptyBalance: Balance = Object.fromEntries(
  figures.map((figure) => [figure, zero]),
) as Balance;

/** The same movements with their sign turned (Storno), counted for the day of the reversal. */
export function reversed(postings: Posting[], reversedOn: Day, text: string): Posting[] {
  return postings.map(({ accountId, figure, amount }) => ({
    accountId,
    figure,
    amount: negated(amount),
    bookedOn: reversedOn,
    text,
  }));
}

/** The balances after the postings; the accounts given are those that the postings name. */
export function balancesAfter(accounts: AccountBalance[], postings: Posting[]): AccountBalance[] {
  return accounts.map((account) => {
    const after = { ...account };
    for (const { accountId, figure, amount } of postings) {
      if (accountId === account.id) after[figure] = after[figure].plus(amount);
    }
    return after;
  });
}

/**
 * The first account or group whose figures can't be: a negative one, more paid than invoiced, more
 * spent than approved. The database keeps the same rules in checks, as second witness.
 */
export function impossibleAccount(accounts: AccountBalance[]): AccountBalance | undefined {
  const impossible = accounts.find(
    (account) =>
      figures.some((figure) => account[figure].lessThan(0)) ||
      account.paid.greaterThan(account.invoiced) ||
      account.received.greaterThan(account.drawn) ||
      account.repaid.greaterThan(account.received) ||
      (account.kind === "income" &&
        account.drawn.minus(account.repaid).greaterThan(account.granted.plus(account.reclaimed))) ||
      isLineOverrun(account),
  );
  if (impossible) return impossible;

  return accounts.find((account) => {
    const group = accounts.filter(({ group }) => group === account.group);
    const total = (figure: Figure) => sum(group.map((one) => one[figure]));
    const spent = total("committed").plus(total("invoiced"));
    return (
      spent.greaterThan(total("approved").plus(total("appropriated"))) ||
      (account.kind === "pot" && isPromisedTwice(group))
    );
  });
}

/**
 * What schools have beyond their allotments comes of the rest for all: it must not be allotted to
 * others. Without allotments no more is granted than the ceiling.
 */
function isPromisedTwice(group: AccountBalance[]): boolean {
  const promised = group.map(({ granted, ceiling, isRest }) =>
    isRest ? granted : larger(granted, ceiling),
  );
  return sum(promised).greaterThan(sum(group.map(({ ceiling }) => ceiling)));
}

/** A line that has more than its approved amount and the tolerance of the notice (ANBest-P 1.2). */
function isLineOverrun({ kind, approved, committed, invoiced, lineTolerance }: AccountBalance) {
  if (kind !== "budget_line") return false;
  const limit = approved.plus(shareOf(approved, lineTolerance ?? zero));
  return committed.plus(invoiced).greaterThan(limit);
}

/** An account by what it belongs to; the names that the office uses for it. */
export type AccountName = {
  kind: AccountKind;
  potKind: "base" | "free" | "administration" | "first_come" | null;
  fileNumber: string | null;
  school: string | null;
  code: string | null;
  fiscalYear: number | null;
  product: string | null;
  ledgerAccount: string | null;
  name: string;
};

/** One German line that names the account, unique within its authority: it is printed beside entries. */
export function accountLabel(account: AccountName): string {
  const parts = {
    pot: [potNames[account.potKind ?? "free"], account.school],
    budget_line: [account.fileNumber, account.school, account.code],
    income: [account.fileNumber, "Einnahmen"],
    appropriation: [account.fiscalYear, account.product, account.ledgerAccount, account.name],
    member_share: ["IKZ", account.fiscalYear, account.name],
  }[account.kind];
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

const potNames = {
  base: "Sockelbetrag",
  free: "Kopfbetrag",
  administration: "Administration",
  first_come: "Windhundverfahren",
} as const;

type AccountPlace = {
  id: string;
  kind: AccountKind;
  potKind: AccountName["potKind"];
  envelopeId: string | null;
  grantId: string | null;
  schoolId: string | null;
};

/** Names the accounts that share their money: the lines of a grant, a pot with what schools took of it. */
export function groupOf(account: AccountPlace): string {
  const { id, kind, potKind, envelopeId, grantId, schoolId } = account;
  if (kind === "budget_line") return `lines of ${grantId}`;
  if (kind === "pot") {
    return `${potKind} of ${envelopeId}${potKind === "base" ? ` for ${schoolId}` : ""}`;
  }
  return id;
}

/** The four proofs of the journal. */
export const proofs = [
  "balances_equal_entries",
  "entries_follow_from_documents",
  "numbers_without_gap",
  "chain_closes",
] as const;
export type Proof = (typeof proofs)[number];

/** How a proof came out: with nothing found it holds. Each finding names its place. */
export type Verdict = { proof: Proof; checked: number; findings: string[] };
