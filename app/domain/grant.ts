/** The grant (Zuwendung) and the notice by which it is granted (Zuwendungsbescheid). */
import {
  checkSchoolLimits,
  type LimitedUse,
  type PotCharged,
  postingsOfPots,
  type SchoolLimitViolation,
} from "./application.ts";
import type { Day } from "./calendar.ts";
import { chargePots, type PotBalance, type PotShare } from "./pot.ts";
import type { Posting } from "./journal.ts";
import { type Money, shareOf, split, sum } from "./money.ts";
import { categoryOf, hasCategory, isFirstCome, type Programme, ruleOn } from "./programme.ts";
import { checkTerms, type GrantTerms, type TermsViolation } from "./terms.ts";

export type GrantLineDraft = { schoolId: string; code: string; approved: Money };

export type GrantDraft = GrantTerms & {
  fileNumber: string;
  grantingAuthority: string;
  noticeOn: Day;
  lines: GrantLineDraft[];
};

export type GrantViolation = { field: string } & (
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "notice_before_application"; submittedOn: Day }
  | { rule: "approved_too_late"; until: Day; directive: string }
  | { rule: "school_not_applied_for" }
  | LinesViolation
  | { rule: "exceeds_envelope"; available: Money }
  | { rule: "application_not_open" }
  | { rule: "granted_before" }
  | { rule: "file_number_taken" }
);

/** Rules of the cost plan and of its financing, for the first notice and for each later one. */
export type LinesViolation =
  | TermsViolation
  | ({ field: string } & (
      | { rule: "no_budget_lines" }
      | { rule: "amount_not_positive" }
      | { rule: "category_not_in_programme" }
      | { rule: "line_twice" }
      | SchoolLimitViolation
      | { rule: "grant_is_not_share_of_lines"; expected: Money }
      | { rule: "grant_above_costs"; most: Money }
    ));

/** Accepts a notice with what each line takes of the pots, or names the broken rule. */
export function checkGrant(
  draft: GrantDraft,
  context: {
    programme: Programme;
    submittedOn: Day;
    /** Schools for which the application asked. */
    schoolIds: string[];
    pots: PotBalance[];
    /** What limited categories have by other grants. */
    limited: LimitedUse[];
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
  const { approvedUntil } = programme.term;
  if (approvedUntil && draft.noticeOn > approvedUntil) {
    const { directive } = programme;
    return refuse({
      field: "noticeOn",
      rule: "approved_too_late",
      until: approvedUntil,
      directive,
    });
  }
  if (!draft.grantAmount.greaterThan(0)) {
    return refuse({ field: "grantAmount", rule: "amount_not_positive" });
  }
  const foreign = draft.lines.findIndex(({ schoolId }) => !context.schoolIds.includes(schoolId));
  if (foreign >= 0) {
    return refuse({ field: `lines[${foreign}].schoolId`, rule: "school_not_applied_for" });
  }
  const violation = checkLines(draft, draft.noticeOn, programme, context.limited);
  if (violation) return refuse(violation);

  const shares = split(
    draft.grantAmount,
    draft.lines.map(({ approved }) => approved),
  );
  const charges = draft.lines.map(({ schoolId, code }, index) => ({
    schoolId,
    ceiling: categoryOf(programme, code).ceiling,
    amount: shares[index]!,
  }));
  const isFirst = isFirstCome(programme, draft.noticeOn);
  const charged = chargePots(charges, context.pots, { kind: "notice", isFirstCome: isFirst });
  if ("shares" in charged) return charged;
  const { index, available } = charged.shortage;
  return refuse({ field: `lines[${index}].approved`, rule: "exceeds_envelope", available });
}

/** The cost plan with its terms: what the first notice and each amendment keep. */
export function checkLines(
  draft: GrantTerms & { lines: GrantLineDraft[] },
  noticeOn: Day,
  programme: Programme,
  limited: LimitedUse[],
): LinesViolation | undefined {
  const violation = checkTerms(draft, programme);
  if (violation) return violation;
  if (draft.lines.length === 0) return { field: "lines", rule: "no_budget_lines" };

  const seen = new Set<string>();
  for (const [index, line] of draft.lines.entries()) {
    const field = (name: string) => `lines[${index}].${name}`;
    if (!hasCategory(programme, line.code)) {
      return { field: field("code"), rule: "category_not_in_programme" };
    }
    if (!line.approved.greaterThan(0)) {
      return { field: field("approved"), rule: "amount_not_positive" };
    }
    const key = `${line.schoolId} ${line.code}`;
    if (seen.has(key)) return { field: field("code"), rule: "line_twice" };
    seen.add(key);
  }
  const limitedLines = draft.lines.map((line) => ({ ...line, amount: line.approved }));
  const overLimit = checkSchoolLimits(limitedLines, programme, limited);
  if (overLimit) {
    const { index, ...violation } = overLimit;
    return { field: `lines[${index}].approved`, ...violation };
  }
  return checkFinancing(draft, ruleOn(programme.funding, noticeOn)?.isCapped ?? false);
}

/** Grant, other money and own means together are the costs; what the grant may be, by its kind. */
function checkFinancing(
  draft: GrantTerms & { lines: GrantLineDraft[] },
  isCapped: boolean,
): LinesViolation | undefined {
  const costs = sum(draft.lines.map(({ approved }) => approved));
  const uncovered = costs.minus(draft.thirdPartyAmount);
  if (draft.grantAmount.greaterThan(uncovered)) {
    return { field: "grantAmount", rule: "grant_above_costs", most: uncovered };
  }
  if (draft.financingKind === "fixed_sum" || draft.financingKind === "deficit") return undefined;
  const expected = draft.financingKind === "full" ? uncovered : shareOf(costs, draft.fundingRate);
  const isAllowed = isCapped
    ? draft.grantAmount.lessThanOrEqualTo(expected)
    : draft.grantAmount.eq(expected);
  if (!isAllowed) return { field: "grantAmount", rule: "grant_is_not_share_of_lines", expected };
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
