/**
 * Later notices on a grant. Each is a document that versions the terms from a day on: amendment
 * (Änderungsbescheid), reallocation between budget lines (Umwidmung), final notice (Schlussbescheid),
 * revocation (Widerruf, §§ 48 ff. VwVfG).
 */
import type { LimitedUse } from "./application.ts";
import type { Day } from "./calendar.ts";
import { checkLines, type GrantLineDraft, type LinesViolation } from "./grant.ts";
import {
  chargeChanges,
  type GrantedLine,
  indexOf,
  isSame,
  isUnchanged,
  type LineChange,
} from "./line-change.ts";
import { larger, type Money, shareOf, sum, zero } from "./money.ts";
import type { PotBalance } from "./pot.ts";
import type { Programme } from "./programme.ts";
import type { GrantTerms } from "./terms.ts";

export const noticeKinds = ["amendment", "reallocation", "final", "revocation"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type NoticeDraft = GrantTerms & {
  kind: NoticeKind;
  noticeOn: Day;
  /** From this day on its terms are in force. */
  validFrom: Day;
  reference: string;
  reason: string;
  /** The whole cost plan as it is from then on. A final notice or revocation has none of its own. */
  lines: GrantLineDraft[];
};

export type NoticeViolation = { field: string } & (
  | { rule: "in_the_future" }
  | { rule: "amendment_before_notice"; noticeOn: Day }
  | { rule: "valid_before_last_notice"; validFrom: Day }
  | { rule: "grant_is_closed" }
  | LinesViolation
  | { rule: "line_below_spent"; spent: Money }
  | { rule: "lines_below_spent"; spent: Money }
  | { rule: "line_missing"; school: string; code: string }
  | { rule: "school_not_on_file" }
  | { rule: "reallocation_changes_total"; expected: Money }
  | { rule: "reallocation_needs_consent"; most: Money }
  | { rule: "base_amount_stays_at_school"; movable: Money }
  | { rule: "nothing_changes" }
  | { rule: "orders_still_open"; committed: Money }
  | { rule: "final_above_grant"; most: Money }
  | { rule: "exceeds_envelope"; available: Money }
);

export type NoticeContext = {
  programme: Programme;
  /** Day of the first notice, and of the last that is in force. */
  grantedOn: Day;
  lastValidFrom: Day;
  isClosed: boolean;
  /** The terms before this notice. */
  terms: GrantTerms;
  lines: GrantedLine[];
  schoolIds: string[];
  pots: PotBalance[];
  limited: LimitedUse[];
  drawn: Money;
  repaid: Money;
  today: Day;
};

export type NoticeEffect = { terms: GrantTerms; changes: LineChange[]; reclaimed: Money };

/** Accepts a notice with what it changes, or names the broken rule. */
export function checkNotice(
  draft: NoticeDraft,
  context: NoticeContext,
): { effect: NoticeEffect } | { violation: NoticeViolation } {
  const plan = planOf(draft, context);
  const violation =
    checkDays(draft, context) ??
    (isClosing(draft.kind) ? checkClosing(draft, context) : checkPlan(draft, plan, context));
  if (violation) return { violation };

  const { grantAmount } = termsOf(draft, context);
  const charged = chargeChanges(plan, {
    ...context,
    grantAmount,
    noticeOn: draft.noticeOn,
    isClosing: isClosing(draft.kind),
  });
  if ("shortage" in charged) {
    const { index, available } = charged.shortage;
    const field = `lines[${index}].approved`;
    if (draft.kind !== "reallocation") {
      return { violation: { field, rule: "exceeds_envelope", available } };
    }
    // The money is there, but part of it is the base amount of another school.
    return { violation: { field, rule: "base_amount_stays_at_school", movable: available } };
  }
  const reclaimed = reclaimedBy(grantAmount, context);
  const isIdle =
    draft.kind === "reallocation" && charged.changes.every(({ change }) => change.isZero());
  if (isIdle) return { violation: { field: "lines", rule: "nothing_changes" } };
  return {
    effect: {
      terms: termsOf(draft, context),
      changes: charged.changes.filter((line) => !isUnchanged(line)),
      reclaimed,
    },
  };
}

/** What this notice makes excessive of the money that is drawn and not given back. */
function reclaimedBy(grantAmount: Money, { drawn, repaid, terms }: NoticeContext): Money {
  const excess = (granted: Money) => larger(drawn.minus(repaid).minus(granted), zero);
  return larger(excess(grantAmount).minus(excess(terms.grantAmount)), zero);
}

/** True for a notice after which nothing more is spent. */
export function isClosing(kind: NoticeKind): boolean {
  return kind === "final" || kind === "revocation";
}

/** A reallocation moves money between lines and leaves the terms as they are. */
function termsOf(draft: NoticeDraft, { terms }: NoticeContext): GrantTerms {
  return draft.kind === "reallocation" ? terms : draft;
}

/** The lines as they are afterwards; what a closing notice finds unspent is free. */
function planOf(draft: NoticeDraft, { lines }: NoticeContext): GrantLineDraft[] {
  if (!isClosing(draft.kind)) return draft.lines;
  return lines.map(({ schoolId, code, committed, invoiced }) => {
    // Open orders keep their money, also where the grant is revoked.
    return { schoolId, code, approved: committed.plus(invoiced) };
  });
}

function checkDays(draft: NoticeDraft, context: NoticeContext): NoticeViolation | undefined {
  const { grantedOn, lastValidFrom, today } = context;
  // A final grant can still be revoked, and nothing else be done to it.
  if (context.isClosed && draft.kind !== "revocation") {
    return { field: "noticeOn", rule: "grant_is_closed" };
  }
  if (draft.noticeOn > today) return { field: "noticeOn", rule: "in_the_future" };
  if (draft.validFrom > today) return { field: "validFrom", rule: "in_the_future" };
  if (draft.noticeOn < grantedOn) {
    return { field: "noticeOn", rule: "amendment_before_notice", noticeOn: grantedOn };
  }
  if (draft.validFrom < lastValidFrom) {
    return { field: "validFrom", rule: "valid_before_last_notice", validFrom: lastValidFrom };
  }
}

function checkClosing(draft: NoticeDraft, context: NoticeContext): NoticeViolation | undefined {
  const committed = sum(context.lines.map((line) => line.committed));
  if (draft.kind === "final" && !committed.isZero()) {
    return { field: "noticeOn", rule: "orders_still_open", committed };
  }
  if (draft.grantAmount.lessThan(0)) return { field: "grantAmount", rule: "amount_negative" };
  const most = context.terms.grantAmount;
  if (draft.grantAmount.greaterThan(most)) {
    return { field: "grantAmount", rule: "final_above_grant", most };
  }
  const spent = sum(context.lines.map(({ invoiced }) => invoiced));
  const uncovered = larger(spent.minus(context.terms.thirdPartyAmount), zero);
  if (draft.grantAmount.greaterThan(uncovered)) {
    return { field: "grantAmount", rule: "grant_above_costs", most: uncovered };
  }
}

function checkPlan(
  draft: NoticeDraft,
  plan: GrantLineDraft[],
  context: NoticeContext,
): NoticeViolation | undefined {
  const foreign = plan.findIndex(({ schoolId }) => !context.schoolIds.includes(schoolId));
  if (foreign >= 0) return { field: `lines[${foreign}].schoolId`, rule: "school_not_on_file" };

  const terms = termsOf(draft, context);
  const planned = { ...terms, lines: plan };
  const violation = checkLines(planned, draft.noticeOn, context.programme, context.limited);
  const costs = sum(plan.map(({ approved }) => approved));
  const before = sum(context.lines.map(({ approved }) => approved));
  if (draft.kind === "reallocation" && !costs.eq(before)) {
    return { field: "lines", rule: "reallocation_changes_total", expected: before };
  }
  return (
    violation ??
    checkSpent(plan, terms, context) ??
    (draft.kind === "reallocation" ? checkConsent(draft, context) : undefined)
  );
}

/** What is ordered and invoiced keeps its money. */
function checkSpent(
  plan: GrantLineDraft[],
  terms: GrantTerms,
  { lines }: NoticeContext,
): NoticeViolation | undefined {
  for (const line of lines) {
    const index = indexOf(plan, line);
    const spent = line.committed.plus(line.invoiced);
    if (index < 0) {
      const { school, code } = line;
      if (spent.greaterThan(0)) return { field: "lines", rule: "line_missing", school, code };
      continue;
    }
    const { approved } = plan[index]!;
    if (spent.greaterThan(approved.plus(shareOf(approved, terms.lineTolerance)))) {
      return { field: `lines[${index}].approved`, rule: "line_below_spent", spent };
    }
  }
  const spent = sum(lines.map(({ committed, invoiced }) => committed.plus(invoiced)));
  if (spent.greaterThan(sum(plan.map(({ approved }) => approved)))) {
    return { field: "lines", rule: "lines_below_spent", spent };
  }
}

/**
 * Without a consent of the granting authority a line may be raised by the tolerance at most, measured
 * at what its notices gave it (20 % under ANBest-P 1.2).
 */
function checkConsent(draft: NoticeDraft, context: NoticeContext): NoticeViolation | undefined {
  if (draft.reference !== "") return undefined;
  for (const [index, line] of draft.lines.entries()) {
    const before = context.lines.find((one) => isSame(one, line));
    const approved = before?.approvedByNotice ?? zero;
    const most = approved.plus(shareOf(approved, context.terms.lineTolerance));
    const isRaised = line.approved.greaterThan(before?.approved ?? zero);
    if (isRaised && line.approved.greaterThan(most)) {
      return { field: `lines[${index}].approved`, rule: "reallocation_needs_consent", most };
    }
  }
}
