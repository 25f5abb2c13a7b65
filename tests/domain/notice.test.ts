import fc from "fast-check";
import { expect, test } from "vitest";
import type { GrantedLine } from "#app/domain/line-change.ts";
import { euro, type Money, percent, sum } from "#app/domain/money.ts";
import { checkNotice, type NoticeContext, type NoticeDraft } from "#app/domain/notice.ts";
import type { PotBalance } from "#app/domain/pot.ts";
import { fullTerms, lowerSaxony2019 } from "#tests/support/programme.ts";

const zero = euro("0");

/** A: 20.000 of its base amount on 2.1; 8.000 shared on 2.4. B: 6.000 of its base amount on 2.1. */
const lines: GrantedLine[] = [
  line("a21", "A", "2.1", { approved: "20000", fromBase: "20000", invoiced: "15000" }),
  line("a24", "A", "2.4", { approved: "8000", fromShared: "8000" }),
  line("b21", "B", "2.1", { approved: "6000", fromBase: "6000" }),
];
const pots: PotBalance[] = [
  pot("base", "A", "20000", "20000"),
  pot("base", "B", "7000", "6000"),
  pot("free", undefined, "10000", "0"),
  pot("free", "A", "0", "8000"),
];
const terms = { ...fullTerms, grantAmount: euro("34000"), lineTolerance: percent("20") };
const context: NoticeContext = {
  programme: lowerSaxony2019,
  grantedOn: "2020-05-01",
  lastValidFrom: "2020-05-01",
  isClosed: false,
  terms,
  lines,
  schoolIds: ["A", "B"],
  pots,
  limited: [],
  drawn: zero,
  repaid: zero,
  today: "2024-01-31",
};
const plan = (a21: string, a24: string, b21: string, more: [string, string, string][] = []) => [
  ...(
    [["A", "2.1", a21], ["A", "2.4", a24], ["B", "2.1", b21], ...more] as [string, string, string][]
  )
    .filter(([, , approved]) => approved !== "")
    .map(([schoolId, code, approved]) => ({ schoolId, code, approved: euro(approved) })),
];
const draft: NoticeDraft = {
  ...terms,
  kind: "amendment",
  noticeOn: "2022-03-01",
  validFrom: "2022-03-01",
  reference: "",
  reason: "Mehrbedarf",
  lines: plan("20000", "8000", "6000"),
};
const total = (grant: string) => ({ grantAmount: euro(grant) });

// prettier-ignore
test.each([
  { given: {}, verdict: undefined, because: "a notice may confirm what is" },
  { given: { spendUntil: "2024-06-30" }, verdict: undefined, because: "a period may change" },
  { given: { noticeOn: "2020-04-30" }, verdict: "amendment_before_notice" },
  { given: { validFrom: "2020-04-30" }, verdict: "valid_before_last_notice" },
  { given: { noticeOn: "2024-02-01" }, verdict: "in_the_future" },
  { given: { validFrom: "2024-02-01" }, verdict: "in_the_future" },
  { given: { lines: plan("14999.99", "8000", "6000"), ...total("28999.99") }, verdict: undefined, because: "15.000 are within the tolerance of 20 %" },
  { given: { lines: plan("12499.99", "8000", "6000"), ...total("26499.99") }, verdict: "line_below_spent" },
  { given: { lines: plan("", "8000", "6000"), ...total("14000") }, verdict: "line_missing" },
  { given: { lines: plan("20000", "", "6000"), ...total("26000") }, verdict: undefined, because: "nothing was spent on the line" },
  { given: { lines: plan("20000", "8000", "7000"), ...total("35000") }, verdict: undefined, because: "B's base amount has 1.000 left" },
  { given: { lines: plan("20000", "8000", "9000"), ...total("37000") }, verdict: undefined, because: "1.000 of B's base amount, 2.000 of the rest for all" },
  { given: { lines: plan("20000", "8000", "9000.01"), ...total("37000.01") }, verdict: "exceeds_envelope" },
  { given: { lines: plan("20000", "8000", "6000"), ...total("33999.99") }, verdict: "grant_is_not_share_of_lines" },
  { given: { lines: plan("20000", "8000", "6000", [["C", "2.1", "1"]]), ...total("34001") }, verdict: "school_not_on_file" },
  { given: { lines: plan("20000", "8000", "6000", [["A", "2.1", "1"]]), ...total("34001") }, verdict: "line_twice" },
] as { given: Partial<NoticeDraft>; verdict: string | undefined }[])(
  "an amendment with $given: $verdict",
  ({ given, verdict }) => {
    expect(ruleOf({ ...draft, ...given })).toBe(verdict);
  },
);

