import { PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { expect, test } from "vitest";
import { jointLetterOf } from "#app/domain/joint-letter.ts";
import { writeJointLetter } from "#app/exports/joint-letter.server.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { letterYear } from "#tests/support/joint-letter.ts";

async function paperOf(year = letterYear()) {
  const letter = jointLetterOf(year, "b", "settlement")!;
  return writeJointLetter(letterText(letter, false), letter.writtenOn);
}

test("the letter is a tagged German paper with a title, and the fonts are in it", async () => {
  const file = await paperOf();
  const pdf = await PDFDocument.load(file, { updateMetadata: false });
  expect(pdf.getPageCount()).toBe(2);
  expect(pdf.getTitle()).toBe("IKZ-Abrechnung 2024 Jahresabrechnung Stadt Groß Föhr");
  expect(pdf.getAuthor()).toBe("Samtgemeinde Übersee");
  expect(pdf.getCreationDate()).toEqual(new Date("2025-02-03T00:00:00Z"));
  const { catalog } = pdf;
  expect(String(catalog.get(PDFName.of("Lang")))).toContain("de-DE");
  const marked = catalog.lookup(PDFName.of("MarkInfo"), PDFDict);
  expect(String(marked.get(PDFName.of("Marked")))).toBe("true");
  expect(catalog.has(PDFName.of("StructTreeRoot"))).toBe(true);
  const dictionaries = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => {
    return object instanceof PDFDict ? [object] : [];
  });
  const tags = dictionaries.map((one) => String(one.get(PDFName.of("S"))));
  expect(tags).toEqual(expect.arrayContaining(["/H1", "/Table", "/TR", "/TH", "/TD"]));
  const fonts = dictionaries.filter((one) => one.has(PDFName.of("FontName")));
  expect(fonts).toHaveLength(2);
  expect(fonts.every((one) => one.has(PDFName.of("FontFile2")))).toBe(true);
});

test("made twice it is the same file", async () => {
  expect((await paperOf()).equals(await paperOf())).toBe(true);
});

test("an agreement of thirty members takes more pages, and names beyond Latin 1 bring their letters", async () => {
  const year = letterYear();
  const [, b] = year.members;
  b!.name = "Gemeinde Łódź-Şişli";
  const lines = year.settlement!.components[1]!.lines;
  const idle = { ...lines[2]!, days: 0, part: lines[2]!.part.minus(lines[2]!.part) };
  lines.push(...Array.from({ length: 40 }, () => idle));
  const pdf = await PDFDocument.load(await paperOf(year));
  expect(pdf.getPageCount()).toBe(3);
});
