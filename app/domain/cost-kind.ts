/**
 * The wall between the two streams of money. Running costs are never a grant's; outside advice is its
 * only bridge, as investive accompanying measure in direct connection with an investment (VV DigitalPakt
 * Schule 2019–2024 § 3 (4)), with a reason and the investment it belongs to.
 */
import type { BudgetLine } from "./budget.ts";
import type { CostKind, SpendingTerms } from "./order.ts";

/** Why outside advice is paid by a grant, and the budget line of the investment it belongs to. */
export type Accompanying = {
  accompaniesId?: string | undefined;
  accompanyingReason?: string | undefined;
};

export type CostKindViolation = { field: string } & (
  | { rule: "running_cost_on_grant" }
  | { rule: "accompanying_without_grant" }
  | { rule: "ordered_as_accompanying" }
  | { rule: "accompanying_needs_reason" }
  | { rule: "accompanying_needs_investment" }
);

export type KindOfLine = Accompanying & { costKind: CostKind; orderLineId?: string | undefined };

/** The first line whose kind of cost may not be paid so. What its order has justified counts. */
export function checkCostKinds(
  lines: KindOfLine[],
  terms: Pick<SpendingTerms, "fiscalYear">,
  budget: BudgetLine[],
  ordered: { id: string; costKind?: CostKind }[] = [],
): CostKindViolation | undefined {
  const isMunicipal = terms.fiscalYear !== undefined;
  for (const [index, line] of lines.entries()) {
    const field = (name: string) => `lines[${index}].${name}`;
    if (line.costKind === "running" && !isMunicipal) {
      return { field: field("costKind"), rule: "running_cost_on_grant" };
    }
    const order = ordered.find(({ id }) => id === line.orderLineId);
    if (order?.costKind === "accompanying" && line.costKind !== "accompanying") {
      return { field: field("costKind"), rule: "ordered_as_accompanying" };
    }
    if (line.costKind !== "accompanying") continue;
    if (isMunicipal) return { field: field("costKind"), rule: "accompanying_without_grant" };
    if (order?.costKind === "accompanying") continue;
    if (!budget.some(({ id }) => id === line.accompaniesId)) {
      return { field: field("accompaniesId"), rule: "accompanying_needs_investment" };
    }
    if (!line.accompanyingReason?.trim()) {
      return { field: field("accompanyingReason"), rule: "accompanying_needs_reason" };
    }
  }
}
