/** The letter of a joint service's year as a PDF. */
import { letterKinds } from "#app/domain/joint-letter.ts";
import { writeJointLetter } from "#app/exports/joint-letter.server.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { download, idParam, yearParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireJointLetter } from "#app/records/joint-letters.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";

export const loader = asKnown("read_all_books", async ({ request, params }, user) => {
  const asked = new URL(request.url).searchParams.get("kind");
  const { letter, isExample } = await requireJointLetter(user, {
    jointServiceId: idParam(params.jointServiceId),
    fiscalYear: yearParam(params.year),
    memberId: idParam(params.memberId),
    kind: letterKinds.find((kind) => kind === asked),
  });
  const text = letterText(letter, isExample);
  const file = await writeJointLetter(text, letter.writtenOn);
  await logDownload(user, { name: `${text.title}.pdf`, bytes: file });
  return download(file, `${text.title}.pdf`, "application/pdf", file.byteLength);
});
