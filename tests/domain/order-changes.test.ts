import { expect, test } from "vitest";
import { checkOrderChange, type ChangeableOrder } from "#app/domain/order-change.ts";
import { euro, percent } from "#app/domain/money.ts";
import { lowerSaxony2019 } from "#tests/support/programme.ts";

// An order of 4 000 on 2.1, 1 000 of it invoiced; 6 000 of the grant are free.
// prettier-ignore
test.each([
  { change: "6000",     on: "2024-06-01", verdict: undefined },
  { change: "6000.01",  on: "2024-06-01", verdict: "exceeds_approved_total" },
  { change: "-3000",    on: "2024-06-01", verdict: undefined },
  { change: "-3000.01", on: "2024-06-01", verdict: "lowered_below_invoiced" },
  { change: "0",        on: "2024-06-01", verdict: "nothing_changed" },
  { change: "1",        on: "2024-05-14", verdict: "changed_before_last_deed" },
  { change: "1",        on: "2025-01-01", verdict: "outside_approval_period" },
  { change: "-1",       on: "2025-01-01", verdict: undefined },
  { change: "-1",       on: "2026-01-02", verdict: "outside_approval_period" },
])("changed by $change on $on: $verdict", ({ change, on, verdict }) => {
  expect(ruleOf(change, on)).toBe(verdict);
});

test("raised above its threshold, an order needs the reason again", () => {
  const limits = { procurement: lowerSaxony2019.procurement };
  const within = { ...order, awardKind: "negotiated" as const };
  expect(ruleOf("6000", "2024-06-01", limits, within)).toBeUndefined();
  expect(ruleOf("1", "2024-06-01", limits, order)).toBe("award_above_threshold");
  expect(ruleOf("1", "2024-06-01", limits, order, "nur ein Hersteller")).toBeUndefined();
  expect(ruleOf("-1", "2024-06-01", limits, order)).toBeUndefined();
});

// Direct orders of Lower Saxony: up to 500 € net until 28 May 2025, up to 20 000 € after.
test("an order that is raised is measured by the threshold of its own day", () => {
  const given = {
    procurement: lowerSaxony2019.procurement,
    terms: { ...terms, spendUntil: "2025-12-31" },
  };
  expect(ruleOf("1", "2025-06-01", given)).toBe("award_above_threshold");
  const later = { ...order, orderedOn: "2025-05-29", lastDeedOn: "2025-05-29" };
  expect(ruleOf("1", "2025-06-01", given, later)).toBeUndefined();
});

const terms = {
  spendFrom: "2024-02-01",
  spendUntil: "2024-12-31",
  lineTolerance: percent("0"),
  isClosed: false,
};

const order: ChangeableOrder = {
  awardKind: "direct",
  awardReference: "",
  orderedOn: "2024-03-01",
  lastDeedOn: "2024-05-15",
  lines: [
    {
      id: "o",
      orderId: "O",
      budgetLineId: "2.1",
      supplierId: "s",
      orderedOn: "2024-03-01",
      open: euro("3000"),
      ordered: euro("4000"),
      vatRate: percent("19"),
    },
  ],
};

function ruleOf(change: string, changedOn: string, given = {}, changed = order, awardReason = "") {
  const lines = [{ orderLineId: "o", change: euro(change) }];
  const context = {
    terms,
    budget: [
      {
        id: "2.1",
        schoolId: "s",
        school: "GS",
        code: "2.1",
        approved: euro("10000"),
        committed: euro("3000"),
        invoiced: euro("1000"),
        paid: euro("0"),
      },
    ],
    procurement: [],
    today: "2026-01-01",
    ...given,
  };
  return checkOrderChange({ changedOn, reason: "", awardReason, lines }, changed, context)?.rule;
}
