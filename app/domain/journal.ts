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
  "supplemented",
  "carried",
  "extra",
  "covered",
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
  appropriation: [
    "appropriated",
    "supplemented",
    "carried",
    "extra",
    "covered",
    "committed",
    "invoiced",
    "paid",
  ],
  member_share: ["share_planned", "share_paid", "share_settled"],
};

/** Figures that may be below zero: a supplementary budget lowers, what is carried over or covers leaves. */
const signedFigures: readonly Figure[] = ["supplemented", "carried", "covered"];

/** What an account of the municipal budget is authorized to spend (Ermächtigung), in euro. */
export function authorized(account: Pick<Balance, (typeof authorizingFigures)[number]>): Money {
  return sum(authorizingFigures.map((figure) => account[figure]));
}

/** The figures that make up the authorization, in the order in which a budget shows them. */
export const authorizingFigures = [
  "appropriated",
  "supplemented",
  "carried",
  "extra",
  "covered",
] as const satisfies readonly Figure[];

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
  "supplement",
  "extra_approval",
  "carryover",
  "year_closing",
  "cost_share",
  "cost_share_payment",
  "contract",
  "contract_change",
  "asset",
  "asset_disposal",
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
  "year_closing",
  "contract",
  "contract_change",
  // Depreciation is no cash: its figures follow from the asset, see `depreciation.ts`.
  "asset",
  "asset_disposal",
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
  /** Accounts of a group share their money: lines of one grant, pots of one envelope, a budget. */
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
 * spent than approved. The database keeps the same rules in checks, as second witness. An account of the
 * municipal budget may be over its money where the authority allows it (`checkBudget`); there only an
 * authorization below zero can't be.
 */
export function impossibleAccount(accounts: AccountBalance[]): AccountBalance | undefined {
  const impossible = accounts.find(
    (account) =>
      figures.some((figure) => !signedFigures.includes(figure) && account[figure].lessThan(0)) ||
      authorized(account).lessThan(0) ||
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
      (account.kind !== "appropriation" && spent.greaterThan(total("approved"))) ||
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

export { type AccountName, accountLabel, groupOf } from "./account.ts";

/** The proofs of the books, that of all other rows last. */
export const proofs = [
  "balances_equal_entries",
  "entries_follow_from_documents",
  "numbers_without_gap",
  "chain_closes",
  "rows_keep_their_seals",
] as const;
export type Proof = (typeof proofs)[number];

/** How a proof came out: with nothing found it holds. Each finding names its place. */
export type Verdict = { proof: Proof; checked: number; findings: string[] };
