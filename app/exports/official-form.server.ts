/** A filled form (Vordruck) as a PDF: its head, and each section as one table with its groups and sums. */
import type { Day } from "#app/domain/calendar.ts";
import type { FormText, FormTextSection } from "#app/german/official-form-text.ts";
import { closePaper, margins, openPaper, write } from "./paper.server.ts";
import type { PaperTable } from "./paper-table.server.ts";
import { writeFacts, writeHeading, writeSection, writeSignatures } from "./proof-paper.server.ts";

/** More columns than a page has room for lie across. */
const mostUpright = 6;

export function officialFormPaper(
  text: FormText,
  { author, isExample, writtenOn }: { author: string; isExample: boolean; writtenOn: Day },
): Promise<Buffer<ArrayBuffer>> {
  const isLandscape = text.sections.some(({ columns }) => columns.length > mostUpright);
  const { paper, root } = openPaper(text.title, author, writtenOn, { isLandscape });
  write(paper, root, "P", author, { size: 12, weight: "strong", y: margins.top });
  if (isExample) {
    const style = { size: 9, weight: "strong", color: "#9b1c1c" } as const;
    write(paper, root, "P", "BEISPIELDATEN", style);
  }
  paper.y += 8;
  write(paper, root, "H1", text.title, { size: 16, weight: "strong", paragraphGap: 6 });
  writeFacts(paper, root, text.head);
  for (const section of text.sections) {
    writeSection(paper, root, tableOf(section));
    if (section.groups.length === 0) write(paper, root, "P", "Keine Zeilen.", { size: 9 });
  }
  if (text.notes.length > 0) writeHeading(paper, root, "Hinweise");
  for (const note of text.notes) write(paper, root, "P", note, { paragraphGap: 3 });
  writeSignatures(paper, root, { confirmation: "", signatures: ["Ort, Datum", "Unterschrift"] });
  return closePaper(paper, root, `${author} · ${text.title}`);
}

function tableOf({ title, note, columns, groups, total }: FormTextSection) {
  const table: PaperTable & { sums: number[]; headings: number[] } = {
    ...{ columns, rows: [], marked: null, footer: total, sums: [], headings: [] },
  };
  for (const { name, rows, sums } of groups) {
    if (sums) {
      table.headings.push(table.rows.length);
      table.rows.push([name, ...columns.slice(1).map(() => "")]);
    }
    table.rows.push(...rows);
    if (sums) {
      table.sums.push(table.rows.length);
      table.rows.push(sums);
    }
  }
  return { ...table, title, note };
}
