/** What the forms of orders and invoices offer: budget lines with what is left, suppliers, the period. */
import { today } from "#app/clock.server.ts";
import { available } from "#app/domain/budget.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { loadBudget } from "./accounts.server.ts";
import { requireGrant } from "./grants.server.ts";
import { listSuppliers } from "./suppliers.server.ts";

export async function loadSpendingForm(user: User, grantId: string) {
  const grant = await requireGrant(user, grantId);
  const { programme } = grant;
  const [budget, suppliers] = await Promise.all([loadBudget(user, grantId), listSuppliers(user)]);
  const day = today();
  return {
    spendFrom: grant.spendFrom,
    spendUntil: grant.spendUntil,
    /** Today where it lies in the approval period; else the day is for the clerk to enter. */
    likelyDay: day >= grant.spendFrom && day <= grant.spendUntil ? day : undefined,
    suppliers: suppliers.map(({ name }) => name),
    budgetLines: budget.map((line) => ({
      id: line.id,
      name: `${line.school} · ${line.code} ${categoryOf(programme, line.code).name}`,
      available: available(line),
    })),
  };
}
