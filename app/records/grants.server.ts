/** Grants (Zuwendungen) on file, by their notices. */
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Day } from "#app/domain/calendar.ts";
import { checkGrant, type GrantDraft, type GrantViolation } from "#app/domain/grant.ts";
import { smaller } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { termsOn } from "#app/domain/terms.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { applications, envelopes } from "#db/schema/envelopes.ts";
import { grantLines, grants } from "#db/schema/grants.ts";
import { loadPots } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";
import { findGrantOf, listMeasures, requireApplication } from "./applications.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { loadLimitedUse } from "./limits.server.ts";
import { openPots } from "./pots.server.ts";
import { keepProgramme, loadProgrammes } from "./programmes.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { isClosed, loadTerms } from "./terms.server.ts";
import { grantSeenBy } from "./seen.server.ts";

export type Grant = Awaited<ReturnType<typeof requireGrant>>;

const grantColumns = {
  id: grants.id,
  schoolAuthorityId: grants.schoolAuthorityId,
  applicationId: grants.applicationId,
  fileNumber: grants.fileNumber,
  grantingAuthority: grants.grantingAuthority,
  noticeOn: grants.noticeOn,
  stands: stands(grants),
  programmeKey: envelopes.programme,
  programmeVersion: sql<
    number | null
  >`coalesce(${grants.programmeVersion}, ${envelopes.programmeVersion})`,
  envelopeId: envelopes.id,
  application: applications.title,
};

/** Grants in the order of their notices: those that stand, or the reversed ones too. */
export async function listGrants(
  user: User,
  which: "standing" | "all" = "standing",
  reader: Reader = db,
) {
  const rows = await selectGrants(
    reader,
    user,
    which === "standing" ? stands(grants) : undefined,
  ).orderBy(asc(grants.noticeOn), asc(grants.createdAt));
  return withTerms(reader, user, rows);
}

/** The grant with its terms of today, all their versions, and the programme it was made under. */
export async function requireGrant(user: User, grantId: string, reader: Reader = db) {
  const rows = await selectGrants(reader, user, eq(grants.id, grantId));
  const [grant] = await withTerms(reader, user, rows, grantId);
  return grant ?? notFound();
}

function selectGrants(reader: Reader, user: User, which: SQL | undefined) {
  return reader
    .select(grantColumns)
    .from(grants)
    .innerJoin(applications, eq(applications.id, grants.applicationId))
    .innerJoin(envelopes, eq(envelopes.id, applications.envelopeId))
    .where(
      and(
        eq(grants.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, grants.id),
        which,
      ),
    )
    .$dynamic();
}

async function withTerms(
  reader: Reader,
  user: User,
  rows: Awaited<ReturnType<typeof selectGrants>>,
  grantId?: string,
) {
  const terms = await loadTerms(reader, user.schoolAuthorityId, grantId);
  const programmeOf = await loadProgrammes(reader, user.schoolAuthorityId);
  return rows.map(({ programmeKey, programmeVersion, ...row }) => {
    const versions = terms.get(row.id)!;
    const {
      documentId: _,
      validFrom,
      kind,
      noticeOn: __,
      reason: ___,
      ...now
    } = termsOn(versions, today());
    return {
      ...row,
      ...now,
      validFrom,
      lastNotice: kind,
      versions,
      isClosed: isClosed(versions),
      programme: programmeOf(programmeKey, programmeVersion),
    };
  });
}

/** What holds for a document of a day: rules are applied by the date of the transaction. */
export function spendingTerms({ versions, isClosed, lineTolerance }: Grant, day: Day) {
  const terms = termsOn(versions, day);
  // What is left on a line is asked as of now: a tolerance that was taken back is gone.
  return { ...terms, lineTolerance: smaller(terms.lineTolerance, lineTolerance), isClosed };
}

/** The grant on which something is to be recorded: it must stand. */
export async function requireStandingGrant(user: User, grantId: string, reader: Reader) {
  const grant = await requireGrant(user, grantId, reader);
  return grant.stands ? grant : notFound();
}

export function recordGrant(
  user: User,
  id: string,
  applicationId: string,
  draft: GrantDraft,
): Promise<GrantViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const application = await requireApplication(user, applicationId, tx);
    const earlier = await tx
      .select({ id: grants.id, stands: stands(grants) })
      .from(grants)
      .where(
        and(
          eq(grants.schoolAuthorityId, schoolAuthorityId),
          eq(grants.fileNumber, draft.fileNumber),
        ),
      )
      .orderBy(desc(grants.createdAt));
    if (await wasSent(tx, user, id, { applicationId, ...draft })) return undefined;
    if (earlier.some((one) => one.stands)) {
      return { field: "fileNumber", rule: "file_number_taken" };
    }
    if (!application.stands) notFound();
    if (await findGrantOf(user, applicationId, tx)) {
      return { field: "fileNumber", rule: "granted_before" };
    }
    if (application.state !== "submitted") {
      return { field: "fileNumber", rule: "application_not_open" };
    }

    const programme = await keepProgramme(tx, user, application.programme.key);
    const measures = await listMeasures(user, applicationId, tx);
    const checked = checkGrant(draft, {
      programme,
      submittedOn: application.submittedOn,
      schoolIds: measures.map(({ schoolId }) => schoolId),
      pots: await loadPots(tx, user, application.envelopeId),
      limited: await loadLimitedUse(tx, user, programme, { deed: "notice" }),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    const { lines, ...terms } = draft;
    await tx.insert(grants).values({
      id,
      schoolAuthorityId,
      applicationId,
      supersedesId: earlier[0]?.id ?? null,
      programmeVersion: programme.version,
      ...terms,
    });
    const account = { schoolAuthorityId, grantId: id };
    await openAccount(tx, { ...account, kind: "income" });
    for (const [position, { approved, ...line }] of lines.entries()) {
      const share = checked.shares[position]!;
      await tx.insert(grantLines).values({
        schoolAuthorityId,
        grantId: id,
        position,
        budgetLineId: await openAccount(tx, { ...account, kind: "budget_line", ...line }),
        approved,
        ...share,
        ...(await openPots(tx, user, application.envelopeId, programme, line, share)),
      });
    }
    const moved = await post(tx, user, { kind: "grant", id });
    await rememberSent(tx, user, id, { applicationId, ...draft });
    await logChange(tx, user, "grant_recorded", { id, text: draft.fileNumber, moved });
  });
}
