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
import { attachmentSubjects, fileStores } from "#app/domain/attachment.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { users } from "./users.ts";

export const attachmentSubject = pgEnum("attachment_subject", attachmentSubjects);
export const fileStore = pgEnum("file_store", fileStores);

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Attachment (Anlage): a file as it came, unchanged, kept with what it belongs to. */
export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    subject: attachmentSubject().notNull(),
    /** The document, school or resolution that it belongs to. */
    subjectId: uuid().notNull(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    /** SHA-256 of the bytes. */
    hash: text().notNull(),
    /** Where its bytes are: each row says so, and a change of the setting leaves old files where they are. */
    storedIn: fileStore().notNull().default("database"),
    /** The bytes; null where a folder or S3 keeps them. */
    content: bytes(),
    /** The withdrawn file with the same bytes at the same thing that this one replaces. */
    supersedesId: uuid().unique("attachment_is_superseded_once"),
    recordedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (attachment) => [
    unique("attachment_is_of_one_authority").on(attachment.id, attachment.schoolAuthorityId),
    unique("file_is_attached_once")
      .on(
        attachment.schoolAuthorityId,
        attachment.subjectId,
        attachment.hash,
        attachment.supersedesId,
      )
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_attachment_is_of_the_same_authority",
      [attachment.supersedesId, attachment.schoolAuthorityId],
      [attachment.id, attachment.schoolAuthorityId],
    ),
    withinAuthority(
      "file_is_attached_within_its_authority",
      [attachment.recordedBy, attachment.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("attachments_by_subject").on(attachment.subjectId),
    check("attached_file_is_whole", sql`octet_length(${attachment.content}) = ${attachment.size}`),
    check(
      "attached_file_is_where_it_says",
      sql`(${attachment.storedIn} = 'database') = (${attachment.content} is not null)`,
    ),
  ],
);

/** Withdrawal of a file that was attached by mistake: the file stays, marked with who, when and why. */
export const attachmentWithdrawals = pgTable(
  "attachment_withdrawals",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    attachmentId: uuid().notNull().unique("attachment_is_withdrawn_once"),
    reason: text().notNull(),
    withdrawnBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (withdrawal) => [
    withinAuthority(
      "withdrawn_attachment_is_of_the_same_authority",
      [withdrawal.attachmentId, withdrawal.schoolAuthorityId],
      [attachments.id, attachments.schoolAuthorityId],
    ),
    withinAuthority(
      "attachment_is_withdrawn_within_its_authority",
      [withdrawal.withdrawnBy, withdrawal.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
