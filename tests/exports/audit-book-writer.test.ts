/** The audit workbook is written, read back and reckoned again by another program. */
import type { Verdict } from "#app/domain/journal.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AuditBook } from "#app/domain/audit-book.ts";
import { figures } from "#app/domain/journal.ts";
import { euro, percent, shareOf } from "#app/domain/money.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { amount, day, moment, safeText, shareFormula } from "#app/exports/cells.ts";
import { namedRanges } from "#app/exports/table.ts";
import { figureWords } from "#app/german/book-words.ts";
import { emptyBook, smallBook, smallJournal } from "#tests/support/book.ts";
import { findOffice, recalculate, whyOfficeIsNeeded } from "#tests/support/office.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-book-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function write(book: AuditBook): Promise<{ path: string; workbook: ExcelJS.Workbook }> {
  const path = join(folder, `${++files}.xlsx`);
  await writeAuditBook(book, path);
  return { path, workbook: await read(path) };
}

async function read(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

/** Rows below the heading, as records of the headings. */
function records(workbook: ExcelJS.Workbook, sheet: string): Record<string, ExcelJS.Cell>[] {
  const worksheet = workbook.getWorksheet(sheet)!;
  const titles = (worksheet.getRow(1).values as string[]).slice(1);
  const rows = worksheet.getRows(2, Math.max(0, worksheet.rowCount - 1)) ?? [];
  return rows.map((row) =>
    Object.fromEntries(titles.map((title, index) => [title, row.getCell(index + 1)])),
  );
}

/** All formulas with their results: what a recalculation must arrive at. */
function results(workbook: ExcelJS.Workbook): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const sheet of workbook.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) found.set(`${sheet.name}!${cell.address}`, cell.result);
      }),
    );
  }
  return found;
}

function verdicts(workbook: ExcelJS.Workbook): [string, unknown, unknown][] {
  return records(workbook, "Kontrolle").map((row) => [
    row["Was verglichen wird"]!.text,
    row["Differenz (muss 0 sein)"]!.result ?? null,
    row.stimmt!.result ?? row.stimmt!.value,
  ]);
}

