import fc from "fast-check";
import { expect, test } from "vitest";
import { costBetween, costOfYear, piecesBetween } from "#app/domain/accrual.ts";
import { daysBetween, plusDays } from "#app/domain/calendar.ts";
import {
  checkContract,
  type ContractDraft,
  type RunningContract,
  rhythms,
  stepDays,
} from "#app/domain/contract.ts";
import { checkContractChange, type ContractChangeDraft } from "#app/domain/contract-change.ts";
import { deadlinesOfContract } from "#app/domain/contract-deadline.ts";
import { pricesUntil } from "#app/domain/contract-price.ts";
import { boundUntil, lastDayOf, nextNotice } from "#app/domain/contract-run.ts";
import { euro, factor, percent, sum } from "#app/domain/money.ts";

const plain: RunningContract = {
  startedOn: "2023-01-01",
  endsOn: null,
  noticeMonths: null,
  renewalMonths: 0,
  amount: euro("100"),
  rhythm: "month",
  adjustment: "none",
  stepOn: "new_year",
  stepRate: null,
  indexBase: null,
  expectedRate: null,
  changes: [],
  indexValues: [],
};
const contract = (given: Partial<RunningContract> = {}): RunningContract => ({
  ...plain,
  ...given,
});

// prettier-ignore
test.each<{ given: Partial<RunningContract>; year: number; cost: string; because: string }>([
  { given: {}, year: 2023, cost: "1200.00", because: "twelve months" },
  { given: {}, year: 2022, cost: "0.00", because: "it has not begun" },
  { given: { startedOn: "2023-02-15" }, year: 2023, cost: "1054.84", because: "ten periods and 17 of the 31 days from 15 December" },
  { given: { rhythm: "year", startedOn: "2023-09-01", amount: euro("366") }, year: 2023, cost: "122.00", because: "122 of 366 days: 29 February is in the period" },
  { given: { rhythm: "year", startedOn: "2023-09-01", amount: euro("366") }, year: 2024, cost: "366.33", because: "244 days, and 122 of 365 at a little more" },
  { given: { startedOn: "2023-01-31" }, year: 2023, cost: "1103.23", because: "from the last of each month; one day of December's period" },
  { given: { changes: [{ kind: "termination", validFrom: "2023-04-10" }] }, year: 2023, cost: "333.33", because: "three months and 10 of 30 days" },
  { given: { endsOn: "2023-06-30" }, year: 2023, cost: "600.00", because: "it ends by itself" },
  { given: { endsOn: "2023-06-30", renewalMonths: 12 }, year: 2023, cost: "1200.00", because: "nobody terminates it" },
  { given: { adjustment: "yearly_step", stepRate: percent("3") }, year: 2024, cost: "1236.00", because: "3 % more from 1 January" },
  { given: { adjustment: "yearly_step", stepRate: percent("3") }, year: 2025, cost: "1273.08", because: "103,00 and 3 % of it, in whole cents" },
  { given: { adjustment: "yearly_step", stepRate: percent("10"), stepOn: "anniversary", startedOn: "2023-07-01" }, year: 2024, cost: "1260.00", because: "half a year before the anniversary, half after it" },
  { given: { changes: [{ kind: "price", validFrom: "2023-07-16", amount: euro("131"), indexBase: null }] }, year: 2023, cost: "1371.00", because: "July has 15 days of 100 and 16 of 131: 48,39 and 67,61" },
])("$year costs $cost: $because", ({ given, year, cost }) => {
  expect(costOfYear(contract(given), year).toFixed(2)).toBe(cost);
});

test("the price follows the index where a value is on file, and what is expected where none is", () => {
  const indexed = contract({
    adjustment: "index",
    indexBase: factor("110"),
    expectedRate: percent("2"),
    indexValues: [
      { month: "2023-11", value: factor("116.6") },
      { month: "2023-03", value: factor("112") },
      { month: "2024-01", value: factor("999") },
    ],
  });
  const prices = pricesUntil(indexed, "2025-12-31");
  expect(
    prices.map(({ from, amount, ground }) => `${from} ${amount.toFixed(2)} ${ground}`),
  ).toEqual(["2023-01-01 100.00 agreed", "2024-01-01 106.00 index", "2025-01-01 908.18 index"]);
  // A value of more than twelve months ago says nothing of today.
  const old = { ...indexed, indexValues: [{ month: "2022-12", value: factor("200") }] };
  expect(pricesUntil(old, "2024-06-30").at(-1)).toMatchObject({ ground: "expected" });
  // A price that was agreed anew has an index value of its own to start from.
  const anew = { kind: "price", validFrom: "2023-06-01", amount: euro("50") } as const;
  const changed = { ...indexed, changes: [{ ...anew, indexBase: factor("116.6") }] };
  expect(pricesUntil(changed, "2024-06-30").at(-1)!.amount.toFixed(2)).toBe("50.00");
  const later = pricesUntil({ ...indexed, indexValues: [] }, "2025-12-31");
  expect(later.map(({ amount, ground }) => `${amount.toFixed(2)} ${ground}`)).toEqual([
    "100.00 agreed",
    "102.00 expected",
    "104.04 expected",
  ]);
});

