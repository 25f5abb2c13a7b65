import { expect, test } from "vitest";
import { checkAppropriation } from "#app/domain/appropriation.ts";
import {
  type CarriedIn,
  carriedUntil,
  type CarryoverDraft,
  type CarryoverGround,
  checkCarryover,
  fittingGrounds,
  postingsOfCarryover,
  type RestAccount,
} from "#app/domain/carryover.ts";
import { emptyBalance } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import { accountNamed } from "#app/domain/municipal-budget.ts";

const today = "2026-03-01";

type Given = Omit<Partial<RestAccount>, "carriedIn"> & { carriedIn?: CarriedIn[] };

/** An account of 2025 with 100 €, of which 30 are ordered and 30 invoiced. */
function account(given: Given = {}): RestAccount {
  const figures = { appropriated: euro("100"), committed: euro("30"), invoiced: euro("30") };
  const place = { id: "a", label: "a", fiscalYear: 2025, budgetPart: "operating" as const };
  return {
    ...emptyBalance,
    ...figures,
    ...place,
    budget: null,
    isInvestment: false,
    carriedIn: [],
    ...given,
  };
}

function draft(given: Partial<CarryoverDraft> = {}): CarryoverDraft {
  return {
    amount: euro("40"),
    decidedOn: "2026-01-15",
    resolutionId: undefined,
    decision: "Bürgermeister",
    reason: "Lieferung im März",
    ground: "earmarked",
    isBegun: true,
    ...given,
  };
}

// prettier-ignore
test.each<{ asked: Partial<CarryoverDraft>; given?: Given; rule: string | undefined }>([
  { asked: {},                                                              rule: undefined },
  { asked: { amount: euro("40.01") },                                       rule: "carryover_exceeds_rest" },
  { asked: { amount: euro("0") },                                           rule: "amount_not_positive" },
  { asked: { decidedOn: "2025-12-31" },                                     rule: "carryover_before_year_end" },
  { asked: { decidedOn: "2026-03-02" },                                     rule: "in_the_future" },
  { asked: { decision: " " },                                               rule: "decision_missing" },
  { asked: { reason: " " },                                                 rule: "carryover_reason_missing" },
  { asked: { ground: undefined },                                           rule: "carryover_ground_missing" },
  { asked: { ground: "budget" },                                            rule: "carryover_ground_of_other_account" },
  { asked: { ground: "budget" },     given: { budget: "IT" },               rule: undefined },
  { asked: { ground: "budget" },     given: { budget: "IT", budgetPart: "financial" }, rule: "carryover_ground_of_other_account" },
  { asked: { ground: "investment" },                                        rule: "carryover_ground_of_other_account" },
  { asked: { ground: "investment" }, given: { isInvestment: true },         rule: undefined },
])("40 left of 2025 carried over with $asked on $given: $rule", ({ asked, given, rule }) => {
  const own = account(given);
  expect(checkCarryover(draft(asked), own, [own], today)?.rule).toBe(rule);
});

const carried = (ground: CarryoverGround, amount: string, validUntil: string | null) => [
  { ground, amount: euro(amount), validUntil },
];

// prettier-ignore
test.each<{ asked: Partial<CarryoverDraft>; carriedIn: CarriedIn[]; available: string; why: string }>([
  { why: "expense of a budget stays one year",          asked: { ground: "budget" },     carriedIn: carried("budget", "80", "2025-12-31"), available: "20" },
  { why: "the old money is spent first",                asked: { ground: "budget" },     carriedIn: carried("budget", "60", "2025-12-31"), available: "40" },
  { why: "investment not begun stays until its day",    asked: { ground: "investment", isBegun: false }, carriedIn: carried("investment", "90", "2025-12-31"), available: "10" },
  { why: "investment not begun, and its day to come",   asked: { ground: "investment", isBegun: false }, carriedIn: carried("investment", "90", "2026-12-31"), available: "40" },
  { why: "an investment that is begun is paid to its end", asked: { ground: "investment" }, carriedIn: carried("investment", "90", "2025-12-31"), available: "40" },
  { why: "earmarked money stays until the last payment", asked: { ground: "earmarked" },  carriedIn: carried("earmarked", "90", null), available: "40" },
])("$why: $available of 40 go on", ({ asked, carriedIn, available }) => {
  const isInvestment = asked.ground === "investment";
  const own = account({ carriedIn, isInvestment, budget: "IT" });
  expect(checkCarryover(draft({ ...asked, amount: euro(available) }), own, [own], today)).toBeUndefined();
  const refused = checkCarryover(draft({ ...asked, amount: euro(available).plus("0.01") }), own, [own], today);
  expect(refused).toMatchObject({ field: "amount", available: euro(available) });
  if (available !== "40") expect(refused?.rule).toBe("carried_money_lapses");
});

