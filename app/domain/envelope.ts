/**
 * The envelope (Höchstbetrag, Kontingent): the most that a school authority may be granted, and the
 * pots in it. A base amount (Sockelbetrag) belongs to one school and "ist nicht auf andere Schulen
 * übertragbar"; what pupils add (Kopfbetrag) may be divided freely (Nr. 5 of the directive of
 * Lower Saxony, 8 August 2019). The published amount is taken as given; ours stands beside it.
 */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Factor, factor, type Money, roundToCents, smaller, sum, zero } from "./money.ts";
import type { CategoryCeiling, Programme, SchoolKind } from "./programme.ts";

export type EnvelopeDraft = {
  givenAmount: Money;
  /** The separate ceiling for Administration (annex 2.2); zero where none was published. */
  administrationAmount: Money;
  givenOn: Day;
  note: string;
};

export type SchoolSize = { schoolId: string; name: string; kind: SchoolKind; pupils: number };

/** What the directive's formula gives one school: the arithmetic, line by line. */
export type ComputedShare = SchoolSize & {
  weight: Factor;
  baseAmount: Money;
  /** With fractions of a cent: only the total is rounded. */
  perPupilShare: Factor;
  total: Factor;
};

export type ComputedEnvelope = {
  shares: ComputedShare[];
  baseAmount: Money;
  total: Money;
};

/** The formula of the directive: base amount per school plus weighted pupils times their amount. */
export function computeEnvelope(programme: Programme, schools: SchoolSize[]): ComputedEnvelope {
  const shares = schools.map((school) => {
    const pupils = factor(String(school.pupils));
    const weight = programme.weights[school.kind];
    const inProportion = roundToCents(
      programme.baseAmount.times(pupils).div(programme.fullBaseFromPupils),
    );
    const baseAmount = smaller(inProportion, programme.baseAmount);
    const perPupilShare = pupils.times(weight).times(programme.perPupilAmount);
    return { ...school, weight, baseAmount, perPupilShare, total: baseAmount.plus(perPupilShare) };
  });
  return {
    shares,
    baseAmount: sum(shares.map(({ baseAmount }) => baseAmount)),
    total: roundToCents(sum(shares.map(({ total }) => total))),
  };
}

export type EnvelopeViolation =
  | { field: "givenAmount"; rule: "ceiling_below_base_amounts"; needed: Money }
  | { field: "givenAmount"; rule: "amount_not_positive" }
  | { field: "givenAmount"; rule: "envelope_recorded_before" }
  | { field: "administrationAmount"; rule: "amount_negative" }
  | { field: "givenAmount"; rule: "no_schools" }
  | { field: "givenOn"; rule: "in_the_future" };

export function checkEnvelope(
  draft: EnvelopeDraft,
  computed: ComputedEnvelope,
  today: Day,
): EnvelopeViolation | undefined {
  if (computed.shares.length === 0) return { field: "givenAmount", rule: "no_schools" };
  if (!draft.givenAmount.greaterThan(0)) {
    return { field: "givenAmount", rule: "amount_not_positive" };
  }
  if (draft.administrationAmount.lessThan(0)) {
    return { field: "administrationAmount", rule: "amount_negative" };
  }
  if (draft.givenAmount.lessThan(computed.baseAmount)) {
    const needed = computed.baseAmount;
    return { field: "givenAmount", rule: "ceiling_below_base_amounts", needed };
  }
  if (draft.givenOn > today) return { field: "givenOn", rule: "in_the_future" };
}

/** A pot of an envelope: a school's base amount, the freely divisible part, or Administration. */
export const potKinds = ["base", "free", "administration"] as const;
export type PotKind = (typeof potKinds)[number];

/** A pot without a school holds a ceiling for all; with a school it says what that school took. */
export type PotKey = { potKind: PotKind; schoolId: string | undefined };

export type PotBalance = PotKey & {
  ceiling: Money;
  granted: Money;
  /** Asked for by applications that no notice has answered yet. */
  asked: Money;
};

/** Ceilings of the pots: base amounts as computed, the free part is what remains of the given sum. */
export function potsOf(
  draft: EnvelopeDraft,
  computed: ComputedEnvelope,
): (PotKey & { ceiling: Money })[] {
  return [
    ...computed.shares.map(({ schoolId, baseAmount }) => ({
      potKind: "base" as const,
      schoolId,
      ceiling: baseAmount,
    })),
    {
      potKind: "free",
      schoolId: undefined,
      ceiling: draft.givenAmount.minus(computed.baseAmount),
    },
    { potKind: "administration", schoolId: undefined, ceiling: draft.administrationAmount },
  ];
}

/** What an amount for a school takes of its base amount, and what of the pot for all. */
export type PotShare = { fromBase: Money; fromShared: Money };

/** One line of an application or a notice, as far as the pots are concerned. */
export type PotCharge = { schoolId: string; ceiling: CategoryCeiling; amount: Money };

export type PotShortage = { index: number; available: Money };

/**
 * Charges amounts to the pots in their order: a school's own base amount first, since nobody else may
 * use it, then the free part. Administration has a ceiling of its own.
 * Gives the shares in the order of the charges, or the first charge for which the money is short.
 */
export function chargePots(
  charges: PotCharge[],
  pots: PotBalance[],
  deed: "application" | "notice",
): { shares: PotShare[] } | { shortage: PotShortage } {
  // A notice answers what was asked for; an application can't ask for what another asks for.
  const taken = ({ granted, asked }: PotBalance) =>
    deed === "notice" ? granted : granted.plus(asked);
  const left = new Map<string, Money>();
  for (const pot of pots) {
    const key = potKey(pot.potKind, pot.potKind === "base" ? pot.schoolId : undefined);
    left.set(key, (left.get(key) ?? zero).plus(pot.ceiling).minus(taken(pot)));
  }
  const shares: PotShare[] = [];

  for (const [index, { schoolId, ceiling, amount }] of charges.entries()) {
    const base = potKey("base", schoolId);
    const shared = potKey(ceiling === "administration" ? "administration" : "free", undefined);
    const baseLeft = ceiling === "administration" ? zero : (left.get(base) ?? zero);
    const sharedLeft = left.get(shared) ?? zero;

    const fromBase = smaller(amount, baseLeft);
    const fromShared = amount.minus(fromBase);
    if (fromShared.greaterThan(sharedLeft)) {
      return { shortage: { index, available: baseLeft.plus(sharedLeft) } };
    }
    if (fromBase.greaterThan(0)) left.set(base, baseLeft.minus(fromBase));
    left.set(shared, sharedLeft.minus(fromShared));
    shares.push({ fromBase, fromShared });
  }
  return { shares };
}

function potKey(potKind: PotKind, schoolId: string | undefined): string {
  return `${potKind} ${schoolId ?? ""}`;
}

/** A pot with its account, as an envelope's document knows it. */
export type Pot = PotKey & { accountId: string; ceiling: Money };

export function postingsOfEnvelope(givenOn: Day, pots: Pot[], text: string): Posting[] {
  return pots.map(({ accountId, ceiling }) => ({
    accountId,
    figure: "ceiling",
    amount: ceiling,
    bookedOn: givenOn,
    text,
  }));
}
