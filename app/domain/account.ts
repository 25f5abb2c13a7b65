/** How an account is named, and whose money it shares. */
import type { AccountKind } from "./journal.ts";

/** An account by what it belongs to; the names that the office uses for it. */
export type AccountName = {
  kind: AccountKind;
  potKind: "base" | "free" | "administration" | "first_come" | null;
  fileNumber: string | null;
  school: string | null;
  code: string | null;
  fiscalYear: number | null;
  product: string | null;
  ledgerAccount: string | null;
  costCentre: string | null;
  name: string;
};

/** One German line that names the account, unique within its authority: it is printed beside entries. */
export function accountLabel(account: AccountName): string {
  const parts = {
    pot: [potNames[account.potKind ?? "free"], account.school],
    budget_line: [account.fileNumber, account.school, account.code],
    income: [account.fileNumber, "Einnahmen"],
    appropriation: [
      account.fiscalYear,
      account.product,
      account.costCentre ?? "",
      account.ledgerAccount,
      account.name,
    ],
    member_share: ["IKZ", account.fiscalYear, account.name],
  }[account.kind];
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

const potNames = {
  base: "Sockelbetrag",
  free: "Kopfbetrag",
  administration: "Administration",
  first_come: "Windhundverfahren",
} as const;

type AccountPlace = {
  id: string;
  fiscalYear?: number | null;
  budgetPart?: "operating" | "financial" | null;
  budget?: string | null;
  kind: AccountKind;
  potKind: AccountName["potKind"];
  envelopeId: string | null;
  grantId: string | null;
  schoolId: string | null;
};

/**
 * Names the accounts that share their money: the lines of a grant, a pot with what schools took of it, the
 * accounts of a budget in one year and one part (§ 19 KomHKVO).
 */
export function groupOf(account: AccountPlace): string {
  const { id, kind, potKind, envelopeId, grantId, schoolId } = account;
  if (kind === "budget_line") return `lines of ${grantId}`;
  if (kind === "pot") {
    return `${potKind} of ${envelopeId}${potKind === "base" ? ` for ${schoolId}` : ""}`;
  }
  if (kind === "appropriation" && account.budget) {
    const { fiscalYear, budgetPart, budget } = account;
    return `${budgetPart ?? "operating"} budget ${budget} of ${fiscalYear}`;
  }
  return id;
}
