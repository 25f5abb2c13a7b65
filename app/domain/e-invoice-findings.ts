/**
 * What does not add up in an e-invoice. The rules are those of EN 16931-1 (BR-CO-10 to BR-CO-17 and
 * BR-S-08, https://docs.peppol.eu/poacc/billing/3.0/rules/ubl-tc434/); a finding is shown and stops
 * nobody, since the totals count as the seller states them.
 */
import type { DecimalText, EInvoice, EInvoiceAdjustment, VatKind } from "./e-invoice.ts";
import { factor, type Money, negated, roundToCents, sum, zero } from "./money.ts";

export const findingRules = [
  "BR-CO-10",
  "BR-CO-11",
  "BR-CO-12",
  "BR-CO-13",
  "BR-CO-14",
  "BR-CO-15",
  "BR-CO-16",
  "BR-CO-17",
  "BR-S-08",
  "line_net",
] as const;
export type FindingRule = (typeof findingRules)[number];

export type EInvoiceFinding = {
  rule: FindingRule;
  /** The number of the line, or the rate of the VAT, where the rule is about one of several. */
  of: string | null;
  stated: Money;
  computed: Money;
};

/** An amount as stated; what is not stated counts as zero. */
export function stated(amount: DecimalText | null): Money {
  return amount === null ? zero : factor(amount);
}

/** Names a kind of VAT, so that "19" and "19.00" of one category are one. */
export function vatKey({ category, rate }: VatKind): string {
  return `${category} ${stated(rate).toFixed()}`;
}

export function findingsOf(invoice: EInvoice): EInvoiceFinding[] {
  return [
    ...invoice.lines.flatMap(lineFinding),
    ...totalFindings(invoice),
    ...invoice.vat.flatMap((vat) => vatFindings(invoice, vat)),
  ];
}

/** Lines without a price, as the profiles below EN 16931 have them, are not calculated. */
function lineFinding(line: EInvoice["lines"][0]): EInvoiceFinding[] {
  const { quantity, price, adjustments } = line;
  const units = stated(line.priceQuantity);
  if (quantity === null || price === null || units.isZero()) return [];
  const goods = roundToCents(stated(quantity).times(stated(price)).div(units));
  const computed = goods.plus(signedTotal(adjustments));
  return finding("line_net", stated(line.netAmount), computed, line.number);
}

function totalFindings(invoice: EInvoice): EInvoiceFinding[] {
  const { adjustments, lines, totals, vat } = invoice;
  const of = (kind: EInvoiceAdjustment["kind"]) =>
    sum(adjustments.filter((one) => one.kind === kind).map(({ amount }) => stated(amount)));
  const goods = sum(lines.map(({ netAmount }) => stated(netAmount)));
  const { net, gross, due } = totals;
  const computedDue = stated(gross).minus(stated(totals.prepaid)).plus(stated(totals.rounding));
  const computedNet = stated(totals.lines)
    .minus(stated(totals.allowances))
    .plus(stated(totals.charges));
  const hasLines = lines.length > 0;
  return [
    ...(hasLines ? finding("BR-CO-10", stated(totals.lines), goods) : []),
    ...(hasLines ? finding("BR-CO-11", stated(totals.allowances), of("allowance")) : []),
    ...(hasLines ? finding("BR-CO-12", stated(totals.charges), of("charge")) : []),
    ...(totals.lines !== null ? finding("BR-CO-13", stated(net), computedNet) : []),
    ...(vat.length > 0
      ? finding("BR-CO-14", stated(totals.vat), sum(vat.map(({ tax }) => stated(tax))))
      : []),
    ...finding("BR-CO-15", stated(gross), stated(net).plus(stated(totals.vat))),
    ...finding("BR-CO-16", stated(due), computedDue),
  ];
}

function vatFindings(invoice: EInvoice, vat: EInvoice["vat"][0]): EInvoiceFinding[] {
  const isOfThis = (kind: VatKind | null) => kind !== null && vatKey(kind) === vatKey(vat);
  const lines = invoice.lines.filter((line) => isOfThis(line.vat));
  const adjustments = invoice.adjustments.filter((one) => isOfThis(one.vat));
  const goods = sum(lines.map(({ netAmount }) => stated(netAmount)));
  const taxable = goods.plus(signedTotal(adjustments));
  const tax = roundToCents(stated(vat.taxable).times(stated(vat.rate)).div(100));
  const isSplit = invoice.vat.filter((one) => isOfThis(one)).length > 1;
  return [
    ...(invoice.lines.length > 0 && !isSplit
      ? finding("BR-S-08", stated(vat.taxable), taxable, vat.rate)
      : []),
    ...finding("BR-CO-17", stated(vat.tax), tax, vat.rate),
  ];
}

function signedTotal(adjustments: EInvoiceAdjustment[]): Money {
  return sum(
    adjustments.map(({ kind, amount }) =>
      kind === "charge" ? stated(amount) : negated(stated(amount)),
    ),
  );
}

function finding(
  rule: FindingRule,
  amount: Money,
  computed: Money,
  of: string | null = null,
): EInvoiceFinding[] {
  const exact = roundToCents(computed);
  return roundToCents(amount).equals(exact) ? [] : [{ rule, of, stated: amount, computed: exact }];
}
