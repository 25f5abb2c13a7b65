/** Several invoices that one transfer pays. */
import { type Money, sum, zero } from "./money.ts";
import type { ProposedPayment } from "./payment-match.ts";

/** Up to so many invoices each selection is tried (three ways each: 729); of more only all together. */
const mostTried = 6;
const mostFound = 5;

/**
 * Selections of two or more invoices, each settled in one of its ways, that add up to the amount. All
 * invoices together come first.
 */
export function combinations(ways: ProposedPayment[][], amount: Money): ProposedPayment[][] {
  if (ways.length < 2) return [];
  const choices = ways.length <= mostTried ? ways.map((own) => [...own, undefined]) : undefined;
  const tried = choices ? selections(choices) : allTogether(ways);
  return tried
    .filter((payments) => payments.length >= 2)
    .filter((payments) => sum(payments.map(({ paidAmount }) => paidAmount)).eq(amount))
    .sort((a, b) => b.length - a.length)
    .slice(0, mostFound);
}

/** All whole, and all with the discount that each still offers. */
function allTogether(ways: ProposedPayment[][]): ProposedPayment[][] {
  const whole = ways.map((own) => own[0]!);
  const discounted = ways.map((own) => own.at(-1)!);
  const isSame = discounted.every(({ cashDiscount }) => cashDiscount.eq(zero));
  return isSame ? [whole] : [whole, discounted];
}

function selections(choices: (ProposedPayment | undefined)[][]): ProposedPayment[][] {
  let found: ProposedPayment[][] = [[]];
  for (const own of choices) {
    found = found.flatMap((taken) => own.map((one) => (one ? [...taken, one] : taken)));
  }
  return found;
}
