/**
 * What an envelope holds for each school: its base amount, what is allotted to it of the free part, and
 * what it may still apply for. Administration has a ceiling of its own and is no part of it.
 */
import { larger, type Money, sum, zero } from "./money.ts";
import { type PotBalance, restLeft } from "./pot.ts";

export type SchoolPots = {
  schoolId: string;
  baseAmount: Money;
  allotted: Money;
  applied: Money;
  granted: Money;
  /** Of what was granted: in order of receipt, beyond the envelope (Windhundverfahren). */
  beyond: Money;
  /** Of its base amount and its allotment neither granted nor asked for. */
  left: Money;
};

export type DividedPots = {
  schools: SchoolPots[];
  /** Allotted to nobody, and what schools left of it. */
  rest: { ceiling: Money; left: Money };
  totals: Omit<SchoolPots, "schoolId">;
};

/** The sums of all columns are those of the pots; what is left adds up to what the envelope has left. */
export function dividePots(
  pots: (PotBalance & { applied: Money })[],
  schoolIds: string[],
): DividedPots {
  const shared = pots.filter(({ potKind }) => potKind !== "administration");
  const schools = schoolIds.map((schoolId): SchoolPots => {
    const own = shared.filter((pot) => pot.schoolId === schoolId);
    const of = (kind: PotBalance["potKind"]) => own.filter(({ potKind }) => potKind === kind);
    return {
      schoolId,
      baseAmount: total(of("base"), "ceiling"),
      allotted: total(of("free"), "ceiling"),
      applied: total(own, "applied"),
      granted: total(own, "granted"),
      beyond: total(of("first_come"), "granted"),
      left: leftOf(of("base")).plus(leftOf(of("free"))),
    };
  });
  const ofNobody = shared.filter((pot) => pot.potKind === "free" && pot.schoolId === undefined);
  const rest = {
    ceiling: total(ofNobody, "ceiling"),
    left: larger(restLeft(shared), zero),
  };
  const all = (column: keyof DividedPots["totals"]) => sum(schools.map((one) => one[column]));
  return {
    schools,
    rest,
    totals: {
      baseAmount: all("baseAmount"),
      allotted: all("allotted").plus(rest.ceiling),
      applied: all("applied"),
      granted: all("granted"),
      beyond: all("beyond"),
      left: all("left").plus(rest.left),
    },
  };
}

function total(
  pots: (PotBalance & { applied: Money })[],
  figure: "ceiling" | "applied" | "granted",
) {
  return sum(pots.map((pot) => pot[figure]));
}

function leftOf(pots: PotBalance[]): Money {
  const left = pots.map(({ ceiling, granted, asked }) => ceiling.minus(granted).minus(asked));
  return larger(sum(left), zero);
}
