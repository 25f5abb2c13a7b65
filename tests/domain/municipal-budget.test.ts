import { expect, test } from "vitest";
import { appropriationLeft, checkAccount } from "#app/domain/appropriation.ts";
import { checkExtra, checkSupplement, postingsOfExtra } from "#app/domain/budget-change.ts";
import { viewYear } from "#app/domain/budget-view.ts";
import { checkClosing } from "#app/domain/fiscal-year.ts";
import { balancesAfter, emptyBalance, impossibleAccount } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import { checkReversal } from "#app/domain/reversal.ts";
import {
  type BudgetAccount,
  budgetLeft,
  checkBudget,
  type OverBudgetPolicy,
  takesSpentMoney,
} from "#app/domain/municipal-budget.ts";

const today = "2026-03-01";

type Amounts = Partial<Record<keyof typeof emptyBalance, string>>;

function account(id: string, amounts: Amounts, given: Partial<BudgetAccount> = {}): BudgetAccount {
  const figures = Object.fromEntries(
    Object.entries(amounts).map(([figure, amount]) => [figure, euro(amount)]),
  );
  const named = { label: id, fiscalYear: 2025, budgetPart: "operating" as const, budget: null };
  return { ...emptyBalance, id, ...named, ...figures, ...given };
}

test("available is what is authorized less ordered less invoiced, with every way to authorize", () => {
  const amounts = { appropriated: "100", supplemented: "-10", carried: "20", extra: "5", covered: "-15", committed: "30", invoiced: "25", paid: "25" }; // prettier-ignore
  expect(appropriationLeft(account("a", amounts))).toEqual(euro("45"));
});

// prettier-ignore
test.each([
  { amount: "100",    policy: "stop",  reason: "",      rule: undefined },
  { amount: "100.01", policy: "stop",  reason: "nötig", rule: "over_budget" },
  { amount: "100.01", policy: "warn",  reason: " ",     rule: "over_budget_needs_reason" },
  { amount: "100.01", policy: "warn",  reason: "nötig", rule: undefined },
  { amount: "100.01", policy: "allow", reason: "",      rule: undefined },
  { amount: "-1",     policy: "stop",  reason: "",      rule: undefined },
] as { amount: string; policy: OverBudgetPolicy; reason: string; rule: string | undefined }[])(
  "$amount on an account of 100 with the policy $policy and the reason '$reason': $rule",
  ({ amount, policy, reason, rule }) => {
    const accounts = [account("a", { appropriated: "100" })];
    const charges = [{ accountId: "a", amount: euro(amount), field: "f" }];
    expect(checkBudget(charges, accounts, policy, reason)?.rule).toBe(rule);
  },
);

test("a refusal names what is left, the account and the budget", () => {
  const accounts = [
    account("a", { appropriated: "10", invoiced: "7" }, { budget: "IT" }),
    account("b", { appropriated: "1" }, { budget: "IT" }),
  ];
  const charges = [{ accountId: "a", amount: euro("4.01"), field: "lines[0].amount" }];
  expect(checkBudget(charges, accounts, "stop", "")).toEqual({
    field: "lines[0].amount",
    rule: "over_budget",
    available: euro("4"),
    account: "a",
    budget: "IT",
  });
});

test("accounts of a budget cover each other, in the same year and the same part only", () => {
  const poor = account("a", { appropriated: "10" }, { budget: "IT" });
  const spend = [{ accountId: "a", amount: euro("50"), field: "f" }];
  const rich = (given: Partial<BudgetAccount>) => account("b", { appropriated: "40" }, given);
  const rule = (given: Partial<BudgetAccount>) =>
    checkBudget(spend, [poor, rich(given)], "stop", "")?.rule;
  expect(rule({ budget: "IT" })).toBeUndefined();
  // An old account says nothing of its part: it is of the Ergebnishaushalt.
  expect(rule({ budget: "IT", budgetPart: null })).toBeUndefined();
  expect(rule({ budget: null })).toBe("over_budget");
  expect(rule({ budget: "Bau" })).toBe("over_budget");
  expect(rule({ budget: "IT", budgetPart: "financial" })).toBe("over_budget");
  expect(rule({ budget: "IT", fiscalYear: 2026 })).toBe("over_budget");
});

test("the charges of one document count together, and what lowers comes first", () => {
  const accounts = [
    account("a", { appropriated: "10" }, { budget: "IT" }),
    account("b", { appropriated: "10" }, { budget: "IT" }),
  ];
  const charge = (accountId: string, amount: string, field: string) => {
    return { accountId, amount: euro(amount), field };
  };
  const together = [charge("a", "15", "1"), charge("b", "5.01", "2")];
  expect(checkBudget(together, accounts, "stop", "")).toMatchObject({ field: "2" });
  expect(checkBudget([...together, charge("a", "-0.01", "3")], accounts, "stop", "")).toBe(
    undefined,
  );
  expect(checkBudget([charge("x", "1", "1")], accounts, "allow", "")?.rule).toBe(
    "account_not_on_file",
  );
  expect(budgetLeft(accounts[0]!, accounts)).toEqual(euro("20"));
});

