/**
 * What assets cost: what the list of receipts says of their invoice lines. Discounts, credit notes,
 * surcharges and roundings are shared by the lines that they belong to, deductible VAT is no cost
 * (§ 47 Abs. 2 KomHKVO), incidental costs (Nebenkosten) are further lines. The grant's part is the
 * `cumulativeShares` of the list of receipts: no second way to reckon what a grant pays.
 */
import { grouped } from "./groups.ts";
import type { InvoiceLineKind } from "./invoice-line.ts";
import { type Factor, larger, type Money, smaller, splitIfAny, sum, zero } from "./money.ts";

/** A line of an invoice with the sums of its receipts, in euro. */
export type CostLine = {
  id: string;
  invoiceId: string;
  /** The invoice that it lowers, where it is of a credit note. */
  creditedId: string | null;
  /** Whatever keeps its money apart: a budget line, an account of the municipal budget. */
  accountId: string;
  kind: InvoiceLineKind | null;
  grossAmount: Money;
  /** Gross less cash discount and deductible VAT. */
  cost: Money;
  grantShare: Money;
};

export type Cost = { cost: Money; grantShare: Money };

/**
 * What each item of the invoices cost. What is no item goes to the items of its invoice on the same
 * account, in proportion to their gross amounts, as a credit note lowers them; to all its items where
 * none is on that account. A prepayment that a final invoice takes off is no price.
 */
export function costsOfLines(lines: CostLine[]): Map<string, Cost> {
  const items = lines.filter(isItem);
  const itemsOf = grouped(items, ({ invoiceId }) => invoiceId);
  const costs = new Map(items.map(({ id, cost, grantShare }) => [id, { cost, grantShare }]));
  for (const line of lines) {
    if (isItem(line) || line.kind === "prepayment") continue;
    const own = itemsOf.get(line.creditedId ?? line.invoiceId) ?? [];
    const near = own.filter(({ accountId }) => accountId === line.accountId);
    const bearers = near.length > 0 ? near : own;
    const weights = bearers.map(({ grossAmount }) => grossAmount);
    const shares = splitIfAny(line.grantShare, weights);
    splitIfAny(line.cost, weights).forEach((part, index) => {
      const { id } = bearers[index]!;
      const { cost, grantShare } = costs.get(id)!;
      costs.set(id, { cost: cost.plus(part), grantShare: grantShare.plus(shares[index]!) });
    });
  }
  return costs;
}

function isItem({ kind, creditedId }: CostLine): boolean {
  return creditedId === null && (kind === null || kind === "item");
}

export type AssetParts = {
  id: string;
  lineId: string;
  quantity: Factor;
  furtherLineIds: string[];
};

/**
 * Cost and grant's part of each asset. Assets share their line by quantity, with what is not inventoried
 * yet; a further line is shared by the assets that name it. All to the cent. No more than its cost is a
 * special item: what the grant pays of other lines does not follow a credit note here.
 */
export function costsOfAssets(
  assets: AssetParts[],
  lines: { quantityOf: Map<string, Factor>; costs: Map<string, Cost> },
): Map<string, Cost> {
  const costs = new Map(assets.map(({ id }) => [id, { cost: zero, grantShare: zero }]));
  const give = (lineId: string, to: AssetParts[], rest: Factor) => {
    const line = lines.costs.get(lineId);
    if (!line) return;
    const weights = [...to.map(({ quantity }) => quantity), rest];
    const parts = splitIfAny(line.cost, weights);
    const shares = splitIfAny(line.grantShare, weights);
    to.forEach(({ id }, index) => {
      const { cost, grantShare } = costs.get(id)!;
      costs.set(id, {
        cost: cost.plus(parts[index]!),
        grantShare: grantShare.plus(shares[index]!),
      });
    });
  };
  for (const [lineId, own] of grouped(assets, (asset) => asset.lineId)) {
    const taken = sum(own.map(({ quantity }) => quantity));
    const whole = lines.quantityOf.get(lineId) ?? taken;
    give(lineId, own, larger(whole.minus(taken), zero));
  }
  const naming = assets.flatMap((asset) =>
    asset.furtherLineIds.map((lineId) => ({ lineId, asset })),
  );
  for (const [lineId, own] of grouped(naming, (one) => one.lineId)) {
    const named = own.map(({ asset }) => asset);
    give(lineId, named, zero);
  }
  for (const [id, { cost, grantShare }] of costs) {
    const borne = larger(cost, zero);
    costs.set(id, { cost: borne, grantShare: smaller(larger(grantShare, zero), borne) });
  }
  return costs;
}
