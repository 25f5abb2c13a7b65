/** Attachments (Anlagen): files as they came, kept with what they belong to. */
import { type DocumentKind, documentKinds } from "./journal.ts";

/** What a file can belong to: any document, and three things that are none. */
export const attachmentSubjects = [
  "school",
  "resolution",
  "bank_statement",
  ...documentKinds,
] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];

/**
 * Documents for which a paper comes from outside, so that one without a file lacks its receipt
 * (Beleg). A payment is proved by the account statement and is no paper of its own.
 */
export const kindsWithReceipt = [
  "grant",
  "notice",
  "invoice",
  "payout",
  "cost_share",
] as const satisfies DocumentKind[];
export type KindWithReceipt = (typeof kindsWithReceipt)[number];

/** Where the bytes of a file are kept. */
export const fileStores = ["database", "folder", "s3"] as const;
export type FileStoreName = (typeof fileStores)[number];

/** What can be wrong with the bytes of a file on file. */
export type FileFault = "missing" | "altered" | "unreachable" | "not_set";

export const mostAttachedBytes = 20 * 1024 * 1024;
/** Of all files that are sent at once. */
export const mostBytesAtOnce = 60 * 1024 * 1024;
export const mostFilesAtOnce = 20;

/** Kinds of files that are kept, by the ending of their names. */
const typesByEnding: Record<string, string> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  heic: "image/heic",
  heif: "image/heif",
  tif: "image/tiff",
  tiff: "image/tiff",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odt: "application/vnd.oasis.opendocument.text",
  xml: "application/xml",
  csv: "text/csv",
  txt: "text/plain",
};

/** Files whose bytes do not say what they are: they must at least be text. */
const endingsOfText = ["xml", "csv", "txt"];

export const attachedEndings = Object.keys(typesByEnding).map((ending) => `.${ending}`);

/** What a browser may show itself; everything else is only handed out. */
export function isViewable(mediaType: string): boolean {
  return ["application/pdf", "image/jpeg", "image/png"].includes(mediaType);
}

export type AttachmentViolation =
  | ({ field: "file" } & (
      | { rule: "file_missing" }
      | { rule: "file_empty" }
      | { rule: "file_too_large" }
      | { rule: "file_kind_not_kept" }
      | { rule: "file_name_misleads" }
      | { rule: "too_many_files" }
      | { rule: "file_store_unreachable" }
    ))
  | { field: "reason"; rule: "file_withdrawn_before" };

/**
 * The media type under which a file is kept, or why it is not. What its bytes say (`found`) counts;
 * the ending of its name only where they say nothing, but the name must not promise something else:
 * whoever saves the file would open it as what its name says.
 */
export function checkAttachment(file: {
  name: string;
  size: number;
  found: string | undefined;
  isText: boolean;
}): { mediaType: string } | { violation: AttachmentViolation } {
  const refuse = (rule: "file_empty" | "file_too_large" | "file_kind_not_kept") => {
    return { violation: { field: "file" as const, rule } };
  };
  if (file.size === 0) return refuse("file_empty");
  if (file.size > mostAttachedBytes) return refuse("file_too_large");
  const ending = /\.([^.]+)$/.exec(bareFileName(file.name))?.[1]?.toLowerCase();
  if (file.found) {
    if (!Object.values(typesByEnding).includes(file.found)) return refuse("file_kind_not_kept");
    if (ending === undefined || isPromised(file.found, ending)) return { mediaType: file.found };
    return { violation: { field: "file", rule: "file_name_misleads" } };
  }
  const isKept = file.isText && endingsOfText.includes(ending ?? "");
  return isKept ? { mediaType: typesByEnding[ending!]! } : refuse("file_kind_not_kept");
}

/** Phones and messengers name one kind of picture like another: that deceives nobody. */
function isPromised(found: string, ending: string): boolean {
  const promised = Object.hasOwn(typesByEnding, ending) ? typesByEnding[ending]! : "";
  return found === promised || [found, promised].every((type) => type.startsWith("image/"));
}

/** The name alone, as one line: browsers of old send the path too. */
export function bareFileName(name: string): string {
  const bare = name.replace(/^.*[\\/]/s, "").replace(/[\0-\x1f\x7f]/g, "");
  return bare.trim().slice(-200) || "Anlage";
}
