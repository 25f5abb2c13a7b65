import { expect, test } from "vitest";
import { deadlinesOfCarried, type LimitedMoney, usableOn } from "#app/domain/carried-money.ts";
import { emptyBalance } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import { type BudgetAccount, checkBudget } from "#app/domain/municipal-budget.ts";

const account: BudgetAccount = {
  ...emptyBalance,
  ...{ id: "a", label: "Lizenzen", fiscalYear: 2024, budgetPart: "operating", budget: "IT" },
  ...{ appropriated: euro("1000"), carried: euro("400"), invoiced: euro("150") },
};
const carried: LimitedMoney = {
  ...{ id: "c", accountId: "a", amount: euro("400"), validUntil: "2024-12-31" },
  spentByThen: euro("150"),
};

test("money carried over counts until its last day, and what is unspent then has lapsed", () => {
  const answer = (day: string, amount: string) =>
    checkBudget(
      [{ accountId: "a", amount: euro(amount), field: "f" }],
      usableOn([account], [carried], day),
      "stop",
      "",
    );
  expect(answer("2024-12-31", "1250")).toBeUndefined();
  expect(answer("2025-01-01", "1000")).toBeUndefined();
  expect(answer("2025-01-01", "1000.01")).toMatchObject({
    rule: "over_budget",
    available: euro("1000"),
    lapsed: euro("250"),
  });
});

test("its last day is a deadline for what is unspent, until it is spent or past", () => {
  const deadline = (given: Partial<LimitedMoney>, today: string) => {
    const one = { ...carried, ...given, label: "Lizenzen", decidedOn: "2024-02-01" };
    const [{ on, amount, isDone } = { on: "", amount: null, isDone: null }] = deadlinesOfCarried(
      [one],
      today,
    );
    return `${on} ${amount?.toFixed(2)} ${isDone}`;
  };
  expect(deadline({}, "2024-12-31")).toBe("2024-12-31 250.00 false");
  expect(deadline({ spentByThen: euro("400") }, "2024-06-01")).toBe("2024-12-31 0.00 true");
  expect(deadline({}, "2025-01-01")).toBe("2024-12-31 250.00 true");
});

test("what lapses first is spent first, and each carry-over keeps its own rest", () => {
  const later = { ...carried, id: "d", validUntil: "2025-12-31", amount: euro("100") };
  const named = { label: "Lizenzen", decidedOn: "2024-02-01" };
  const rests = deadlinesOfCarried(
    [later, { ...carried, spentByThen: euro("450") }].map((one) => ({
      ...one,
      ...named,
      spentByThen: euro("450"),
    })),
    "2024-06-01",
  );
  expect(rests.map(({ on, amount }) => `${on} ${amount!.toFixed(2)}`)).toEqual([
    "2024-12-31 0.00",
    "2025-12-31 50.00",
  ]);
});
