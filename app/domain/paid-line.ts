/** How payments and cash discounts of an invoice are divided over its lines, to the cent. */
import { eligible, type EligibleParts, ineligible } from "./invoice-line.ts";
import { type Money, negated, splitIfAny, sum, zero } from "./money.ts";

/** What payments are for one line of their invoice, in euro gross. */
export type PaidLine = {
  discount: Money;
  paid: Money;
  ineligible: Money;
  /** Paid and eligible: what the grant may be asked for. */
  eligible: Money;
  eligibleDiscount: Money;
  /** Of the eligible costs: a discount that was offered and not taken, and that the rules deduct. */
  missed: Money;
};

const paidFigures = [
  "discount",
  "paid",
  "ineligible",
  "eligible",
  "eligibleDiscount",
  "missed",
] as const;

export const unpaidLine: PaidLine = {
  discount: zero,
  paid: zero,
  ineligible: zero,
  eligible: zero,
  eligibleDiscount: zero,
  missed: zero,
};

/** What several payments did together to one line. */
export function paidTogether(parts: PaidLine[]): PaidLine {
  const total = { ...unpaidLine };
  for (const part of parts) {
    for (const figure of paidFigures) total[figure] = total[figure].plus(part[figure]);
  }
  return total;
}

export type Settlement = { paidAmount: Money; cashDiscount: Money; missedDiscount: Money };

/**
 * Divides payment and discounts over the lines of an invoice, in proportion to their gross amounts, to
 * the cent: by all that is settled with this payment, less what the payments before did. So each line
 * is paid to the cent when the last part is.
 */
export function paidLines(
  payment: Settlement,
  lines: EligibleParts[],
  before: { settlement: Settlement; lines: PaidLine[] } = {
    settlement: { paidAmount: zero, cashDiscount: zero, missedDiscount: zero },
    lines: [],
  },
): PaidLine[] {
  const after = settledLines(
    {
      paidAmount: before.settlement.paidAmount.plus(payment.paidAmount),
      cashDiscount: before.settlement.cashDiscount.plus(payment.cashDiscount),
      missedDiscount: before.settlement.missedDiscount.plus(payment.missedDiscount),
    },
    lines,
  );
  return after.map((line, index) => {
    const earlier = before.lines[index] ?? unpaidLine;
    const part = { ...line };
    for (const figure of paidFigures) part[figure] = part[figure].minus(earlier[figure]);
    return part;
  });
}

function settledLines(total: Settlement, lines: EligibleParts[]): PaidLine[] {
  const weights = lines.map(({ grossAmount }) => grossAmount);
  const settled = splitIfAny(total.paidAmount.plus(total.cashDiscount), weights);
  const discounts = splitIfAny(total.cashDiscount, weights);
  const misses = splitIfAny(total.missedDiscount, weights);
  return lines.map((line, index) => {
    const eligibleOf = (amount: Money) => eligiblePart(amount, line);
    const discount = discounts[index]!;
    const eligibleDiscount = eligibleOf(discount);
    const missed = eligibleOf(misses[index]!);
    const settledEligible = eligibleOf(settled[index]!);
    return {
      discount,
      paid: settled[index]!.minus(discount),
      ineligible: settled[index]!.minus(settledEligible).minus(discount.minus(eligibleDiscount)),
      eligible: settledEligible.minus(eligibleDiscount).minus(missed),
      eligibleDiscount,
      missed,
    };
  });
}

/** The eligible share of what was settled of a line; a line that lowers the invoice is its mirror. */
function eligiblePart(amount: Money, line: EligibleParts): Money {
  const parts = [eligible(line), ineligible(line)];
  const weights = line.grossAmount.lessThan(0) ? parts.map(negated) : parts;
  return splitIfAny(amount, weights)[0]!;
}

/** The lines of an invoice, lowered by credit notes on the same budget lines: what is to be paid. */
export function lowered(
  lines: (EligibleParts & { budgetLineId: string })[],
  credits: (EligibleParts & { budgetLineId: string })[],
): EligibleParts[] {
  if (credits.length === 0) return lines;
  const eligibleLeft = spread(lines, credits, eligible);
  const ineligibleLeft = spread(lines, credits, ineligible);
  return lines.map((_, index) => ({
    grossAmount: eligibleLeft[index]!.plus(ineligibleLeft[index]!),
    ineligibleAmount: ineligibleLeft[index]!,
  }));
}

function spread<Line extends EligibleParts & { budgetLineId: string }>(
  lines: Line[],
  credits: Line[],
  figure: (line: EligibleParts) => Money,
): Money[] {
  const left = lines.map(figure);
  for (const id of new Set(credits.map(({ budgetLineId }) => budgetLineId))) {
    const own = [...lines.keys()].filter((index) => lines[index]!.budgetLineId === id);
    const credit = sum(credits.filter((line) => line.budgetLineId === id).map(figure));
    const parts = splitIfAny(
      credit,
      own.map((index) => left[index]!),
    );
    own.forEach((index, place) => (left[index] = left[index]!.plus(parts[place]!)));
  }
  return left;
}
