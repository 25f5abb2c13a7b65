/** The file of an e-invoice, and the files within it. */
import { and, eq } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { readApart } from "#app/readers/apart.server.ts";
import { db } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { requireAttachment } from "./attachments.server.ts";
import { requireEInvoice } from "./e-invoices.server.ts";
import { readStoredFile } from "./stored-files.server.ts";

/** The file of an e-invoice as it came. */
export async function requireEInvoiceFile(user: User, { id, hash }: { id: string; hash: string }) {
  const [file] = await db
    .select({ id: attachments.id })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subjectId, id),
        eq(attachments.hash, hash),
      ),
    )
    .limit(1);
  return file ? requireAttachment(user, file.id) : notFound();
}

/** One of the files that an e-invoice carries, read out of it anew. */
export async function requireCarriedFile(user: User, id: string, position: number) {
  const received = await requireEInvoice(user, id);
  const { file } = received.invoice.attachments[position] ?? notFound();
  const stored = await readStoredFile(await requireEInvoiceFile(user, received));
  if (!file || "fault" in stored) notFound();
  const read = await readApart("eInvoice", stored.content);
  const bytes = "problem" in read ? null : read.files[position];
  return bytes ? { ...file, bytes: new Uint8Array(bytes) } : notFound();
}
