/** The start of a fiscal year: the accounts of the year before, with new amounts. */
import { randomUUID } from "node:crypto";
import type { AppropriationViolation } from "#app/domain/appropriation.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { Money } from "#app/domain/money.ts";
import { accountNamed, type AccountName } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { allOrNone } from "./all-or-none.server.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { lockBooks } from "./journal.server.ts";
import { recordAppropriationWithin } from "./municipal-budget.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** The rule of an account, at the row of the form. */
type YearStartViolation = AppropriationViolation | { field: string; rule: "amount_not_positive" };

export type YearStartDraft = {
  decidedOn: Day;
  resolutionId: string | undefined;
  /** Accounts of the year before; `position` is the row of the form, for the field of a refusal. */
  rows: { accountId: string; amount: Money; position: number }[];
};

/** Accounts of the year before that have no appropriation in the new year yet, with that of the old one. */
export async function listAccountsToCopy(user: User, fiscalYear: number) {
  const [before, now] = await Promise.all([
    listYearAccounts(user, fiscalYear - 1),
    listYearAccounts(user, fiscalYear),
  ]);
  const isGiven = (name: AccountName) => accountNamed(name, now)?.appropriated.greaterThan(0);
  return before.filter((one) => !one.appropriated.isZero() && !isGiven(one));
}

/** Gives all accounts their money for the new year, all or none; budgets and parts stay as they were. */
export function startYear(
  user: User,
  id: string,
  fiscalYear: number,
  draft: YearStartDraft,
): Promise<YearStartViolation | undefined> {
  const { rows, decidedOn, resolutionId } = draft;
  return allOrNone(async (tx, refuse) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, { fiscalYear, ...draft })) return;
    const before = await listYearAccounts(user, fiscalYear - 1, tx);
    if (rows.length === 0) refuse({ field: "rows", rule: "amount_not_positive" });
    for (const { accountId, amount, position } of rows) {
      const account = before.find((one) => one.id === accountId) ?? notFound();
      const violation = await recordAppropriationWithin(tx, user, randomUUID(), {
        fiscalYear,
        product: account.product!,
        ledgerAccount: account.ledgerAccount!,
        costCentre: account.costCentre ?? undefined,
        budgetPart: account.budgetPart ?? undefined,
        budget: account.budget ?? undefined,
        name: account.name,
        amount,
        decidedOn,
        resolutionId,
      });
      const isOfAll = violation?.field === "decidedOn" || violation?.field === "resolutionId";
      refuse(violation, isOfAll ? violation.field : `rows[${position}].amount`);
    }
    await rememberSent(tx, user, id, { fiscalYear, ...draft });
  });
}
