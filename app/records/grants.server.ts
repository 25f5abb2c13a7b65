/** Grants (Zuwendungen) on file, by their notices. */
import { and, asc, desc, eq, getTableColumns } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { checkGrant, type GrantDraft, type GrantViolation } from "#app/domain/grant.ts";
import type { User } from "#app/domain/permission.ts";
import { programmeOf } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { applications, envelopes } from "#db/schema/envelopes.ts";
import { grantLines, grants } from "#db/schema/grants.ts";
import { loadPots, stands } from "./accounts.server.ts";
import { findGrantOf, listMeasures, openPots, requireApplication } from "./applications.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export type Grant = Awaited<ReturnType<typeof requireGrant>>;

const grantColumns = {
  ...getTableColumns(grants),
  stands: stands(grants),
  programme: envelopes.programme,
  envelopeId: envelopes.id,
  application: applications.title,
};

/** Grants in the order of their notices: those that stand, or the reversed ones too. */
export function listGrants(
  user: User,
  which: "standing" | "all" = "standing",
  reader: Reader = db,
) {
  return reader
    .select(grantColumns)
    .from(grants)
    .innerJoin(applications, eq(applications.id, grants.applicationId))
    .innerJoin(envelopes, eq(envelopes.id, applications.envelopeId))
    .where(
      and(
        eq(grants.schoolAuthorityId, user.schoolAuthorityId),
        which === "standing" ? stands(grants) : undefined,
      ),
    )
    .orderBy(asc(grants.noticeOn), asc(grants.createdAt));
}

export async function requireGrant(user: User, grantId: string, reader: Reader = db) {
  const [grant] = await reader
    .select(grantColumns)
    .from(grants)
    .innerJoin(applications, eq(applications.id, grants.applicationId))
    .innerJoin(envelopes, eq(envelopes.id, applications.envelopeId))
    .where(and(eq(grants.id, grantId), eq(grants.schoolAuthorityId, user.schoolAuthorityId)));
  return grant ?? notFound();
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

    const programme = programmeOf(application.programme);
    const measures = await listMeasures(user, applicationId, tx);
    const checked = checkGrant(draft, {
      programme,
      submittedOn: application.submittedOn,
      schoolIds: measures.map(({ schoolId }) => schoolId),
      pots: await loadPots(tx, user, application.envelopeId),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    const { lines, ...terms } = draft;
    const supersedesId = earlier[0]?.id ?? null;
    await tx
      .insert(grants)
      .values({ id, schoolAuthorityId, applicationId, supersedesId, ...terms });
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
    await post(tx, user, { kind: "grant", id });
    await rememberSent(tx, user, id, { applicationId, ...draft });
    await logChange(tx, user, "grant_recorded", { id, text: draft.fileNumber });
  });
}
