/** Envelopes (Höchstbeträge) and their pots. */
import { and, asc, desc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  checkEnvelope,
  computeEnvelope,
  type EnvelopeDraft,
  type EnvelopeViolation,
  potsOf,
} from "#app/domain/envelope.ts";
import type { User } from "#app/domain/permission.ts";
import { type Programme, programmeOf } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { envelopePots, envelopes } from "#db/schema/envelopes.ts";
import { stands } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Envelopes that stand. */
export function listEnvelopes(user: User, reader: Reader = db) {
  return reader
    .select()
    .from(envelopes)
    .where(and(eq(envelopes.schoolAuthorityId, user.schoolAuthorityId), stands(envelopes)))
    .orderBy(asc(envelopes.givenOn));
}

export async function requireEnvelope(user: User, envelopeId: string, reader: Reader = db) {
  const [envelope] = await reader
    .select({ ...envelopeColumns, stands: stands(envelopes) })
    .from(envelopes)
    .where(
      and(eq(envelopes.id, envelopeId), eq(envelopes.schoolAuthorityId, user.schoolAuthorityId)),
    );
  return envelope ?? notFound();
}

const envelopeColumns = {
  id: envelopes.id,
  programme: envelopes.programme,
  givenAmount: envelopes.givenAmount,
  computedAmount: envelopes.computedAmount,
  administrationAmount: envelopes.administrationAmount,
  givenOn: envelopes.givenOn,
  note: envelopes.note,
};

/** The pots with the arithmetic that led to them, as it was when the envelope was recorded. */
export function listPotArithmetic(user: User, envelopeId: string) {
  return db
    .select({
      accountId: envelopePots.accountId,
      potKind: envelopePots.potKind,
      school: schools.name,
      pupilsAreIllustrative: schools.pupilsAreIllustrative,
      pupils: envelopePots.pupils,
      weight: envelopePots.weight,
      perPupilShare: envelopePots.perPupilShare,
      ceiling: envelopePots.ceiling,
    })
    .from(envelopePots)
    .leftJoin(schools, eq(schools.id, envelopePots.schoolId))
    .where(
      and(
        eq(envelopePots.envelopeId, envelopeId),
        eq(envelopePots.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(asc(envelopePots.position));
}

/** What the formula gives for the schools on file, before anything is recorded. */
export async function computeForSchools(user: User, programme: Programme, reader: Reader = db) {
  const own = await listSchools(user, reader);
  return computeEnvelope(
    programme,
    own.map(({ id, ...school }) => ({ ...school, schoolId: id })),
  );
}

export function recordEnvelope(
  user: User,
  id: string,
  programmeKey: string,
  draft: EnvelopeDraft,
): Promise<EnvelopeViolation | undefined> {
  const { schoolAuthorityId } = user;
  const programme = programmeOf(programmeKey);
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const earlier = await tx
      .select({ id: envelopes.id, stands: stands(envelopes) })
      .from(envelopes)
      .where(
        and(
          eq(envelopes.schoolAuthorityId, schoolAuthorityId),
          eq(envelopes.programme, programmeKey),
        ),
      )
      .orderBy(desc(envelopes.createdAt));
    if (await wasSent(tx, user, id, draft)) return undefined;
    if (earlier.some((one) => one.stands)) {
      return { field: "givenAmount", rule: "envelope_recorded_before" };
    }

    const computed = await computeForSchools(user, programme, tx);
    const violation = checkEnvelope(draft, computed, today());
    if (violation) return violation;

    await tx.insert(envelopes).values({
      id,
      schoolAuthorityId,
      programme: programmeKey,
      computedAmount: computed.total,
      supersedesId: earlier[0]?.id ?? null,
      ...draft,
    });
    for (const [position, { potKind, schoolId, ceiling }] of potsOf(draft, computed).entries()) {
      const accountId = await openAccount(tx, {
        schoolAuthorityId,
        kind: "pot",
        envelopeId: id,
        potKind,
        schoolId: schoolId ?? null,
      });
      const share = computed.shares.find((one) => one.schoolId === schoolId);
      await tx.insert(envelopePots).values({
        schoolAuthorityId,
        envelopeId: id,
        accountId,
        position,
        potKind,
        schoolId: schoolId ?? null,
        ceiling,
        pupils: share?.pupils ?? null,
        weight: share?.weight ?? null,
        perPupilShare: share?.perPupilShare ?? null,
      });
    }
    await post(tx, user, { kind: "envelope", id });
    await rememberSent(tx, user, id, draft);
    await logChange(tx, user, "envelope_recorded", {
      id,
      text: programme.name,
    });
  });
}
