/** Attachments (Anlagen): files kept as they came, with what they belong to. */
import { createHash } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { fileTypeFromBuffer } from "file-type";
import {
  type AttachmentSubject,
  type AttachmentViolation,
  bareFileName,
  checkAttachment,
} from "#app/domain/attachment.ts";
import { may, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";

export type AttachmentPlace = { subject: AttachmentSubject; subjectId: string };

/** The files at one thing, without their bytes. */
export function listAttachments(user: User, { subject, subjectId }: AttachmentPlace) {
  return db
    .select({
      id: attachments.id,
      fileName: attachments.fileName,
      size: attachments.size,
      createdAt: attachments.createdAt,
      recordedBy: users.name,
    })
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.recordedBy))
    .where(
      and(
        eq(attachments.subjectId, subjectId),
        eq(attachments.subject, subject),
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(asc(attachments.createdAt));
}

/** One file with its bytes. */
export async function requireAttachment(user: User, attachmentId: string) {
  const [attachment] = await db
    .select()
    .from(attachments)
    .where(
      and(
        eq(attachments.id, attachmentId),
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return attachment ?? notFound();
}

/** Schools that have a file, for the list of schools and the checklist. */
export async function listSubjectsWithFiles(user: User, subject: AttachmentSubject) {
  const rows = await db
    .selectDistinct({ subjectId: attachments.subjectId })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subject, subject),
      ),
    );
  return new Set(rows.map(({ subjectId }) => subjectId));
}

/** Keeps a file as it came; the same file at the same thing is kept once. */
export async function attachFile(
  user: User,
  { subject, subjectId }: AttachmentPlace,
  file: { name: string; content: Buffer },
): Promise<AttachmentViolation | undefined> {
  if (!may(user.role, "record")) forbidden();
  const { content } = file;
  await requirePlace(user, { subject, subjectId });
  // A file that is broken inside says nothing of itself.
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  const checked = checkAttachment({
    name: file.name,
    size: content.length,
    found: found?.mime,
    isText: !content.some(isControl),
  });
  if ("violation" in checked) return checked.violation;

  const { schoolAuthorityId } = user;
  const fileName = bareFileName(file.name);
  await db.transaction(async (tx) => {
    const [attached] = await tx
      .insert(attachments)
      .values({
        schoolAuthorityId,
        subject,
        subjectId,
        fileName,
        mediaType: checked.mediaType,
        size: content.length,
        hash: createHash("sha256").update(content).digest("hex"),
        content,
        recordedBy: user.id,
      })
      .onConflictDoNothing()
      .returning({ id: attachments.id });
    if (attached) await logChange(tx, user, "file_attached", { id: attached.id, text: fileName });
  });
}

/** Text of any encoding of one byte or of UTF-8 has none of these: below the space, not white. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32);
}

/** Where the thing is shown that a file belongs to; ends the request when it is not on file. */
export async function requirePlace(user: User, place: AttachmentPlace, reader: Reader = db) {
  const [found] = await reader.execute<{ path: string }>(sql`
    select path from (${pathsOf[place.subject]}) as places(id, school_authority_id, path)
    where id = ${place.subjectId} and school_authority_id = ${user.schoolAuthorityId}`);
  return found?.path ?? notFound();
}

const pathsOf = {
  school: sql`select id, school_authority_id, '/schools/' || id from schools`,
  resolution: sql`select id, school_authority_id, '/resolutions/' || id from resolutions`,
  // A draft keeps its files when it becomes the application of the same id.
  application: sql`
    select id, school_authority_id, '/applications/' || id from applications
    union all
    select id, school_authority_id, '/applications/drafts/' || id from application_drafts
    where submitted_as is null`,
  grant: sql`select id, school_authority_id, '/grants/' || id from grants`,
  notice: sql`select id, school_authority_id, '/documents/notice/' || id from notices`,
  proof: sql`select id, school_authority_id, '/proofs/' || id from proofs_of_use`,
  bank_statement: sql`select id, school_authority_id, '/bank-statements/' || id from bank_statements`,
} satisfies Record<AttachmentSubject, unknown>;
