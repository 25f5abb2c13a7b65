/** Reads an uploaded file: the one field of its form. Every other form goes through `readForm`. */
import { data } from "@remix-run/node";
import type { AttachmentViolation } from "./domain/attachment.ts";

export type Upload = { name: string; content: Buffer };

/** The file, or that none was chosen. Ends the request with 400 where no honest form sent it. */
export async function readUpload(
  request: Request,
): Promise<{ file: Upload } | { violation: AttachmentViolation }> {
  const form = await request.formData().catch(() => undefined);
  const [field, ...others] = form ? [...form] : [];
  if (!form || others.length > 0 || (field && field[0] !== "file")) throw dishonest();
  const file = field?.[1];
  // A form without a chosen file sends an empty one without a name.
  if (!file || typeof file === "string" || (file.name === "" && file.size === 0)) {
    return { violation: { field: "file", rule: "file_missing" } };
  }
  return { file: { name: file.name, content: Buffer.from(await file.arrayBuffer()) } };
}

function dishonest() {
  return data("Diese Eingabe kommt aus keinem Formular von Paktbuch.", { status: 400 });
}
