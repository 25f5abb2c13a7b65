/**
 * The envelope (Höchstbetrag, Kontingent): the most that a school authority may be granted, and the
 * pots in it. A base amount (Sockelbetrag) belongs to one school and "ist nicht auf andere Schulen
 * übertragbar"; what pupils add (Kopfbetrag) may be divided freely (Nr. 5 of the directive of
 * Lower Saxony, 8 August 2019). The published amount is taken as given; ours stands beside it.
 */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import {
  type Factor,
  factor,
  type Money,
  roundToCents,
  roundToEuro,
  smaller,
  sum,
  zero,
} from "./money.ts";
import type { PotKey, PotKind } from "./pot.ts";
import type { EnvelopeFormula, Programme, SchoolKind } from "./programme.ts";

export type EnvelopeDraft = {
  givenAmount: Money;
  /** The separate ceiling for Administration (annex 2.2); zero where none was published. */
  administrationAmount: Money;
  givenOn: Day;
  note: string;
};

export type SchoolSize = {
  schoolId: string;
  name: string;
  kind: SchoolKind;
  /** On the programme's day of counting. */
  pupils: number;
  /** False where no number of that day is on file. */
  isCounted: boolean;
};

/** What the directive's formula gives one school: the arithmetic, line by line. */
export type ComputedShare = SchoolSize & {
  weight: Factor;
  baseAmount: Money;
  /** With fractions of a cent: only the total is rounded. */
  perPupilShare: Factor;
  total: Factor;
  /** As schools' amounts are published: whole euro or cents, half up. */
  rounded: Money;
};

export type ComputedEnvelope = {
  shares: ComputedShare[];
  baseAmount: Money;
  /** The exact total in cents; null where the programme publishes no formula. */
  total: Money | null;
  /** The sum of what schools are published with: up to a euro for each school beside the exact total. */
  roundedTotal: Money | null;
};

/** The formula of the directive: base amount per school plus weighted pupils times their amount. */
export function computeEnvelope(
  formula: EnvelopeFormula | undefined,
  schools: SchoolSize[],
): ComputedEnvelope {
  if (!formula) return { shares: [], baseAmount: zero, total: null, roundedTotal: null };
  const shares = schools.map((school) => {
    const pupils = factor(String(school.pupils));
    const weight = formula.weights[school.kind];
    const inProportion = roundToCents(
      formula.baseAmount.times(pupils).div(formula.fullBaseFromPupils),
    );
    const baseAmount = smaller(inProportion, formula.baseAmount);
    const perPupilShare = pupils.times(weight).times(formula.perPupilAmount);
    const amounts = schoolAmount(formula, { baseAmount, perPupilShare });
    return { ...school, weight, baseAmount, perPupilShare, ...amounts };
  });
  return {
    shares,
    baseAmount: sum(shares.map(({ baseAmount }) => baseAmount)),
    total: roundToCents(sum(shares.map(({ total }) => total))),
    roundedTotal: sum(shares.map(({ rounded }) => rounded)),
  };
}

/** What the formula gave each school of an envelope that is on file, and the sums of it. */
export function schoolArithmetic<Row extends { ceiling: Money; perPupilShare: Factor | null }>(
  formula: Pick<EnvelopeFormula, "schoolsRoundedTo"> | undefined,
  rows: Row[],
) {
  const { schoolsRoundedTo = "cent" } = formula ?? {};
  const schools = rows.map((row) => {
    const perPupilShare = row.perPupilShare ?? zero;
    const parts = { baseAmount: row.ceiling, perPupilShare };
    return { ...row, perPupilShare, ...schoolAmount({ schoolsRoundedTo }, parts) };
  });
  const total = (column: "ceiling" | "perPupilShare" | "total" | "rounded") =>
    sum(schools.map((school) => school[column]));
  return {
    schools,
    totals: {
      baseAmount: total("ceiling"),
      perPupilShare: total("perPupilShare"),
      total: total("total"),
      rounded: total("rounded"),
    },
  };
}

/** What the two parts give a school: exactly, and as it is published. */
export function schoolAmount(
  { schoolsRoundedTo }: Pick<EnvelopeFormula, "schoolsRoundedTo">,
  { baseAmount, perPupilShare }: { baseAmount: Money; perPupilShare: Factor },
): { total: Factor; rounded: Money } {
  const total = baseAmount.plus(perPupilShare);
  const rounded = schoolsRoundedTo === "euro" ? roundToEuro(total) : roundToCents(total);
  return { total, rounded };
}

export type EnvelopeViolation =
  | { field: "givenAmount"; rule: "ceiling_below_base_amounts"; needed: Money }
  | { field: "givenAmount"; rule: "amount_not_positive" }
  | { field: "givenAmount"; rule: "envelope_recorded_before" }
  | { field: "administrationAmount"; rule: "amount_negative" }
  | { field: "givenAmount"; rule: "no_schools" }
  | { field: "givenAmount"; rule: "pupils_not_counted"; school: string; countedOn: Day }
  | { field: "administrationAmount"; rule: "no_administration_pot" }
  | { field: "givenOn"; rule: "in_the_future" };

export function checkEnvelope(
  draft: EnvelopeDraft,
  programme: Pick<Programme, "envelope" | "pots">,
  computed: ComputedEnvelope,
  today: Day,
): EnvelopeViolation | undefined {
  if (programme.envelope && computed.shares.length === 0) {
    return { field: "givenAmount", rule: "no_schools" };
  }
  const uncounted = computed.shares.find(({ isCounted }) => !isCounted);
  if (programme.envelope && uncounted) {
    const countedOn = programme.envelope.countedOn[uncounted.kind];
    const school = uncounted.name;
    return { field: "givenAmount", rule: "pupils_not_counted", school, countedOn };
  }
  if (!draft.givenAmount.greaterThan(0)) {
    return { field: "givenAmount", rule: "amount_not_positive" };
  }
  if (draft.administrationAmount.lessThan(0)) {
    return { field: "administrationAmount", rule: "amount_negative" };
  }
  const hasAdministration = programme.pots.some(({ kind }) => kind === "administration");
  if (!hasAdministration && !draft.administrationAmount.isZero()) {
    return { field: "administrationAmount", rule: "no_administration_pot" };
  }
  if (draft.givenAmount.lessThan(computed.baseAmount)) {
    const needed = computed.baseAmount;
    return { field: "givenAmount", rule: "ceiling_below_base_amounts", needed };
  }
  if (draft.givenOn > today) return { field: "givenOn", rule: "in_the_future" };
}

/** Ceilings of the pots: base amounts as computed, the free part is what remains of the given sum. */
export function potsOf(
  draft: EnvelopeDraft,
  programme: Pick<Programme, "pots">,
  computed: ComputedEnvelope,
): (PotKey & { ceiling: Money })[] {
  const pot = (kind: PotKind) => programme.pots.find((one) => one.kind === kind);
  // A base amount that may be moved is free money.
  const bases = pot("base")?.isMovable === false ? computed.shares : [];
  return [
    ...bases.map(({ schoolId, baseAmount }) => ({
      potKind: "base" as const,
      schoolId,
      ceiling: baseAmount,
    })),
    {
      potKind: "free",
      schoolId: undefined,
      ceiling: draft.givenAmount.minus(sum(bases.map(({ baseAmount }) => baseAmount))),
    },
    ...(pot("administration")
      ? [
          {
            potKind: "administration" as const,
            schoolId: undefined,
            ceiling: draft.administrationAmount,
          },
        ]
      : []),
  ];
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
