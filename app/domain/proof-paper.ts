/**
 * The proof of use (Verwendungsnachweis) as a paper: who proves to whom what for, the financing plan against
 * what became of it, the report, and the answer. Its figures are those of `proveUse`, as kept or of now.
 */
import type { Day } from "./calendar.ts";
import { euro, hundredPercent, type Money, type Percent, proportionOf } from "./money.ts";
import type { ProofFigures, ProofKind } from "./proof-of-use.ts";

/** Figures out of a submitted proof, and as they go over the wire: amounts are exact decimal strings. */
export type KeptFigures = {
  [Key in keyof ProofFigures]: Key extends "lines" | "receipts"
    ? Kept<ProofFigures[Key] extends (infer Row)[] ? Row : never>[]
    : Key extends "terms"
      ? Kept<ProofFigures["terms"]>
      : string;
};
type Kept<Row> = { [Key in keyof Row]: Row[Key] extends boolean | string ? Row[Key] : string };

/** Where the money comes from (Einnahmen): as the financing plan has it, and for what was spent. */
export type FinancingLine = {
  source: "grant" | "third_party" | "own";
  planned: Money;
  actual: Money;
};

/**
 * Income against its plan. Both columns add up to the costs, the planned and the paid ones: what neither the
 * grant nor others bear is the authority's own.
 */
export function financingOf(figures: KeptFigures): FinancingLine[] {
  const { terms } = figures;
  const [planned, spent] = [euro(figures.planned), euro(figures.spent)];
  const [granted, due] = [euro(terms.grantAmount), euro(figures.grantDue)];
  const [thirdParty, own] = [euro(terms.thirdPartyAmount), euro(figures.own)];
  return [
    { source: "grant", planned: granted, actual: due },
    { source: "third_party", planned: thirdParty, actual: spent.minus(due).minus(own) },
    { source: "own", planned: planned.minus(granted).minus(thirdParty), actual: own },
  ];
}

/** So many percent of the plan, to two places; null where nothing was planned. */
export function percentOfPlan(actual: Money, planned: Money): Percent | null {
  return planned.isZero() ? null : proportionOf(hundredPercent, actual, planned);
}

export type ProofPaper = {
  authority: { name: string; isExample: boolean; signatory: string | null };
  grant: {
    fileNumber: string;
    grantingAuthority: string;
    noticeOn: Day;
    /** What the grant is for, as the application names it. */
    purpose: string;
    programme: string;
    spendFrom: Day;
    spendUntil: Day;
  };
  /** Null while it is not submitted: then the paper is a draft. */
  proof: {
    kind: ProofKind;
    submittedOn: Day;
    report: string;
    /** SHA-256 of report and figures. */
    seal: string;
    stands: boolean;
  } | null;
  figures: KeptFigures;
  /** What the granting authority said, its cuts by receipt. */
  answer: {
    answeredOn: Day;
    reference: string;
    note: string;
    cuts: { receipt: string; amount: string; reason: string }[];
  } | null;
  /** Day of the paper: of submission, else that of its figures. */
  writtenOn: Day;
};
