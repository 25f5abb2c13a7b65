/** The letter of a joint service's year as a PDF. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { letterKinds } from "#app/domain/joint-letter.ts";
import { writeJointLetter } from "#app/exports/joint-letter.server.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { download, idParam, yearParam } from "#app/http.ts";
import { requireJointLetter } from "#app/records/joint-letters.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const asked = new URL(request.url).searchParams.get("kind");
  const { letter, isExample } = await requireJointLetter(user, {
    jointServiceId: idParam(params.jointServiceId),
    fiscalYear: yearParam(params.year),
    memberId: idParam(params.memberId),
    kind: letterKinds.find((kind) => kind === asked),
  });
  const text = letterText(letter, isExample);
  const file = await writeJointLetter(text, letter.writtenOn);
  return download(file, `${text.title}.pdf`, "application/pdf", file.byteLength);
}
