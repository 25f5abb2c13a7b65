import { expect, test } from "vitest";
import { checkAppropriation } from "#app/domain/appropriation.ts";
import {
  checkCostShare,
  checkCostSharePayment,
  type CostShareDraft,
  divide,
} from "#app/domain/cost-share.ts";
import { emptyBalance, impossibleAccount, reversed } from "#app/domain/journal.ts";
import type { Appropriated } from "#app/domain/joint-year.ts";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { OverBudgetPolicy } from "#app/domain/municipal-budget.ts";
import { checkReversal } from "#app/domain/reversal.ts";

const today = "2026-01-01";

// prettier-ignore
test.each([
  { given: {},                                verdict: undefined },
  { given: { amount: euro("10000.01") },      verdict: "over_budget" },
  { given: { amount: euro("0") },             verdict: "amount_not_positive" },
  { given: { fiscalYear: 2024 },              verdict: "appropriation_of_other_year" },
  { given: { demandedOn: "2026-01-02" },      verdict: "in_the_future" },
  { given: { demandedOn: "2023-12-31" },      verdict: "demanded_before_year" },
  { given: { allocationKey: "by_weight" },    verdict: "weights_missing" },
  { given: { allocationKey: "equal_parts", amount: euro("30000") }, verdict: undefined },
  { given: { allocationKey: "equal_parts", amount: euro("30000.01") }, verdict: "over_budget" },
] as { given: Partial<CostShareDraft>; verdict: string | undefined }[])(
  "a cost share of 10.000 in 2025 with $given: $verdict",
  ({ given, verdict }) => {
    const checked = checkCostShare({ ...share, ...given }, context);
    expect("violation" in checked ? checked.violation.rule : undefined).toBe(verdict);
  },
);

test("a year is recorded once, and on an appropriation that is on file", () => {
  const rule = (given: Partial<typeof context>) => {
    const checked = checkCostShare(share, { ...context, ...given });
    return "violation" in checked && checked.violation.rule;
  };
  expect(rule({ isRecorded: true })).toBe("year_recorded_before");
  expect(rule({ appropriation: undefined })).toBe("appropriation_not_on_file");
});

test("a joint total is divided to the cent, the own share alone is not", () => {
  const weights = ["3", "2", "1"].map((weight, index) => {
    return { memberId: members[index]!.id, weight: factor(weight) };
  });
  const parts = divide({ allocationKey: "by_weight", amount: euro("100"), weights }, members);
  expect(parts!.map(({ amount }) => amount.toFixed(2))).toEqual(["50.00", "33.33", "16.67"]);
  expect(divide({ allocationKey: "own_share", amount: euro("100"), weights: [] }, members)).toEqual(
    [{ memberId: "own", weight: null, amount: euro("100") }],
  );
});

test("a cost share is paid once", () => {
  expect(
    checkCostSharePayment({ paidOn: "2025-04-01" }, { ...demand, isPaid: false }, today),
  ).toBeUndefined();
  expect(
    checkCostSharePayment({ paidOn: "2025-04-01" }, { ...demand, isPaid: true }, today)?.rule,
  ).toBe("paid_before");
  expect(
    checkCostSharePayment({ paidOn: "2026-01-02" }, { ...demand, isPaid: false }, today)?.rule,
  ).toBe("in_the_future");
});

test("a payment is not dated before its demand, nor before the reversal of what it replaces", () => {
  const rule = (paidOn: string, replacedUntil: string | null) =>
    checkCostSharePayment({ paidOn }, { ...demand, isPaid: false, replacedUntil }, today)?.rule;
  expect(rule("2025-02-28", null)).toBe("paid_before_demand");
  expect(rule("2025-03-01", "2025-03-02")).toBe("before_reversal_of_replaced");
  expect(rule("2025-03-02", "2025-03-02")).toBeUndefined();
});

test("a share over the budget is refused, taken with a reason, or taken, as the authority has settled", () => {
  const amount = euro("10000.01");
  const answer = (policy: OverBudgetPolicy, overBudgetReason = "") => {
    const checked = checkCostShare(
      { ...share, amount, overBudgetReason },
      { ...context, appropriation: onBudget(policy) },
    );
    return "violation" in checked
      ? `${checked.violation.field}: ${checked.violation.rule}`
      : checked.parts[0]!.amount.toFixed(2);
  };
  expect(answer("stop", "Rat hat zugestimmt")).toBe("amount: over_budget");
  expect(answer("warn")).toBe("overBudgetReason: over_budget_needs_reason");
  expect(answer("warn", "Rat hat zugestimmt")).toBe("10000.01");
  expect(answer("allow")).toBe("10000.01");
});

