import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect, test } from "vitest";

/**
 * The requirements of OWASP ASVS 5.0.0 of levels 1 and 2 by section: all chapters but self-contained tokens (9) and
 * WebRTC (17), of which there are none here; of chapter 10 what a client of OpenID Connect has to meet.
 */
const official: Record<string, number[]> = {
  "1.1": [1, 2],
  "1.2": [1, 2, 3, 4, 5, 6, 7, 8, 9],
  "1.3": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  "1.4": [1, 2, 3],
  "1.5": [1, 2],
  "2.1": [1, 2, 3],
  "2.2": [1, 2, 3],
  "2.3": [1, 2, 3, 4],
  "2.4": [1],
  "3.2": [1, 2],
  "3.3": [1, 2, 3, 4],
  "3.4": [1, 2, 3, 4, 5, 6],
  "3.5": [1, 2, 3, 4, 5],
  "3.7": [1, 2],
  "4.1": [1, 2, 3],
  "4.2": [1],
  "4.3": [1, 2],
  "4.4": [1, 2, 3, 4],
  "5.1": [1],
  "5.2": [1, 2, 3],
  "5.3": [1, 2],
  "5.4": [1, 2, 3],
  "6.1": [1, 2, 3],
  "6.2": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  "6.3": [1, 2, 3, 4],
  "6.4": [1, 2, 3, 4],
  "6.5": [1, 2, 3, 4, 5],
  "6.6": [1, 2, 3],
  "6.8": [1, 2, 3, 4],
  "7.1": [1, 2, 3],
  "7.2": [1, 2, 3, 4],
  "7.3": [1, 2],
  "7.4": [1, 2, 3, 4, 5],
  "7.5": [1, 2],
  "7.6": [1, 2],
  "8.1": [1, 2],
  "8.2": [1, 2, 3],
  "8.3": [1],
  "8.4": [1],
  "10.1": [1, 2],
  "10.2": [1, 2],
  "10.5": [1, 2, 3, 4, 5],
  "11.1": [1, 2],
  "11.2": [1, 2, 3],
  "11.3": [1, 2, 3],
  "11.4": [1, 2, 3, 4],
  "11.5": [1],
  "11.6": [1],
  "12.1": [1, 2, 3],
  "12.2": [1, 2],
  "12.3": [1, 2, 3, 4],
  "13.1": [1],
  "13.2": [1, 2, 3, 4, 5],
  "13.3": [1, 2],
  "13.4": [1, 2, 3, 4, 5],
  "14.1": [1, 2],
  "14.2": [1, 2, 3, 4],
  "14.3": [1, 2, 3],
  "15.1": [1, 2, 3],
  "15.2": [1, 2, 3],
  "15.3": [1, 2, 3, 4, 5, 6, 7],
  "16.1": [1],
  "16.2": [1, 2, 3, 4, 5],
  "16.3": [1, 2, 3, 4],
  "16.4": [1, 2, 3],
  "16.5": [1, 2, 3],
};

const kinds = ["test", "not applicable", "operator's duty", "not met"];
type Row = { number: string; "what it asks": string; how: string; by: string };
const page = readFileSync("docs/asvs.md", "utf8");
const { data: rows } = Papa.parse<Row>(readFileSync("docs/asvs.csv", "utf8").trim(), {
  header: true,
});

test("every requirement of the official list stands in the table once, with an answer", () => {
  const numbers = Object.entries(official).flatMap(([section, parts]) =>
    parts.map((part) => `${section}.${part}`),
  );
  expect(rows.map(({ number }) => number)).toEqual(numbers);
  expect(numbers.filter((number) => !number.startsWith("10."))).toHaveLength(210);
  expect(rows.filter((row) => !kinds.includes(row.how) || !row["what it asks"] || !row.by)).toEqual(
    [],
  );
});

test.each(rows.filter(({ how }) => how === "test"))(
  "what shows $number is a test that runs: $by",
  ({ by }) => {
    const [file, name] = by.split(" › ") as [string, string];
    const source = readFileSync(file, "utf8");
    const at = source.search(new RegExp(`\\(\\s*"${escaped(name)}"`));
    expect(at, `${file} has a test of this name`).toBeGreaterThan(0);
    const calls = [...source.slice(0, at).matchAll(/^\s*(test|it)\b(\.\w+)?/gm)];
    expect(calls.at(-1)?.[2] ?? "").toMatch(/^(\.each)?$/);
  },
);

test("at least 140 requirements are met by a test, and no fewer from now on", () => {
  expect(rows.filter(({ how }) => how === "test").length).toBeGreaterThanOrEqual(140);
});

test("the page tells the numbers of the table", () => {
  for (const kind of kinds) {
    const count = rows.filter(({ how }) => how === kind).length;
    expect(page.replaceAll(/ +/g, " ")).toContain(`| ${kind} | ${count} |`);
  }
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
