/** Page, sheet and refusal show the same cents. */
import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import exceljs from "exceljs";
import { expect, test } from "vitest";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { formatEuro } from "#app/german/notation.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { loader as overviewLoader } from "#app/routes/_index/route.tsx";
import { loader as download } from "#app/routes/audit[.]xlsx.ts";
import { action as recordInvoice } from "#app/routes/grants.$grantId.invoices.new.tsx";
import { loader as budgetLoader } from "#app/routes/grants.$grantId._index.tsx";
import { loader as remainingLoader } from "#app/routes/remaining.tsx";
import { findOffice, recalculate, whyOfficeIsNeeded } from "#tests/support/office.ts";
import { answer, get, post } from "#tests/support/request.ts";

type Figures = Record<string, string>;
type Overview = {
  envelopes: Figures[];
  grants: Figures[];
  schools: Figures[];
  appropriations: Figures[];
};
type Line = { id: string; school: string; code: string; available: string };

const { logins } = await loadDemo();
const [clerk, , auditor] = await Promise.all(
  logins.map(async ({ email, password }) => {
    const found = await findSigningIn(email, password);
    return found && "user" in found ? found.user : undefined;
  }),
);

test("the example shows the figures of the case on every page", async () => {
  const overview = (await overviewLoader(await get(clerk, "/"))) as unknown as Overview;
  expect(overview.envelopes).toMatchObject([
    {
      ceiling: "245341",
      computedAmount: "245341.06",
      granted: "224500",
      applied: "224500",
      committed: "54692.4",
      invoiced: "156776.43",
      paid: "156776.43",
      drawn: "153017.16",
      received: "134810.16",
      available: "13031.17",
    },
  ]);
  for (const figure of ["committed", "invoiced", "paid", "available"]) {
    const whole = overview.envelopes[0]![figure]!;
    expect(inCents(overview.grants, figure)).toBe(inCents([{ [figure]: whole }], figure));
    expect(inCents(overview.schools, figure)).toBe(inCents([{ [figure]: whole }], figure));
  }
  const remaining = (await remainingLoader(await get(clerk, "/remaining"))) as unknown as {
    usable: string;
    lapsed: string;
  };
  expect(inCents([remaining], "usable") + inCents([remaining], "lapsed")).toBe(1303117n);
});

test("the workbook's formulas say what the pages say", async () => {
  const workbook = await downloaded("/audit.xlsx");
  await expectPageFigures(table(workbook, "Übersicht"));
});

test.skipIf(!findOffice() && !process.env.CI)(
  `LibreOffice reckons the same from the formulas alone (${whyOfficeIsNeeded})`,
  async () => {
    const response = (await download(await get(auditor, "/audit.xlsx"))) as Response;
    const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-"));
    const file = path.join(folder, "book.xlsx");
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(await recalculate(file, folder, (sheet) => sheet));
    await expectPageFigures(table(workbook, "Übersicht"));
    expect(
      table(workbook, "Kontrolle").filter((row) => Object.values(row).includes("NEIN")),
    ).toEqual([]);
  },
);

/** Sums of the sheet's columns against the overview page, in cents. */
async function expectPageFigures(sheet: Record<string, unknown>[]) {
  const overview = (await overviewLoader(await get(clerk, "/"))) as unknown as Overview;
  const column = (heading: string, kind: string) =>
    sheet
      .filter((row) => row["Kontoart"] === kind)
      .reduce((total, row) => total + BigInt(Math.round(Number(row[heading] ?? 0) * 100)), 0n);

  // prettier-ignore
  const pairs = [
    ["Höchstbetrag", "Kontingent", "ceiling"], ["beantragt", "Kontingent", "applied"],
    ["bewilligte Zuwendung", "Kontingent", "granted"], ["gebunden", "Kostenposition", "committed"],
    ["in Rechnung gestellt", "Kostenposition", "invoiced"], ["bezahlt", "Kostenposition", "paid"],
    ["verfügbar", "Kostenposition", "available"], ["abgerufen", "Einnahme", "drawn"],
    ["eingegangen", "Einnahme", "received"],
  ] as const;
  for (const [heading, kind, figure] of pairs) {
    expect([heading, column(heading, kind)]).toEqual([
      heading,
      inCents(overview.envelopes, figure),
    ]);
  }
  for (const [heading, figure] of [
    ["veranschlagt", "appropriated"],
    ["bezahlt", "paid"],
  ] as const) {
    expect(column(heading, "Haushaltsansatz")).toBe(inCents(overview.appropriations, figure));
  }
}