test("a price that is agreed anew is what later steps start from", () => {
  const stepped = contract({
    adjustment: "yearly_step",
    stepRate: percent("10"),
    changes: [{ kind: "price", validFrom: "2024-01-01", amount: euro("200"), indexBase: null }],
  });
  expect(pricesUntil(stepped, "2025-06-30").map(({ amount }) => amount.toFixed(2))).toEqual([
    "100.00",
    "200.00",
    "220.00",
  ]);
});

const someDay = fc.integer({ min: 0, max: 2500 }).map((days) => plusDays("2020-01-01", days));
const someContract = fc
  .record({
    startedOn: fc.integer({ min: 0, max: 800 }).map((days) => plusDays("2019-06-01", days)),
    amount: fc.integer({ min: 1, max: 9_999_999 }).map((cents) => euro((cents / 100).toFixed(2))),
    rhythm: fc.constantFrom(...rhythms),
    adjustment: fc.constantFrom("none" as const, "yearly_step" as const),
    stepOn: fc.constantFrom(...stepDays),
    stepRate: fc.integer({ min: 0, max: 900 }).map((rate) => percent((rate / 100).toFixed(2))),
    ends: fc.option(someDay),
    turns: fc.option(someDay),
  })
  .map(({ ends, turns, ...given }) =>
    contract({
      ...given,
      changes: [
        ...(turns && turns > given.startedOn
          ? [{ kind: "price" as const, validFrom: turns, amount: euro("77.77"), indexBase: null }]
          : []),
        ...(ends && ends > given.startedOn
          ? [{ kind: "termination" as const, validFrom: ends }]
          : []),
      ],
    }),
  );

test("however the time is cut, the parts add up to the whole to the cent", () => {
  fc.assert(
    fc.property(someContract, fc.array(someDay, { maxLength: 8 }), (one, days) => {
      const cuts = ["2019-01-01", ...[...new Set(days)].sort(), "2027-12-31"];
      const parts = cuts
        .slice(1)
        .map((until, index) =>
          costBetween(one, index === 0 ? cuts[0]! : plusDays(cuts[index]!, 1), until),
        );
      const whole = costBetween(one, cuts[0]!, cuts.at(-1)!);
      expect(sum(parts).toFixed(2)).toBe(whole.toFixed(2));
    }),
  );
});

test("no two days are told twice, none is left out, and none before the start or after the end", () => {
  fc.assert(
    fc.property(someContract, (one) => {
      const pieces = piecesBetween(one, "2019-01-01", "2027-12-31");
      const end = lastDayOf(one) ?? "2027-12-31";
      expect(pieces[0]!.from).toBe(one.startedOn);
      expect(pieces.at(-1)!.until).toBe(end);
      for (const [index, piece] of pieces.slice(1).entries()) {
        expect(piece.from).toBe(plusDays(pieces[index]!.until, 1));
      }
      const days = pieces.reduce((total, piece) => total + piece.days, 0);
      expect(days).toBe(daysBetween(one.startedOn, end) + 1);
    }),
  );
});

test("a whole period at one price costs its price, whatever month it is", () => {
  const one = contract({ startedOn: "2023-01-31", amount: euro("33.33") });
  const pieces = piecesBetween(one, "2023-01-01", "2025-01-30");
  expect(pieces).toHaveLength(24);
  expect(new Set(pieces.map(({ amount }) => amount.toFixed(2)))).toEqual(new Set(["33.33"]));
  expect(pieces[1]!.period).toEqual({ from: "2023-02-28", until: "2023-03-30" });
});

// prettier-ignore
test.each<{ given: Partial<RunningContract>; today: string; notice: string | null; because: string }>([
  { given: { endsOn: "2023-12-31", renewalMonths: 12, noticeMonths: 3 }, today: "2023-09-30", notice: "2023-09-30 2023-12-31", because: "three months to the end of the year, today is the last day" },
  { given: { endsOn: "2023-12-31", renewalMonths: 12, noticeMonths: 3 }, today: "2023-10-01", notice: "2024-09-30 2024-12-31", because: "a day later it has renewed itself" },
  { given: { endsOn: "2024-02-29", renewalMonths: 12, noticeMonths: 1 }, today: "2024-06-01", notice: "2025-01-31 2025-02-28", because: "the last of February, leap year or not" },
  { given: { noticeMonths: 1 }, today: "2024-01-31", notice: "2024-01-31 2024-02-29", because: "without term it ends with a month" },
  { given: { endsOn: "2023-12-31" }, today: "2023-06-01", notice: null, because: "it ends by itself" },
  { given: { changes: [{ kind: "termination", validFrom: "2023-12-31" }] }, today: "2023-06-01", notice: null, because: "it is terminated" },
  { given: { endsOn: "2023-12-31", renewalMonths: 12, changes: [{ kind: "end", validFrom: "2024-06-30" }] }, today: "2023-06-01", notice: "2024-06-30 2024-06-30", because: "another end was agreed" },
])("on $today the next notice day is $notice: $because", ({ given, today, notice }) => {
  const next = nextNotice(contract(given), today);
  expect(next && `${next.noticeBy} ${next.endsOn}`).toBe(notice);
});

