/** Values of price indexes (Preisindizes), by month, with their source. */
import { asc, desc, eq, getTableColumns } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { checkIndexMonth, type IndexValueViolation } from "#app/domain/contract.ts";
import type { Factor } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { indexValues } from "#db/schema/contracts.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export type IndexValueDraft = { indexName: string; month: string; value: Factor; source: string };

/** The values in force, by index and month: of several for one month the one entered last. */
export async function listIndexValues(user: User, reader: Reader = db) {
  return reader
    .selectDistinctOn([indexValues.indexName, indexValues.month], getTableColumns(indexValues))
    .from(indexValues)
    .where(eq(indexValues.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(indexValues.indexName), asc(indexValues.month), desc(indexValues.createdAt));
}

/** Enters a value; another one for the same month corrects it, and the first stays on file. */
export function recordIndexValue(
  user: User,
  id: string,
  draft: IndexValueDraft,
): Promise<IndexValueViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, draft)) return undefined;
    const violation = checkIndexMonth(draft.month, today());
    if (violation) return violation;
    await tx.insert(indexValues).values({ id, schoolAuthorityId, ...draft });
    await rememberSent(tx, user, id, draft);
    const text = `${draft.indexName} ${draft.month}: ${draft.value.toFixed()}`;
    await logChange(tx, user, "index_value_recorded", { id, text });
    // Prices follow the index, and what is committed follows the prices.
    await postRecurring(tx, user);
  });
}
