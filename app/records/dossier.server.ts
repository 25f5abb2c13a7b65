/** Dossier (Prüfakte) of a grant: every paper of it, and what is missing. */
import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { Day } from "#app/domain/calendar.ts";
import type {
  Dossier,
  DossierFile,
  DossierThing,
  Missing,
  PaperKind,
} from "#app/domain/dossier.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { attachments, attachmentWithdrawals } from "#db/schema/attachments.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { requireAuthority } from "./authorities.server.ts";
import { isOneOf } from "./bulk.server.ts";
import { papersOf } from "./dossier-papers.server.ts";
import { requireGrant } from "./grants.server.ts";
import { listMissingReceipts } from "./missing-receipts.server.ts";
import { seenBy } from "./seen.server.ts";

/** Everything but the bytes. To be read as known on a moment. @throws Response 404 for a grant of nobody's */
export async function loadDossier(
  user: User,
  { asOf, knownOn }: BookScope,
  grantId: string,
): Promise<Dossier> {
  const { fileNumber } = await requireGrant(user, grantId);
  const { name, isExample } = await requireAuthority(user);
  const things = await loadThings(user, grantId, asOf);
  const files = await loadFiles(user, things);
  return {
    authority: name,
    isExample,
    fileNumber,
    asOf,
    knownOn: knownOn!,
    files,
    missing: await listMissing(user, { grantId, asOf, things, files }),
    isLimited: user.limits !== undefined,
  };
}

type Row = {
  kind: PaperKind;
  id: string;
  dated_on: Day | null;
  number: string;
  party: string;
  detail: string;
  rests_on: string | null;
  is_reversed: boolean;
};
type Thing = DossierThing & { restsOn: string | null };

/** What papers can belong to, in the order of its kinds and days. */
async function loadThings(user: User, grantId: string, asOf: Day): Promise<Thing[]> {
  const rows = await db.execute<Row>(papersOf(user, grantId, asOf));
  const bookings = await loadBookings(
    user,
    asOf,
    rows.map(({ id }) => id),
  );
  const things = rows.map(
    (row): Thing => ({
      kind: row.kind,
      id: row.id,
      datedOn: row.dated_on,
      number: row.number,
      party: row.party,
      detail: row.detail,
      isReversed: row.is_reversed,
      restsOn: row.rests_on,
      bookings: bookings.get(row.id) ?? [],
    }),
  );
  // A resolution books nothing: it is the ground of what the applications booked that rest on it.
  for (const resolution of things.filter(({ kind }) => kind === "resolution")) {
    const resting = things.filter(({ restsOn }) => restsOn === resolution.id);
    resolution.groundOf = [...new Set(resting.map(({ number }) => number))];
    resolution.bookings = resting
      .flatMap((application) => application.bookings)
      .sort((a, b) => a - b);
  }
  return things;
}

/** Numbers of the entries up to the day by the document that made them; its reversal counts as its own. */
async function loadBookings(user: User, asOf: Day, ids: string[]) {
  const made = sql<string>`coalesce(r.document_id, ${entries.documentId})`;
  const rows = await db
    .select({ documentId: made, number: entries.number })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .leftJoin(sql`reversals r`, sql`r.id = ${entries.documentId}`)
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        sql`${entries.bookedOn} <= ${asOf}`,
        sql`(${isOneOf(entries.documentId, ids)} or r.document_id = any(${`{${ids.join(",")}}`}::uuid[]))`,
        seenBy(user, accounts),
      ),
    )
    .orderBy(asc(entries.number));
  const found = new Map<string, number[]>();
  for (const { documentId, number } of rows) {
    found.set(documentId, [...(found.get(documentId) ?? []), number]);
  }
  return found;
}

const withdrawers = alias(users, "withdrawers");

async function loadFiles(user: User, things: Thing[]): Promise<DossierFile[]> {
  const places = new Map(things.map((thing, at) => [`${subjectOf(thing)} ${thing.id}`, at]));
  const rows = await db
    .select({
      file: {
        id: attachments.id,
        hash: attachments.hash,
        size: attachments.size,
        storedIn: attachments.storedIn,
        mediaType: attachments.mediaType,
        fileName: attachments.fileName,
      },
      subject: attachments.subject,
      subjectId: attachments.subjectId,
      attachedAt: attachments.createdAt,
      attachedBy: users.name,
      withdrawnAt: attachmentWithdrawals.createdAt,
      withdrawnBy: withdrawers.name,
      reason: attachmentWithdrawals.reason,
    })
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.recordedBy))
    .leftJoin(attachmentWithdrawals, eq(attachmentWithdrawals.attachmentId, attachments.id))
    .leftJoin(withdrawers, eq(withdrawers.id, attachmentWithdrawals.withdrawnBy))
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        isOneOf(
          attachments.subjectId,
          things.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(attachments.createdAt), asc(attachments.id));
  return rows
    .flatMap(({ file, subject, subjectId, ...row }) => {
      const at = places.get(`${subject} ${subjectId}`);
      if (at === undefined) return [];
      const withdrawn = row.withdrawnAt && {
        at: row.withdrawnAt.toISOString(),
        by: row.withdrawnBy!,
        reason: row.reason!,
      };
      const { attachedBy } = row;
      const attachedAt = row.attachedAt.toISOString();
      return { at, file: { ...file, attachedAt, attachedBy, withdrawn, thing: things[at]! } };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ file }) => file);
}

/** Where its files hang: an e-invoice has the place of the invoice that it may become. */
function subjectOf({ kind }: DossierThing): string {
  return kind === "e_invoice" ? "invoice" : kind;
}

/** Papers from outside without a file, schools without a concept or its file, resolutions without a file. */
async function listMissing(
  user: User,
  given: { grantId: string; asOf: Day; things: Thing[]; files: DossierFile[] },
): Promise<Missing[]> {
  const { grantId, asOf, things, files } = given;
  const has = new Set(files.filter(({ withdrawn }) => !withdrawn).map(({ thing }) => thing.id));
  const thingOf = new Map(things.map((thing) => [`${thing.kind} ${thing.id}`, thing]));
  const receipts = (await listMissingReceipts(user, { grantId })).flatMap(
    ({ kind, id, datedOn, amount }): Missing[] => {
      const thing = thingOf.get(`${kind} ${id}`);
      return thing && datedOn <= asOf ? [{ why: "no_file", thing, amount }] : [];
    },
  );
  const others = things.flatMap((thing): Missing[] => {
    if (thing.kind === "school" && thing.datedOn === null) return [{ why: "no_concept", thing }];
    // One on which no application of the grant rests up to the day is not the grant's.
    const isGround = thing.kind === "resolution" && (thing.groundOf ?? []).length > 0;
    const needsFile = isGround || thing.kind === "school";
    return needsFile && !has.has(thing.id) ? [{ why: "no_file", thing, amount: null }] : [];
  });
  return [...receipts, ...others];
}
