/**
 * What a new cost plan changes: each line's costs, and what the line gives back to its pots or takes of
 * them. A base amount that a line gives back is there for its own school only.
 */
import type { BudgetLine } from "./budget.ts";
import type { Day } from "./calendar.ts";
import type { GrantLineDraft } from "./grant.ts";
import { type Money, negated, smaller, split, sum, zero } from "./money.ts";
import { chargePots, type PotBalance, type PotShare } from "./pot.ts";
import { categoryOf, isFirstCome, type Programme } from "./programme.ts";

/** A budget line with what it takes of the pots so far, and what notices (not reallocations) gave it. */
export type GrantedLine = BudgetLine & PotShare & { approvedByNotice: Money };

/** What a notice does to one line; a line without id is new. */
export type LineChange = {
  id: string | undefined;
  schoolId: string;
  code: string;
  change: Money;
} & PotShare;

/**
 * Divides the grant anew among the lines of the plan and charges the difference to the pots, first
 * giving, then taking. Or names the line (by its place in the plan) for which the money is short.
 */
export function chargeChanges(
  plan: GrantLineDraft[],
  context: {
    grantAmount: Money;
    noticeOn: Day;
    /** A closing notice takes nothing more of any pot than its lines have. */
    isClosing: boolean;
    programme: Programme;
    lines: GrantedLine[];
    pots: PotBalance[];
  },
): { changes: LineChange[] } | { shortage: { index: number; available: Money } } {
  const { programme, grantAmount } = context;
  const gone = context.lines.filter((line) => indexOf(plan, line) < 0);
  const all = [...plan, ...gone.map((line) => ({ ...line, approved: zero }))];
  const weights = all.map(({ approved }) => approved);
  const byCosts = sum(weights).isZero() ? weights : split(grantAmount, weights);
  const taken = all.map((line) => takenBy(context.lines.find((one) => isSame(one, line))));
  const shares = context.isClosing ? within(byCosts, taken) : byCosts;

  const changes = all.map((line, index): LineChange & { needed: Money } => {
    const before = context.lines.find((one) => isSame(one, line));
    const needed = shares[index]!.minus(taken[index]!);
    return {
      id: before?.id,
      schoolId: line.schoolId,
      code: line.code,
      change: line.approved.minus(before?.approved ?? zero),
      ...givenBack(before, negated(needed)),
      needed,
    };
  });

  const taking = changes.filter(({ needed }) => needed.greaterThan(0));
  const charges = taking.map(({ schoolId, code, needed }) => {
    return { schoolId, ceiling: categoryOf(programme, code).ceiling, amount: needed };
  });
  const pots = [...context.pots, ...changes.flatMap((line) => freed(line, programme))];
  const isFirst = isFirstCome(programme, context.noticeOn);
  const charged = chargePots(charges, pots, { kind: "notice", isFirstCome: isFirst });
  if ("shortage" in charged) {
    const { index, available } = charged.shortage;
    return { shortage: { index: indexOf(all, taking[index]!), available } };
  }
  for (const [index, share] of charged.shares.entries()) Object.assign(taking[index]!, share);
  return { changes: changes.map(({ needed: _, ...line }) => line) };
}

function takenBy(line: PotShare | undefined): Money {
  return line ? line.fromBase.plus(line.fromShared).plus(line.beyond) : zero;
}

/** The shares, none above its limit: what is cut off goes to those that have room, the first before. */
function within(shares: Money[], limits: Money[]): Money[] {
  const capped = shares.map((share, index) => smaller(share, limits[index]!));
  let left = sum(shares).minus(sum(capped));
  return capped.map((share, index) => {
    const more = smaller(left, limits[index]!.minus(share));
    left = left.minus(more);
    return share.plus(more);
  });
}

/** What is not needed any more goes back in the opposite order in which pots are charged. */
function givenBack(before: PotShare | undefined, amount: Money): PotShare {
  if (!before || !amount.greaterThan(0)) return { fromBase: zero, fromShared: zero, beyond: zero };
  const beyond = smaller(before.beyond, amount);
  const fromShared = smaller(before.fromShared, amount.minus(beyond));
  const fromBase = amount.minus(beyond).minus(fromShared);
  return {
    fromBase: negated(fromBase),
    fromShared: negated(fromShared),
    beyond: negated(beyond),
  };
}

/** A pot as if what a line gives back were not granted. */
function freed(line: LineChange, programme: Programme): PotBalance[] {
  const isAdministration = categoryOf(programme, line.code).ceiling === "administration";
  const pot = { schoolId: line.schoolId, ceiling: zero, asked: zero };
  return [
    { ...pot, potKind: "base", granted: line.fromBase },
    { ...pot, potKind: isAdministration ? "administration" : "free", granted: line.fromShared },
  ];
}

export function isUnchanged({ change, fromBase, fromShared, beyond }: LineChange): boolean {
  return [change, fromBase, fromShared, beyond].every((amount) => amount.isZero());
}

type Place = { schoolId: string; code: string };

export function isSame(a: Place, b: Place): boolean {
  return a.schoolId === b.schoolId && a.code === b.code;
}

export function indexOf(plan: Place[], line: Place): number {
  return plan.findIndex((one) => isSame(one, line));
}
