/** Appropriations (Haushaltsansätze) of the municipal budget. */
import { and, asc, eq } from "drizzle-orm";
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
import { stands } from "./accounts.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";

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
    const [sentTwice] = await tx
      .select({ id: appropriations.id })
      .from(appropriations)
      .where(
        and(eq(appropriations.id, id), eq(appropriations.schoolAuthorityId, schoolAuthorityId)),
      );
    if (sentTwice) return undefined;
    const violation = checkAppropriation(draft, today());
    if (violation) return violation;

    const { fiscalYear, product, ledgerAccount, name, amount, decidedOn } = draft;
    const accountId = await openAccount(tx, {
      schoolAuthorityId,
      kind: "appropriation",
      fiscalYear,
      product,
      ledgerAccount,
      name,
    });
    const resolutionId = draft.resolutionId ?? null;
    await tx
      .insert(appropriations)
      .values({ id, schoolAuthorityId, accountId, amount, decidedOn, resolutionId });
    await post(tx, user, { kind: "appropriation", id });
    const text = `${fiscalYear} ${product} ${ledgerAccount} ${name}: ${amount.toFixed(2)} €`;
    await logChange(tx, user, "appropriation_recorded", { id, text });
  });
}
