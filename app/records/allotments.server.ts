/** Allotments (Zuteilungen): decisions that give schools their part of the freely divisible pot. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type AllotmentDraft,
  type AllotmentViolation,
  checkAllotment,
  mayUndoAllotment,
} from "#app/domain/allotment.ts";
import type { User } from "#app/domain/permission.ts";
import { dividePots } from "#app/domain/school-pots.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { resolutions, schools } from "#db/schema/authorities.ts";
import { allotmentLines, allotments } from "#db/schema/envelopes.ts";
import { accounts } from "#db/schema/journal.ts";
import { loadPots } from "./accounts.server.ts";
import { isResolution, listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireEnvelope } from "./envelopes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Decisions on an envelope, the latest day last, each with what schools gained or lost by it. */
export async function listAllotments(user: User, envelopeId: string, reader: Reader = db) {
  const own = and(
    eq(allotments.schoolAuthorityId, user.schoolAuthorityId),
    eq(allotments.envelopeId, envelopeId),
  );
  const decisions = await reader
    .select({
      id: allotments.id,
      decidedOn: allotments.decidedOn,
      reason: allotments.reason,
      resolution: resolutions.number,
      stands: stands(allotments),
    })
    .from(allotments)
    .leftJoin(resolutions, eq(resolutions.id, allotments.resolutionId))
    .where(own)
    .orderBy(asc(allotments.decidedOn), asc(allotments.createdAt));
  const lines = await reader
    .select({
      allotmentId: allotmentLines.allotmentId,
      school: schools.name,
      change: allotmentLines.change,
    })
    .from(allotmentLines)
    .innerJoin(allotments, eq(allotments.id, allotmentLines.allotmentId))
    .innerJoin(accounts, eq(accounts.id, allotmentLines.accountId))
    .innerJoin(schools, eq(schools.id, accounts.schoolId))
    .where(own)
    .orderBy(asc(allotmentLines.position));
  return decisions.map((decision) => ({
    ...decision,
    lines: lines.filter(({ allotmentId }) => allotmentId === decision.id),
  }));
}

/** What the envelope holds for each school of the authority, as of now. */
export async function loadDividedPots(user: User, envelopeId: string) {
  const [pots, own] = await Promise.all([loadPots(db, user, envelopeId), listSchools(user)]);
  const ids = own.map(({ id }) => id);
  const { schools: divided, ...others } = dividePots(pots, ids);
  const named = divided.map((one, index) => ({ ...one, school: own[index]!.name }));
  return { schools: named, ...others };
}

export function recordAllotment(
  user: User,
  id: string,
  envelopeId: string,
  draft: AllotmentDraft,
): Promise<AllotmentViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { envelopeId, ...draft })) return undefined;
    const envelope = await requireEnvelope(user, envelopeId, tx);
    if (!envelope.stands) notFound();
    const { resolutionId } = draft;
    if (resolutionId && !(await isResolution(user, resolutionId, tx))) {
      return { field: "resolutionId", rule: "resolution_not_on_file" };
    }

    const own = await listSchools(user, tx);
    const earlier = await listAllotments(user, envelopeId, tx);
    const checked = checkAllotment(draft, {
      givenOn: envelope.givenOn,
      lastOn: earlier.filter((one) => one.stands).at(-1)?.decidedOn,
      isMovable: envelope.programme.pots.find(({ kind }) => kind === "free")?.isMovable ?? true,
      schoolIds: own.map((school) => school.id),
      pots: await loadPots(tx, user, envelopeId),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    const { schools: _, ...decision } = draft;
    await tx.insert(allotments).values({ id, schoolAuthorityId, envelopeId, ...decision });
    const pot = { schoolAuthorityId, kind: "pot", envelopeId, potKind: "free" } as const;
    const sharedAccountId = await openAccount(tx, pot);
    for (const [position, { schoolId, change }] of checked.changes.entries()) {
      const accountId = await openAccount(tx, { ...pot, schoolId });
      await tx.insert(allotmentLines).values({
        schoolAuthorityId,
        allotmentId: id,
        position,
        accountId,
        sharedAccountId,
        change,
      });
    }
    const moved = await post(tx, user, { kind: "allotment", id });
    await rememberSent(tx, user, id, { envelopeId, ...draft });
    await logChange(tx, user, "allotment_recorded", { id, text: draft.reason, moved });
  });
}

/** True while the pots hold what schools took since, even without the decision. */
export async function mayUndo(reader: Reader, user: User, allotmentId: string): Promise<boolean> {
  const lines = await reader
    .select({
      envelopeId: allotments.envelopeId,
      schoolId: accounts.schoolId,
      change: allotmentLines.change,
    })
    .from(allotmentLines)
    .innerJoin(allotments, eq(allotments.id, allotmentLines.allotmentId))
    .innerJoin(accounts, eq(accounts.id, allotmentLines.accountId))
    .where(
      and(
        eq(allotmentLines.allotmentId, allotmentId),
        eq(allotmentLines.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  const changes = lines.map(({ schoolId, change }) => ({ schoolId: schoolId!, change }));
  return mayUndoAllotment(changes, await loadPots(reader, user, lines[0]!.envelopeId));
}
