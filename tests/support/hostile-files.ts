/** Workbooks made to break their reader, each below 10 MB. */
import { type Part, zip } from "./zip.ts";

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";

const frame: Part[] = [
  {
    name: "[Content_Types].xml",
    content: `${head}<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
  },
  {
    name: "_rels/.rels",
    content: `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: "xl/workbook.xml",
    content: `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: "xl/_rels/workbook.xml.rels",
    content: `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
];

type Sheet = { rows: string; before?: string; behind?: string; declaredSize?: number };

/** A workbook of one sheet, with markup before and behind its rows. */
export function workbookOf({ rows, before = "", behind = "", declaredSize }: Sheet): Part[] {
  const content = `${head}${before}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${behind}</worksheet>`;
  const sheet: Part = { name: sheetName, content };
  return [...frame, declaredSize === undefined ? sheet : { ...sheet, declaredSize }];
}

const sheetName = "xl/worksheets/sheet1.xml";
const textCell = (reference: string, text: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
const oneRow = `<row r="1">${textCell("A1", "a")}</row>`;

function manyRows(count: number): string {
  const rows: string[] = [];
  for (let at = 1; at <= count; at += 1)
    rows.push(`<row r="${at}"><c r="A${at}"><v>1</v></c></row>`);
  return rows.join("");
}

const megabyte = Buffer.alloc(1_000_000, "a");
const longText: Part[] = [
  ...frame,
  {
    name: sheetName,
    content: [
      {
        block: `${head}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`,
        times: 1,
      },
      { block: megabyte, times: 400 },
      { block: "</t></is></c></row></sheetData></worksheet>", times: 1 },
    ],
  },
];

const entities = [..."abcdefghij"]
  .map((name, at, all) => `<!ENTITY ${name} "${at === 0 ? "lol" : `&${all[at - 1]};`.repeat(10)}">`)
  .join("");

/** Each with the oddity or the limit for which it is refused. */
export const hostileFiles: { name: string; refusedFor: string; make: () => Buffer }[] = [
  {
    name: "a million rows",
    refusedFor: "rows",
    make: () => zip(workbookOf({ rows: manyRows(1_048_576) })),
  },
  { name: "a text of 400 MB", refusedFor: "unpacks_too_large", make: () => zip(longText) },
  {
    name: "a sheet larger than its directory says",
    refusedFor: "size_not_as_declared",
    make: () => zip(workbookOf({ rows: manyRows(500_000), declaredSize: 1_000 })),
  },
  {
    name: "entities that multiply",
    refusedFor: "document_type",
    make: () => {
      const before = `<!DOCTYPE x [${entities}]>`;
      return zip(workbookOf({ before, rows: `<row r="1">${textCell("A1", "&j;")}</row>` }));
    },
  },
  {
    name: "an entity that reads a file of the server",
    refusedFor: "document_type",
    make: () => {
      const before = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>`;
      return zip(workbookOf({ before, rows: `<row r="1">${textCell("A1", "&f;")}</row>` }));
    },
  },
  {
    name: "one cell in the last corner",
    refusedFor: "rows",
    make: () => {
      return zip(workbookOf({ rows: `<row r="1048576">${textCell("XFD1048576", "a")}</row>` }));
    },
  },
  {
    name: "a cell beyond the last corner",
    refusedFor: "cell_out_of_range",
    make: () =>
      zip(workbookOf({ rows: `<row r="99999999">${textCell("ZZZZ99999999", "a")}</row>` })),
  },
  {
    name: "all cells merged into one",
    refusedFor: "merged_area_too_large",
    make: () => {
      const behind = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>';
      return zip(workbookOf({ rows: oneRow, behind }));
    },
  },
  {
    name: "sixty thousand parts",
    refusedFor: "too_many_parts",
    make: () => {
      const parts = Array.from({ length: 60_000 }, (_, at) => {
        return { name: `xl/media/${at}`, content: "x" };
      });
      return zip([...workbookOf({ rows: oneRow }), ...parts]);
    },
  },
  {
    name: "a picture of 900 MB of nothing",
    refusedFor: "unpacks_too_large",
    make: () => {
      const content = [{ block: Buffer.alloc(1_000_000), times: 900 }];
      return zip([...workbookOf({ rows: oneRow }), { name: "xl/media/image1.png", content }]);
    },
  },
  {
    name: "parts that would be written elsewhere",
    refusedFor: "strange_part",
    make: () => {
      const parts = ["__proto__", "../../evil"].map((name) => ({ name, content: "x" }));
      return zip([...workbookOf({ rows: oneRow }), ...parts]);
    },
  },
];