test("a refusal names the cents that the budget page shows", async () => {
  const overview = (await overviewLoader(await get(clerk, "/"))) as unknown as Overview;
  const grantId = overview.grants[0]!.id!;
  const page = (await budgetLoader(await get(clerk, "/", { grantId }))) as unknown as {
    lines: Line[];
  };
  for (const line of page.lines) {
    const form = {
      id: randomUUID(),
      supplier: "Zu teuer GmbH",
      number: "R-1",
      invoicedOn: "01.06.2023",
      "lines[0].budgetLineId": line.id,
      "lines[0].costKind": "investment",
      "lines[0].description": "Netz",
      "lines[0].grossAmount": "99999,99",
    };
    const { body } = await answer(async () =>
      recordInvoice(await post(clerk, "/", form, { grantId })),
    );
    const { error } = body as { error: Record<string, string[]> };
    expect(error["lines[0].grossAmount"]).toEqual([
      `Auf dieser Kostenposition sind nur noch ${formatEuro(line.available)} verfügbar.`,
    ]);
  }
});

// Days around which the example invoices, reverses, discounts, closes and draws.
test.each([
  "2019-08-07",
  "2020-10-05",
  "2021-02-12",
  "2021-02-24",
  "2021-06-01",
  "2021-07-05",
  "2021-07-07",
  "2021-07-08",
  "2021-09-01",
  "2022-07-01",
  "2023-03-10",
  "2024-03-15",
  "2026-11-24",
])("a workbook as of %s agrees with itself in every control", async (asOf) => {
  const book = await loadAuditBook(clerk!, { asOf }, "test");
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await writeAuditBook(book, file);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(file);
  const controls = table(workbook, "Kontrolle");
  expect(controls.length).toBeGreaterThan(20);
  expect(controls.filter((row) => Object.values(row).includes("NEIN"))).toEqual([]);
});

test("the workbook of one grant holds that grant alone", async () => {
  const overview = (await overviewLoader(await get(clerk, "/"))) as unknown as Overview;
  const [grant] = overview.grants;
  const workbook = await downloaded(`/audit.xlsx?grant=${grant!.id}`);
  const numbers = new Set(table(workbook, "Belegliste").map((row) => row["Aktenzeichen"]));
  expect([...numbers]).toEqual([grant!.fileNumber]);
  const controls = table(workbook, "Kontrolle");
  expect(controls.filter((row) => Object.values(row).includes("NEIN"))).toEqual([]);
});

test("the auditor's download is logged, and a day that does not exist is refused", async () => {
  await downloaded("/audit.xlsx");
  const refused = await answer(async () =>
    download(await get(auditor, "/audit.xlsx?on=31.02.2024")),
  );
  expect(refused.location).toBe("/audit?on=31.02.2024");
});

async function downloaded(address: string): Promise<exceljs.Workbook> {
  const response = (await download(await get(auditor, address))) as Response;
  expect(response.headers.get("Content-Disposition")).toMatch(/^attachment; filename="Pruefbuch/);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  return workbook;
}

/** Rows of a sheet by their headings; of a formula its cached result. */
function table(workbook: exceljs.Workbook, name: string): Record<string, unknown>[] {
  const sheet = workbook.getWorksheet(name)!;
  const headings = sheet.getRow(1).values as unknown[];
  const rows: Record<string, unknown>[] = [];
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    const cells: Record<string, unknown> = {};
    row.eachCell((cell, column) => {
      cells[String(headings[column])] = cell.result ?? cell.value;
    });
    rows.push(cells);
  });
  return rows;
}

function inCents(rows: Figures[], figure: string): bigint {
  return rows.reduce((total, row) => {
    const [whole = "0", cents = ""] = row[figure]!.split(".");
    return total + BigInt(whole + cents.padEnd(2, "0"));
  }, 0n);
}
