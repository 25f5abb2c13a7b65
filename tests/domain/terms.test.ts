import fc from "fast-check";
import { expect, test } from "vitest";
import { plusMonths } from "#app/domain/calendar.ts";
import { dedicatedUntilOf, drawUntilOf, proofDueOf } from "#app/domain/due-dates.ts";
import { euro, percent, sum } from "#app/domain/money.ts";
import {
  checkTerms,
  cumulativeShares,
  type GrantTerms,
  grantDue,
  termsAsKept,
  termsOn,
} from "#app/domain/terms.ts";
import { fullTerms, lowerSaxony2019, shippedProgramme } from "#tests/support/programme.ts";

const share = { ...fullTerms, financingKind: "share" as const };

// domain.md T11 and its variants: costs planned 100.000.
// prettier-ignore
test.each([
  { kind: "share",     rate: "90",  grant: "90000",  third: "0",     spent: "92000",  due: "82800", because: "a saving is shared" },
  { kind: "full",      rate: "100", grant: "100000", third: "0",     spent: "92000",  due: "92000", because: "a saving is all the state's" },
  { kind: "full",      rate: "100", grant: "100000", third: "0",     spent: "104000", due: "100000", because: "the grant is the most" },
  { kind: "share",     rate: "90",  grant: "80000",  third: "0",     spent: "100000", due: "80000", because: "a cap holds below the rate" },
  { kind: "share",     rate: "90",  grant: "90000",  third: "15000", spent: "92000",  due: "77000", because: "other money for the purpose comes first" },
  { kind: "fixed_sum", rate: "100", grant: "40000",  third: "0",     spent: "92000",  due: "40000", because: "a fixed sum stays" },
  { kind: "fixed_sum", rate: "100", grant: "40000",  third: "0",     spent: "30000",  due: "30000", because: "no cost is paid twice" },
  { kind: "deficit",   rate: "100", grant: "60000",  third: "10000", spent: "92000",  due: "52000", because: "own means of 30.000 stay as planned" },
  { kind: "deficit",   rate: "100", grant: "60000",  third: "10000", spent: "35000",  due: "0",     because: "own and other means suffice" },
] as const)("$kind financing of $grant pays $due of $spent: $because", ({ kind, rate, grant, third, spent, due }) => {
  const terms = {
    financingKind: kind,
    fundingRate: percent(rate),
    grantAmount: euro(grant),
    thirdPartyAmount: euro(third),
  };
  expect(grantDue(terms, euro(spent), euro("100000")).toFixed()).toBe(euro(due).toFixed());
});

test("the shares of receipts add up to the share of the sum, to the cent, in every order", () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), (cents, rate) => {
      const terms = { ...share, fundingRate: percent((rate / 100).toFixed(2)) };
      terms.grantAmount = euro("20000");
      const receipts = cents.map((amount) => euro((amount / 100).toFixed(2)));
      const shares = cumulativeShares(terms, receipts, sum(receipts));
      const due = grantDue(terms, sum(receipts), sum(receipts));
      expect(sum(shares.map(({ grant }) => grant)).toFixed()).toBe(due.toFixed());
      for (const [index, { grant, own }] of shares.entries()) {
        expect(grant.plus(own).toFixed()).toBe(receipts[index]!.toFixed());
      }
    }),
  );
});

test("three receipts of 0,05 € at 90 % are not three times 0,05 €", () => {
  const terms = { ...share, fundingRate: percent("90"), grantAmount: euro("10") };
  const receipts = ["0.05", "0.05", "0.05"].map(euro);
  const shares = cumulativeShares(terms, receipts, euro("0.15")).map(({ grant }) =>
    grant.toFixed(),
  );
  // Each alone would be 0,05; together 90 % of 0,15 are 0,14.
  expect(shares).toEqual(["0.05", "0.04", "0.05"]);
});

