/** Forms that are sent twice: recorded once, and refused when the second says something else. */
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { conflict } from "#app/http.ts";
import type { Transaction } from "#db/client.ts";
import { submissions } from "#db/schema/changes.ts";

/**
 * True when this form was recorded before. Ends the request with 409 when that was with other content, for
 * another parent (the draft names it), or by another authority.
 */
export async function wasSent(tx: Transaction, user: User, id: string, draft: object) {
  const [earlier] = await tx.select().from(submissions).where(eq(submissions.id, id));
  if (!earlier) return false;
  const isSame =
    earlier.schoolAuthorityId === user.schoolAuthorityId && earlier.contentHash === hashOf(draft);
  return isSame || conflict();
}

/** Remembers the form in the transaction that records it. */
export async function rememberSent(tx: Transaction, user: User, id: string, draft: object) {
  const { schoolAuthorityId } = user;
  await tx.insert(submissions).values({ id, schoolAuthorityId, contentHash: hashOf(draft) });
}

function hashOf(draft: object): string {
  return createHash("sha256").update(JSON.stringify(draft)).digest("hex");
}
