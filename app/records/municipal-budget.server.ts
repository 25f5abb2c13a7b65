/** Appropriations (Haushaltsansätze) of the municipal budget. */
import { asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type AppropriationDraft,
  type AppropriationViolation,
  checkAppropriation,
} from "#app/domain/appropriation.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { resolutions } from "#db/schema/authorities.ts";
import { accounts } from "#db/schema/journal.ts";
import { appropriations } from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";
import { isResolution } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
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

/** Gives money to an account; a second one on the same account adds to it (Nachtrag). */
export function recordAppropriation(
  user: User,
  id: string,
  draft: AppropriationDraft,
): Promise<AppropriationViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, draft)) return undefined;
    const violation = checkAppropriation(draft, today());
    if (violation) return violation;
    if (draft.resolutionId && !(await isResolution(user, draft.resolutionId, tx))) {
      return { field: "resolutionId", rule: "resolution_not_on_file" };
    }

    const { fiscalYear, product, ledgerAccount, name, amount, decidedOn } = draft;
    const accountId = await openAccount(tx, {
      schoolAuthorityId,
      kind: "appropriation",
      fiscalYear,
      product,
      ledgerAccount,
      name,
    });
    const [account] = (await listAccounts(user, { kind: "appropriation" }, tx)).filter(
      (one) => one.id === accountId,
    );
    if (account && account.name !== name) {
      return { field: "name", rule: "account_named_otherwise", name: account.name };
    }
    const resolutionId = draft.resolutionId ?? null;
    await tx
      .insert(appropriations)
      .values({ id, schoolAuthorityId, accountId, amount, decidedOn, resolutionId });
    await post(tx, user, { kind: "appropriation", id });
    const text = `${fiscalYear} ${product} ${ledgerAccount} ${name}`;
    await rememberSent(tx, user, id, draft);
    await logChange(tx, user, "appropriation_recorded", { id, text });
  });
}