// prettier-ignore
test.each([
  { lines: plan("18000", "10000", "6000"), reference: "",    verdict: "reallocation_needs_consent", because: "8.000 may grow by 20 % to 9.600" },
  { lines: plan("18400", "9600", "6000"),  reference: "",    verdict: undefined,                    because: "that is within the 20 %" },
  { lines: plan("18000", "10000", "6000"), reference: "Z 1", verdict: undefined,                    because: "the granting authority has agreed" },
  { lines: plan("18000", "8000", "6000"),  reference: "Z 1", verdict: "reallocation_changes_total", because: "2.000 are lost" },
  { lines: plan("20000", "8000", "6000"),  reference: "Z 1", verdict: "nothing_changes",            because: "nothing moves" },
  { lines: plan("20000", "5000", "9000"),  reference: "Z 1", verdict: undefined,                    because: "A's 3.000 were of the rest for all" },
  { lines: plan("15000", "8000", "11000"), reference: "Z 1", verdict: "base_amount_stays_at_school", because: "A's base amount is not B's" },
])("a reallocation to $lines: $because", ({ lines, reference, verdict }) => {
  expect(ruleOf({ ...draft, kind: "reallocation", lines, reference })).toBe(verdict);
});

test("a reallocation leaves the terms as they are, whatever its form sends", () => {
  const moved = { ...draft, kind: "reallocation" as const, lines: plan("18400", "9600", "6000") };
  const checked = checkNotice({ ...moved, ...total("1"), spendUntil: "2021-01-01" }, context);
  expect("effect" in checked && checked.effect.terms).toEqual(terms);
});

test("a final notice sets free what was not spent and reclaims what was drawn beyond it", () => {
  const final = { ...draft, kind: "final" as const, ...total("14400"), lines: [] };
  const checked = checkNotice(final, { ...context, drawn: euro("20000") });
  if (!("effect" in checked)) throw new Error(checked.violation.rule);
  const { changes, reclaimed } = checked.effect;
  expect(reclaimed.toFixed()).toBe("5600");
  expect(
    changes.map(({ id, change, fromBase, fromShared }) => [
      id,
      ...texts(change, fromBase, fromShared),
    ]),
  ).toEqual([
    ["a21", "-5000", "-5600", "0"],
    ["a24", "-8000", "0", "-8000"],
    ["b21", "-6000", "-6000", "0"],
  ]);
});

// prettier-ignore
test.each([
  { drawn: "90", repaid: "0",   before: "90", grant: "82.8", more: "7.2", because: "it is drawn beyond the grant" },
  { drawn: "90", repaid: "7.2", before: "90", grant: "82.8", more: "0",   because: "it was given back unasked" },
  { drawn: "95", repaid: "5",   before: "90", grant: "90",   more: "0",   because: "it was given back and drawn again" },
  { drawn: "90", repaid: "10",  before: "80", grant: "0",    more: "80",  because: "the first 10 are settled" },
  { drawn: "90", repaid: "5",   before: "80", grant: "0",    more: "80",  because: "5 of the first 10 are still to come" },
  { drawn: "20", repaid: "0",   before: "20", grant: "18",   more: "2",   because: "an older claim of 2 was lifted by a higher grant" },
  { drawn: "0",  repaid: "0",   before: "90", grant: "0",    more: "0",   because: "nothing was drawn" },
])("$drawn drawn, $repaid given back, $grant stay of $before: $more more is reclaimed, since $because", ({ drawn, repaid, before, grant, more }) => {
  const given = { ...context, drawn: euro(drawn), repaid: euro(repaid), terms: { ...terms, ...total(before) } };
  const checked = checkNotice({ ...draft, kind: "revocation", ...total(grant) }, given);
  expect("effect" in checked && checked.effect.reclaimed.toFixed()).toBe(more);
});

test("a line overrun within its tolerance does not keep a grant from its final notice", () => {
  const [a21, a24, b21] = lines as [GrantedLine, GrantedLine, GrantedLine];
  // B spent 1.000 more than its line, which is all its base amount, A 1.000 less.
  const spent = [
    { ...a21, invoiced: euro("19000") },
    { ...a24, invoiced: euro("8000") },
    { ...b21, invoiced: euro("7000") },
  ];
  const full = [
    pot("base", "A", "20000", "20000"),
    pot("base", "B", "6000", "6000"),
    ...pots.slice(2),
  ];
  const exhausted = full.map((one) => ({
    ...one,
    ceiling: one.potKind === "free" && !one.schoolId ? euro("8000") : one.ceiling,
  }));
  const given = { ...draft, kind: "final" as const, ...total("34000") };
  const checked = checkNotice(given, { ...context, lines: spent, pots: exhausted });
  if (!("effect" in checked)) throw new Error(checked.violation.rule);
  expect(
    checked.effect.changes.map(({ id, change, fromBase }) => [id, ...texts(change, fromBase)]),
  ).toEqual([
    ["a21", "-1000", "0"],
    ["b21", "1000", "0"],
  ]);
});

