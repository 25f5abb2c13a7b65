/** The letter of a joint service's year as a PDF: A4, the address where a window shows it (DIN 5008, form B). */
import type { Day } from "#app/domain/calendar.ts";
import type { LetterTable, LetterText } from "#app/german/joint-letter-text.ts";
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
import { writeTable } from "./paper-table.server.ts";

/** Places of DIN 5008 form B, from the upper edge. */
const addressTop = 45 * millimetre;
const factsTop = 50 * millimetre;
const factsLeft = 125 * millimetre;
const textTop = 98.5 * millimetre;
const folds = [105, 210].map((place) => place * millimetre);

/** The file of a letter; the same text of the same day gives the same bytes. */
export async function writeJointLetter(text: LetterText, writtenOn: Day) {
  const { paper, root } = openPaper(text.title, text.sender.name, writtenOn);
  writeHead(paper, root, text);

  paper.y = textTop;
  write(paper, root, "H1", text.subject, { size: 11.5, weight: "strong", paragraphGap: 8 });
  for (const paragraph of [...text.opening, ...text.basis]) {
    keepTogether(paper, heightOf(paper, paragraph, contentWidth(paper), 10));
    write(paper, root, "P", paragraph, { paragraphGap: 6 });
  }
  for (const table of text.tables) writeSection(paper, root, table);
  paper.y += 10;
  const ending = [...text.result, ...text.closing];
  keepTogether(paper, 30 + 14 * ending.length * 3);
  for (const paragraph of text.result) {
    write(paper, root, "P", paragraph, { weight: "strong", paragraphGap: 14 });
  }
  for (const line of text.closing) write(paper, root, "P", line);
  return closePaper(paper, root, `${text.sender.name} · ${numberOf(text)}`);
}

function numberOf({ facts }: LetterText): string {
  return facts.map(([term, value]) => `${term} ${value}`).join(" · ");
}

function writeHead(paper: Paper, root: Tag, { sender, recipient, facts, remarks }: LetterText) {
  write(paper, root, "P", sender.name, { size: 14, weight: "strong", y: margins.top });
  for (const line of linesOf(sender.address)) write(paper, root, "P", line, { size: 9 });
  for (const remark of remarks) {
    write(paper, root, "P", remark, { size: 9, weight: "strong", color: "#9b1c1c" });
  }
  const width = 80 * millimetre;
  const back = [sender.name, ...linesOf(sender.address)].join(" · ");
  write(paper, root, "P", back, { size: 6.5, y: addressTop + 6, width });
  artifact(paper, () => {
    const y = paper.y + 1;
    paper
      .moveTo(margins.left, y)
      .lineTo(margins.left + width, y)
      .lineWidth(0.4)
      .stroke("#666666");
    for (const fold of folds) paper.moveTo(10, fold).lineTo(22, fold).stroke("#999999");
  });
  paper.y += 8;
  for (const line of [recipient.name, ...linesOf(recipient.address)]) {
    write(paper, root, "P", line, { size: 10.5, width });
  }

  paper.y = factsTop;
  for (const [term, value] of facts) {
    write(paper, root, "P", `${term}: ${value}`, {
      size: 9.5,
      x: factsLeft,
      width: 65 * millimetre,
    });
  }
}

function writeSection(paper: Paper, root: Tag, table: LetterTable) {
  paper.y += 10;
  keepTogether(paper, 90);
  write(paper, root, "H2", table.title, { weight: "strong" });
  if (table.note) write(paper, root, "P", table.note, { size: 8.5, color: "#333333" });
  paper.y += 2;
  if (table.rows.length > 0) writeTable(paper, root, table);
}

/** An address as it was typed: in lines, or in one with commas. */
function linesOf(address: string): string[] {
  const lines = address.includes("\n") ? address.split("\n") : address.split(",");
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}
