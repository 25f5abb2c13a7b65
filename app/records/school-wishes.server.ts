/** Wishes of schools (Bedarfsmeldungen): recorded and withdrawn by the school, answered by the office. */
import { and, desc, eq, inArray } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import {
  checkWish,
  checkWishEnd,
  type WishDraft,
  type WishEnd,
  type WishViolation,
} from "#app/domain/school-wish.ts";
import { wishEndTitles } from "#app/domain/titles.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { schoolWishEnds, schoolWishes } from "#db/schema/school-wishes.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Wishes that the user may see, newest first: those of the own schools, or of all for the office. */
export async function listWishes(user: User, reader: Reader = db) {
  const rows = await reader
    .select({
      id: schoolWishes.id,
      schoolId: schoolWishes.schoolId,
      school: schools.name,
      what: schoolWishes.what,
      costKind: schoolWishes.costKind,
      quantity: schoolWishes.quantity,
      estimatedAmount: schoolWishes.estimatedAmount,
      wantedBy: schoolWishes.wantedBy,
      reason: schoolWishes.reason,
      end: schoolWishEnds.kind,
      answer: schoolWishEnds.reason,
      createdAt: schoolWishes.createdAt,
    })
    .from(schoolWishes)
    .innerJoin(schools, eq(schools.id, schoolWishes.schoolId))
    .leftJoin(schoolWishEnds, eq(schoolWishEnds.wishId, schoolWishes.id))
    .where(and(eq(schoolWishes.schoolAuthorityId, user.schoolAuthorityId), wishesSeenBy(user)))
    .orderBy(desc(schoolWishes.createdAt));
  return rows;
}

/** All for who reads the whole authority, else those of the own schools. */
function wishesSeenBy(user: User) {
  if (mayUser(user, "read_all_books")) return undefined;
  return inArray(schoolWishes.schoolId, [...user.schoolIds]);
}

export async function requireWish(user: User, id: string, reader: Reader = db) {
  const wish = (await listWishes(user, reader)).find((one) => one.id === id);
  return wish ?? notFound();
}

/** Records what a school asks for; only for the own school. */
export function recordWish(
  user: User,
  id: string,
  draft: WishDraft,
): Promise<WishViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "wish");
    if (!user.schoolIds.includes(draft.schoolId)) notFound();
    if (await wasSent(tx, user, id, draft)) return undefined;
    const violation = checkWish(draft, today());
    if (violation) return violation;
    const { schoolAuthorityId } = user;
    await tx.insert(schoolWishes).values({ ...draft, id, schoolAuthorityId, wishedBy: user.id });
    await rememberSent(tx, user, id, draft);
    await logChange(tx, user, "school_wish_recorded", { id, text: draft.what });
  });
}

/** Ends a wish: the school withdraws its own, the office takes it up or declines it. */
export function endWish(
  user: User,
  wishId: string,
  { end, reason }: { end: WishEnd; reason: string },
): Promise<WishViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, end === "withdrawn" ? "wish" : "record");
    const wish = await requireWish(user, wishId, tx);
    if (end === "withdrawn" && !user.schoolIds.includes(wish.schoolId)) forbidden();
    const violation = checkWishEnd({ end, reason }, wish);
    if (violation) return violation;
    const { schoolAuthorityId } = user;
    await tx
      .insert(schoolWishEnds)
      .values({ schoolAuthorityId, wishId, kind: end, reason, endedBy: user.id });
    const deed = end === "withdrawn" ? "school_wish_withdrawn" : "school_wish_answered";
    await logChange(tx, user, deed, {
      id: wishId,
      text: wish.what,
      before: { Bedarfsmeldung: "offen" },
      after: { Bedarfsmeldung: [wishEndTitles[end], reason].filter(Boolean).join(": ") },
    });
  });
}
