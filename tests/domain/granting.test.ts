import { expect, test } from "vitest";
import { checkApplication } from "#app/domain/application.ts";
import type { PotBalance } from "#app/domain/pot.ts";
import { checkGrant, type GrantDraft } from "#app/domain/grant.ts";
import { euro, percent } from "#app/domain/money.ts";
import { fullTerms, lowerSaxony2019 } from "#tests/support/programme.ts";

const today = "2026-01-01";

// prettier-ignore
test.each([
  { on: "2020-03-06", school: "A", amount: "30000", verdict: undefined,               because: "the concept is of that day" },
  { on: "2020-03-05", school: "A", amount: "30000", verdict: "media_concept_missing", because: "the concept came a day later" },
  { on: "2020-03-06", school: "B", amount: "1",     verdict: "media_concept_missing", because: "B has no concept at all" },
  { on: "2020-03-06", school: "X", amount: "1",     verdict: "school_not_on_file",    because: "the school is somebody else's" },
  { on: "2020-03-06", school: "A", amount: "30000.01", verdict: "exceeds_envelope",   because: "it is a cent over the envelope" },
  { on: "2020-03-06", school: "A", amount: "0",     verdict: "amount_not_positive",   because: "nothing is asked for" },
  { on: "2026-01-02", school: "A", amount: "1",     verdict: "in_the_future",         because: "tomorrow has not come" },
])("an application of $amount for $school on $on: $because", ({ on, school, amount, verdict }) => {
  const checked = checkApplication(
    {
      title: "Netze",
      resolutionId: "r",
      submittedOn: on,
      measures: [{ schoolId: school, code: "2.1", description: "Netz", amount: euro(amount) }],
    },
    lowerSaxony2019,
    [
      { id: "A", name: "GS A", mediaConceptOn: "2020-03-06" },
      { id: "B", name: "GS B", mediaConceptOn: null },
    ],
    pots,
    [],
    today,
  );
  expect("violation" in checked ? checked.violation.rule : undefined).toBe(verdict);
});

// prettier-ignore
test.each([
  { given: {},                                    verdict: undefined },
  { given: { lines: [line("A", "9.9", "30000")] }, verdict: "category_not_in_programme" },
  { given: { lines: [] },                         verdict: "no_budget_lines" },
  { given: { noticeOn: "2026-01-02" },            verdict: "in_the_future" },
  { given: { noticeOn: "2020-03-05" },            verdict: "notice_before_application" },
  { given: { spendFrom: "2025-01-01", spendUntil: "2024-12-31" }, verdict: "period_runs_backward" },
  { given: { spendFrom: "2019-05-16" },           verdict: "period_outside_programme" },
  { given: { spendUntil: "2025-01-01" },          verdict: "period_outside_programme" },
  { given: { fundingRate: percent("0") },         verdict: "rate_out_of_range" },
  { given: { fundingRate: percent("100.01") },    verdict: "rate_out_of_range" },
  { given: { lineTolerance: percent("101") },     verdict: "rate_out_of_range" },
  { given: { grantAmount: euro("29999.99") },     verdict: "grant_is_not_share_of_lines" },
  { given: { financingKind: "share", fundingRate: percent("90"), grantAmount: euro("27000") }, verdict: undefined },
  { given: { financingKind: "fixed_sum", grantAmount: euro("20000") },        verdict: undefined },
  { given: { financingKind: "fixed_sum", grantAmount: euro("30000.01") },     verdict: "grant_above_costs" },
  { given: { financingKind: "deficit", grantAmount: euro("20000.01"), thirdPartyAmount: euro("10000") }, verdict: "grant_above_costs" },
  { given: { thirdPartyAmount: euro("10000"), grantAmount: euro("20000") },   verdict: undefined },
  { given: { thirdPartyAmount: euro("10000"), grantAmount: euro("19999") },   verdict: "grant_is_not_share_of_lines" },
  { given: { noticeOn: "2024-05-16" },            verdict: "approved_too_late" },
  { given: { lines: [line("A", "2.1", "30000"), line("A", "2.1", "1")] }, verdict: "line_twice" },
  { given: { lines: [line("A", "2.1", "0")] },    verdict: "amount_not_positive" },
  { given: { lines: [line("X", "2.1", "30000")] }, verdict: "school_not_applied_for" },
  { given: { lines: [line("A", "2.1", "30000.01")], grantAmount: euro("30000.01") }, verdict: "exceeds_envelope" },
  { given: { lines: [line("A", "2.8", "30000")] }, verdict: "exceeds_envelope" },
] as { given: Partial<GrantDraft>; verdict: string | undefined }[])(
  "a notice with $given: $verdict",
  ({ given, verdict }) => {
    const checked = checkGrant(
      { ...notice, ...given },
      { programme: lowerSaxony2019, submittedOn: "2020-03-06", schoolIds: ["A"], pots, limited: [], today },
    );
    expect("violation" in checked ? checked.violation.rule : undefined).toBe(verdict);
  },
);

const none = { granted: euro("0"), asked: euro("0") };
const pots: PotBalance[] = [
  { potKind: "base", schoolId: "A", ceiling: euro("20000"), ...none },
  { potKind: "free", schoolId: undefined, ceiling: euro("10000"), ...none },
  { potKind: "administration", schoolId: undefined, ceiling: euro("0"), ...none },
];

const notice: GrantDraft = {
  ...fullTerms,
  fileNumber: "AZ 1",
  grantingAuthority: "RLSB",
  noticeOn: "2020-05-01",
  lines: [line("A", "2.1", "30000")],
};

function line(schoolId: string, code: string, approved: string) {
  return { schoolId, code, approved: euro(approved) };
}