describe("a small book", () => {
  let path: string;
  let workbook: ExcelJS.Workbook;
  beforeAll(async () => ({ path, workbook } = await write(smallBook)));

  test("has its sheets in order, each a filtered table under a frozen heading, on A4 landscape", () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      "Deckblatt",
      "Übersicht",
      "Belegliste",
      "Zahlenmäßiger Nachweis",
      "Mittelbindung",
      "Mittelabruf",
      "IKZ",
      "Umlagen",
      "IKZ-Kosten",
      "Folgekosten",
      "Anlagen",
      "Haushalt",
      "Haushaltsbelege",
      "Haushaltsänderungen",
      "Verträge",
      "Prüfung",
      "Stornos",
      "Änderungsprotokoll",
      "Schlüssel",
      "Journal",
      "Kontrolle",
    ]);
    for (const sheet of workbook.worksheets) {
      expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 9,
        orientation: "landscape",
        fitToPage: true,
        fitToHeight: 0,
        printTitlesRow: "1:1",
      });
      expect(sheet.headerFooter.oddFooter).toMatch(/&L&A.*&RSeite &P von &N$/);
      expect(Boolean(sheet.autoFilter)).toBe(sheet.name !== "Deckblatt");
      expect(sheet.hasMerges).toBe(false);
    }
    expect(workbook.title).toContain("Prüfbuch Samtgemeinde Beispiel & Umland");
    expect(workbook).toMatchObject({ creator: "Paktbuch", language: "de-DE" });
  });

  test("holds amounts as numbers, days as days, document numbers as text", () => {
    const [paid] = records(workbook, "Belegliste");
    expect(paid!.Brutto).toMatchObject({ value: 4200, numFmt: "#,##0.00;[Red]-#,##0.00" });
    expect(paid!.Zahlungsdatum).toMatchObject({
      value: new Date("2020-05-20T00:00:00Z"),
      numFmt: "dd.mm.yyyy",
    });
    expect(paid!.Rechnungsnummer).toMatchObject({ value: "0001", numFmt: "@" });
    expect(paid!.Auftragsnummer!.value).toBe("007");
    expect(paid!.Schulnummer!.value).toBe("04711");
    const [, entry] = records(workbook, "Journal");
    expect(entry!["erfasst am"]!.value).toEqual(new Date("2020-02-01T23:30:00Z"));
  });

  test("sorts receipts by payment, and reckons what is eligible and who bears it", () => {
    const rows = records(workbook, "Belegliste");
    expect(rows.map((row) => row.Status!.value)).toEqual([
      "bezahlt",
      "storniert",
      "Storno",
      "unbezahlt",
    ]);
    const shares = (row: (typeof rows)[number]) =>
      ["förderfähig", "davon Bund", "davon Land", "davon Eigen- und Drittmittel"].map(
        (key) => row[key]!.result,
      );
    expect(rows.map(shares)).toEqual([
      [3920, 3175.2, 352.8, 392],
      [1234.55, 999.99, 111.11, 123.45],
      [-1234.55, -999.99, -111.11, -123.45],
      // Of the sum so far: 3.920,15 € make 3.528,14 €, of which 3.528,00 € are paid for above.
      [0.15, 0.13, 0.01, 0.01],
    ]);
  });

  test("names the files of each receipt with the beginning of their hashes, or says that there is none", () => {
    const files = records(workbook, "Belegliste").map((row) => row["Beleg (Datei)"]!.value);
    expect(files).toEqual([
      "=Rechnung 0001.pdf (0123456789ab)\nLieferschein.jpg (fedcba987654)",
      "ohne Beleg",
      null,
      "ohne Beleg",
    ]);
  });

  test("reckons the result of a joint year anew beside the one of the settlement", () => {
    const live = "Ergebnis nachgerechnet (Ist − gezahlt)";
    const [settled, planned] = records(workbook, "Umlagen");
    expect(settled!["Ergebnis laut Abrechnung"]!.value).toBe(-288.9);
    expect(settled![live]).toMatchObject({ formula: "ROUND(L2-J2,2)", result: -288.9 });
    expect(planned![live]!.value).toBeNull();
    expect(planned!["Anteil nach Plan"]!.value).toBe(5000.01);
  });

  test("shows each account's figures and what is left of it", () => {
    const left = records(workbook, "Übersicht").map((row) => row.verfügbar!.result ?? null);
    expect(left).toEqual([null, null, 10080, 29999.96, 6666.66]);
  });

  test("sums to the cent what the journal holds, for every figure", () => {
    const overview = records(workbook, "Übersicht");
    const cents = (row: Record<string, ExcelJS.Cell>, title: string) =>
      Math.round(Number(row[title]!.result ?? 0) * 100);
    for (const figure of figures) {
      const title = figureWords[figure];
      const total = overview.reduce((sum, row) => sum + cents(row, title), 0);
      expect(total, title).toBe(smallBook.balances[figure].times(100).toNumber());
    }
  });

  test("agrees with itself and the stored figures in every control", () => {
    for (const [what, difference, word] of verdicts(workbook)) {
      expect([what, difference ?? 0, word]).toEqual([what, 0, "ja"]);
    }
    expect(verdicts(workbook).length).toBe(114);
  });

  test("keeps text as text: formulas, escapes and controls do nothing", () => {
    const [paid, undone] = records(workbook, "Belegliste");
    expect(paid!.Rechnungsaussteller).toMatchObject({
      type: ExcelJS.ValueType.String,
      value: "=1+1",
    });
    expect(paid!.Gegenstand!.text).toBe("Tafel _x0041_ mit Stift");
    expect(undone!.Gegenstand!.value).toBe("Kabel\ufffd\ufffd\ufffd im Flur");
    expect(undone!.Rechnungsaussteller!.value).toBe("Netz & Söhne <GmbH>");
  });

  test("says that its data are examples", () => {
    const [first] = records(workbook, "Deckblatt");
    expect(first!.Prüfbuch!.value).toBe("BEISPIELDATEN");
  });

  describe.skipIf(!findOffice() && !process.env.CI)(`in LibreOffice (${whyOfficeIsNeeded})`, () => {
    test("every formula without its cached result gives that result again", async () => {
      const again = await recalculate(path, folder, (sheet) => sheet);
      const expected = results(workbook);
      expect(expected.size).toBeGreaterThan(150);
      const found = results(await read(again));
      for (const [cell, result] of expected)
        expect([cell, found.get(cell)]).toEqual([cell, result]);
    }, 120_000);

    test("an amount altered in the journal alarms the controls", async () => {
      const again = await recalculate(path, folder, (sheet, name) =>
        name === "Journal" ? sheet.replace("<v>3920</v>", "<v>3920.01</v>") : sheet,
      );
      const alarmed = verdicts(await read(again)).filter(([, , word]) => word === "NEIN");
      expect(alarmed).toEqual([
        ["Journal: „bezahlt“ gegen die Kontostände in Paktbuch", 0.01, "NEIN"],
        [
          "Belegliste: förderfähig mit Zahlungsdatum gegen Journal „bezahlt“ der Kostenpositionen",
          -0.01,
          "NEIN",
        ],
        [
          "Zahlenmäßiger Nachweis: Ist der Ausgaben gegen Belegliste förderfähig mit Zahlungsdatum",
          0.01,
          "NEIN",
        ],
        [
          "Zahlenmäßiger Nachweis: Abweichungen des Ist von dem des Verwendungsnachweises (Summe der Beträge)",
          // The costs, and the own means that bear them.
          0.02,
          "NEIN",
        ],
      ]);
    }, 120_000);

    test("a text that looks like an escape or a formula is read as it was typed", async () => {
      const again = await recalculate(path, folder, (sheet) => sheet);
      const [paid] = records(await read(again), "Belegliste");
      expect(paid!.Gegenstand!.text).toBe("Tafel _x0041_ mit Stift");
      expect(paid!.Rechnungsaussteller!.text).toBe("=1+1");
    }, 120_000);

    test("an empty book gives zeros and no errors", async () => {
      const empty = await write(emptyBook);
      const again = results(await read(await recalculate(empty.path, folder, (sheet) => sheet)));
      for (const [cell, result] of results(empty.workbook)) {
        expect([cell, again.get(cell)]).toEqual([cell, result]);
      }
    }, 120_000);
  });
});

