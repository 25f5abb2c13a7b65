/** Files that an e-invoice carries (BG-24), as bytes. */
import { bareFileName } from "#app/domain/attachment.ts";
import type { EInvoiceAttachment } from "#app/domain/e-invoice.ts";
import type { XmlElement } from "./xml.ts";

export type Attached = { attachment: EInvoiceAttachment; bytes: Uint8Array | null };

export function attached(
  object: XmlElement | undefined,
  given: Pick<EInvoiceAttachment, "reference" | "description" | "address">,
): Attached {
  const base64 = object?.text;
  if (!base64) return { attachment: { ...given, file: null }, bytes: null };
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  const file = {
    name: bareFileName(object.attribute("filename") ?? given.reference),
    mediaType: object.attribute("mimeCode") ?? "application/octet-stream",
    size: bytes.length,
  };
  return { attachment: { ...given, file }, bytes };
}
