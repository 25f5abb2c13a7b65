/** Applications (Anträge) with their measures. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type ApplicationDraft,
  type ApplicationViolation,
  checkApplication,
} from "#app/domain/application.ts";
import type { PotShare } from "#app/domain/pot.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, type Programme } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { resolutions, schools } from "#db/schema/authorities.ts";
import { applications, envelopes, measures } from "#db/schema/envelopes.ts";
import { grants } from "#db/schema/grants.ts";
import { loadPots } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";
import { isResolution, listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireEnvelope } from "./envelopes.server.ts";
import { loadLimitedUse } from "./limits.server.ts";
import { keepProgramme, loadProgrammes } from "./programmes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Applications with what each asks for and whether it is granted; reversed ones are marked. */
export async function listApplications(user: User) {
  return db
    .select({
      id: applications.id,
      title: applications.title,
      submittedOn: applications.submittedOn,
      envelopeId: applications.envelopeId,
      resolution: resolutions.number,
      stands: stands(applications),
    })
    .from(applications)
    .innerJoin(resolutions, eq(resolutions.id, applications.resolutionId))
    .where(eq(applications.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(applications.submittedOn), asc(applications.createdAt));
}

export async function requireApplication(user: User, applicationId: string, reader: Reader = db) {
  const [application] = await reader
    .select({
      id: applications.id,
      title: applications.title,
      submittedOn: applications.submittedOn,
      envelopeId: applications.envelopeId,
      programmeKey: envelopes.programme,
      programmeVersion: envelopes.programmeVersion,
      resolution: resolutions.number,
      stands: stands(applications),
    })
    .from(applications)
    .innerJoin(envelopes, eq(envelopes.id, applications.envelopeId))
    .innerJoin(resolutions, eq(resolutions.id, applications.resolutionId))
    .where(
      and(
        eq(applications.id, applicationId),
        eq(applications.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  if (!application) notFound();
  const { programmeKey, programmeVersion, ...row } = application;
  const programmeOf = await loadProgrammes(reader, user.schoolAuthorityId);
  return { ...row, programme: programmeOf(programmeKey, programmeVersion) };
}

export function listMeasures(user: User, applicationId?: string, reader: Reader = db) {
  return reader
    .select({
      id: measures.id,
      applicationId: measures.applicationId,
      schoolId: measures.schoolId,
      school: schools.name,
      code: measures.code,
      description: measures.description,
      amount: measures.amount,
      fromBase: measures.fromBase,
      fromShared: measures.fromShared,
    })
    .from(measures)
    .innerJoin(schools, eq(schools.id, measures.schoolId))
    .where(
      and(
        eq(measures.schoolAuthorityId, user.schoolAuthorityId),
        applicationId ? eq(measures.applicationId, applicationId) : undefined,
      ),
    )
    .orderBy(asc(measures.position));
}

/** The grant that answers an application, if one stands. */
export async function findGrantOf(user: User, applicationId: string, reader: Reader = db) {
  const [grant] = await reader
    .select({ id: grants.id, fileNumber: grants.fileNumber })
    .from(grants)
    .where(
      and(
        eq(grants.applicationId, applicationId),
        eq(grants.schoolAuthorityId, user.schoolAuthorityId),
        stands(grants),
      ),
    );
  return grant;
}

export function recordApplication(
  user: User,
  id: string,
  envelopeId: string,
  draft: ApplicationDraft,
): Promise<ApplicationViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { envelopeId, ...draft })) return undefined;
    if (!(await isResolution(user, draft.resolutionId, tx))) {
      return { field: "resolutionId", rule: "resolution_not_on_file" };
    }
    const envelope = await requireEnvelope(user, envelopeId, tx);
    if (!envelope.stands) notFound();
    const programme = await keepProgramme(tx, user, envelope.programme.key);

    const checked = checkApplication(
      draft,
      programme,
      await listSchools(user, tx),
      await loadPots(tx, user, envelopeId),
      await loadLimitedUse(tx, user, programme),
      today(),
    );
    if ("violation" in checked) return checked.violation;

    const { measures: lines, ...application } = draft;
    await tx.insert(applications).values({ id, schoolAuthorityId, envelopeId, ...application });
    for (const [position, measure] of lines.entries()) {
      const share = checked.shares[position]!;
      const pots = await openPots(tx, user, envelopeId, programme, measure, share);
      await tx
        .insert(measures)
        .values({ schoolAuthorityId, applicationId: id, position, ...measure, ...share, ...pots });
    }
    await post(tx, user, { kind: "application", id });
    await rememberSent(tx, user, id, { envelopeId, ...draft });
    await logChange(tx, user, "application_recorded", { id, text: draft.title });
  });
}

/** The accounts of the pots that a line for a school takes from. */
export async function openPots(
  tx: Transaction,
  user: User,
  envelopeId: string,
  programme: Programme,
  { schoolId, code }: { schoolId: string; code: string },
  { fromBase, fromShared, beyond }: PotShare,
) {
  const pot = { schoolAuthorityId: user.schoolAuthorityId, kind: "pot" as const, envelopeId };
  const isAdministration = categoryOf(programme, code).ceiling === "administration";
  const potKind = isAdministration ? "administration" : "free";
  return {
    baseAccountId: fromBase.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind: "base", schoolId }),
    sharedAccountId: fromShared.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind, schoolId }),
    beyondAccountId: beyond.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind: "first_come", schoolId }),
  };
}
