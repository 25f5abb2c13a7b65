/** The second factor of an account (TOTP) and its recovery codes. */
import { createHash, randomBytes } from "node:crypto";
import { and, count, eq, isNotNull, isNull, lt } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import {
  readCode,
  recoveryCodeCount,
  recoveryCodeLetters,
  writeRecoveryCode,
} from "#app/domain/second-factor.ts";
import { refusalTitles } from "#app/domain/refusal.ts";
import { forbidden, notFound } from "#app/http.ts";
import { newSecret, stepOfCode } from "#app/second-factor.server.ts";
import { open, seal } from "#app/secret-box.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { db, type Transaction } from "#db/client.ts";
import { recoveryCodes, secondFactors } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";

export type CodeViolation = { field: "oneTimeCode"; rule: "code_wrong" };

const wrongCode: CodeViolation = { field: "oneTimeCode", rule: "code_wrong" };

/** The user's own factor: since when it holds, or the secret with which it is being set up. */
export async function findSecondFactor(user: User) {
  const [factor] = await db.select().from(secondFactors).where(eq(secondFactors.userId, user.id));
  if (!factor) return undefined;
  const { confirmedAt } = factor;
  if (!confirmedAt) return { confirmedAt, secret: open(factor.secret, purposeOf(user.id)) };
  const [left] = await db
    .select({ codes: count() })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, user.id));
  return { confirmedAt, recoveryCodes: left!.codes };
}

/** Begins to set up a factor, which holds once a code has confirmed it; one that holds is not replaced. */
export async function beginSecondFactor(user: User): Promise<void> {
  const secret = seal(newSecret(), purposeOf(user.id));
  const { id: userId, schoolAuthorityId } = user;
  await db
    .insert(secondFactors)
    .values({ userId, schoolAuthorityId, secret })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { secret, createdAt: now() },
      setWhere: isNull(secondFactors.confirmedAt),
    });
}

/** Confirms the factor by a first code; gives the recovery codes, which are told once. All sessions end. */
export async function confirmSecondFactor(
  user: User,
  typed: string,
): Promise<{ violation: CodeViolation } | { codes: string[] }> {
  const factor = await findSecondFactor(user);
  const given = readCode(typed);
  const step =
    factor?.secret && given?.kind === "app" ? stepOfCode(factor.secret, given.code) : undefined;
  if (step === undefined) return { violation: wrongCode };
  const codes = await db.transaction(async (tx) => {
    const [confirmed] = await tx
      .update(secondFactors)
      .set({ confirmedAt: now(), lastStep: step })
      .where(and(eq(secondFactors.userId, user.id), isNull(secondFactors.confirmedAt)))
      .returning();
    if (!confirmed) return undefined;
    const codes = await makeRecoveryCodes(tx, user);
    await logChange(tx, user, "second_factor_set_up", { id: user.id, text: user.email });
    return codes;
  });
  if (!codes) return { violation: wrongCode };
  await endAllSessions(user.id);
  return { codes };
}

async function makeRecoveryCodes(tx: Transaction, user: User): Promise<string[]> {
  const { id: userId, schoolAuthorityId } = user;
  const codes = Array.from({ length: recoveryCodeCount }, randomCode);
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, schoolAuthorityId, codeHash: hashOf(userId, code) })));
  return codes.map(writeRecoveryCode);
}

/** Random bits, five in each letter, in letters that nobody mistakes for others. */
function randomCode(): string {
  const bytes = [...randomBytes(recoveryCodeLetters)];
  return bytes.map((byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte % 32]).join("");
}

/** Whether it is a code of the account, of the app or for recovery, that was not used before; it is used by asking. */
export async function useCode(user: User, typed: string): Promise<boolean> {
  const given = readCode(typed);
  if (!given) return false;
  return given.kind === "app" ? useAppCode(user, given.code) : useRecoveryCode(user, given.code);
}

async function useAppCode(user: User, code: string): Promise<boolean> {
  const held = and(eq(secondFactors.userId, user.id), isNotNull(secondFactors.confirmedAt));
  const [factor] = await db.select().from(secondFactors).where(held);
  const secret = factor && open(factor.secret, purposeOf(user.id));
  const step = secret && stepOfCode(secret, code);
  if (!step) return false;
  // Of two who use the same code at once one comes too late.
  const used = await db
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(held, lt(secondFactors.lastStep, step)))
    .returning();
  return used.length === 1;
}

async function useRecoveryCode(user: User, code: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const used = await tx
      .delete(recoveryCodes)
      .where(
        and(eq(recoveryCodes.userId, user.id), eq(recoveryCodes.codeHash, hashOf(user.id, code))),
      )
      .returning();
    if (used.length === 0) return false;
    await logChange(tx, user, "recovery_code_used", { id: user.id, text: user.email });
    return true;
  });
}

/**
 * Of all factors that hold, how many there are, and how many the key of this installation opens: after a restore
 * without the key no code of an app is right any more.
 */
export async function countOpenable(): Promise<{ all: number; openable: number }> {
  const held = await db.select().from(secondFactors).where(isNotNull(secondFactors.confirmedAt));
  const openable = held.filter(
    ({ secret, userId }) => open(secret, purposeOf(userId)) !== undefined,
  );
  return { all: held.length, openable: openable.length };
}

/** Ends the user's own factor, once password and code were given; all sessions end. */
export async function endSecondFactor(user: User): Promise<void> {
  await db.transaction(async (tx) => {
    await removeFactor(tx, user.id);
    await logChange(tx, user, "second_factor_ended", { id: user.id, text: user.email });
  });
  await endAllSessions(user.id);
}

/** Takes a factor from somebody who lost it; gives whom to tell. Nobody does it for themselves. */
export async function resetSecondFactor(user: User, userId: string) {
  if (!mayUser(user, "manage_users")) forbidden();
  if (userId === user.id) forbidden(refusalTitles.ownFactor);
  const person = await db.transaction(async (tx) => {
    const [found] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.schoolAuthorityId, user.schoolAuthorityId)));
    if (!found) notFound();
    await removeFactor(tx, userId);
    const text = `${found.name}, ${found.email}`;
    await logChange(tx, user, "second_factor_reset", { id: userId, text });
    return found;
  });
  await endAllSessions(userId);
  return person;
}

async function removeFactor(tx: Transaction, userId: string) {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
}

function purposeOf(userId: string): string {
  return `second factor of ${userId}`;
}

function hashOf(userId: string, code: string): string {
  return createHash("sha256").update(`${userId} ${code}`).digest("hex");
}
