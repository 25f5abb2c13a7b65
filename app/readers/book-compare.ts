/** Compares a copy of an audit workbook with the book made again, and its sheets with the seals on its own cover. */
import { createHash } from "node:crypto";
import {
  type BookFindings,
  type Difference,
  type HandEntry,
  mostNamed,
} from "#app/domain/book-check.ts";
import { markLabel, sealLabel } from "#app/domain/sheet-text.ts";
import { handColumnsOf, withoutHand } from "./book-hand.ts";
import {
  type BookCell,
  type BookFile,
  type BookRow,
  canonicalLine,
  numberOf,
} from "./book-rows.ts";
import { textOfCell, textOfRow } from "./book-text.ts";

/** How far apart the same row may stand in the two for the rows between to be named as added or missing. */
const window = 200;

/** The text of the mark on the cover; undefined where there is none. */
export async function markOf(book: BookFile): Promise<string | undefined> {
  return (await coverLines(book)).get(markLabel);
}

/** The lines of the first sheet. */
async function coverLines(book: BookFile): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const [cover] = book.sheets;
  if (!cover) return lines;
  for await (const { cells } of book.rows(cover.part)) {
    const [label, content] = ["A", "B"].map((column) =>
      cells.find((cell) => cell.column === column),
    );
    if (label && content) lines.set(String(label.value), String(content.value));
  }
  return lines;
}

export async function compareBooks(expected: BookFile, found: BookFile): Promise<BookFindings> {
  const findings: BookFindings = {
    cells: 0,
    count: 0,
    differences: [],
    handCount: 0,
    handEntries: [],
    seals: { checked: 0, broken: [] },
  };
  const report = (difference: Difference) => {
    findings.count += 1;
    if (findings.differences.length < mostNamed) findings.differences.push(difference);
  };
  const note = (entry: HandEntry) => {
    findings.handCount += 1;
    if (findings.handEntries.length < mostNamed) findings.handEntries.push(entry);
  };
  const printed = await coverLines(found);
  const partIn = (book: BookFile, sheet: string) =>
    book.sheets.find(({ name }) => name === sheet)?.part;
  for (const { name, part } of expected.sheets) {
    const other = partIn(found, name);
    if (other === undefined) report({ kind: "sheet_missing", sheet: name });
    else {
      const rows = withoutHand(name, found.rows(other), await handColumnsOf(expected, name), note);
      const sealed = sealing(rows, (rows, cells) => {
        findings.cells += cells;
        return rows;
      });
      await compareSheets(name, expected.rows(part), sealed.rows, report);
      const seal = printed.get(`${sealLabel}${name}`);
      if (seal === undefined) continue;
      findings.seals.checked += 1;
      const reckoned = sealed.seal();
      if (seal !== reckoned) findings.seals.broken.push({ sheet: name, printed: seal, reckoned });
    }
  }
  for (const { name } of found.sheets) {
    if (partIn(expected, name) === undefined) report({ kind: "sheet_added", sheet: name });
  }
  for (const name of new Set([...expected.names.keys(), ...found.names.keys()])) {
    const [own, other] = [expected.names.get(name) ?? "", found.names.get(name) ?? ""];
    if (own !== other) report({ kind: "name", name, expected: own, found: other });
  }
  return findings;
}

/** Hands rows on and reckons their seal meanwhile. */
function sealing(
  rows: AsyncGenerator<BookRow>,
  count: (row: BookRow, cells: number) => BookRow,
): { rows: AsyncGenerator<BookRow>; seal: () => string } {
  const hash = createHash("sha256");
  let columns = 0;
  async function* through() {
    for await (const row of rows) {
      columns ||= Math.max(0, ...row.cells.map(({ column }) => numberOf(column)));
      hash.update(canonicalLine(row, columns));
      yield count(row, row.cells.length);
    }
  }
  return { rows: through(), seal: () => hash.digest("hex") };
}

async function compareSheets(
  sheet: string,
  expected: AsyncGenerator<BookRow>,
  found: AsyncGenerator<BookRow>,
  report: (difference: Difference) => void,
): Promise<void> {
  const [own, other] = [new Ahead(expected), new Ahead(found)];
  for (;;) {
    await Promise.all([own.fill(), other.fill()]);
    const [a, b] = [own.rows[0], other.rows[0]];
    if (!a && !b) return;
    if (a && b && a.key === b.key) {
      own.rows.shift();
      other.rows.shift();
      continue;
    }
    const [i, j] = nextSame(own.rows, other.rows);
    const pairs = Math.min(i, j);
    for (let at = 0; at < pairs; at += 1) {
      compareRows(sheet, own.rows[at]!.row, other.rows[at]!.row, report);
    }
    for (const { row } of own.rows.slice(pairs, i)) {
      report({ kind: "row_missing", sheet, row: row.number, expected: textOfRow(row) });
    }
    for (const { row } of other.rows.slice(pairs, j)) {
      report({ kind: "row_added", sheet, row: row.number, found: textOfRow(row) });
    }
    own.rows.splice(0, i);
    other.rows.splice(0, j);
  }
}

/** How many rows of each come before the next one that both have; with none in sight, one of each. */
function nextSame(own: Keyed[], other: Keyed[]): [number, number] {
  const places = new Map<string, number>();
  for (const [index, { key }] of other.entries()) if (!places.has(key)) places.set(key, index);
  let best: [number, number] | undefined;
  for (const [index, { key }] of own.entries()) {
    const place = places.get(key);
    if (place === undefined || (best && index + place >= best[0] + best[1])) continue;
    best = [index, place];
  }
  return best ?? [Math.min(1, own.length), Math.min(1, other.length)];
}

type Keyed = { row: BookRow; key: string };

/** The next rows of a sheet. */
class Ahead {
  readonly rows: Keyed[] = [];
  private isDone = false;

  constructor(private readonly source: AsyncGenerator<BookRow>) {}

  async fill(): Promise<void> {
    while (!this.isDone && this.rows.length < window) {
      const { done, value } = await this.source.next();
      if (done) this.isDone = true;
      else this.rows.push({ row: value, key: value.cells.map(keyOf).join("\u001f") });
    }
  }
}

function keyOf({ column, formula, value }: BookCell): string {
  return `${column}${typeof value === "number" ? "n" : "t"}${value}\u001e${formula ?? ""}`;
}

function compareRows(
  sheet: string,
  own: BookRow,
  other: BookRow,
  report: (difference: Difference) => void,
): void {
  const [before, after] = [own, other].map(
    ({ cells }) => new Map(cells.map((cell) => [cell.column, cell])),
  ) as [Map<string, BookCell>, Map<string, BookCell>];
  for (const column of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(column), after.get(column)];
    if (a && b && keyOf(a) === keyOf(b)) continue;
    report({
      kind: "cell",
      sheet,
      cell: `${column}${other.number}`,
      expected: textOfCell(a, own.number),
      found: textOfCell(b, other.number),
    });
  }
}