// prettier-ignore
test.each([
  { ledgerAccount: "427100", budgetPart: "operating", rule: undefined },
  { ledgerAccount: "427100", budgetPart: "financial", rule: "ledger_account_of_other_part" },
  { ledgerAccount: "783110", budgetPart: "financial", rule: undefined },
  { ledgerAccount: "783110", budgetPart: "operating", rule: "ledger_account_of_other_part" },
  { ledgerAccount: "099999", budgetPart: "financial", rule: undefined },
] as const)("$ledgerAccount in the part $budgetPart: $rule", ({ rule, ...given }) => {
  expect(checkAccount(given)?.rule).toBe(rule);
});

const decided = {
  decidedOn: "2025-06-01",
  resolutionId: undefined,
  decision: "Rat",
  reason: "Preise",
};

// prettier-ignore
test.each([
  { amount: "0",      rule: "nothing_changes" },
  { amount: "500",    rule: undefined },
  { amount: "-60",    rule: undefined },
  { amount: "-60.01", rule: "supplement_below_spent" },
  { amount: "-60",    decision: "", rule: "decision_missing" },
  { amount: "-60",    decidedOn: "2026-03-02", rule: "in_the_future" },
  { amount: "-60",    decidedOn: "2022-12-31", rule: "decision_of_other_year" },
  { amount: "60",     coveringAccountId: "b",  rule: "supplement_has_no_cover" },
  { amount: "60",     additionalIncome: "x",   rule: "supplement_has_no_cover" },
])("a supplement of $amount where 60 of 100 are free: $rule", ({ rule, amount, ...given }) => {
  const own = account("a", { appropriated: "100", committed: "30", invoiced: "10" });
  const draft = { ...decided, ...given, amount: euro(amount) };
  expect(checkSupplement(draft, own, [own], today)?.rule).toBe(rule);
});

test("a supplement may lower an overdrawn account only as far as its budget holds", () => {
  const own = account("a", { appropriated: "100", invoiced: "120" }, { budget: "IT" });
  const other = account("b", { appropriated: "50" }, { budget: "IT" });
  const rule = (amount: string) =>
    checkSupplement({ ...decided, amount: euro(amount) }, own, [own, other], today)?.rule;
  expect(rule("-30")).toBeUndefined();
  expect(rule("-30.01")).toBe("supplement_below_spent");
});

// prettier-ignore
test.each([
  { given: { coveringAccountId: "b" },                          rule: undefined },
  { given: { coveringAccountId: "b", amount: euro("40.01") },   rule: "cover_too_small" },
  { given: { coveringAccountId: "b", additionalIncome: "x" },   rule: "cover_named_twice" },
  { given: {},                                                  rule: "cover_missing" },
  { given: { additionalIncome: "Schlüsselzuweisung" },          rule: undefined },
  { given: { coveringAccountId: "a" },                          rule: "account_not_on_file" },
  { given: { coveringAccountId: "of nobody" },                  rule: "account_not_on_file" },
  { given: { coveringAccountId: "next year" },                  rule: "cover_of_other_year" },
  { given: { coveringAccountId: "investment" },                 rule: "cover_of_other_year" },
  { given: { coveringAccountId: "b", decision: " " },           rule: "decision_missing" },
  { given: { coveringAccountId: "b", amount: euro("0") },       rule: "amount_not_positive" },
  { given: { coveringAccountId: "b", decidedOn: "1999-12-31" }, rule: "decision_of_other_year" },
])("40 over the plan with $given: $rule", ({ given, rule }) => {
  const own = account("a", { appropriated: "10" });
  const accounts = [
    own,
    account("b", { appropriated: "100", committed: "60" }),
    account("next year", { appropriated: "100" }, { fiscalYear: 2026 }),
    account("investment", { appropriated: "100" }, { budgetPart: "financial" }),
  ];
  const draft = { ...decided, amount: euro("40"), coveringAccountId: undefined, additionalIncome: "", ...given };
  expect(checkExtra(draft, own, accounts, today)?.rule).toBe(rule);
});

test("what covers leaves its account", () => {
  const given = { amount: euro("40"), decidedOn: "2025-06-01", title: "t" };
  const moved = (
    postings: { accountId: string; figure: string; amount: { toFixed(): string } }[],
  ) =>
    postings.map(({ accountId, figure, amount }) => `${accountId} ${figure} ${amount.toFixed()}`);
  expect(moved(postingsOfExtra({ ...given, accountId: "a", coveringAccountId: "b" }))).toEqual([
    "a extra 40",
    "b covered -40",
  ]);
  expect(moved(postingsOfExtra({ ...given, accountId: "a", coveringAccountId: null }))).toEqual([
    "a extra 40",
  ]);
});

