/** Files sent by a form or by its script: kept one by one; what is refused is said by name. */
import type { User } from "#app/domain/permission.ts";
import { attachmentSubjects } from "#app/domain/attachment.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound } from "#app/http.ts";
import { requirePlace } from "#app/records/attachment-places.server.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { readUploads } from "#app/upload-form.ts";

/** Where to go on, and a sentence for each file that was not kept. */
export async function takeUploads(user: User, request: Request) {
  const place = placeParam(request);
  const { path } = await findPlace(user, request);
  const upload = await readUploads(request);
  if ("violation" in upload) return { path, problems: [problemOf(upload.violation).sentence] };

  const problems: string[] = [];
  for (const file of upload.files) {
    const violation = await attachFile(user, place, file);
    if (!violation) continue;
    const { sentence } = problemOf(violation);
    problems.push(upload.files.length === 1 ? sentence : `„${file.name}“: ${sentence}`);
  }
  return { path, problems };
}

/** The thing that the files belong to, and the page to go back to: its own, or the list of what is missing. */
export async function findPlace(user: User, request: Request) {
  const { title, path } = await requirePlace(user, placeParam(request));
  const isFromList = new URL(request.url).searchParams.get("from") === "receipts";
  return { title, path: isFromList ? "/receipts" : path };
}

/** What the files belong to stands in the address: the body is only the files. */
export function placeParam(request: Request) {
  const query = new URL(request.url).searchParams;
  const subject = attachmentSubjects.find((one) => one === query.get("subject")) ?? notFound();
  return { subject, subjectId: idParam(query.get("subjectId") ?? undefined) };
}
