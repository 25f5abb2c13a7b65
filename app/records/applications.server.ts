/** Applications (Anträge) with their measures, as they were submitted. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type ApplicationDraft,
  type ApplicationViolation,
  checkApplication,
} from "#app/domain/application.ts";
import type { Day } from "#app/domain/calendar.ts";
import { checklistOf, missingToSubmit } from "#app/domain/checklist.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { applicationDrafts, applicationSteps } from "#db/schema/applications.ts";
import { resolutions, schools } from "#db/schema/authorities.ts";
import { applications, envelopes, measures } from "#db/schema/envelopes.ts";
import { grants } from "#db/schema/grants.ts";
import { loadPots } from "./accounts.server.ts";
import { loadChecklistContext } from "./application-checklist.server.ts";
import { loadStates } from "./application-states.server.ts";
import { stands } from "./standing.server.ts";
import { logChange } from "./changes.server.ts";
import { requireEnvelope } from "./envelopes.server.ts";
import { loadLimitedUse } from "./limits.server.ts";
import { keepProgramme, loadProgrammes } from "./programmes.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { openPots } from "./pots.server.ts";
import { reverseWithin } from "./reversing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { applicationSeenBy } from "./seen.server.ts";

/** Applications with their states; reversed ones are marked. */
export async function listApplications(user: User) {
  const rows = await db
    .select({
      id: applications.id,
      title: applications.title,
      submittedOn: applications.submittedOn,
      envelopeId: applications.envelopeId,
      resolutionId: applications.resolutionId,
      resolution: resolutions.number,
      stands: stands(applications),
    })
    .from(applications)
    .innerJoin(resolutions, eq(resolutions.id, applications.resolutionId))
    .where(eq(applications.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(applications.submittedOn), asc(applications.createdAt));
  const states = await loadStates(db, user);
  return rows.map((row) => ({ ...row, ...states.get(row.id)! }));
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
      resolutionId: applications.resolutionId,
      resolution: resolutions.number,
      profile: applications.profile,
      followUpCosts: applications.followUpCosts,
      infrastructure: applications.infrastructure,
      supersedesId: applications.supersedesId,
      stands: stands(applications),
    })
    .from(applications)
    .innerJoin(envelopes, eq(envelopes.id, applications.envelopeId))
    .innerJoin(resolutions, eq(resolutions.id, applications.resolutionId))
    .where(
      and(
        eq(applications.id, applicationId),
        eq(applications.schoolAuthorityId, user.schoolAuthorityId),
        applicationSeenBy(user, applications.id),
      ),
    );
  if (!application) notFound();
  const { programmeKey, programmeVersion, ...row } = application;
  const programmeOf = await loadProgrammes(reader, user.schoolAuthorityId);
  const states = await loadStates(reader, user, row.id);
  return { ...row, ...states.get(row.id)!, programme: programmeOf(programmeKey, programmeVersion) };
}

