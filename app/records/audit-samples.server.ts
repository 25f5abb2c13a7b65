/** Samples (Stichproben) on file: drawn by an auditor, each with all that draws it again. */
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { mayUser, type User } from "#app/domain/permission.ts";
import {
  checkSample,
  drawSample,
  type SampleDraft,
  type SampleViolation,
} from "#app/domain/sampling.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { auditMarks, auditSamples, auditSampleUnits } from "#db/schema/audit-marks.ts";
import { grants } from "#db/schema/grants.ts";
import { invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { users } from "#db/schema/users.ts";
import { type AuditScope, loadAuditedReceipts } from "./audited-receipts.server.ts";
import { insertAll } from "./bulk.server.ts";
import { logChange } from "./changes.server.ts";
import { requireGrant } from "./grants.server.ts";
import { lockBooks } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { invoiceSeenBy } from "./seen.server.ts";

/**
 * Draws a sample of the receipts that stand in the scope, keeps it with its population, and marks what was
 * drawn. The id is the form's: sent twice, it is drawn once.
 */
export function recordSample(
  user: User,
  id: string,
  scope: AuditScope,
  draft: SampleDraft,
): Promise<SampleViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "mark_receipts");
    if (scope.grantId) await requireGrant(user, scope.grantId, tx);
    const sent = { ...scope, ...draft };
    if (await wasSent(tx, user, id, sent)) return undefined;
    const receipts = await loadAuditedReceipts(user, scope, tx);
    const population = receipts.map(({ id, grossAmount, hints }) => {
      return { id, amount: grossAmount, hints: hints.length };
    });
    const violation = checkSample(draft, population);
    if (violation) return violation;

    const drawn = drawSample(population, draft);
    const placeOf = new Map(drawn.map((invoiceId, place) => [invoiceId, place + 1]));
    await tx
      .insert(auditSamples)
      .values({ id, schoolAuthorityId, ...scope, ...draft, drawnBy: user.id });
    const units = population.map(({ id: invoiceId, amount, hints }, index) => {
      const drawnAs = placeOf.get(invoiceId) ?? null;
      return {
        schoolAuthorityId,
        sampleId: id,
        position: index + 1,
        invoiceId,
        amount,
        hints,
        drawnAs,
      };
    });
    await insertAll(tx, auditSampleUnits, units);
    const marks = drawn.map((invoiceId) => {
      return { invoiceId, sampleId: id, kind: "sampled" as const, text: "", markedBy: user.id };
    });
    await insertAll(
      tx,
      auditMarks,
      marks.map((mark) => ({ schoolAuthorityId, ...mark })),
    );
    await rememberSent(tx, user, id, sent);
    const text = `${drawn.length} von ${population.length} Belegen, Startzahl ${draft.seed}`;
    await logChange(tx, user, "sample_drawn", { id, text });
  });
}

/** Samples of the authority that hold nothing beyond what the user sees. */
function ownSamples(user: User) {
  const unseen = invoiceSeenBy(user, sql`u.invoice_id`);
  return and(
    eq(auditSamples.schoolAuthorityId, user.schoolAuthorityId),
    unseen &&
      sql`not exists (select 1 from audit_sample_units u
        where u.sample_id = ${auditSamples.id} and not ${unseen})`,
  );
}

function selectSamples(reader: Reader) {
  return reader
    .select({
      id: auditSamples.id,
      grantId: auditSamples.grantId,
      fromYear: auditSamples.fromYear,
      untilYear: auditSamples.untilYear,
      method: auditSamples.method,
      size: auditSamples.size,
      seed: auditSamples.seed,
      createdAt: auditSamples.createdAt,
      fileNumber: grants.fileNumber,
      drawnBy: users.name,
      count: sql<number>`(select count(*)::int from audit_sample_units u where u.sample_id = ${auditSamples.id})`,
      drawn: sql<number>`(select count(drawn_as)::int from audit_sample_units u where u.sample_id = ${auditSamples.id})`,
    })
    .from(auditSamples)
    .innerJoin(users, eq(users.id, auditSamples.drawnBy))
    .leftJoin(grants, eq(grants.id, auditSamples.grantId))
    .$dynamic();
}

/** Samples of the authority, the newest first. */
export function listSamples(user: User, reader: Reader = db) {
  if (!mayUser(user, "read_books")) forbidden();
  return selectSamples(reader).where(ownSamples(user)).orderBy(desc(auditSamples.createdAt));
}

/** A sample with what it was drawn from, and whether its seed gives the same receipts again. */
export async function requireSample(user: User, sampleId: string, reader: Reader = db) {
  const [sample] = await selectSamples(reader).where(
    and(eq(auditSamples.id, sampleId), ownSamples(user)),
  );
  if (!sample) notFound();
  const units = await reader
    .select({
      id: auditSampleUnits.invoiceId,
      position: auditSampleUnits.position,
      amount: auditSampleUnits.amount,
      hints: auditSampleUnits.hints,
      drawnAs: auditSampleUnits.drawnAs,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      supplier: suppliers.name,
      place: sql<string>`coalesce(${grants.fileNumber}, 'Haushalt ' || ${invoices.fiscalYear})`,
    })
    .from(auditSampleUnits)
    .innerJoin(invoices, eq(invoices.id, auditSampleUnits.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .leftJoin(grants, eq(grants.id, invoices.grantId))
    .where(eq(auditSampleUnits.sampleId, sampleId))
    .orderBy(asc(auditSampleUnits.position));
  const drawn = units
    .filter(({ drawnAs }) => drawnAs !== null)
    .toSorted((a, b) => a.drawnAs! - b.drawnAs!);
  const again = drawSample(units, sample);
  const isSame = again.join() === drawn.map(({ id }) => id).join();
  return { ...sample, units, chosen: drawn, isSame };
}