const versions = [
  { ...fullTerms, documentId: "notice", validFrom: "2020-05-01" },
  { ...fullTerms, documentId: "first", validFrom: "2021-01-01" },
  { ...fullTerms, documentId: "same day", validFrom: "2021-01-01" },
  { ...fullTerms, documentId: "last", validFrom: "2022-07-01" },
];

// prettier-ignore
test.each([
  { day: "2019-06-01", inForce: "notice",   because: "an early start is under the notice that came later" },
  { day: "2020-12-31", inForce: "notice" },
  { day: "2021-01-01", inForce: "same day", because: "of two of one day the later recorded holds" },
  { day: "2022-06-30", inForce: "same day" },
  { day: "2022-07-01", inForce: "last" },
  { day: "2030-01-01", inForce: "last" },
])("on $day the terms of $inForce are in force", ({ day, inForce }) => {
  expect(termsOn(versions, day).documentId).toBe(inForce);
});

// prettier-ignore
test.each([
  { given: {}, verdict: undefined },
  { given: { spendUntil: "2019-05-16" }, verdict: "period_runs_backward" },
  { given: { spendFrom: "2019-05-16" }, verdict: "period_outside_programme" },
  { given: { spendUntil: "2025-01-01" }, verdict: "period_outside_programme" },
  { given: { fundingRate: percent("99") }, verdict: "full_grant_has_no_rate" },
  { given: { lineTolerance: percent("100.01") }, verdict: "rate_out_of_range" },
  { given: { advanceRate: percent("50") }, verdict: "advance_needs_spend_by" },
  { given: { advanceRate: percent("50"), spendWithinMonths: 2 }, verdict: undefined },
  { given: { thirdPartyAmount: euro("-0.01") }, verdict: "amount_negative" },
  { given: { proofDueOn: "2019-05-16" }, verdict: "due_before_period" },
] as { given: Partial<GrantTerms>; verdict: string | undefined }[])(
  "terms with $given: $verdict",
  ({ given, verdict }) => {
    expect(checkTerms({ ...fullTerms, ...given }, lowerSaxony2019)?.rule).toBe(verdict);
  },
);

test("a notice recorded before it was asked is full at 100 % and a share below", () => {
  const kept = { ...fullTerms, financingKind: null, thirdPartyAmount: null, advanceRate: null };
  expect(termsAsKept(kept).financingKind).toBe("full");
  expect(termsAsKept({ ...kept, fundingRate: percent("90") }).financingKind).toBe("share");
});

test("NRW: what is bought until 30.09.2022 serves its purpose until 31.12.2027 (T17)", () => {
  const northRhine = shippedProgramme("nw-digitalpakt-2019");
  const terms = { ...fullTerms, spendUntil: "2022-09-30" };
  expect(dedicatedUntilOf(terms, northRhine)).toMatchObject({ on: "2027-12-31", by: "programme" });
  const said = { ...terms, dedicatedUntil: "2026-06-30" };
  expect(dedicatedUntilOf(said, northRhine)).toEqual({ on: "2026-06-30", by: "notice" });
});

test("where neither notice nor programme say when, nothing is said", () => {
  expect(proofDueOf(fullTerms, lowerSaxony2019)).toBeUndefined();
  expect(dedicatedUntilOf(fullTerms, lowerSaxony2019)).toBeUndefined();
  expect(drawUntilOf(fullTerms, lowerSaxony2019)?.on).toBe("2024-12-31");
});

test("BW: the proof is due three months after the approval period", () => {
  const terms = { ...fullTerms, spendUntil: "2023-11-30" };
  expect(proofDueOf(terms, shippedProgramme("bw-digitalpakt-2019"))?.on).toBe("2024-02-29");
});

// prettier-ignore
test.each([
  ["2022-11-30", 3, "2023-02-28"],
  ["2024-08-31", 18, "2026-02-28"],
  ["2023-12-31", 1, "2024-01-31"],
  ["2020-01-15", 0, "2020-01-15"],
] as const)("%s and %i months more is %s", (day, months, expected) => {
  expect(plusMonths(day, months)).toBe(expected);
});
