/** Writes that were refused (abgewiesene Schritte), as the change log keeps them (ASVS 5.0, 16.3.2). */
import type { User } from "#app/domain/permission.ts";
import { noteForm } from "#app/request.server.ts";
import { db } from "#db/client.ts";
import { logChange } from "./changes.server.ts";

/** Says that, by whom and in which request; not what was asked for, which may be another authority's. */
export async function noteRefusal(user: User, status: number): Promise<void> {
  // The form did nothing: it must not count as sent.
  noteForm(undefined);
  await logChange(db, user, "refused", {
    text: status === 403 ? "nicht erlaubt" : "nicht gefunden",
  });
}
