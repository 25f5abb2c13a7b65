/** Attachments (Anlagen): files as they came, kept with what they belong to. */

export const attachmentSubjects = [
  "school",
  "resolution",
  "application",
  "grant",
  "notice",
  "proof",
  "bank_statement",
] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];

export const mostAttachedBytes = 20 * 1024 * 1024;

/** Kinds of files that are kept, by the ending of their names. */
const typesByEnding: Record<string, string> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
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

export type AttachmentViolation = { field: "file" } & (
  | { rule: "file_missing" }
  | { rule: "file_empty" }
  | { rule: "file_too_large" }
  | { rule: "file_kind_not_kept" }
);

/**
 * The media type under which a file is kept, or why it is not. What its bytes say (`found`) counts;
 * the ending of its name only where they say nothing.
 */
export function checkAttachment(file: {
  name: string;
  size: number;
  found: string | undefined;
  isText: boolean;
}): { mediaType: string } | { violation: AttachmentViolation } {
  const refuse = (rule: AttachmentViolation["rule"]) => {
    return { violation: { field: "file", rule } as AttachmentViolation };
  };
  if (file.size === 0) return refuse("file_empty");
  if (file.size > mostAttachedBytes) return refuse("file_too_large");
  if (file.found) {
    const isKept = Object.values(typesByEnding).includes(file.found);
    return isKept ? { mediaType: file.found } : refuse("file_kind_not_kept");
  }
  const ending = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const isKept = file.isText && endingsOfText.includes(ending);
  return isKept ? { mediaType: typesByEnding[ending]! } : refuse("file_kind_not_kept");
}

/** The name alone, as one line: browsers of old send the path too. */
export function bareFileName(name: string): string {
  const bare = name.replace(/^.*[\\/]/s, "").replace(/[\0-\x1f\x7f]/g, "");
  return bare.trim().slice(-200) || "Anlage";
}
