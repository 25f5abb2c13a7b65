/** The amounts of an invoice: what was left out is filled in, the paper's sums are held against ours. */
import { grouped } from "./groups.ts";
import type { InvoiceLineDraft, Rounding } from "./invoice-line.ts";
import { euro, type Money, netOf, type Percent, shareOf, splitIfAny, sum, zero } from "./money.ts";
import { checkVatRate, type VatViolation } from "./vat.ts";

export type InvoiceLineViolation = VatViolation | InvoiceLineShape;

type InvoiceLineShape = { field: string } & (
  | { rule: "no_lines" }
  | { rule: "ineligible_without_grant" }
  | { rule: "amount_not_positive" }
  | { rule: "prepaid_without_deduction" }
  | { rule: "net_above_gross" }
  | { rule: "ineligible_out_of_range" }
  | { rule: "ineligible_needs_reason" }
  | { rule: "sums_differ"; ours: Money; stated: Money; allowed: Money }
);

export function checkInvoiceLines(
  lines: InvoiceLineDraft[],
  isMunicipal = false,
): InvoiceLineViolation | undefined {
  if (lines.length === 0) return { field: "lines", rule: "no_lines" };
  for (const [index, line] of lines.entries()) {
    const field = (name: keyof InvoiceLineDraft) => `lines[${index}].${name}`;
    if (line.prepaidId && line.kind !== "prepayment") {
      return { field: field("prepaidId"), rule: "prepaid_without_deduction" };
    }
    const mayLower = line.kind !== "item";
    if (line.grossAmount.isZero() || (line.grossAmount.lessThan(0) && !mayLower)) {
      return { field: field("grossAmount"), rule: "amount_not_positive" };
    }
    const ofVat = checkVatRate(line.vatRate, field("vatRate"));
    if (ofVat) return ofVat;
    const { netAmount, grossAmount, ineligibleAmount } = line;
    if (
      netAmount.abs().greaterThan(grossAmount.abs()) ||
      netAmount.times(grossAmount).lessThan(0)
    ) {
      return { field: field("netAmount"), rule: "net_above_gross" };
    }
    if (
      ineligibleAmount.times(grossAmount).lessThan(0) ||
      ineligibleAmount.abs().greaterThan(grossAmount.abs())
    ) {
      return { field: field("ineligibleAmount"), rule: "ineligible_out_of_range" };
    }
    if (isMunicipal && !ineligibleAmount.isZero()) {
      return { field: field("ineligibleAmount"), rule: "ineligible_without_grant" };
    }
    if (!ineligibleAmount.isZero() && !line.ineligibleReason) {
      return { field: field("ineligibleReason"), rule: "ineligible_needs_reason" };
    }
  }
}

/** The paper's sums against our own: up to a cent for each line, more only with a reason. */
export function checkSums({
  lines,
  roundedPer,
  roundingReason,
}: {
  lines: Amounts[];
  roundedPer: Rounding;
  roundingReason: string;
}): InvoiceLineViolation | undefined {
  const { ours, stated, difference, allowed } = arithmeticOf(lines, roundedPer);
  if (difference.abs().greaterThan(allowed) && roundingReason === "") {
    return { field: "roundingReason", rule: "sums_differ", ours, stated, allowed };
  }
}

/** Amounts as they are entered: one of net and gross may be left out. */
export type EnteredAmounts = { netAmount?: Money; vatRate: Percent; grossAmount?: Money };
export type Amounts = { netAmount: Money; vatRate: Percent; grossAmount: Money };

/**
 * Fills in what was left out. Where VAT is rounded once for the document, the VAT of each rate is
 * divided over its lines to the cent, so that their gross amounts add up to the document's.
 */
export function completeAmounts(lines: EnteredAmounts[], rounding: Rounding): Amounts[] {
  const withNet = lines.map((line) => {
    const netAmount = line.netAmount ?? netOf(line.grossAmount ?? zero, line.vatRate);
    return { ...line, netAmount };
  });
  const open = withNet.filter(({ grossAmount }) => grossAmount === undefined);
  const vat = new Map<object, Money>();
  for (const group of rounding === "document" ? byRate(open) : open.map((line) => [line])) {
    const total = vatOf(group);
    const nets = group.map(({ netAmount }) => netAmount);
    const parts = sum(nets).greaterThan(0)
      ? splitIfAny(total, nets)
      : group.map((line) => vatOf([line]));
    group.forEach((line, index) => vat.set(line, parts[index]!));
  }
  return withNet.map((line) => ({
    netAmount: line.netAmount,
    vatRate: line.vatRate,
    grossAmount: line.grossAmount ?? line.netAmount.plus(vat.get(line)!),
  }));
}

/** Our own arithmetic beside the paper's, in euro gross; a difference is the paper's less ours. */
export type Arithmetic = { ours: Money; stated: Money; difference: Money; allowed: Money };

/** One cent a line may come of rounding; more has another cause, which the clerk must know. */
export function arithmeticOf(lines: Amounts[], rounding: Rounding): Arithmetic {
  const groups = rounding === "document" ? byRate(lines) : lines.map((line) => [line]);
  const ours = sum(
    groups.map((group) => sum(group.map(({ netAmount }) => netAmount)).plus(vatOf(group))),
  );
  const stated = sum(lines.map(({ grossAmount }) => grossAmount));
  return {
    ours,
    stated,
    difference: stated.minus(ours),
    allowed: cent.times(lines.length),
  };
}

/** VAT of lines of one rate, rounded once. */
function vatOf(group: { netAmount: Money; vatRate: Percent }[]): Money {
  const [first] = group;
  return first ? shareOf(sum(group.map(({ netAmount }) => netAmount)), first.vatRate) : zero;
}

function byRate<Line extends { vatRate: Percent }>(lines: Line[]): Line[][] {
  return [...grouped(lines, ({ vatRate }) => vatRate.toString()).values()];
}

const cent = euro("0.01");
