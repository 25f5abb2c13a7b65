/** The draft of a proof of use (Verwendungsnachweis) as a PDF, with the figures of a day. */
import { today } from "#app/clock.server.ts";
import { proofOfUsePaper } from "#app/exports/proof-paper.server.ts";
import { parseDay } from "#app/german/notation.ts";
import { proofText } from "#app/german/proof-text.ts";
import { download, idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireProofDraft } from "#app/records/proof-papers.server.ts";

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const asOf = parseDay(new URL(request.url).searchParams.get("asOf") ?? "") ?? today();
  const paper = await requireProofDraft(user, idParam(params.grantId), asOf);
  const file = await proofOfUsePaper(paper);
  const name = `${proofText(paper).title}.pdf`;
  await logDownload(user, { name, bytes: file });
  return download(file, name, "application/pdf", file.byteLength);
});