test("an empty book has headings, no rows and agrees with itself", async () => {
  const { workbook } = await write(emptyBook);
  expect(workbook.getWorksheet("Journal")!.rowCount).toBe(1);
  expect(records(workbook, "Belegliste")).toEqual([]);
  expect(verdicts(workbook).every(([, difference, word]) => !difference && word === "ja")).toBe(
    true,
  );
});

test("a wrong stored balance shows as a difference", async () => {
  const balances = { ...smallBook.balances, paid: smallBook.balances.paid.plus(euro("0.01")) };
  const proofs: Verdict[] = [
    { proof: "chain_closes", checked: 21, findings: ["Buchung 3: Siegel passt nicht"] },
  ];
  const { workbook } = await write({ ...smallBook, balances, proofs });
  expect(verdicts(workbook).filter(([, , word]) => word === "NEIN")).toEqual([
    ["Journal: „bezahlt“ gegen die Kontostände in Paktbuch", -0.01, "NEIN"],
    [
      "Nachweis des Journals (ganzer Schulträger): Kette der Siegel geschlossen – 21 geprüft; Buchung 3: Siegel passt nicht",
      null,
      "NEIN",
    ],
  ]);
  const cover = records(workbook, "Deckblatt").find(
    (row) => row.Prüfbuch!.value === "Alle Kontrollen stimmen",
  )!;
  expect(Object.values(cover)[1]!.result).toBe("NEIN");
});