/** The application by which this one was written anew, if there is one. */
export async function findSuccessor(user: User, applicationId: string) {
  const [successor] = await db
    .select({ id: applications.id, title: applications.title })
    .from(applications)
    .where(
      and(
        eq(applications.supersedesId, applicationId),
        eq(applications.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return successor ?? null;
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

/** Takes an application as submitted: from here on it stands as it was written, and asks for money. */
export async function recordApplication(
  user: User,
  id: string,
  envelopeId: string,
  draft: ApplicationDraft,
): Promise<ApplicationViolation[] | undefined> {
  try {
    await db.transaction((tx) => submit(tx, user, id, envelopeId, draft));
  } catch (cause) {
    if (cause instanceof Refused) return cause.violations;
    throw cause;
  }
}

/** Thrown, so that the reversal of what would have been replaced is undone as well. */
class Refused extends Error {
  readonly violations: ApplicationViolation[];
  constructor(...violations: ApplicationViolation[]) {
    super(violations.map(({ rule }) => rule).join(", "));
    this.violations = violations;
  }
}

async function submit(
  tx: Transaction,
  user: User,
  id: string,
  envelopeId: string,
  draft: ApplicationDraft,
) {
  const { schoolAuthorityId } = user;
  await lockBooks(tx, user, "record");
  if (await wasSent(tx, user, id, { envelopeId, ...draft })) return;
  const envelope = await requireEnvelope(user, envelopeId, tx);
  if (!envelope.stands) notFound();
  const programme = await keepProgramme(tx, user, envelope.programme.key);

  const { measures: lines, replacesId = null, ...application } = draft;
  const context = await loadChecklistContext(user, { id, ...draft }, tx);
  if (!context.resolution) {
    throw new Refused({ field: "resolutionId", rule: "resolution_not_on_file" });
  }
  const asked = { ...draft, measures: lines.map((line) => ({ ...line, isWhole: true })) };
  const missing = missingToSubmit(checklistOf(asked, programme, context));
  if (missing.length > 0) throw new Refused(...missing);
  if (replacesId) await makeRoom(tx, user, replacesId, draft.submittedOn);

  const checked = checkApplication(
    draft,
    programme,
    context.schools,
    await loadPots(tx, user, envelopeId),
    await loadLimitedUse(tx, user, programme),
    today(),
  );
  if ("violation" in checked) throw new Refused(checked.violation);

  await tx
    .insert(applications)
    .values({ id, schoolAuthorityId, envelopeId, ...application, supersedesId: replacesId });
  for (const [position, measure] of lines.entries()) {
    const share = checked.shares[position]!;
    const pots = await openPots(tx, user, envelopeId, programme, measure, share);
    await tx
      .insert(measures)
      .values({ schoolAuthorityId, applicationId: id, position, ...measure, ...share, ...pots });
  }
  await tx.insert(applicationSteps).values({
    schoolAuthorityId,
    applicationId: id,
    kind: "submitted",
    takenOn: draft.submittedOn,
    reason: replacesId ? "Neufassung" : "",
    recordedBy: user.id,
  });
  const moved = await post(tx, user, { kind: "application", id });
  // A draft becomes the application of the same id.
  await tx
    .update(applicationDrafts)
    .set({ submittedAs: id })
    .where(
      and(eq(applicationDrafts.id, id), eq(applicationDrafts.schoolAuthorityId, schoolAuthorityId)),
    );
  await rememberSent(tx, user, id, { envelopeId, ...draft });
  await logChange(tx, user, "application_recorded", { id, text: draft.title, moved });
}

/** Reverses what a new version replaces, so that both never ask for the same money. */
async function makeRoom(tx: Transaction, user: User, replacesId: string, submittedOn: Day) {
  const replaced = await requireApplication(user, replacesId, tx);
  const [successor] = await tx
    .select({ id: applications.id })
    .from(applications)
    .where(eq(applications.supersedesId, replacesId));
  if (successor) throw new Refused({ field: "title", rule: "replaced_before" });
  if (replaced.state === "reversed") return;
  if (replaced.state !== "returned") throw new Refused({ field: "title", rule: "not_replaceable" });
  const field = "submittedOn";
  if (submittedOn > today()) throw new Refused({ field, rule: "in_the_future" });
  if (submittedOn < replaced.lastStepOn) {
    throw new Refused({ field, rule: "before_last_step", takenOn: replaced.lastStepOn });
  }
  const reversal = { reversedOn: submittedOn, reason: "ersetzt durch Neufassung" };
  const refusal = await reverseWithin(tx, user, { kind: "application", id: replacesId }, reversal);
  if (refusal?.rule === "reversed_before_dependents") {
    throw new Refused({ field, rule: "before_last_step", takenOn: refusal.reversedOn });
  }
  if (refusal) throw new Error(`application ${replacesId} can't be replaced: ${refusal.rule}`);
}
