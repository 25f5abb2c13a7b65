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
import type { Programme } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { envelopePots, envelopes } from "#db/schema/envelopes.ts";
import { stands } from "./standing.server.ts";
import { listSchools } from "./authorities.server.ts";
import { listPupilCounts } from "./pupil-counts.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { keepProgramme, loadProgrammes } from "./programmes.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { onlyUnlimited } from "./seen.server.ts";

const envelopeColumns = {
  id: envelopes.id,
  programmeKey: envelopes.programme,
  programmeVersion: envelopes.programmeVersion,
  givenAmount: envelopes.givenAmount,
  computedAmount: envelopes.computedAmount,
  administrationAmount: envelopes.administrationAmount,
  givenOn: envelopes.givenOn,
  note: envelopes.note,
  stands: stands(envelopes),
};

/** Envelopes that stand, each with its programme. */
export async function listEnvelopes(user: User, reader: Reader = db) {
  const rows = await reader
    .select(envelopeColumns)
    .from(envelopes)
    .where(
      and(
        eq(envelopes.schoolAuthorityId, user.schoolAuthorityId),
        onlyUnlimited(user),
        stands(envelopes),
      ),
    )
    .orderBy(asc(envelopes.givenOn), asc(envelopes.createdAt));
  return withProgrammes(reader, user, rows);
}

export async function requireEnvelope(user: User, envelopeId: string, reader: Reader = db) {
  const rows = await reader
    .select(envelopeColumns)
    .from(envelopes)
    .where(
      and(eq(envelopes.id, envelopeId), eq(envelopes.schoolAuthorityId, user.schoolAuthorityId)),
    );
  const [envelope] = await withProgrammes(reader, user, rows);
  return envelope ?? notFound();
}

async function withProgrammes<
  Row extends { programmeKey: string; programmeVersion: number | null },
>(reader: Reader, user: User, rows: Row[]) {
  const programmeOf = await loadProgrammes(reader, user.schoolAuthorityId);
  return rows.map(({ programmeKey, programmeVersion, ...row }) => {
    return { ...row, programme: programmeOf(programmeKey, programmeVersion) };
  });
}

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
  const formula = programme.envelope;
  const counts = await listPupilCounts(user, reader);
  const own = await listSchools(user, reader);
  return computeEnvelope(
    formula,
    own.map((school) => {
      const { id: schoolId, name, kind } = school;
      const count = counts.find(
        (one) => one.schoolId === schoolId && one.countedOn === formula?.countedOn[kind],
      );
      return { schoolId, name, kind, pupils: count?.pupils ?? 0, isCounted: count !== undefined };
    }),
  );
}

export function recordEnvelope(
  user: User,
  id: string,
  programmeKey: string,
  draft: EnvelopeDraft,
): Promise<EnvelopeViolation | undefined> {
  const { schoolAuthorityId } = user;
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
    if (await wasSent(tx, user, id, { programmeKey, ...draft })) return undefined;
    if (earlier.some((one) => one.stands)) {
      return { field: "givenAmount", rule: "envelope_recorded_before" };
    }

    const programme = await keepProgramme(tx, user, programmeKey);
    const computed = await computeForSchools(user, programme, tx);
    const violation = checkEnvelope(draft, programme, computed, today());
    if (violation) return violation;

    await tx.insert(envelopes).values({
      id,
      schoolAuthorityId,
      programme: programmeKey,
      programmeVersion: programme.version,
      computedAmount: computed.total,
      supersedesId: earlier[0]?.id ?? null,
      ...draft,
    });
    for (const [position, { potKind, schoolId, ceiling }] of potsOf(
      draft,
      programme,
      computed,
    ).entries()) {
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
    const moved = await post(tx, user, { kind: "envelope", id });
    await rememberSent(tx, user, id, { programmeKey, ...draft });
    await logChange(tx, user, "envelope_recorded", {
      id,
      text: programme.name,
      moved,
    });
  });
}
