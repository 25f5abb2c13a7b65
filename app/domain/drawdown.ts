/**
 * A drawdown (Mittelabruf) asks for part of the grant: for what is paid already, or before it is spent
 * where the terms allow it. What may be drawn follows from the books by the day of the request.
 */
import type { Day } from "./calendar.ts";
import { drawUntilOf } from "./due-dates.ts";
import type { Figure, Posting } from "./journal.ts";
import { larger, type Money, type Percent, shareOf, smaller, sum, zero } from "./money.ts";
import type { NoticeKind } from "./notice.ts";
import { type Programme, ruleOn } from "./programme.ts";
import { grantDue, type TermsVersion, termsOn } from "./terms.ts";

/** For what is paid already (Erstattung), or before it is spent (Vorschuss). */
export const drawdownKinds = ["refund", "advance"] as const;
export type DrawdownKind = (typeof drawdownKinds)[number];

export type DrawdownDraft = {
  requestedOn: Day;
  kind: DrawdownKind;
  amount: Money;
  purpose: string;
};

/** What moved a figure of a grant on a day. */
export type Movement = { figure: Figure; bookedOn: Day; amount: Money };

/** A version of the terms with the notice that laid it down. */
export type NoticeVersion = TermsVersion & {
  kind: "grant" | NoticeKind;
  noticeOn: Day;
  reference: string;
};

/** What the books say of a grant: all that decides what may be drawn of it. */
export type GrantBooks = {
  grantedOn: Day;
  versions: NoticeVersion[];
  programme: Programme;
  movements: Movement[];
  /** Day of the first final proof of use; null without one. */
  proofOn: Day | null;
};

/** What lays a rule down: a notice, or the directive with its sources. */
export type Origin =
  | { by: "notice"; noticeOn: Day; reference: string }
  | { by: "programme"; directive: string; sources: string[] };

export type DrawdownViolation =
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "requestedOn"; rule: "in_the_future" }
  | { field: "requestedOn"; rule: "before_notice"; noticeOn: Day }
  | { field: "requestedOn"; rule: "grant_is_revoked"; validFrom: Day; origin: Origin }
  | { field: "requestedOn"; rule: "after_draw_deadline"; until: Day; origin: Origin }
  | { field: "amount"; rule: "drawn_after_proof_only"; upTo: Money; grant: Money; origin: Origin }
  | { field: "kind"; rule: "advance_not_allowed"; origin: Origin }
  | { field: "kind"; rule: "advance_only_above"; above: Money; grant: Money; origin: Origin }
  | { field: "amount"; rule: "exceeds_paid"; on: Day; drawable: Drawable }
  | { field: "amount"; rule: "exceeds_advance"; on: Day; drawable: Drawable; advance: Advance };

export type Advance = {
  rate: Percent;
  grant: Money;
  /** The most of the grant that may be drawn before it is spent. */
  most: Money;
  /** What may be drawn at all, what is paid already included. */
  amount: Money;
};

/** What may be drawn, and how it comes about. */
export type Drawable = {
  /** Paid and eligible by the day, and what of it the grant bears. */
  paid: Money;
  due: Money;
  /** Drawn until today less what was given back. */
  drawn: Money;
  refund: Money;
  /** Undefined where no advance is allowed. */
  advance: Advance | undefined;
};

/** A figure by a day; what is counted for a later day is not there yet. */
export function figureBy(movements: Movement[], figure: Figure, day: Day): Money {
  return sum(
    movements
      .filter((one) => one.figure === figure && one.bookedOn <= day)
      .map(({ amount }) => amount),
  );
}

/** What the grant bears of the costs that are paid by a day, under the terms of that day. */
export function dueBy(
  { versions, movements }: Pick<GrantBooks, "versions" | "movements">,
  day: Day,
) {
  const planned = figureBy(movements, "approved", day);
  return grantDue(termsOn(versions, day), figureBy(movements, "paid", day), planned);
}

/**
 * What may be drawn on a day: as much as was due then, and never more than is due today. Whatever is
 * drawn by now counts, whenever it was: no euro is drawn twice.
 */
export function drawable(books: GrantBooks, on: Day, today: Day): Drawable {
  const { versions, movements } = books;
  const { grantAmount, advanceRate } = termsOn(versions, on);
  const grant = smaller(grantAmount, figureBy(movements, "granted", today));
  const due = smaller(grant, smaller(dueBy(books, on), dueBy(books, today)));
  const drawn = figureBy(movements, "drawn", today).minus(figureBy(movements, "repaid", today));
  const left = (most: Money) => larger(most.minus(drawn), zero);
  const most = shareOf(grant, advanceRate);
  return {
    paid: figureBy(movements, "paid", on),
    due,
    drawn,
    refund: left(due),
    advance: advanceRefusal(books, on)
      ? undefined
      : { rate: advanceRate, grant, most, amount: left(smaller(grant, due.plus(most))) },
  };
}