test("an appropriation gives something, and was decided", () => {
  const draft = {
    fiscalYear: 2026,
    product: "243",
    ledgerAccount: "4452",
    name: "IKZ",
    amount: euro("1"),
    decidedOn: "2025-12-10",
    resolutionId: undefined,
  };
  expect(checkAppropriation(draft, today)).toBeUndefined();
  expect(checkAppropriation({ ...draft, amount: euro("0") }, today)?.rule).toBe(
    "amount_not_positive",
  );
  expect(checkAppropriation({ ...draft, decidedOn: "2026-01-02" }, today)?.rule).toBe(
    "in_the_future",
  );
});

// prettier-ignore
test.each([
  { given: { committed: "1" },                              impossible: true,  because: "nothing was approved" },
  { given: { approved: "1", committed: "1" },               impossible: false, because: "all is spent" },
  { given: { approved: "2", invoiced: "1", paid: "2" },     impossible: true,  because: "more is paid than invoiced" },
  { given: { approved: "1", committed: "-1" },              impossible: true,  because: "a commitment is not negative" },
])("a budget line with $given: $because", ({ given, impossible }) => {
  const amounts = Object.fromEntries(Object.entries(given).map(([key, text]) => [key, euro(text)]));
  const account = { ...emptyBalance, ...amounts, id: "1", kind: "budget_line" as const, group: "g", lineTolerance: percent("20") };
  expect(impossibleAccount([account]) !== undefined).toBe(impossible);
});

test("a line is overrun by no more than its tolerance", () => {
  const balance = { ...emptyBalance, approved: euro("10"), invoiced: euro("10.01") };
  const line = (tolerance: string) => {
    const lineTolerance = percent(tolerance);
    return { ...balance, id: "1", kind: "budget_line" as const, group: "g", lineTolerance };
  };
  const saver = { ...line("0"), id: "2", invoiced: euro("0") };
  expect(impossibleAccount([line("0"), saver])).toBeDefined();
  expect(impossibleAccount([line("0.1"), saver])).toBeUndefined();
});

test("an overrun line is possible while its group has money", () => {
  const line = (id: string, approved: string, invoiced: string) => {
    const balance = { ...emptyBalance, approved: euro(approved), invoiced: euro(invoiced) };
    return {
      ...balance,
      id,
      kind: "budget_line" as const,
      group: "g",
      lineTolerance: percent("20"),
    };
  };
  expect(impossibleAccount([line("1", "10", "12"), line("2", "10", "8")])).toBeUndefined();
  expect(impossibleAccount([line("1", "10", "12"), line("2", "10", "8.01")])).toBeDefined();
});

test("a reversal turns every sign, and counts on its own day", () => {
  const posting = {
    accountId: "1",
    figure: "paid" as const,
    amount: euro("5"),
    bookedOn: "2025-01-01",
    text: "",
  };
  expect(reversed([posting], "2025-02-01", "Storno")).toEqual([
    { accountId: "1", figure: "paid", amount: euro("-5"), bookedOn: "2025-02-01", text: "Storno" },
  ]);
});

// prettier-ignore
test.each([
  { given: {},                               on: "2025-02-01", verdict: undefined },
  { given: { isReversed: true },             on: "2025-02-01", verdict: "reversed_already" },
  { given: { dependents: ["Zahlung"] },      on: "2025-02-01", verdict: "reverse_dependents_first" },
  { given: {},                               on: "2024-12-31", verdict: "reversed_before_booking" },
  { given: {},                               on: "2026-01-02", verdict: "in_the_future" },
  { given: { dependentsUntil: "2025-02-02" }, on: "2025-02-01", verdict: "reversed_before_dependents" },
])("a document with $given is reversed on $on: $verdict", ({ given, on, verdict }) => {
  const document = { bookedOn: "2025-01-01", isReversed: false, dependents: [], dependentsUntil: null, ...given };
  expect(checkReversal({ reversedOn: on, reason: "r" }, document, [], [], today)?.rule).toBe(verdict);
});

const demand = { demandedOn: "2025-03-01", replacedUntil: null };
const members = [
  { id: "own", name: "Wir", isOwn: true },
  { id: "b", name: "B", isOwn: false },
  { id: "c", name: "C", isOwn: false },
];
const share: CostShareDraft = {
  fiscalYear: 2025,
  appropriationAccountId: "a",
  demandedOn: "2025-03-01",
  number: "1",
  allocationKey: "own_share",
  amount: euro("10000"),
  weights: [],
};
function onBudget(policy: OverBudgetPolicy): Appropriated {
  const named = { label: "IKZ", fiscalYear: 2025, budgetPart: "operating" as const, budget: null };
  const account = { ...emptyBalance, id: "a", ...named, appropriated: euro("10000") };
  return { accountId: "a", accounts: [account], policy };
}

const context = {
  members,
  appropriation: onBudget("stop"),
  isRecorded: false,
  today,
};
