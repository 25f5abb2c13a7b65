/** What the books say of a grant by the day: what may be drawn, what is late, what it costs. */
import fs from "node:fs";
import path from "node:path";
import { and, asc, eq, inArray, min, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { readBaseRates } from "#app/base-rates-file.ts";
import type { GrantBooks, Movement } from "#app/domain/drawdown.ts";
import { type LateInterest, lateInterest, settledOverTime } from "#app/domain/interest.ts";
import type { User } from "#app/domain/permission.ts";
import type { BaseRate } from "#app/domain/programme.ts";
import { db, type Reader } from "#db/client.ts";
import { drawdowns, payouts } from "#db/schema/drawdowns.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import type { Grant } from "./grants.server.ts";
import { requireProgramme } from "./programmes.server.ts";
import { stands } from "./standing.server.ts";

/** Everything that decides what may be drawn of a grant. */
export async function loadGrantBooks(
  user: User,
  grant: Grant,
  reader: Reader = db,
): Promise<GrantBooks> {
  const [proof] = await reader
    .select({ submittedOn: min(proofsOfUse.submittedOn) })
    .from(proofsOfUse)
    .where(
      and(
        eq(proofsOfUse.schoolAuthorityId, user.schoolAuthorityId),
        eq(proofsOfUse.grantId, grant.id),
        eq(proofsOfUse.kind, "final"),
        stands(proofsOfUse),
      ),
    );
  return {
    grantedOn: grant.noticeOn,
    versions: grant.versions,
    programme: grant.programme,
    movements: await loadMovements(reader, user, grant.id),
    proofOn: proof?.submittedOn ?? null,
  };
}

/** How the figures of a grant's accounts moved, a sum for each figure and day. */
async function loadMovements(reader: Reader, user: User, grantId: string): Promise<Movement[]> {
  return reader
    .select({
      figure: entries.figure,
      bookedOn: entries.bookedOn,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        eq(accounts.grantId, grantId),
        inArray(accounts.kind, ["budget_line", "income"]),
      ),
    )
    .groupBy(entries.figure, entries.bookedOn);
}

/** Payouts of a grant that stand, oldest first. */
export async function listPayouts(reader: Reader, user: User, grantId: string) {
  return reader
    .select({
      id: payouts.id,
      receivedOn: payouts.receivedOn,
      spendBy: payouts.spendBy,
      amount: payouts.amount,
    })
    .from(payouts)
    .innerJoin(drawdowns, eq(drawdowns.id, payouts.drawdownId))
    .where(
      and(
        eq(payouts.schoolAuthorityId, user.schoolAuthorityId),
        eq(drawdowns.grantId, grantId),
        stands(payouts),
      ),
    )
    .orderBy(asc(payouts.receivedOn), asc(payouts.createdAt));
}

/** Interest on money of the grant that was used late, up to today. */
export async function loadLateInterest(
  user: User,
  grant: Grant,
  books: GrantBooks,
  reader: Reader = db,
): Promise<LateInterest> {
  return lateInterest(await listPayouts(reader, user, grant.id), settledOverTime(books), {
    baseRates: await loadBaseRates(reader, user, grant.programme.key),
    rules: grant.programme.interests,
    today: today(),
  });
}

/**
 * The base rates that came with the program, and those of the programme's latest version: a rate is
 * given out for everybody, whatever version a grant was made under.
 */
async function loadBaseRates(reader: Reader, user: User, key: string): Promise<BaseRate[]> {
  shipped ??= readBaseRates(fs.readFileSync(path.resolve("app/base-rates.yaml"), "utf8"));
  const { programme } = await requireProgramme(user, key, reader);
  return [...shipped, ...programme.baseRates];
}
let shipped: BaseRate[] | undefined;
