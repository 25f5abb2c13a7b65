/**
 * What the grant notice (Zuwendungsbescheid) lays down. Terms differ from state to state and from
 * notice to notice, so they are data on the grant; only the arithmetic on them is code.
 */
import { type PotCharged, postingsOfPots } from "./application.ts";
import type { Day } from "./calendar.ts";
import { chargePots, type PotBalance, type PotShare } from "./envelope.ts";
import type { Posting } from "./journal.ts";
import { type Money, type Percent, shareOf, split, sum } from "./money.ts";
import { categoryOf, hasCategory, type Programme } from "./programme.ts";

export type GrantTerms = {
  /** First and last day of the approval period (Bewilligungszeitraum). */
  spendFrom: Day;
  spendUntil: Day;
  /** Share of the eligible costs that the grant pays (Fördersatz). */
  fundingRate: Percent;
  /** The most that the grant pays (bewilligte Zuwendung), in euro. */
  grantAmount: Money;
  /** By how much a budget line may be overrun if others save as much; 20 under ANBest-P 1.2. */
  lineTolerance: Percent;
};

export type GrantLineDraft = { schoolId: string; code: string; approved: Money };

export type GrantDraft = GrantTerms & {
  fileNumber: string;
  grantingAuthority: string;
  noticeOn: Day;
  lines: GrantLineDraft[];
};

export type GrantViolation = { field: string } & (
  | { rule: "no_budget_lines" }
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "period_runs_backward" }
  | { rule: "period_outside_programme"; from: Day; until: Day }
  | { rule: "notice_before_application"; submittedOn: Day }
  | { rule: "rate_out_of_range" }
  | { rule: "school_not_applied_for" }
  | { rule: "category_not_in_programme" }
  | { rule: "line_twice" }
  | { rule: "grant_is_not_share_of_lines"; expected: Money }
  | { rule: "exceeds_envelope"; available: Money }
  | { rule: "granted_before" }
  | { rule: "file_number_taken" }
);

/** Accepts a notice with what each line takes of the pots, or names the broken rule. */
export function checkGrant(
  draft: GrantDraft,
  context: {
    programme: Programme;
    submittedOn: Day;
    /** Schools for which the application asked. */
    schoolIds: string[];
    pots: PotBalance[];
    today: Day;
  },
): { shares: PotShare[] } | { violation: GrantViolation } {
  const { programme } = context;
  const refuse = (violation: GrantViolation) => ({ violation });

  if (draft.noticeOn > context.today) return refuse({ field: "noticeOn", rule: "in_the_future" });
  if (draft.noticeOn < context.submittedOn) {
    const { submittedOn } = context;
    return refuse({ field: "noticeOn", rule: "notice_before_application", submittedOn });
  }
  if (draft.spendFrom > draft.spendUntil) {
    return refuse({ field: "spendUntil", rule: "period_runs_backward" });
  }
  if (draft.spendFrom < programme.startsOn || draft.spendUntil > programme.completedBy) {
    return refuse({
      field: draft.spendFrom < programme.startsOn ? "spendFrom" : "spendUntil",
      rule: "period_outside_programme",
      from: programme.startsOn,
      until: programme.completedBy,
    });
  }
  if (!draft.fundingRate.greaterThan(0) || draft.fundingRate.greaterThan(100)) {
    return refuse({ field: "fundingRate", rule: "rate_out_of_range" });
  }
  if (draft.lineTolerance.lessThan(0) || draft.lineTolerance.greaterThan(100)) {
    return refuse({ field: "lineTolerance", rule: "rate_out_of_range" });
  }
  if (draft.lines.length === 0) return refuse({ field: "lines", rule: "no_budget_lines" });

  const seen = new Set<string>();
  for (const [index, line] of draft.lines.entries()) {
    const field = (name: string) => `lines[${index}].${name}`;
    if (!context.schoolIds.includes(line.schoolId)) {
      return refuse({ field: field("schoolId"), rule: "school_not_applied_for" });
    }
    if (!hasCategory(programme, line.code)) {
      return refuse({ field: field("code"), rule: "category_not_in_programme" });
    }
    if (!line.approved.greaterThan(0)) {
      return refuse({ field: field("approved"), rule: "amount_not_positive" });
    }
    const key = `${line.schoolId} ${line.code}`;
    if (seen.has(key)) return refuse({ field: field("code"), rule: "line_twice" });
    seen.add(key);
  }

  const expected = shareOf(sum(draft.lines.map(({ approved }) => approved)), draft.fundingRate);
  if (!draft.grantAmount.eq(expected)) {
    return refuse({ field: "grantAmount", rule: "grant_is_not_share_of_lines", expected });
  }

  const shares = split(
    draft.grantAmount,
    draft.lines.map(({ approved }) => approved),
  );
  const charges = draft.lines.map(({ schoolId, code }, index) => ({
    schoolId,
    ceiling: categoryOf(programme, code).ceiling,
    amount: shares[index]!,
  }));
  const charged = chargePots(charges, context.pots, "notice");
  if ("shares" in charged) return charged;
  const { index, available } = charged.shortage;
  return refuse({ field: `lines[${index}].approved`, rule: "exceeds_envelope", available });
}

export type GrantDocument = {
  fileNumber: string;
  noticeOn: Day;
  grantAmount: Money;
  incomeAccountId: string;
  lines: (PotCharged & { budgetLineId: string; approved: Money })[];
};

export function postingsOfGrant(grant: GrantDocument): Posting[] {
  const bookedOn = grant.noticeOn;
  const text = `Zuwendungsbescheid ${grant.fileNumber}`;
  return [
    ...grant.lines.map(({ budgetLineId, approved }): Posting => {
      return { accountId: budgetLineId, figure: "approved", amount: approved, bookedOn, text };
    }),
    {
      accountId: grant.incomeAccountId,
      figure: "granted",
      amount: grant.grantAmount,
      bookedOn,
      text,
    },
    ...postingsOfPots(grant.lines, "granted", bookedOn, text),
  ];
}