const done = { isClosed: false, unpaid: [], open: [], unsettled: [], earlierOpen: [] };

// prettier-ignore
test.each([
  { closedOn: "2026-02-28", state: done,                                 rule: undefined },
  { closedOn: "2025-12-31", state: done,                                 rule: "year_not_over" },
  { closedOn: "2026-03-02", state: done,                                 rule: "in_the_future" },
  { closedOn: "2026-02-28", state: { ...done, isClosed: true },          rule: "fiscal_year_closed" },
  { closedOn: "2026-02-28", state: { ...done, unpaid: ["a"] },           rule: "invoices_unpaid" },
  { closedOn: "2026-02-28", state: { ...done, open: ["a"] },             rule: "orders_open" },
  { closedOn: "2026-02-28", state: { ...done, unsettled: ["IKZ"] },      rule: "joint_years_unsettled" },
  { closedOn: "2026-02-28", state: { ...done, earlierOpen: [2024] },     rule: "earlier_year_open" },
])("2025 closed on $closedOn: $rule", ({ closedOn, state, rule }) => {
  expect(checkClosing({ closedOn, note: "" }, 2025, state, today)?.rule).toBe(rule);
});

test("an account may be over its money by permission, its authorization is never below zero", () => {
  const judged = (amounts: Amounts) => {
    const own = account("a", amounts);
    return { ...own, kind: "appropriation" as const, group: "a", lineTolerance: null };
  };
  expect(impossibleAccount([judged({ appropriated: "10", invoiced: "11" })])).toBeUndefined();
  expect(impossibleAccount([judged({ appropriated: "10", carried: "-10" })])).toBeUndefined();
  expect(impossibleAccount([judged({ appropriated: "10", carried: "-10.01" })])).toBeDefined();
  expect(impossibleAccount([judged({ appropriated: "10", extra: "-1" })])).toBeDefined();
  expect(impossibleAccount([judged({ invoiced: "1", paid: "2" })])).toBeDefined();

  const after = (amounts: Amounts, figure: "supplemented" | "invoiced", amount: string) => {
    const before = [judged(amounts)];
    const posting = { accountId: "a", figure, amount: euro(amount), bookedOn: today, text: "" };
    return takesSpentMoney(before, balancesAfter(before, [posting]));
  };
  const over = { appropriated: "10", supplemented: "5", invoiced: "16" };
  expect(after(over, "supplemented", "-5")).toBe(true);
  expect(after(over, "invoiced", "-0.5")).toBe(false);
  expect(after({ ...over, invoiced: "10" }, "supplemented", "-5")).toBe(false);
});

test("a year is shown by part, product and budget; accounts left by a reversal are not", () => {
  const shown = viewYear([
    { ...account("a", { appropriated: "10", invoiced: "12" }, { budget: "IT" }), product: "1" },
    { ...account("b", { carried: "5" }, { budget: "IT" }), product: "2" },
    { ...account("c", {}), product: "2" },
    { ...account("d", { extra: "7" }, { budgetPart: "financial" }), product: "2" },
  ]);
  expect(
    shown.map(({ part, products, budgets, sums }) => [
      part,
      products.map(({ product, accounts }) => `${product}: ${accounts.length}`),
      budgets.map(({ budget, sums }) => `${budget} ${sums.available.toFixed()}`),
      sums.authorized.toFixed(),
    ]),
  ).toEqual([
    ["operating", ["1: 1", "2: 1"], ["IT 3"], "15"],
    ["financial", ["2: 1"], [], "7"],
  ]);
  expect(shown[0]!.products[0]!.accounts[0]).toMatchObject({ budgetLeft: euro("3") });
});

test("a reversal takes back no money that is spent, and may better an account that is over", () => {
  const own = account("a", { appropriated: "10", supplemented: "5", invoiced: "16" });
  const accounts = [{ ...own, kind: "appropriation" as const, group: "a", lineTolerance: null }];
  const document = {
    bookedOn: "2025-06-01",
    isReversed: false,
    dependents: [],
    dependentsUntil: null,
  };
  const rule = (figure: "supplemented" | "invoiced") => {
    const posting = { accountId: "a", figure, amount: euro("-5"), bookedOn: today, text: "" };
    const draft = { reversedOn: "2025-07-01", reason: "Irrtum" };
    return checkReversal(draft, document, [posting], accounts, today)?.rule;
  };
  expect(rule("supplemented")).toBe("reversal_overspends");
  expect(rule("invoiced")).toBeUndefined();
});
