/** The half-yearly report as a file of separated values, as a German spreadsheet opens it. */
import { type HalfYear, type ReportFigures, reportFigures } from "../domain/half-year.ts";
import { reportFigureWords } from "../german/half-year-words.ts";
import { formatDay } from "../german/notation.ts";

type Programme = { name: string; grants: ({ fileNumber: string } & ReportFigures)[] };

export function writeHalfYear({ on, known }: HalfYear, programmes: Programme[]): string {
  const words = reportFigures.map((figure) => reportFigureWords[figure]);
  const heading = ["Stand", "bekannt am", "Förderprogramm", "Aktenzeichen", ...words];
  const rows = programmes.flatMap(({ name, grants }) =>
    grants.map((grant) => [
      formatDay(on),
      formatDay(known),
      text(name),
      text(grant.fileNumber),
      ...reportFigures.map((figure) => grant[figure].toFixed(2).replace(".", ",")),
    ]),
  );
  const lines = [heading, ...rows].map((cells) => cells.map(quoted).join(";"));
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** What begins like a formula stays a text. */
function text(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  return /[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
