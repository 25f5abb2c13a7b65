/** Workbooks made to break their reader are refused before anything is built from them. */
import { expect, test } from "vitest";
import type { TableViolation } from "#app/domain/reading.ts";
import { problemOf } from "#app/german/words.ts";
import { readTable } from "#app/readers/table.ts";
import { hostileFiles, workbookOf } from "#tests/support/hostile-files.ts";
import { zip } from "#tests/support/zip.ts";

test("a workbook in the same frame without anything hostile is read", async () => {
  const file = zip(workbookOf({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }));
  expect(await readTable(file)).toEqual({ rows: [{ number: 1, cells: ["1"] }] });
});

test.each(hostileFiles)("$name: refused for $refusedFor", async ({ refusedFor, make }) => {
  const answer = await readTable(make());
  expect(reasonOf(answer)).toBe(refusedFor);
});

test.each([
  { name: "a picture that packs 1:1000", part: { name: "xl/media/a.png", content: [zeros(6)] } },
  { name: "many parts, large together", part: { name: "xl/a.bin", content: noise(81) } },
])("$name is refused by what the directory says, unread", async ({ part }) => {
  const answer = await readTable(zip([...workbookOf({ rows: "" }), part]));
  expect(reasonOf(answer)).toBe("unpacks_too_large");
});

test("a text that ends nowhere is given up before it is kept", async () => {
  const text = noiseText(300_000);
  const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;
  expect(reasonOf(await readTable(zip(workbookOf({ rows }))))).toBe("unpacks_too_large");
});

test.each([
  { rows: many(20_001), part: "rows" },
  { rows: `<row r="1"><c r="CW1"><v>1</v></c></row>`, part: "columns" },
  {
    rows: `<row r="1"><c t="inlineStr"><is><t>${noiseText(32_768)}</t></is></c></row>`,
    part: "text",
  },
  { rows: many(3_001, "<c><v>1</v></c>".repeat(100)), part: "cells" },
])("more $part than are read at once is a refusal that says so", async ({ rows, part }) => {
  expect(reasonOf(await readTable(zip(workbookOf({ rows }))))).toBe(part);
});

test("markup that is cut off is unreadable", async () => {
  await expect(readTable(zip(workbookOf({ rows: '<row r="1"><c' })))).rejects.toThrow();
});

function reasonOf(answer: Awaited<ReturnType<typeof readTable>>): string | undefined {
  if (!("problem" in answer)) return undefined;
  expect(problemOf(answer.problem).sentence).toMatch(/\.$/);
  const violation = answer.problem as TableViolation;
  if (violation.rule === "workbook_odd") return violation.oddity;
  return violation.rule === "table_too_large" ? violation.part : violation.rule;
}

function many(count: number, cells = "<c><v>1</v></c>"): string {
  return `<row>${cells}</row>`.repeat(count);
}

function zeros(megabytes: number) {
  return { block: Buffer.alloc(1_000_000), times: megabytes };
}

/** Packs 1:100, well below what is suspect for its ratio alone. */
function noise(megabytes: number) {
  const block = Buffer.alloc(1_050_000);
  for (let at = 0; at < 10_500; at += 1) block[at * 100] = (at * 7_919) % 251;
  return [{ block, times: megabytes }];
}

function noiseText(length: number): string {
  return Array.from({ length }, (_, at) => ((at * 7_919) % 997).toString(36))
    .join("")
    .slice(0, length);
}
