/**
 * What else a request booked besides the document that was asked for: a change of the budget commits the contracts that
 * waited for its money, and whoever booked it is told. The change log names the request of each deed.
 */
import { and, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { entries } from "#db/schema/journal.ts";

/** Orders of contracts booked or changed in the request that booked the document, with what they bind in euro gross. */
export async function listBookedAlongside(user: User, documentId: string) {
  const asked = alias(changes, "asked");
  const deeds = await db
    .select({ subjectId: changes.subjectId, deed: changes.deed, text: changes.text })
    .from(changes)
    .innerJoin(
      asked,
      and(
        eq(asked.requestId, changes.requestId),
        eq(asked.schoolAuthorityId, changes.schoolAuthorityId),
        eq(asked.subjectId, documentId),
      ),
    )
    .where(
      and(
        eq(changes.schoolAuthorityId, user.schoolAuthorityId),
        inArray(changes.deed, ["order_recorded", "order_changed"]),
      ),
    )
    .orderBy(changes.changedAt);
  const ids = deeds.flatMap(({ subjectId }) => subjectId ?? []);
  if (ids.length === 0) return [];
  const bound = await db
    .select({ documentId: entries.documentId, amount: entries.amount })
    .from(entries)
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        eq(entries.figure, "committed"),
        inArray(entries.documentId, ids),
      ),
    );
  return deeds.map(({ subjectId, text, deed }) => ({
    id: subjectId!,
    text,
    /** Null for an order that was there before and got another amount: its page has both. */
    amount:
      deed === "order_changed"
        ? null
        : sum(bound.filter((one) => one.documentId === subjectId).map(({ amount }) => amount)),
  }));
}
