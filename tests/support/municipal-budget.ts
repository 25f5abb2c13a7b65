/** Accounts of the municipal budget, by default 1 000 € on one of the Ergebnishaushalt 2020. */
import { randomUUID } from "node:crypto";
import type { AppropriationDraft } from "#app/domain/appropriation.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { accepted } from "./factories.ts";

export const appropriationDraft: AppropriationDraft = {
  fiscalYear: 2020,
  product: "24301",
  ledgerAccount: "427100",
  costCentre: undefined,
  budgetPart: "operating",
  budget: undefined,
  name: "Lizenzen",
  amount: euro("1000"),
  decidedOn: "2019-12-11",
  resolutionId: undefined,
};

export async function createBudgetAccount(clerk: User, given: Partial<AppropriationDraft> = {}) {
  const { fiscalYear } = { ...appropriationDraft, ...given };
  const draft = { ...appropriationDraft, decidedOn: `${fiscalYear - 1}-12-11`, ...given };
  accepted(await recordAppropriation(clerk, randomUUID(), draft));
  const accounts = await listAccounts(clerk, { kind: "appropriation" });
  return accounts.find(
    (one) => one.fiscalYear === draft.fiscalYear && one.ledgerAccount === draft.ledgerAccount,
  )!.id;
}
