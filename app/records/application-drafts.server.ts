/** Drafts (Entwürfe) of applications: kept as they were typed, until they are submitted or thrown away. */
import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, isNull } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { applicationDrafts } from "#db/schema/applications.ts";
import { users } from "#db/schema/users.ts";
import { requireApplication } from "./applications.server.ts";
import { listResolutions, listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireEnvelope } from "./envelopes.server.ts";
import { requireProgramme } from "./programmes.server.ts";
import type { MadeFromOld } from "./versions.server.ts";

const draftColumns = {
  id: applicationDrafts.id,
  envelopeId: applicationDrafts.envelopeId,
  title: applicationDrafts.title,
  content: applicationDrafts.content,
  replacesId: applicationDrafts.replacesId,
  submittedAs: applicationDrafts.submittedAs,
  changedAt: applicationDrafts.changedAt,
  changedBy: users.name,
};

/** Drafts for an envelope that are still being written. */
export function listDrafts(user: User, envelopeId: string) {
  return db
    .select(draftColumns)
    .from(applicationDrafts)
    .innerJoin(users, eq(users.id, applicationDrafts.changedBy))
    .where(
      and(
        eq(applicationDrafts.envelopeId, envelopeId),
        eq(applicationDrafts.schoolAuthorityId, user.schoolAuthorityId),
        isNull(applicationDrafts.submittedAs),
      ),
    )
    .orderBy(asc(applicationDrafts.createdAt));
}

/** A draft, also one that was submitted: whoever comes back to it is led to its application. */
export async function requireDraft(user: User, draftId: string, reader: Reader = db) {
  const [draft] = await reader
    .select(draftColumns)
    .from(applicationDrafts)
    .innerJoin(users, eq(users.id, applicationDrafts.changedBy))
    .where(
      and(
        eq(applicationDrafts.id, draftId),
        eq(applicationDrafts.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return draft ?? notFound();
}

export type DraftContent = Record<string, unknown>;

export type DraftViolation = { field: "title"; rule: "draft_changed"; person: string };

/**
 * Writes a draft, new or again. What was submitted in the meantime stays as it was submitted; what
 * somebody else wrote since it was `seen` is not written over unawares.
 * @param seen the version that the form was made from; without it the draft is new, or the same sent again
 */
export async function saveDraft(
  user: User,
  id: string,
  place: { envelopeId: string; replacesId: string | null },
  content: DraftContent,
  seen?: string,
): Promise<DraftViolation | undefined> {
  if (!mayUser(user, "record")) forbidden();
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    const [earlier] = await tx
      .select(draftColumns)
      .from(applicationDrafts)
      .innerJoin(users, eq(users.id, applicationDrafts.changedBy))
      .where(
        and(
          eq(applicationDrafts.id, id),
          eq(applicationDrafts.schoolAuthorityId, schoolAuthorityId),
        ),
      )
      .for("update", { of: applicationDrafts });
    if (earlier && isOld(earlier, seen, content)) {
      return { field: "title", rule: "draft_changed", person: earlier.changedBy };
    }
    const envelope = await requireEnvelope(user, place.envelopeId, tx);
    if (!envelope.stands) notFound();
    if (place.replacesId) await requireApplication(user, place.replacesId, tx);
    const title = typeof content.title === "string" ? content.title.trim() : "";
    const written = { title, content, changedBy: user.id, changedAt: now() };
    const saved = await tx
      .insert(applicationDrafts)
      .values({ id, schoolAuthorityId, ...place, ...written })
      .onConflictDoUpdate({
        target: applicationDrafts.id,
        set: written,
        setWhere: and(
          eq(applicationDrafts.schoolAuthorityId, schoolAuthorityId),
          isNull(applicationDrafts.submittedAs),
        ),
      })
      .returning({ id: applicationDrafts.id });
    // Nothing was written: the id is of another authority, or the draft was submitted.
    if (saved.length === 0) await requireDraft(user, id, tx);
  });
}

/** A form of a draft that is to be new says what is kept already, or it is of another draft. */
function isOld(
  kept: { changedAt: Date; content: unknown },
  seen: string | undefined,
  content: DraftContent,
): boolean {
  if (seen === undefined) return !isDeepStrictEqual(kept.content, content);
  return kept.changedAt.toISOString() !== seen;
}

/**
 * Throws a draft away; its files stay, as everything that was attached does.
 * @param seen the version that its page showed
 */
export async function discardDraft(
  user: User,
  draftId: string,
  seen?: string,
): Promise<MadeFromOld | undefined> {
  if (!mayUser(user, "record")) forbidden();
  return db.transaction(async (tx) => {
    const draft = await requireDraft(user, draftId, tx);
    if (seen !== undefined && draft.changedAt.toISOString() !== seen) {
      return { rule: "made_from_old" };
    }
    const [discarded] = await tx
      .delete(applicationDrafts)
      .where(
        and(
          eq(applicationDrafts.id, draft.id),
          eq(applicationDrafts.changedAt, draft.changedAt),
          isNull(applicationDrafts.submittedAs),
        ),
      )
      .returning({ id: applicationDrafts.id });
    if (!discarded) notFound();
    const { id, title } = draft;
    const before = { Entwurf: title };
    await logChange(tx, user, "application_draft_discarded", { id, text: title, before });
  });
}

/** What a draft can choose from: schools, the programme's categories of today, resolutions. */
export async function loadDraftChoices(user: User, programmeKey: string) {
  const [schools, resolutions, { programme }] = await Promise.all([
    listSchools(user),
    listResolutions(user),
    requireProgramme(user, programmeKey),
  ]);
  return {
    schools: schools.map(({ id, name }) => ({ value: id, label: name })),
    categories: programme.categories.map(({ code, name }) => {
      return { value: code, label: `${code} ${name}` };
    }),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
    requirements: programme.checklist
      .filter(({ dueWith }) => dueWith === "application")
      .map(({ requirement }): string => requirement),
  };
}
