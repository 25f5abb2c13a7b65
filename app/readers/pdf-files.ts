/** Files within a PDF (ISO 32000-2, 7.11.4): by the tree of names, and by the array /AF of PDF/A-3. */
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from "@cantoo/pdf-lib";
import { mostXmlBytes } from "#app/domain/e-invoice.ts";
import { isLocked, unpacksToLittle } from "./pdf-guard.ts";
import { refusal } from "./xml-text.ts";

export type PdfFile = { name: string; bytes: () => Uint8Array };

/** Far more branches than a tree of names has that a program wrote. */
const mostBranches = 1_000;

/** @throws Refusal for a PDF that is broken or locked. */
export async function filesInPdf(bytes: Uint8Array): Promise<PdfFile[]> {
  if (isLocked(bytes)) throw refusal({ rule: "pdf_with_password" });
  if (!unpacksToLittle(bytes)) throw refusal({ rule: "pdf_broken" });
  const document = await load(bytes);
  try {
    const specs = [...namedSpecs(document), ...associatedSpecs(document)];
    return [...new Set(specs)].flatMap(fileOf);
  } catch {
    throw refusal({ rule: "pdf_broken" });
  }
}

async function load(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false });
  } catch {
    throw refusal({ rule: "pdf_broken" });
  }
}

function namedSpecs({ catalog }: PDFDocument): PDFDict[] {
  const root = catalog
    .lookupMaybe(PDFName.of("Names"), PDFDict)
    ?.lookupMaybe(PDFName.of("EmbeddedFiles"), PDFDict);
  const specs: PDFDict[] = [];
  // A tree that bites its own tail is walked once.
  const branches = new Set(root ? [root] : []);
  for (const branch of branches) {
    if (branches.size > mostBranches) break;
    const names = branch.lookupMaybe(PDFName.of("Names"), PDFArray);
    for (let at = 1; names && at < names.size(); at += 2) {
      specs.push(names.lookup(at, PDFDict));
    }
    const kids = branch.lookupMaybe(PDFName.of("Kids"), PDFArray);
    for (let at = 0; kids && at < kids.size(); at++) branches.add(kids.lookup(at, PDFDict));
  }
  return specs;
}

function associatedSpecs({ catalog }: PDFDocument): PDFDict[] {
  const associated = catalog.lookupMaybe(PDFName.of("AF"), PDFArray);
  return associated
    ? [...associated.asArray().keys()].map((at) => associated.lookup(at, PDFDict))
    : [];
}

function fileOf(spec: PDFDict): PdfFile[] {
  const names = ["UF", "F"].map((key) =>
    spec.lookupMaybe(PDFName.of(key), PDFString, PDFHexString)?.decodeText(),
  );
  const streams = spec.lookupMaybe(PDFName.of("EF"), PDFDict);
  const stream = streams?.lookup(PDFName.of("F")) ?? streams?.lookup(PDFName.of("UF"));
  if (!(stream instanceof PDFRawStream)) return [];
  return [{ name: names.find(Boolean) ?? "", bytes: () => unpacked(stream) }];
}

/** Unpacks no more than is read of any XML, so that a small file can't become a huge one. */
function unpacked(stream: PDFRawStream): Uint8Array {
  const bytes = decodePDFRawStream(stream).getBytes(mostXmlBytes + 1);
  return new Uint8Array(bytes);
}
