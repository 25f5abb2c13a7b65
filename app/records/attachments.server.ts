/** Attachments (Anlagen): files kept as they came, with what they belong to. */
import { createHash } from "node:crypto";
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { fileTypeFromBuffer } from "file-type";
import {
  type AttachmentSubject,
  type AttachmentViolation,
  bareFileName,
  checkAttachment,
} from "#app/domain/attachment.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { attachments, attachmentWithdrawals } from "#db/schema/attachments.ts";
import { users } from "#db/schema/users.ts";
import { type AttachmentPlace, requirePlace } from "./attachment-places.server.ts";
import { logChange } from "./changes.server.ts";
import { holdHead } from "./journal.server.ts";
import { keepBytes } from "./stored-files.server.ts";
import { logError } from "#app/log.server.ts";

/** True for a file that nobody has withdrawn. */
export const isInForce: SQL = sql`not exists (
  select 1 from attachment_withdrawals w where w.attachment_id = attachments.id)`;

const withdrawers = alias(users, "withdrawers");

/** Files without their bytes, the oldest first; withdrawn ones with who, when and why. */
function selectAttachments(user: User, which: SQL) {
  return db
    .select({
      id: attachments.id,
      subject: attachments.subject,
      subjectId: attachments.subjectId,
      fileName: attachments.fileName,
      mediaType: attachments.mediaType,
      size: attachments.size,
      hash: attachments.hash,
      storedIn: attachments.storedIn,
      createdAt: attachments.createdAt,
      recordedBy: users.name,
      withdrawnAt: attachmentWithdrawals.createdAt,
      withdrawnBy: withdrawers.name,
      reason: attachmentWithdrawals.reason,
    })
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.recordedBy))
    .leftJoin(attachmentWithdrawals, eq(attachmentWithdrawals.attachmentId, attachments.id))
    .leftJoin(withdrawers, eq(withdrawers.id, attachmentWithdrawals.withdrawnBy))
    .where(and(which, eq(attachments.schoolAuthorityId, user.schoolAuthorityId)))
    .orderBy(asc(attachments.createdAt));
}

export function listAttachments(user: User, { subject, subjectId }: AttachmentPlace) {
  return selectAttachments(
    user,
    and(eq(attachments.subjectId, subjectId), eq(attachments.subject, subject))!,
  );
}

/** What a page shows of the files at its thing. */
export async function loadAttachments(user: User, place: AttachmentPlace) {
  const files = await listAttachments(user, place);
  return { place, files, mayAttach: mayUser(user, "attach") };
}

export async function requireAttachment(user: User, attachmentId: string) {
  const [attachment] = await selectAttachments(user, eq(attachments.id, attachmentId));
  if (!attachment) notFound();
  if (user.limits) await requirePlace(user, attachment);
  return attachment;
}

/** Things of one kind that have a file in force. */
export async function listSubjectsWithFiles(
  user: User,
  subject: AttachmentSubject,
  reader: Reader = db,
) {
  const rows = await reader
    .selectDistinct({ subjectId: attachments.subjectId })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subject, subject),
        isInForce,
      ),
    );
  return new Set(rows.map(({ subjectId }) => subjectId));
}

/** Names and hashes of the files in force at the things of one kind. */
export async function loadFileNames(reader: Reader, user: User, subject: AttachmentSubject) {
  const rows = await reader
    .select({
      subjectId: attachments.subjectId,
      fileName: attachments.fileName,
      hash: attachments.hash,
    })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subject, subject),
        isInForce,
      ),
    )
    .orderBy(asc(attachments.createdAt));
  const byThing = new Map<string, { fileName: string; hash: string }[]>();
  for (const { subjectId, ...file } of rows) {
    byThing.set(subjectId, [...(byThing.get(subjectId) ?? []), file]);
  }
  return byThing;
}

/** Keeps a file as it came; the same file at the same thing is kept once. */
export async function attachFile(
  user: User,
  place: AttachmentPlace,
  file: { name: string; content: Buffer },
): Promise<AttachmentViolation | undefined> {
  if (!mayUser(user, "attach")) forbidden();
  const { content } = file;
  await requirePlace(user, place);
  // A file that is broken inside says nothing of itself.
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  const checked = checkAttachment({
    name: file.name,
    size: content.length,
    found: found?.mime,
    isText: !content.some(isControl),
  });
  if ("violation" in checked) return checked.violation;

  const hash = createHash("sha256").update(content).digest("hex");
  const earlier = await findEarlier(user, place, hash);
  if (earlier && !earlier.isWithdrawn) return undefined;
  const kept = await keepBytes(hash, content).catch((cause: unknown) => logError(cause));
  if (!kept) return { field: "file", rule: "file_store_unreachable" };

  const fileName = bareFileName(file.name);
  await db.transaction(async (tx) => {
    await holdHead(tx, user.schoolAuthorityId);
    const [attached] = await tx
      .insert(attachments)
      .values({
        ...place,
        ...kept,
        schoolAuthorityId: user.schoolAuthorityId,
        fileName,
        mediaType: checked.mediaType,
        size: content.length,
        hash,
        supersedesId: earlier?.id ?? null,
        recordedBy: user.id,
      })
      .onConflictDoNothing()
      .returning({ id: attachments.id });
    if (attached) await logChange(tx, user, "file_attached", { id: attached.id, text: fileName });
  });
}

/** The last file with the same bytes at the thing. */
async function findEarlier(user: User, { subject, subjectId }: AttachmentPlace, hash: string) {
  const [earlier] = await db
    .select({ id: attachments.id, isWithdrawn: sql<boolean>`not ${isInForce}` })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subject, subject),
        eq(attachments.subjectId, subjectId),
        eq(attachments.hash, hash),
      ),
    )
    .orderBy(desc(attachments.createdAt))
    .limit(1);
  return earlier;
}

/** Text of any encoding of one byte or of UTF-8 has none of these: below the space, not white. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32);
}

/** Marks a file that was attached by mistake; nothing of it is deleted. */
export async function withdrawFile(
  user: User,
  attachmentId: string,
  reason: string,
): Promise<AttachmentViolation | undefined> {
  if (!mayUser(user, "attach")) forbidden();
  const { fileName } = await requireAttachment(user, attachmentId);
  const { id: withdrawnBy, schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await holdHead(tx, schoolAuthorityId);
    const [withdrawal] = await tx
      .insert(attachmentWithdrawals)
      .values({ schoolAuthorityId, attachmentId, reason, withdrawnBy })
      .onConflictDoNothing()
      .returning({ id: attachmentWithdrawals.id });
    if (!withdrawal) return { field: "reason", rule: "file_withdrawn_before" };
    const text = `${fileName}: ${reason}`;
    await logChange(tx, user, "file_withdrawn", {
      ...{ id: attachmentId, text },
      before: { [fileName]: "gilt" },
      after: { [fileName]: "zurückgezogen" },
    });
  });
}
