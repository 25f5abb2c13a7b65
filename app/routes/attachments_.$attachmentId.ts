import type { LoaderFunctionArgs } from "@remix-run/node";
import { isViewable } from "#app/domain/attachment.ts";
import { faultSentence } from "#app/german/file-sentences.ts";
import { download, idParam, unavailable } from "#app/http.ts";
import { requireAttachment } from "#app/records/attachments.server.ts";
import { readStoredFile } from "#app/records/stored-files.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireUser } from "#app/session.server.ts";

/** What is looked at in the browser can neither run a script nor load anything, nor act in our name. */
const harmless = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox";

/** A file, checked against its hash; with `?view` shown in the browser where that is safe. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const file = await requireAttachment(user, idParam(params.attachmentId));
  const read = await readStoredFile(file);
  if ("fault" in read) return unavailable(faultSentence(read.fault, file));

  const { fileName, mediaType, size } = file;
  const isShown = new URL(request.url).searchParams.has("view") && isViewable(mediaType);
  const disposition = isShown ? "inline" : "attachment";
  await logDownload(user, { id: file.id, name: fileName, hash: file.hash });
  const response = download(read.content, fileName, mediaType, size, disposition);
  response.headers.set("Content-Security-Policy", harmless);
  return response;
}
