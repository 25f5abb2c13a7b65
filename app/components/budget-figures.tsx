/** The figures of accounts of the municipal budget, each beside the entries whose sum it is. */
import type { ReactNode } from "react";
import { entriesOf, Euro } from "./euro.tsx";
import { Badge, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

export const budgetHeadings = {
  appropriated: "Ansatz",
  supplemented: "Nachtrag",
  carried: "übertragen",
  extra: "über Plan",
  covered: "Deckung",
  committed: "gebunden",
  invoiced: "in Rechnung",
  paid: "bezahlt",
} as const;
type Figure = keyof typeof budgetHeadings;

const changing: Figure[] = ["supplemented", "carried", "extra", "covered"];
const spending: Figure[] = ["committed", "invoiced", "paid"];

export type Sums = Record<Figure | "authorized" | "available", string>;

export type BudgetRow = {
  account: {
    id: string;
    ledgerAccount: string | null;
    costCentre: string | null;
    name: string;
    budget: string | null;
  };
  sums: Sums;
  /** What its budget has left, or itself without one. */
  budgetLeft: string;
};

export function BudgetFigures({
  caption,
  rows,
  total,
}: {
  caption: string;
  rows: BudgetRow[];
  total: Sums;
}) {
  // What no account of the table has is no column of it: eleven are too wide for a page.
  const isUsed = (figure: Figure) => rows.some(({ sums }) => /[1-9]/.test(sums[figure]));
  const authorizing: Figure[] = ["appropriated", ...changing.filter(isUsed)];
  const figureColumn = (figure: Figure) => ({
    label: budgetHeadings[figure],
    isNumeric: true,
    cell: ({ account, sums }: BudgetRow) => (
      <Euro amount={sums[figure]} to={entriesOf({ account: account.id, figure })} />
    ),
  });
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ account }) => account.id}
      columns={[
        { label: "Haushaltsstelle", cell: ({ account }) => <AccountName account={account} /> },
        {
          label: "verfügbar",
          isNumeric: true,
          cell: ({ account, sums, budgetLeft }) => (
            <>
              <strong>
                <Euro amount={sums.available} to={entriesOf({ account: account.id })} />
              </strong>
              <CoveredBy
                budget={account.budget}
                available={sums.available}
                budgetLeft={budgetLeft}
              />
            </>
          ),
        },
        ...authorizing.map(figureColumn),
        {
          label: "Ermächtigung",
          isNumeric: true,
          cell: ({ account, sums }) => (
            <Euro amount={sums.authorized} to={entriesOf({ account: account.id })} />
          ),
        },
        ...spending.map(figureColumn),
      ]}
      footer={[
        "Summe",
        <strong key="available">
          <Euro amount={total.available} />
        </strong>,
        ...authorizing.map((figure) => <Euro key={figure} amount={total[figure]} />),
        <Euro key="authorized" amount={total.authorized} />,
        ...spending.map((figure): ReactNode => <Euro key={figure} amount={total[figure]} />),
      ]}
    />
  );
}

function AccountName({ account }: { account: BudgetRow["account"] }) {
  const number = [account.ledgerAccount, account.costCentre].filter(Boolean).join(" / ");
  return (
    <>
      <TextLink to={`/municipal-budget/accounts/${account.id}`}>
        {number} {account.name}
      </TextLink>
      {account.budget && <span className="kern-hint"> Budget {account.budget}</span>}
    </>
  );
}

export function CoveredBy(row: { budget: string | null; available: string; budgetLeft: string }) {
  const { budget, available, budgetLeft } = row;
  if (!available.startsWith("-")) return null;
  return budgetLeft.startsWith("-") ? (
    <Badge kind="warning">überschritten</Badge>
  ) : (
    <div className="kern-hint">gedeckt aus Budget {budget}</div>
  );
}
