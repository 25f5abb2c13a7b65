import { sql } from "drizzle-orm";
import {
  check,
  customType,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { attachmentSubjects } from "#app/domain/attachment.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

export const attachmentSubject = pgEnum("attachment_subject", attachmentSubjects);

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Attachment (Anlage): a file as it came, unchanged, kept with what it belongs to. */
export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    subject: attachmentSubject().notNull(),
    /** The school, application, grant, notice or proof that it belongs to. */
    subjectId: uuid().notNull(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    /** SHA-256 of the bytes. */
    hash: text().notNull(),
    content: bytes().notNull(),
    recordedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (attachment) => [
    unique("file_is_attached_once").on(
      attachment.schoolAuthorityId,
      attachment.subjectId,
      attachment.hash,
    ),
    withinAuthority(
      "file_is_attached_within_its_authority",
      [attachment.recordedBy, attachment.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("attachments_by_subject").on(attachment.subjectId),
    check("attached_file_is_whole", sql`octet_length(${attachment.content}) = ${attachment.size}`),
  ],
);
