/** The proof of use (Verwendungsnachweis) as a PDF: head, figures, report, answer, lines to sign on. */
import type { ProofPaper } from "#app/domain/proof-paper.ts";
import { type ProofText, proofText } from "#app/german/proof-text.ts";
import {
  artifact,
  closePaper,
  contentWidth,
  heightOf,
  keepTogether,
  margins,
  millimetre,
  openPaper,
  type Paper,
  type Tag,
  write,
} from "./paper.server.ts";
import { type PaperTable, writeTable } from "./paper-table.server.ts";

/** The file of a proof of use or of its draft; the same proof gives the same bytes. */
export function proofOfUsePaper(proof: ProofPaper): Promise<Buffer<ArrayBuffer>> {
  const text = proofText(proof);
  const { paper, root } = openPaper(text.title, text.sender, proof.writtenOn);
  write(paper, root, "P", text.sender, { size: 12, weight: "strong", y: margins.top });
  for (const remark of text.remarks) {
    write(paper, root, "P", remark, { size: 9, weight: "strong", color: "#9b1c1c" });
  }
  paper.y += 8;
  write(paper, root, "H1", text.heading, { size: 17, weight: "strong", paragraphGap: 6 });
  writeFacts(paper, root, text.facts);
  for (const table of text.tables) writeSection(paper, root, table);
  writeReport(paper, root, text.report);
  if (text.answer) {
    writeHeading(paper, root, text.answer.title);
    writeFacts(paper, root, text.answer.facts);
    if (text.answer.cuts) writeSection(paper, root, text.answer.cuts);
  }
  writeSignatures(paper, root, text);
  return closePaper(paper, root, `${text.sender} · ${text.title}`);
}

export function writeHeading(paper: Paper, root: Tag, title: string) {
  paper.y += 12;
  keepTogether(paper, 90);
  write(paper, root, "H2", title, { size: 12, weight: "strong", paragraphGap: 3 });
}

/** Terms in a column of their own, each with its value beside it. */
export function writeFacts(paper: Paper, root: Tag, facts: [term: string, value: string][]) {
  const left = 45 * millimetre;
  const width = contentWidth(paper) - left;
  for (const [term, value] of facts) {
    const height = Math.max(
      heightOf(paper, term, left - 6, 9.5),
      heightOf(paper, value, width, 9.5),
    );
    keepTogether(paper, height + 4);
    const y = paper.y;
    write(paper, root, "P", term, { size: 9.5, y, width: left - 6, color: "#444444" });
    write(paper, root, "P", value, { size: 9.5, x: margins.left + left, y, width });
    paper.y = y + height + 4;
    paper.x = margins.left;
  }
}

export function writeSection(
  paper: Paper,
  root: Tag,
  table: PaperTable & { title: string; note: string },
) {
  writeHeading(paper, root, table.title);
  if (table.note) write(paper, root, "P", table.note, { size: 8.5, color: "#333333" });
  if (table.rows.length > 0) writeTable(paper, root, table);
}

function writeReport(paper: Paper, root: Tag, { title, paragraphs, seal }: ProofText["report"]) {
  writeHeading(paper, root, title);
  for (const paragraph of paragraphs) {
    write(paper, root, "P", paragraph, { paragraphGap: 5 });
  }
  if (seal) write(paper, root, "P", seal, { size: 7.5, color: "#444444" });
}

export function writeSignatures(
  paper: Paper,
  root: Tag,
  { confirmation, signatures }: Pick<ProofText, "confirmation" | "signatures">,
) {
  paper.y += 14;
  keepTogether(paper, 130);
  if (confirmation) write(paper, root, "P", confirmation);
  paper.y += 42;
  const y = paper.y;
  const width = contentWidth(paper) / signatures.length - 12;
  signatures.forEach((label, index) => {
    const x = margins.left + index * (width + 24);
    artifact(paper, () => {
      paper
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.5)
        .stroke("#000000");
    });
    write(paper, root, "P", label, { size: 8.5, x, y: y + 3, width });
  });
  paper.x = margins.left;
}
