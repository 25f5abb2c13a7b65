/** One resolution (Beschluss) with its course, and what rests on it. */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Day } from "#app/domain/calendar.ts";
import { checkStage, type StageDraft, type StageViolation } from "#app/domain/resolution.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { resolutions, resolutionStages } from "#db/schema/authorities.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { standing } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export async function requireResolution(user: User, resolutionId: string, reader: Reader = db) {
  const [resolution] = await reader
    .select()
    .from(resolutions)
    .where(
      and(
        eq(resolutions.id, resolutionId),
        eq(resolutions.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  if (!resolution) notFound();
  const stages = await reader
    .select()
    .from(resolutionStages)
    .where(eq(resolutionStages.resolutionId, resolutionId))
    .orderBy(asc(resolutionStages.position));
  return { ...resolution, stages };
}

export type Resting = {
  id: string;
  kind: "application" | "allotment" | "appropriation" | "joint_service";
  title: string;
  on: Day;
  stands: boolean;
};

/** Everything that names the resolution as its ground, in the order of its days. */
export async function listResting(
  user: User,
  resolutionId: string,
  reader: Reader = db,
): Promise<Resting[]> {
  const own = (name: string): SQL =>
    sql`${sql.identifier(name)}.resolution_id = ${resolutionId}
      and ${sql.identifier(name)}.school_authority_id = ${user.schoolAuthorityId}`;
  const rows = await reader.execute<Resting>(sql`
    select id, kind, title, "on"::text as on, stands from (
      select a.id, 'application' as kind, a.title, a.submitted_on as on, ${standing(sql`a.id`)} as stands
      from applications a where ${own("a")}
      union all
      select l.id, 'allotment', 'Zuteilung des Kopfbetrags: ' || l.reason, l.decided_on, ${standing(sql`l.id`)}
      from allotments l where ${own("l")}
      union all
      select p.id, 'appropriation', c.fiscal_year || ' ' || c.name, p.decided_on, ${standing(sql`p.id`)}
      from appropriations p join accounts c on c.id = p.account_id where ${own("p")}
      union all
      select j.id, 'joint_service', j.name, j.started_on, true from joint_services j where ${own("j")}
    ) as resting order by resting.on, title`);
  return [...rows];
}

/** Adds what came next in the course of a resolution (Beratungsfolge). */
export function recordStage(
  user: User,
  id: string,
  resolutionId: string,
  draft: StageDraft,
): Promise<StageViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const { number, stages } = await requireResolution(user, resolutionId, tx);
    if (await wasSent(tx, user, id, { resolutionId, ...draft })) return undefined;
    const resting = await listResting(user, resolutionId, tx);
    const violation = checkStage(draft, resting.length > 0, today());
    if (violation) return violation;

    const position = (stages.at(-1)?.position ?? -1) + 1;
    await tx
      .insert(resolutionStages)
      .values({ id, schoolAuthorityId, resolutionId, position, ...draft });
    await rememberSent(tx, user, id, { resolutionId, ...draft });
    const text = [number, draft.committee, draft.outcome].filter(Boolean).join(", ");
    await logChange(tx, user, "resolution_stage_recorded", { id: resolutionId, text });
  });
}
