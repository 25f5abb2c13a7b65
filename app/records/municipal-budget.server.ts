/** Appropriations (Haushaltsansätze) of the municipal budget. */
import { asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type AccountViolation,
  type AppropriationAccount,
  type AppropriationDraft,
  type AppropriationViolation,
  type BudgetPart,
  checkAppropriation,
} from "#app/domain/appropriation.ts";
import { authorizingFigures } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { resolutions } from "#db/schema/authorities.ts";
import { accounts } from "#db/schema/journal.ts";
import { appropriations } from "#db/schema/municipal-budget.ts";
import { stands } from "./standing.server.ts";
import { isResolution } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { isYearClosed, listYearAccounts } from "./fiscal-years.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
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
  await lockBooks(tx, user, "record");
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
  const opened = await openBudgetAccount(tx, user, draft);
  if ("violation" in opened) return opened.violation;
  const { accountId, isAppropriated } = opened;
  if (isAppropriated) return { field: "ledgerAccount", rule: "appropriated_before" };
  const resolutionId = draft.resolutionId ?? null;
  await tx
    .insert(appropriations)
    .values({ id, schoolAuthorityId, accountId, amount, decidedOn, resolutionId });
  await post(tx, user, { kind: "appropriation", id });
  const text = `${fiscalYear} ${product} ${ledgerAccount} ${name}`;
  await rememberSent(tx, user, id, draft);
  await logChange(tx, user, "appropriation_recorded", { id, text });
  await postRecurring(tx, user, { fiscalYear });
}

type Opened = { accountId: string; isAppropriated: boolean } | { violation: AccountViolation };

/**
 * Finds the account by its name, or opens it. Its words, part and budget are fixed with it: an account that
 * was left without money by a reversal may be opened anew in another budget.
 */
async function openBudgetAccount(
  tx: Transaction,
  user: User,
  draft: AppropriationAccount,
): Promise<Opened> {
  const { fiscalYear, product, ledgerAccount, name } = draft;
  const costCentre = draft.costCentre || null;
  const budget = draft.budget || null;
  const budgetPart = draft.budgetPart ?? "operating";
  const same = (await listYearAccounts(user, fiscalYear, tx)).filter(
    (one) =>
      one.product === product &&
      one.ledgerAccount === ledgerAccount &&
      one.costCentre === costCentre,
  );
  const inUse = same.find((one) => authorizingFigures.some((figure) => !one[figure].isZero()));
  const known = inUse ?? same.find((one) => one.budget === budget);
  if (known) {
    const part = known.budgetPart ?? "operating";
    const violation = differenceOf(known, { name, budget, budgetPart: part }, budgetPart);
    if (violation) return { violation };
    return { accountId: known.id, isAppropriated: known.appropriated.greaterThan(0) };
  }
  const { schoolAuthorityId } = user;
  const named = { fiscalYear, product, ledgerAccount, costCentre, budgetPart, budget, name };
  const kind = "appropriation" as const;
  return {
    accountId: await openAccount(tx, { schoolAuthorityId, kind, ...named }),
    isAppropriated: false,
  };
}

function differenceOf(
  known: { name: string; budget: string | null },
  given: { name: string; budget: string | null; budgetPart: BudgetPart },
  wanted: BudgetPart,
): AccountViolation | undefined {
  if (known.name !== given.name) {
    return { field: "name", rule: "account_named_otherwise", name: known.name };
  }
  if (given.budgetPart !== wanted) {
    return { field: "budgetPart", rule: "account_in_other_part", part: given.budgetPart };
  }
  if (known.budget !== given.budget) {
    return { field: "budget", rule: "account_in_other_budget", budget: known.budget ?? "" };
  }
}
