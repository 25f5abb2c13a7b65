/** The own letter of another authority's joint service (IKZ) as a PDF. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { letterKinds } from "#app/domain/joint-letter.ts";
import { writeJointLetter } from "#app/exports/joint-letter.server.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { download, idParam, yearParam } from "#app/http.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireSeenLetter } from "#app/records/joint-seen.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const asked = new URL(request.url).searchParams.get("kind");
  const { letter, isExample } = await requireSeenLetter(
    user,
    idParam(params.linkId),
    yearParam(params.year),
    letterKinds.find((kind) => kind === asked),
  );
  const text = letterText(letter, isExample);
  const file = await writeJointLetter(text, letter.writtenOn);
  await logDownload(user, { name: `${text.title}.pdf`, bytes: file });
  return download(file, `${text.title}.pdf`, "application/pdf", file.byteLength);
}
