/** A submitted proof of use (Verwendungsnachweis) as a PDF. */
import { proofOfUsePaper } from "#app/exports/proof-paper.server.ts";
import { proofText } from "#app/german/proof-text.ts";
import { download, idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireProofPaper } from "#app/records/proof-papers.server.ts";

export const loader = asKnown("read_submitted", async ({ params }, user) => {
  const paper = await requireProofPaper(user, idParam(params.proofId));
  const file = await proofOfUsePaper(paper);
  const name = `${proofText(paper).title}.pdf`;
  await logDownload(user, { name, bytes: file });
  return download(file, name, "application/pdf", file.byteLength);
});
