/** The parts that an e-invoice is made of, each with its part of the stated VAT. */
import type { EInvoice, VatKind } from "./e-invoice.ts";
import { stated, vatKey } from "./e-invoice-findings.ts";
import type { ProposedLine } from "./e-invoice-proposal.ts";
import {
  euro,
  factor,
  type Money,
  negated,
  percent,
  roundToCents,
  shareOf,
  split,
  sum,
  zero,
} from "./money.ts";

/** As many lines as a person still goes through one by one; more are joined by their VAT. */
export const mostProposedLines = 40;

/** A part before its VAT is known. */
type Part = Omit<ProposedLine, "grossAmount" | "vatRate"> & { vat: VatKind };

/** Turns the sign of an invoice whose total is below zero: it is a credit note. */
type Turn = (amount: Money) => Money;

export function partsOf(invoice: EInvoice, turned: Turn): Part[] {
  if (invoice.lines.length === 0) return partsWithoutLines(invoice, turned);
  const items = invoice.lines.map(({ name, netAmount, quantity, vat }): Part => {
    const net = turned(roundToCents(stated(netAmount)));
    const count = stated(quantity);
    return {
      kind: net.lessThan(0) ? "discount" : "item",
      description: shortened(name || "Position ohne Bezeichnung"),
      quantity: count.greaterThan(0) && count.decimalPlaces() <= 4 ? count : factor("1"),
      netAmount: net,
      vat,
    };
  });
  const adjustments = invoice.adjustments.map(({ kind, amount, reason, vat }): Part => {
    const signed = kind === "charge" ? stated(amount) : negated(stated(amount));
    const net = turned(roundToCents(signed));
    return {
      kind: net.lessThan(0) ? "discount" : "surcharge",
      description: shortened(reason ?? (kind === "charge" ? "Zuschlag" : "Nachlass")),
      quantity: factor("1"),
      netAmount: net,
      vat: vat ?? { category: "O", rate: "0" },
    };
  });
  return [...items, ...adjustments];
}

/** The smallest profiles of Factur-X state no lines: one for each kind of VAT, or for all. */
function partsWithoutLines(invoice: EInvoice, turned: Turn): Part[] {
  return vatOf(invoice).map((vat) => ({
    kind: "item",
    description: shortened(`Rechnung ${invoice.number} ohne Einzelpositionen`),
    quantity: factor("1"),
    netAmount: turned(euro(vat.taxable)),
    vat,
  }));
}

type StatedVat = VatKind & { taxable: string; tax: string };

/** The stated kinds of VAT; where none is, the usual rate that leads to the stated tax. */
function vatOf({ vat, totals }: EInvoice): StatedVat[] {
  if (vat.length > 0) return vat;
  const tax = totals.vat ?? "0";
  const rate = ["19", "7", "16", "5"].find((rate) =>
    shareOf(euro(totals.net), percent(rate)).equals(euro(tax)),
  );
  return [{ category: "S", rate: rate ?? "0", taxable: totals.net, tax }];
}

/** Of very many parts those of one kind and one VAT become one. */
export function joined(parts: Part[]): Part[] {
  if (parts.length <= mostProposedLines) return parts;
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.kind} ${vatKey(part.vat)}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Part];
    if (group.length === 1) return first;
    return {
      ...first,
      description: `${group.length} Positionen laut Rechnung`,
      quantity: factor("1"),
      netAmount: sum(group.map(({ netAmount }) => netAmount)),
    };
  });
}

/**
 * The parts with the stated VAT (BT-117): each kind's tax is divided among the parts of that kind, so
 * that they bear it to the cent, as the seller rounded it for the whole document.
 */
export function withTax(parts: Part[], invoice: EInvoice, turned: Turn): ProposedLine[] {
  const shares = new Map<Part, Money>();
  for (const [key, tax] of taxesByKind(invoice, turned)) {
    const own = parts.filter(({ vat }) => vatKey(vat) === key);
    for (const [index, share] of taxShares(own, tax).entries()) shares.set(own[index]!, share);
  }
  return parts.map((part) => {
    const { vat, ...line } = part;
    const grossAmount = line.netAmount.plus(shares.get(part) ?? zero);
    return { ...line, vatRate: percent(vat.rate), grossAmount };
  });
}

/** What is taken off lowers the tax by its own share; the parts above zero bear all the rest. */
function taxShares(parts: Part[], tax: Money): Money[] {
  const isOff = ({ netAmount }: Part) => netAmount.lessThan(0);
  const above = parts.map((part) => (isOff(part) ? zero : part.netAmount));
  if (sum(above).isZero()) {
    const below = parts.map(({ netAmount }) => netAmount.abs());
    return sum(below).isZero() ? parts.map(() => zero) : split(tax, below);
  }
  const off = parts.map((part) =>
    isOff(part) ? shareOf(part.netAmount, percent(part.vat.rate)) : zero,
  );
  const borne = split(tax.minus(sum(off)), above);
  return off.map((share, index) => share.plus(borne[index]!));
}

/** The same kind is stated twice where its reasons differ. */
function taxesByKind(invoice: EInvoice, turned: Turn): Map<string, Money> {
  const taxes = new Map<string, Money>();
  for (const vat of vatOf(invoice)) {
    const key = vatKey(vat);
    taxes.set(key, (taxes.get(key) ?? zero).plus(turned(euro(vat.tax))));
  }
  return taxes;
}

/** Fits a line of ours; the whole text stays in the e-invoice. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