test("a final notice grants no more than other money leaves of the costs", () => {
  const before = { ...context, terms: { ...terms, thirdPartyAmount: euro("2000") } };
  const final = (grant: string) => ruleOf({ ...draft, kind: "final", ...total(grant) }, before);
  expect(final("13000")).toBeUndefined();
  expect(final("13000.01")).toBe("grant_above_costs");
});

test("a revocation leaves open orders their money", () => {
  const [first, ...rest] = lines;
  const ordered = [{ ...first!, committed: euro("2000") }, ...rest];
  const given = { ...draft, kind: "revocation" as const, ...total("0") };
  const checked = checkNotice(given, { ...context, lines: ordered });
  if (!("effect" in checked)) throw new Error(checked.violation.rule);
  expect(checked.effect.changes[0]!.change.toFixed()).toBe("-3000");
});

// prettier-ignore
test.each([
  { kind: "final",      grant: "15000",    closed: false, committed: "0", verdict: undefined },
  { kind: "final",      grant: "15000.01", closed: false, committed: "0", verdict: "grant_above_costs" },
  { kind: "final",      grant: "15000",    closed: false, committed: "1", verdict: "orders_still_open" },
  { kind: "final",      grant: "15000",    closed: true,  committed: "0", verdict: "grant_is_closed" },
  { kind: "amendment",  grant: "34000",    closed: true,  committed: "0", verdict: "grant_is_closed" },
  { kind: "revocation", grant: "0",        closed: true,  committed: "0", verdict: undefined },
  { kind: "revocation", grant: "0",        closed: false, committed: "5", verdict: undefined },
  { kind: "revocation", grant: "-0.01",    closed: false, committed: "0", verdict: "amount_negative" },
] as const)("a $kind to $grant, closed before: $closed: $verdict", ({ kind, grant, closed, committed, verdict }) => {
  const [first, ...rest] = lines;
  const withOrder = [{ ...first!, committed: euro(committed) }, ...rest];
  const given = { ...draft, kind, ...total(grant) };
  expect(ruleOf(given, { ...context, isClosed: closed, lines: withOrder })).toBe(verdict);
});

test("whatever a plan says, base amounts stay at their school and the pots hold", () => {
  const amount = fc.integer({ min: 1, max: 2_000_000 }).map((cents) => (cents / 100).toFixed(2));
  let accepted = 0;
  fc.assert(
    fc.property(amount, amount, amount, (a21, a24, b21) => {
      const lines = plan(a21, a24, b21);
      const grantAmount = sum(lines.map(({ approved }) => approved));
      const unspent = context.lines.map((one) => ({ ...one, invoiced: zero }));
      const checked = checkNotice({ ...draft, lines, grantAmount }, { ...context, lines: unspent });
      if (!("effect" in checked)) return;
      accepted += 1;
      const taken = (schoolId: string, of: "fromBase" | "fromShared") =>
        sum([
          ...unspent.filter((one) => one.schoolId === schoolId).map((one) => one[of]),
          ...checked.effect.changes
            .filter((one) => one.schoolId === schoolId)
            .map((one) => one[of]),
        ]);
      expect(taken("A", "fromBase").lessThanOrEqualTo(20000)).toBe(true);
      expect(taken("B", "fromBase").lessThanOrEqualTo(7000)).toBe(true);
      const shared = taken("A", "fromShared").plus(taken("B", "fromShared"));
      expect(shared.lessThanOrEqualTo(10000)).toBe(true);
      const all = shared.plus(taken("A", "fromBase")).plus(taken("B", "fromBase"));
      expect(all.toFixed()).toBe(grantAmount.toFixed());
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});

function ruleOf(given: NoticeDraft, before = context): string | undefined {
  const checked = checkNotice(given, before);
  return "violation" in checked ? checked.violation.rule : undefined;
}

function texts(...amounts: Money[]): string[] {
  return amounts.map((amount) => amount.toFixed());
}

function line(
  id: string,
  schoolId: string,
  code: string,
  given: { approved: string; fromBase?: string; fromShared?: string; invoiced?: string },
): GrantedLine {
  const { approved, fromBase = "0", fromShared = "0", invoiced = "0" } = given;
  return {
    id,
    schoolId,
    school: `GS ${schoolId}`,
    code,
    approved: euro(approved),
    approvedByNotice: euro(approved),
    committed: zero,
    invoiced: euro(invoiced),
    paid: euro(invoiced),
    fromBase: euro(fromBase),
    fromShared: euro(fromShared),
    beyond: zero,
  };
}

function pot(
  potKind: PotBalance["potKind"],
  schoolId: string | undefined,
  ceiling: string,
  granted: string,
): PotBalance {
  return { potKind, schoolId, ceiling: euro(ceiling), granted: euro(granted), asked: zero };
}
