/** The keys (Verteilungsschlüssel) of an agreement, year by year. */
import { and, asc, eq, sql } from "drizzle-orm";
import { checkKey, type Key, type KeyViolation } from "#app/domain/joint-key.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { jointKeyComponents, jointKeyFigures, jointKeys } from "#db/schema/joint-agreements.ts";
import { jointPlans } from "#db/schema/joint-years.ts";
import { logChange } from "./changes.server.ts";
import { membersOf, requireAgreement } from "./joint-agreements.server.ts";
import { lockBooks } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Every version of every key of an agreement, the newest of each year last. */
export async function listKeys(user: User, jointServiceId: string, reader: Reader = db) {
  const keys = await reader
    .select()
    .from(jointKeys)
    .where(
      and(
        eq(jointKeys.jointServiceId, jointServiceId),
        eq(jointKeys.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(asc(jointKeys.fiscalYear), asc(jointKeys.createdAt));
  const inKeys = sql`in (select id from joint_keys where joint_service_id = ${jointServiceId})`;
  const components = await reader
    .select()
    .from(jointKeyComponents)
    .where(sql`${jointKeyComponents.keyId} ${inKeys}`)
    .orderBy(asc(jointKeyComponents.position));
  const figures = await reader
    .select()
    .from(jointKeyFigures)
    .where(sql`${jointKeyFigures.keyId} ${inKeys}`)
    .orderBy(asc(jointKeyFigures.position));
  return keys.map((key) => ({
    ...key,
    components: components.filter(({ keyId }) => keyId === key.id),
    figures: figures.filter(({ keyId }) => keyId === key.id),
  }));
}

/** Gives a year its key, or a new version of it while no plan stands on one. */
export function recordKey(
  user: User,
  id: string,
  jointServiceId: string,
  draft: Key & { fiscalYear: number },
): Promise<KeyViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const agreement = await requireAgreement(user, jointServiceId, tx);
    if (await wasSent(tx, user, id, { jointServiceId, ...draft })) return undefined;
    const { fiscalYear, components, figures } = draft;
    const [plan] = await tx
      .select({ keyId: jointPlans.keyId })
      .from(jointPlans)
      .where(
        and(
          eq(jointPlans.jointServiceId, jointServiceId),
          eq(jointPlans.fiscalYear, fiscalYear),
          stands(jointPlans),
        ),
      );
    const keys = await listKeys(user, jointServiceId, tx);
    const frozen = keys.find((key) => key.id === plan?.keyId);
    const members = membersOf(agreement, fiscalYear).filter(({ days }) => days > 0);
    const violation = checkKey(draft, members, frozen);
    if (violation) return violation;

    await tx.insert(jointKeys).values({ id, schoolAuthorityId, jointServiceId, fiscalYear });
    await tx.insert(jointKeyComponents).values(
      components.map((component, position) => {
        return { ...component, schoolAuthorityId, keyId: id, position };
      }),
    );
    // Figures of bases that the key does not use, and of nobody's members, are no part of it.
    const used = figures.filter(
      ({ basis, memberId }) =>
        components.some((one) => one.basis === basis) && members.some((m) => m.id === memberId),
    );
    if (used.length > 0) {
      await tx
        .insert(jointKeyFigures)
        .values(
          used.map((figure, position) => ({ ...figure, schoolAuthorityId, keyId: id, position })),
        );
    }
    await rememberSent(tx, user, id, { jointServiceId, ...draft });
    await logChange(tx, user, "joint_key_recorded", {
      id,
      text: `${agreement.name} ${fiscalYear}`,
    });
  });
}
