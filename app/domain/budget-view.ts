/** A fiscal year as its page and sheet show it: part by part, product by product, with sums. */
import { appropriationLeft, type BudgetPart, budgetParts } from "./appropriation.ts";
import { authorized, authorizingFigures } from "./journal.ts";
import { type Money, sum } from "./money.ts";
import { type BudgetAccount, budgetLeft } from "./municipal-budget.ts";

/** The columns that are sums of entries, in their order. */
export const budgetFigures = [...authorizingFigures, "committed", "invoiced", "paid"] as const;
export type BudgetFigure = (typeof budgetFigures)[number];

export type BudgetSums = Record<BudgetFigure, Money> & {
  /** Ermächtigung: the sum of all that authorizes. */
  authorized: Money;
  /** Authorized less committed less invoiced. */
  available: Money;
};

export function budgetSums(accounts: BudgetAccount[]): BudgetSums {
  const figures = Object.fromEntries(
    budgetFigures.map((figure) => [figure, sum(accounts.map((account) => account[figure]))]),
  ) as Record<BudgetFigure, Money>;
  return {
    ...figures,
    authorized: sum(accounts.map(authorized)),
    available: sum(accounts.map(appropriationLeft)),
  };
}

type Named = BudgetAccount & { product: string | null };

/** The accounts of a year that money was ever given to or spent on; the others were left by a reversal. */
export function viewYear<Account extends Named>(accounts: Account[]) {
  const used = accounts.filter((account) =>
    budgetFigures.some((figure) => !account[figure].isZero()),
  );
  return budgetParts
    .map((part) => {
      const own = used.filter((account) => partOf(account) === part);
      return {
        part,
        products: groups(own, ({ product }) => product ?? "").map(([product, members]) => ({
          product,
          accounts: members.map((account) => ({
            account,
            sums: budgetSums([account]),
            budgetLeft: budgetLeft(account, accounts),
          })),
          sums: budgetSums(members),
        })),
        budgets: groups(
          own.filter(({ budget }) => budget),
          ({ budget }) => budget!,
        ).map(([budget, members]) => ({ budget, sums: budgetSums(members) })),
        sums: budgetSums(own),
      };
    })
    .filter(({ products }) => products.length > 0);
}

function partOf({ budgetPart }: BudgetAccount): BudgetPart {
  return budgetPart ?? "operating";
}

function groups<Row>(rows: Row[], nameOf: (row: Row) => string): [string, Row[]][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(nameOf(row), [...(found.get(nameOf(row)) ?? []), row]);
  return [...found];
}
