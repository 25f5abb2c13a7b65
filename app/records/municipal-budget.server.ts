/** Appropriations (Haushaltsansätze) of the municipal budget. */
import { asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type AppropriationDraft,
  type AppropriationViolation,
  checkAppropriation,
} from "#app/domain/appropriation.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { resolutions } from "#db/schema/authorities.ts";
import { accounts } from "#db/schema/journal.ts";
import { appropriations } from "#db/schema/municipal-budget.ts";
import { stands } from "./standing.server.ts";
import { isResolution } from "./authorities.server.ts";
import { findBudgetAccount, openBudgetAccount } from "./budget-accounts.server.ts";
import { logChange } from "./changes.server.ts";
import { isYearClosed } from "./fiscal-years.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** What was given to the accounts of the municipal budget, by whom and when. */
export function listAppropriations(user: User) {
  return db
    .select({
      id: appropriations.id,
      accountId: appropriations.accountId,
      fiscalYear: accounts.fiscalYear,
      amount: appropriations.amount,
      decidedOn: appropriations.decidedOn,
      resolution: resolutions.number,
      stands: stands(appropriations),
    })
    .from(appropriations)
    .innerJoin(accounts, eq(accounts.id, appropriations.accountId))
    .leftJoin(resolutions, eq(resolutions.id, appropriations.resolutionId))
    .where(eq(appropriations.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(accounts.fiscalYear), asc(appropriations.decidedOn));
}

/** Gives money to an account, once; later it is raised or lowered by a supplementary budget. */
export function recordAppropriation(
  user: User,
  id: string,
  draft: AppropriationDraft,
): Promise<AppropriationViolation | undefined> {
  return db.transaction((tx) => recordAppropriationWithin(tx, user, id, draft));
}

/** The same as part of another deed, such as the start of a fiscal year. */
export async function recordAppropriationWithin(
  tx: Transaction,
  user: User,
  id: string,
  draft: AppropriationDraft,
): Promise<AppropriationViolation | undefined> {
  const { schoolAuthorityId } = user;
  await lockBooks(tx, user, "decide_budget");
  if (await wasSent(tx, user, id, draft)) return undefined;
  const violation = checkAppropriation(draft, today());
  if (violation) return violation;
  if (draft.resolutionId && !(await isResolution(user, draft.resolutionId, tx))) {
    return { field: "resolutionId", rule: "resolution_not_on_file" };
  }

  const { fiscalYear, product, ledgerAccount, name, amount, decidedOn } = draft;
  if (await isYearClosed(tx, user, fiscalYear)) {
    return { field: "fiscalYear", rule: "fiscal_year_closed", fiscalYear };
  }
  const found = await findBudgetAccount(tx, user, draft);
  if ("violation" in found) return found.violation;
  if (found.known?.appropriated.greaterThan(0)) {
    return { field: "ledgerAccount", rule: "appropriated_before" };
  }
  const accountId = found.known?.id ?? (await openBudgetAccount(tx, user, draft));
  const resolutionId = draft.resolutionId ?? null;
  await tx
    .insert(appropriations)
    .values({ id, schoolAuthorityId, accountId, amount, decidedOn, resolutionId });
  const moved = await post(tx, user, { kind: "appropriation", id });
  const text = `${fiscalYear} ${product} ${ledgerAccount} ${name}`;
  await rememberSent(tx, user, id, draft);
  await logChange(tx, user, "appropriation_recorded", { id, text, moved });
  await postRecurring(tx, user, { fiscalYear });
}
