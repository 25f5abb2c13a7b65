import { expect, test } from "vitest";
import { checkJointCost, type JointCostDraft } from "#app/domain/joint-cost.ts";
import { checkPlan, type PlanDraft, proposedReading } from "#app/domain/joint-year.ts";
import { euro, factor } from "#app/domain/money.ts";

const paper: JointCostDraft = {
  kind: "other",
  incurredOn: "2025-06-30",
  description: "Support",
  reference: "B-1",
  invoiceId: undefined,
  hours: undefined,
  rate: undefined,
  amount: euro("100"),
};
const year = { fiscalYear: 2025, startedOn: "2025-04-01", isSettled: false, invoice: undefined };
const ruleOf = (draft: Partial<JointCostDraft>) => {
  const checked = checkJointCost({ ...paper, ...draft }, year, "2026-11-27");
  return "violation" in checked ? checked.violation.rule : checked.amount.toFixed(2);
};

test.each([
  { incurredOn: "2024-12-31", answer: "cost_outside_year" },
  { incurredOn: "2026-01-01", answer: "cost_outside_year" },
  { incurredOn: "2025-03-31", answer: "cost_before_agreement" },
  { incurredOn: "2025-04-01", answer: "100.00" },
  { incurredOn: "2025-12-31", answer: "100.00" },
])("a cost of $incurredOn in the year 2025 of an agreement from 1 April: $answer", (one) => {
  expect(ruleOf({ incurredOn: one.incurredOn })).toBe(one.answer);
});

test.each([
  { hours: "2496", rate: "52.40", answer: "130790.40" },
  { hours: "2496.01", rate: "52.40", answer: "hours_beyond_a_person" },
  { hours: "9999", rate: "999", answer: "hours_beyond_a_person" },
  { hours: "10", rate: "200", answer: "2000.00" },
  { hours: "10", rate: "200.01", answer: "hourly_rate_too_high" },
])("$hours hours of a person at $rate € come to $answer", ({ hours, rate, answer }) => {
  const given = { hours: factor(hours), rate: euro(rate), amount: undefined };
  expect(ruleOf({ kind: "staff_hours", ...given })).toBe(answer);
});

const plan: PlanDraft = {
  fiscalYear: 2025,
  reading: "joint_total",
  number: "JP-1",
  plannedOn: "2025-01-10",
  amount: euro("12000"),
  appropriationAccountId: undefined,
  dueDays: [],
};

test.each([
  { plannedOn: "2025-01-10", dueDays: ["2024-02-15"], answer: "due_day_outside_year" },
  { plannedOn: "2024-11-01", dueDays: ["2024-12-31"], answer: "due_day_outside_year" },
  {
    plannedOn: "2025-01-10",
    dueDays: ["2025-02-15", "2027-01-01"],
    answer: "due_day_outside_year",
  },
  { plannedOn: "2025-01-10", dueDays: ["2025-01-09"], answer: "due_day_before_plan" },
  { plannedOn: "2025-01-10", dueDays: ["2025-01-10", "2026-12-31"], answer: undefined },
])(
  "a plan of $plannedOn with instalments on $dueDays: $answer",
  ({ plannedOn, dueDays, answer }) => {
    const draft = { ...plan, plannedOn, dueDays };
    const checked = checkPlan(draft, {
      members: ["A", "B"].map((name) => {
        return { id: name, name, isOwn: name === "A", isPerforming: name === "A", days: 365 };
      }),
      key: {
        components: [{ basis: "equal_parts", percent: factor("100"), countedOn: null, source: "" }],
        figures: [],
      },
      isRecorded: false,
      replacedUntil: null,
      appropriation: undefined,
      today: "2026-11-27",
    });
    const violation = "violation" in checked ? checked.violation : undefined;
    expect(violation?.rule).toBe(answer);
    if (violation) expect(violation.field).toBe(`dueDays[${dueDays.length - 1}].dueOn`);
  },
);

test("a plan begins with the joint total where we perform or have a key, else with our own share", () => {
  const proposed = (isOwnPerforming: boolean, hasKey: boolean) =>
    proposedReading({ isOwnPerforming, hasKey });
  expect(proposed(true, false)).toBe("joint_total");
  expect(proposed(false, true)).toBe("joint_total");
  expect(proposed(false, false)).toBe("own_share");
});
