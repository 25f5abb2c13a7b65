/**
 * Pots (Kontingente) of an envelope, and how amounts are charged to them. A base amount belongs to one
 * school, the free part is divided by the authority, Administration has a ceiling of its own.
 */
import { larger, type Money, smaller, sum, zero } from "./money.ts";
import type { CategoryCeiling } from "./programme.ts";

/**
 * A pot of an envelope: a school's base amount, the freely divisible part, Administration, or what
 * was granted in order of receipt beyond the envelope.
 */
export const potKinds = ["base", "free", "administration", "first_come"] as const;
export type PotKind = (typeof potKinds)[number];

/**
 * A pot without a school holds a ceiling for all. With a school it says what that school took, and of
 * the free pot what a decision allotted to it.
 */
export type PotKey = { potKind: PotKind; schoolId: string | undefined };

export type PotBalance = PotKey & {
  ceiling: Money;
  granted: Money;
  /** Asked for by applications that no notice has answered yet. */
  asked: Money;
};

/**
 * What an amount for a school takes of its base amount, of the pot for all, and beyond the envelope.
 */
export type PotShare = { fromBase: Money; fromShared: Money; beyond: Money };

/** One line of an application or a notice, as far as the pots are concerned. */
export type PotCharge = { schoolId: string; ceiling: CategoryCeiling; amount: Money };

export type PotShortage = { index: number; available: Money };

/** Whether pots are asked for or granted, and whether the order of receipt has replaced the ceiling. */
export type PotDeed = { kind: "application" | "notice"; isFirstCome: boolean };

/**
 * Charges amounts to the pots in their order: a school's own base amount first, since nobody else may
 * use it, then what is allotted to it of the free part, then what is allotted to nobody.
 * Administration has a ceiling of its own. Gives the shares in the order of the charges, or the first
 * charge for which the money is short.
 */
export function chargePots(
  charges: PotCharge[],
  pots: PotBalance[],
  deed: PotDeed,
): { shares: PotShare[] } | { shortage: PotShortage } {
  const left = potsLeft(pots, deed.kind);
  const shares: PotShare[] = [];

  for (const [index, { schoolId, ceiling, amount }] of charges.entries()) {
    const isAdministration = ceiling === "administration";
    const baseLeft = isAdministration ? zero : left.base(schoolId);
    const sharedLeft = isAdministration ? left.administration() : left.free(schoolId);

    const fromBase = smaller(amount, baseLeft);
    const fromShared = smaller(amount.minus(fromBase), sharedLeft);
    const beyond = amount.minus(fromBase).minus(fromShared);
    if (!beyond.isZero() && !deed.isFirstCome) {
      return { shortage: { index, available: baseLeft.plus(sharedLeft) } };
    }
    left.take("base", schoolId, fromBase);
    left.take(isAdministration ? "administration" : "free", schoolId, fromShared);
    shares.push({ fromBase, fromShared, beyond });
  }
  return { shares };
}

/**
 * What of the free pot is left for all: what is allotted to nobody, without what schools took beyond
 * their allotments. Negative where more would be allotted and taken than there is.
 */
export function restLeft(pots: PotBalance[]): Money {
  const free = pots.filter(({ potKind }) => potKind === "free");
  const schools = new Set(free.map(({ schoolId }) => schoolId));
  return sum(
    [...schools].map((school) => {
      const own = free.filter(({ schoolId }) => schoolId === school);
      const left = sum(
        own.map(({ ceiling, granted, asked }) => ceiling.minus(granted).minus(asked)),
      );
      return school === undefined ? left : smaller(left, zero);
    }),
  );
}

/** What is left in each pot, as amounts are taken from it. */
function potsLeft(pots: PotBalance[], deed: PotDeed["kind"]) {
  const key = (kind: PotKind, schoolId: string | undefined) => `${kind} ${schoolId ?? ""}`;
  const ceilings = new Map<string, Money>();
  const taken = new Map<string, Money>();
  const add = (amounts: Map<string, Money>, name: string, amount: Money) =>
    amounts.set(name, (amounts.get(name) ?? zero).plus(amount));
  for (const { potKind, schoolId, ceiling, granted, asked } of pots) {
    add(ceilings, key(potKind, schoolId), ceiling);
    // A notice answers what was asked for; an application can't ask for what another asks for.
    add(taken, key(potKind, schoolId), deed === "notice" ? granted : granted.plus(asked));
  }
  const at = (amounts: Map<string, Money>, name: string) => amounts.get(name) ?? zero;
  const ofKind = (kind: PotKind) =>
    [...new Set([...ceilings.keys(), ...taken.keys()])].filter((name) =>
      name.startsWith(`${kind} `),
    );
  const leftAt = (name: string) => at(ceilings, name).minus(at(taken, name));
  const positive = (amount: Money) => larger(amount, zero);

  return {
    base: (schoolId: string) => positive(leftAt(key("base", schoolId))),
    administration: () => positive(sum(ofKind("administration").map(leftAt))),
    /** The school's allotment, and of the rest what schools did not take beyond their allotments. */
    free: (schoolId: string) => {
      const rest = key("free", undefined);
      const beyond = ofKind("free")
        .filter((name) => name !== rest)
        .map((name) => positive(at(taken, name).minus(at(ceilings, name))));
      const forAll = positive(leftAt(rest).minus(sum(beyond)));
      return positive(leftAt(key("free", schoolId))).plus(forAll);
    },
    take: (kind: PotKind, schoolId: string, amount: Money) =>
      add(taken, key(kind, schoolId), amount),
  };
}