test("a book that can't be written is refused and leaves no file", async () => {
  await expect(writeAuditBook(smallBook, join(folder, "missing", "a.xlsx"))).rejects.toThrow(
    "ENOENT",
  );
  const balances = { ...smallBook.balances, paid: euro("99999999999999.99") };
  const path = join(folder, "refused.xlsx");
  await expect(writeAuditBook({ ...smallBook, balances }, path)).rejects.toThrow("not exact");
  await expect(read(path)).rejects.toThrow();
});

test("an extract does not claim that its numbers run without a gap", async () => {
  const entries = [smallJournal.filter(({ number }) => number !== 3)];
  const gapless = (workbook: ExcelJS.Workbook) =>
    verdicts(workbook).find(([what]) => what.includes("lückenlos)"));
  expect(gapless((await write({ ...smallBook, entries })).workbook)![2]).toBe("NEIN");
  expect(gapless((await write({ ...smallBook, entries, grant: "0034" })).workbook)).toBeUndefined();
  expect(
    gapless((await write({ ...smallBook, entries, asOf: "2021-06-29" })).workbook),
  ).toBeUndefined();
});

describe("cells", () => {
  test("an amount that a cell can't hold exactly is refused", () => {
    expect(amount(euro("9999999999999.99"))).toBe(9999999999999.99);
    expect(() => amount(euro("99999999999999.99"))).toThrow(RangeError);
    expect(Object.is(amount(euro("-0.00")), 0)).toBe(true);
  });

  test.each(["America/Los_Angeles", "Pacific/Auckland"])("a day is the same day in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    expect(day("2020-03-29").toISOString()).toBe("2020-03-29T00:00:00.000Z");
    vi.unstubAllEnvs();
  });

  test("the range of a table without rows is its empty row, not turned around to its heading", () => {
    const table = { sheet: "Journal", columns: [{ key: "Betrag", title: "Betrag" }], rows: [] };
    expect(namedRanges(table)).toEqual([
      { name: "Journal_Betrag", ranges: ["'Journal'!$A$2:$A$2"] },
    ]);
  });

  test("a moment is what the clocks in Berlin showed", () => {
    expect(moment("2020-07-01T22:30:00Z").toISOString()).toBe("2020-07-02T00:30:00.000Z");
  });

  test("text is cut at what a cell holds, and says so", () => {
    const cut = safeText("ä".repeat(40_000));
    expect(cut.length).toBe(32_767);
    expect(cut.endsWith(" … [gekürzt]")).toBe(true);
    expect(safeText(`${"a".repeat(32_754)}😀😀😀😀😀😀😀`)).not.toMatch(
      /[\ud800-\udbff](?![\udc00-\udfff])/,
    );
    expect(safeText("a\r\nb\u0085c\ud800d")).toBe("a\nb\ufffdc\ufffdd");
  });

  test.each([
    ["0.15", "90"],
    ["-0.15", "90"],
    ["0.01", "50"],
    ["1234.55", "81"],
    ["-99999999.99", "33.33"],
    ["0.01", "12.5"],
  ])("the formula for a share of %s at %s %% reckons as the domain does", (text, rate) => {
    const money = euro(text);
    const [, factor, divisor] = /\*(\d+)\/(\d+),0\)\/100$/.exec(shareFormula("T2", percent(rate)))!;
    const halfAway = (x: number) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
    const cents = halfAway(Number(money) * 100);
    const share = halfAway((cents * Number(factor)) / Number(divisor)) / 100;
    expect(share + 0).toBe(shareOf(money, percent(rate)).toNumber());
  });
});