test("a contract binds until the earliest end that notice can reach", () => {
  const one = contract({ endsOn: "2023-12-31", renewalMonths: 12, noticeMonths: 3 });
  expect(boundUntil(one, "2023-10-01")).toBe("2024-12-31");
  expect(boundUntil(contract({ endsOn: "2024-06-30" }), "2023-10-01")).toBe("2024-06-30");
});

test("the notice day of a contract that renews itself is a deadline, with what it costs after it", () => {
  const one = {
    ...contract({ endsOn: "2023-12-31", renewalMonths: 12, noticeMonths: 3 }),
    ...{ id: "c", number: "V-1", name: "WLAN", signedOn: "2022-12-01" },
  };
  const [deadline] = deadlinesOfContract(one, "2023-06-01");
  expect(deadline).toMatchObject({ on: "2023-09-30", detail: "2023-12-31", isDone: false });
  expect(deadline!.amount!.toFixed(2)).toBe("1200.00");
  const open = { ...one, ...contract({ noticeMonths: 1 }) };
  expect(deadlinesOfContract(open, "2023-06-01")).toEqual([]);
});

const draft: ContractDraft = {
  number: "V-1",
  name: "WLAN",
  kind: "support",
  supplier: "Netzbau GmbH",
  schoolId: null,
  signedOn: "2022-12-01",
  startedOn: "2023-01-01",
  endsOn: null,
  noticeMonths: 1,
  renewalMonths: 0,
  amount: euro("100"),
  vatRate: percent("19"),
  rhythm: "month",
  adjustment: "none",
  stepOn: "new_year",
  stepRate: null,
  indexName: "",
  indexBase: null,
  expectedRate: null,
  product: "24301",
  costCentre: "",
  ledgerAccount: "427100",
  servedLineId: null,
  servedNote: "",
};
const index = { adjustment: "index", indexName: "VPI", indexBase: factor("110") } as const;

// prettier-ignore
test.each<{ given: Partial<ContractDraft>; rule: string | undefined }>([
  { given: {}, rule: undefined },
  { given: { supplier: "" }, rule: "supplier_missing" },
  { given: { supplier: "", kind: "staff" }, rule: undefined },
  { given: { signedOn: "2024-01-01" }, rule: "in_the_future" },
  { given: { amount: euro("0") }, rule: "amount_not_positive" },
  { given: { endsOn: "2022-12-31" }, rule: "contract_ends_before_start" },
  { given: { endsOn: "2023-01-01" }, rule: undefined },
  { given: { renewalMonths: 12 }, rule: "renewal_needs_end" },
  { given: { adjustment: "yearly_step" }, rule: "step_missing" },
  { given: { ...index, expectedRate: percent("2") }, rule: undefined },
  { given: { ...index }, rule: "index_incomplete" },
  { given: { ...index, expectedRate: percent("2"), indexBase: factor("0") }, rule: "index_incomplete" },
  { given: { ...index, expectedRate: percent("2"), indexName: "" }, rule: "index_incomplete" },
  { given: { servedNote: "Anschluss" }, rule: "note_without_investment" },
])("a contract with $given: $rule", ({ given, rule }) => {
  expect(checkContract({ ...draft, ...given }, "2023-06-01")?.rule).toBe(rule);
});

const price: ContractChangeDraft = {
  kind: "price",
  changedOn: "2023-05-01",
  validFrom: "2023-07-01",
  amount: euro("120"),
  indexBase: null,
  reason: "Schreiben vom 1. Mai",
};
const ending = { ...price, kind: "termination", amount: null } as const;
const terminated = { changes: [{ kind: "termination", validFrom: "2023-06-30" }] } as const;

// prettier-ignore
test.each<{ change: ContractChangeDraft; given?: Partial<RunningContract>; rule: string | undefined }>([
  { change: price, rule: undefined },
  { change: { ...price, changedOn: "2023-06-02" }, rule: "in_the_future" },
  { change: { ...price, changedOn: "2022-11-30" }, rule: "changed_before_signed" },
  { change: { ...price, validFrom: "2022-12-31" }, rule: "contract_ends_before_start" },
  { change: { ...price, amount: null }, rule: "amount_not_positive" },
  { change: price, given: { changes: [...terminated.changes] }, rule: "contract_has_ended" },
  { change: price, given: { changes: [{ kind: "price", validFrom: "2023-07-01", amount: euro("1"), indexBase: null }] }, rule: "price_changed_later" },
  { change: price, given: { adjustment: "index", indexBase: factor("110"), expectedRate: percent("2") }, rule: "index_base_missing" },
  { change: ending, rule: undefined },
  { change: ending, given: { changes: [...terminated.changes] }, rule: "contract_is_terminated" },
])("a change $change.kind: $rule", ({ change, given, rule }) => {
  const one = { ...contract(given), signedOn: "2022-12-01" };
  expect(checkContractChange(change, one, "2023-06-01")?.rule).toBe(rule);
});