test("an account gives no more than its budget has left, whatever it has itself", () => {
  const own = account({ budget: "IT" });
  const over = account({ id: "b", budget: "IT", invoiced: euro("95") });
  expect(checkCarryover(draft({ ground: "budget" }), own, [own, over], today)).toMatchObject({
    rule: "carryover_exceeds_rest",
    available: euro("15"),
  });
});

// prettier-ignore
test.each([
  { ground: "budget",     isBegun: false, until: "2026-12-31" },
  { ground: "budget",     isBegun: true,  until: "2026-12-31" },
  { ground: "investment", isBegun: true,  until: null },
  { ground: "investment", isBegun: false, until: "2027-12-31" },
  { ground: "earmarked",  isBegun: false, until: null },
] as const)("money of 2025 carried over as $ground, begun: $isBegun, stays until $until", ({ ground, isBegun, until }) => {
  expect(carriedUntil({ ground, isBegun, amount: euro("40") }, account())).toBe(until);
});

test("an investment carried again keeps its last day, fresh money beside it has its own", () => {
  const own = account({ isInvestment: true, carriedIn: carried("investment", "80", "2026-12-31") });
  const until = (amount: string) =>
    carriedUntil({ ground: "investment", isBegun: false, amount: euro(amount) }, own);
  expect(until("20")).toBe("2027-12-31");
  expect(until("20.01")).toBe("2026-12-31");
});

test("what is carried over leaves its year and arrives in the next", () => {
  const document = { amount: euro("40"), decidedOn: "2026-01-15", title: "t" };
  expect(postingsOfCarryover({ ...document, fromAccountId: "a", toAccountId: "b" })).toMatchObject([
    { accountId: "a", figure: "carried", amount: euro("-40") },
    { accountId: "b", figure: "carried", amount: euro("40") },
  ]);
});

test("the grounds that fit an account are offered, the narrowest first", () => {
  expect(fittingGrounds(account())).toEqual(["earmarked"]);
  expect(fittingGrounds(account({ budget: "IT" }))).toEqual(["budget", "earmarked"]);
  expect(fittingGrounds(account({ isInvestment: true }))).toEqual(["investment", "earmarked"]);
});

test("of accounts with one name the one with money is meant, with or without a cost centre", () => {
  const name = { product: "24301", ledgerAccount: "427100", costCentre: null };
  const left = { ...account({ id: "left", appropriated: euro("0") }), ...name };
  const used = { ...account({ id: "used" }), ...name };
  expect(accountNamed({ ...name, costCentre: "" }, [left, used])?.id).toBe("used");
  expect(accountNamed(name, [left])?.id).toBe("left");
  expect(accountNamed({ ...name, costCentre: "4010" }, [left, used])).toBeUndefined();
});

// prettier-ignore
test.each([
  { decidedOn: "2018-01-01", rule: undefined },
  { decidedOn: "2017-12-31", rule: "decision_of_other_year" },
  { decidedOn: "2021-12-31", rule: undefined },
  { decidedOn: "2022-01-01", rule: "decision_of_other_year" },
])("an appropriation of 2020 decided on $decidedOn: $rule", ({ decidedOn, rule }) => {
  const named = { fiscalYear: 2020, product: "24301", ledgerAccount: "427100", name: "Lizenzen" };
  const asked = { ...named, amount: euro("1"), decidedOn, resolutionId: undefined };
  expect(checkAppropriation(asked, today)?.rule).toBe(rule);
});
