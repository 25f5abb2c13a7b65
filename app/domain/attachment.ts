/** Attachments (Anlagen): files as they came, kept with what they belong to. */

export const attachmentSubjects = [
  "school",
  "resolution",
  "application",
  "grant",
  "notice",
  "proof",
] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];
