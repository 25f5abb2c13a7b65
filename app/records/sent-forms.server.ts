/** Forms that did something (gesendete Formulare): each does it once, and its repeats get its answer. */
import { and, eq, sql } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { requestForm, requestId } from "#app/request.server.ts";
import { db, type Reader } from "#db/client.ts";
import { sentForms } from "#db/schema/changes.ts";

/** Another request with the same form came first; what this one did is rolled back. */
export class SentBefore extends Error {
  override name = "SentBefore";
}

/**
 * Remembers the form that is being answered, in the transaction of what it does: there is never one without
 * the other. Called with each line of the change log, so that no record function can forget it.
 * @throws SentBefore when another request has done the same.
 */
export async function rememberForm(
  reader: Reader,
  { id: sentBy, schoolAuthorityId }: Pick<User, "id" | "schoolAuthorityId">,
): Promise<void> {
  const form = requestForm();
  const request = requestId();
  if (!form || !request) return;
  const { id, contentHash } = form;
  const [remembered] = await reader
    .insert(sentForms)
    .values({ id, contentHash, schoolAuthorityId, sentBy, requestId: request })
    .onConflictDoNothing()
    .returning({ id: sentForms.id });
  form.isRemembered = true;
  if (remembered) return;
  const [own] = await reader
    .select({ id: sentForms.id })
    .from(sentForms)
    .where(and(eq(sentForms.id, id), eq(sentForms.requestId, request)));
  if (!own) throw new SentBefore();
}

/** What the form with this key did when it was sent before, by the same person. */
export async function findSentForm(user: User, id: string) {
  const [form] = await db
    .select()
    .from(sentForms)
    .where(and(eq(sentForms.id, id), eq(sentForms.schoolAuthorityId, user.schoolAuthorityId)));
  return form?.sentBy === user.id ? form : undefined;
}

/** Keeps where the form led to. Does nothing where the form did nothing, or was rolled back. */
export async function keepAnswer(user: User, id: string, request: string, location: string) {
  await db
    .update(sentForms)
    .set({ location: sql`coalesce(${sentForms.location}, ${location})` })
    .where(
      and(
        eq(sentForms.id, id),
        eq(sentForms.requestId, request),
        eq(sentForms.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
}
