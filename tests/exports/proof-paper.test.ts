/** The proof of use as a paper: its figures are those of the page, its file is tagged PDF/A. */
import { randomUUID } from "node:crypto";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFRawStream,
  PDFStream,
} from "@cantoo/pdf-lib";
import { expect, test } from "vitest";
import { euro, sum } from "#app/domain/money.ts";
import { financingOf } from "#app/domain/proof-paper.ts";
import { proofOfUsePaper } from "#app/exports/proof-paper.server.ts";
import { formatAmount, formatEuro } from "#app/german/notation.ts";
import { proofText } from "#app/german/proof-text.ts";
import { wire } from "#app/http.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { requireProofDraft, requireProofPaper } from "#app/records/proof-papers.server.ts";
import { loadProofFigures, recordAnswer, submitProof } from "#app/records/proofs.server.ts";
import { accepted, createGrant, createOffice, spend } from "#tests/support/factories.ts";

async function provenGrant() {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office, {
    lines: [
      ["GS Nord", "2.1", "60000"],
      ["GS Süd", "2.4", "40000"],
    ],
  });
  await spend(clerk, grantId, lineOf("2.1"), "59999.99");
  await spend(clerk, grantId, lineOf("2.4"), "32000.00");
  const proofId = randomUUID();
  const draft = { kind: "final", asOf: "2022-12-31", submittedOn: "2023-01-20" } as const;
  const report = "Die Netze laufen.\n\nAlle Klassen haben Tafeln von Łukasz.";
  accepted(await submitProof(clerk, proofId, grantId, { ...draft, report }));
  return { clerk, grantId, proofId };
}

test("the paper names plan and actual of each position and income, which add up to the costs", async () => {
  const { clerk, grantId } = await provenGrant();
  const figures = wire(
    await loadProofFigures(clerk, await requireGrant(clerk, grantId), "2022-12-31"),
  );
  const draft = await requireProofDraft(clerk, grantId, "2022-12-31");
  expect(draft.figures).toEqual(figures);

  const financing = financingOf(figures);
  expect(sum(financing.map(({ actual }) => actual)).toFixed()).toBe(figures.spent);
  expect(sum(financing.map(({ planned }) => planned)).toFixed()).toBe(figures.planned);

  const text = proofText(draft);
  const [income, expenses] = text.tables;
  expect(income!.rows[0]).toEqual(["Zuwendung", "100.000,00", "91.999,99", "8.000,01", "92,00"]);
  expect(expenses!.rows.map(([, ...amounts]) => amounts)).toEqual([
    ["60.000,00", "59.999,99", "0,01", "100,00"],
    ["40.000,00", "32.000,00", "8.000,00", "80,00"],
  ]);
  expect(expenses!.footer!.slice(1, 3)).toEqual([
    formatAmount(figures.planned),
    formatAmount(figures.spent),
  ]);
  expect(text.remarks).toEqual(["ENTWURF: nicht eingereicht"]);
});

test("a submitted proof keeps its figures on paper, with its report and what was answered", async () => {
  const { clerk, grantId, proofId } = await provenGrant();
  const before = await requireProofPaper(clerk, proofId);
  const [receipt] = before.figures.receipts;
  const cut = { amount: euro("10.00"), reason: "Skonto nicht genutzt" };
  accepted(
    await recordAnswer(clerk, randomUUID(), proofId, {
      answeredOn: "2023-03-01",
      reference: "VN-7",
      note: "",
      cuts: [{ invoiceLineId: receipt!.invoiceLineId, ...cut }],
    }),
  );
  const paper = await requireProofPaper(clerk, proofId);
  expect(paper.figures).toEqual(before.figures);
  const text = proofText(paper);
  expect(text.report.paragraphs).toEqual([
    "Die Netze laufen.",
    "Alle Klassen haben Tafeln von Łukasz.",
  ]);
  expect(text.answer!.facts).toContainEqual([
    "Ergebnis",
    `anerkannt bis auf ${formatEuro("10.00")}`,
  ]);
  expect(text.answer!.cuts!.rows[0]![0]).toContain("Skonto nicht genutzt");
  expect(text.remarks).toEqual([]);
  const after = await requireProofDraft(clerk, grantId, "2023-03-01");
  expect(after.figures.spent).toBe("91989.99");
});

test("the file is tagged PDF/A-3a with its colours and fonts in it, and the same when made twice", async () => {
  const { clerk, proofId } = await provenGrant();
  const paper = await requireProofPaper(clerk, proofId);
  const file = await proofOfUsePaper(paper);
  expect(file.equals(await proofOfUsePaper(paper))).toBe(true);

  const pdf = await PDFDocument.load(file, { updateMetadata: false });
  const { catalog } = pdf;
  const metadata = catalog.lookup(PDFName.of("Metadata"), PDFStream) as PDFRawStream;
  const xmp = Buffer.from(metadata.contents).toString("utf8");
  expect(xmp).toMatch(/<pdfaid:part>3<\/pdfaid:part>/);
  expect(xmp).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
  const intents = catalog.lookup(PDFName.of("OutputIntents"), PDFArray);
  const intent = intents.lookup(0, PDFDict);
  expect(String(intent.get(PDFName.of("S")))).toBe("/GTS_PDFA1");
  expect(intent.has(PDFName.of("DestOutputProfile"))).toBe(true);
  expect(catalog.has(PDFName.of("StructTreeRoot"))).toBe(true);

  const objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object);
  const dictionaries = objects.filter((one) => one instanceof PDFDict);
  const fonts = dictionaries.filter((one) => one.has(PDFName.of("FontName")));
  expect(fonts.length).toBeGreaterThan(1);
  expect(fonts.every((one) => one.has(PDFName.of("FontFile2")))).toBe(true);
  const tags = dictionaries.map((one) => String(one.get(PDFName.of("S"))));
  expect(tags).toEqual(expect.arrayContaining(["/H1", "/H2", "/Table", "/TH", "/TD"]));
});