export function checkDrawdown(
  draft: DrawdownDraft,
  books: GrantBooks,
  today: Day,
): DrawdownViolation | undefined {
  const { requestedOn: on, amount } = draft;
  if (!amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (on > today) return { field: "requestedOn", rule: "in_the_future" };
  const refusal =
    drawingRefusal(books, on) ?? (draft.kind === "advance" ? advanceRefusal(books, on) : undefined);
  if (refusal) return refusal;

  const can = drawable(books, on, today);
  if (draft.kind === "refund" && amount.greaterThan(can.refund)) {
    return { field: "amount", rule: "exceeds_paid", on, drawable: can };
  }
  if (draft.kind === "advance" && can.advance && amount.greaterThan(can.advance.amount)) {
    return {
      field: "amount",
      rule: "exceeds_advance",
      on,
      drawable: can,
      advance: can.advance,
    };
  }
}

/** Why nothing at all may be drawn on a day. */
export function drawingRefusal(books: GrantBooks, on: Day): DrawdownViolation | undefined {
  const { grantedOn, versions, programme } = books;
  if (on < grantedOn) return { field: "requestedOn", rule: "before_notice", noticeOn: grantedOn };
  // What a partial revocation leaves may still be drawn.
  const revoked = versions.find(
    ({ kind, validFrom, grantAmount }) =>
      kind === "revocation" && validFrom <= on && grantAmount.isZero(),
  );
  if (revoked) {
    const { validFrom } = revoked;
    const origin = noticeOf(revoked);
    return { field: "requestedOn", rule: "grant_is_revoked", validFrom, origin };
  }
  const deadline = drawDeadline(books, on);
  if (deadline && on > deadline.until) {
    return { field: "requestedOn", rule: "after_draw_deadline", ...deadline };
  }
  const rule = ruleOn(programme.drawdowns, on);
  const grant = termsOn(versions, on).grantAmount;
  const upTo = rule?.afterProofUpTo;
  const isProven = books.proofOn !== null && books.proofOn <= on;
  if (rule && upTo && grant.lessThanOrEqualTo(upTo) && !isProven) {
    const origin = directiveOf(programme, rule.sources);
    return { field: "amount", rule: "drawn_after_proof_only", upTo, grant, origin };
  }
}

/** Why nothing may be drawn before it is spent. */
function advanceRefusal(
  { versions, programme }: GrantBooks,
  on: Day,
): DrawdownViolation | undefined {
  const terms = termsOn(versions, on);
  if (terms.advanceRate.isZero()) {
    return { field: "kind", rule: "advance_not_allowed", origin: noticeOf(terms) };
  }
  const rule = ruleOn(programme.drawdowns, on);
  const above = rule?.advanceAbove;
  if (rule && above && terms.grantAmount.lessThanOrEqualTo(above)) {
    const origin = directiveOf(programme, rule.sources);
    return { field: "kind", rule: "advance_only_above", above, grant: terms.grantAmount, origin };
  }
}

/** Until when the grant may be drawn under the terms of a day, and what says so. */
export function drawDeadline({ versions, programme }: GrantBooks, on: Day) {
  const terms = termsOn(versions, on);
  const due = drawUntilOf(terms, programme);
  if (!due) return undefined;
  const origin = due.by === "notice" ? noticeOf(terms) : directiveOf(programme, due.sources);
  return { until: due.on, origin };
}

function noticeOf({ noticeOn, reference }: NoticeVersion): Origin {
  return { by: "notice", noticeOn, reference };
}

function directiveOf({ directive }: Programme, sources: string[]): Origin {
  return { by: "programme", directive, sources };
}

export type DrawdownDocument = {
  incomeAccountId: string;
  number: number;
  requestedOn: Day;
  amount: Money;
};

export function postingsOfDrawdown(drawdown: DrawdownDocument): Posting[] {
  return [
    {
      accountId: drawdown.incomeAccountId,
      figure: "drawn",
      amount: drawdown.amount,
      bookedOn: drawdown.requestedOn,
      text: `Mittelabruf Nr. ${drawdown.number}`,
    },
  ];
}
