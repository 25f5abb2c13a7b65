/** Reads uploaded files: the one field of their form. Every other form goes through `readForm`. */
import { data } from "@remix-run/node";
import { type AttachmentViolation, mostFilesAtOnce } from "./domain/attachment.ts";

export type Upload = { name: string; content: Buffer };

/** The files, or why there are none. Ends the request with 400 where no honest form sent them. */
export async function readUploads(
  request: Request,
): Promise<{ files: Upload[] } | { violation: AttachmentViolation }> {
  const form = await request.formData().catch(() => undefined);
  if (!form || [...form.keys()].some((name) => name !== "file")) throw dishonest();
  const files = form.getAll("file").filter(isFile);
  if (files.length === 0) return { violation: { field: "file", rule: "file_missing" } };
  if (files.length > mostFilesAtOnce) {
    return { violation: { field: "file", rule: "too_many_files" } };
  }
  return { files: await Promise.all(files.map(asUpload)) };
}

/** A field without a chosen file sends an empty one without a name. */
function isFile(entry: FormDataEntryValue): entry is File {
  return typeof entry !== "string" && (entry.name !== "" || entry.size > 0);
}

async function asUpload(file: File): Promise<Upload> {
  return { name: file.name, content: Buffer.from(await file.arrayBuffer()) };
}

function dishonest() {
  return data("Diese Eingabe kommt aus keinem Formular von Paktbuch.", { status: 400 });
}
