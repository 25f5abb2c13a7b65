/** Every kind of export of a rich office holds the rules for auditors, and another program reckons the same. */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";
import { makeAuditBook } from "#app/audit-book.server.ts";
import { seenVerdicts } from "#app/records/audit-sheets.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { loadProofFigures } from "#app/records/proofs.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { createOffice } from "#tests/support/factories.ts";
import { findOffice, recalculate, whyOfficeIsNeeded } from "#tests/support/office.ts";
import { validateWorkbook } from "#tests/support/workbook-validator.ts";
import { readWorkbook, type Sheet } from "#tests/support/workbook-xml.ts";

const { logins } = await loadDemo();
const [clerk] = await Promise.all(
  logins.map(async ({ email, password }) => {
    const found = await findSigningIn(email, password);
    return found && "user" in found ? found.user : undefined;
  }),
);
const grants = await listGrants(clerk!, "all");
const [first, second] = grants.map(({ id }) => id);
const today = "2026-11-24";

async function exported(user: User, scope: BookScope) {
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-"));
  const file = path.join(folder, "book.xlsx");
  await makeAuditBook(user, scope, file);
  return { folder, file };
}

const limited = (limits: User["limits"]): User => ({ ...clerk!, roles: ["auditor"], limits });

test.each<[string, () => User, BookScope]>([
  ["of all", () => clerk!, { asOf: today }],
  ["of one grant", () => clerk!, { grantId: first!, asOf: today }],
  ["of two grants", () => clerk!, { grantIds: [first!, second!], asOf: today }],
  ["of a fiscal year", () => clerk!, { fiscalYear: 2024, asOf: today }],
  ["of a year without a budget", () => clerk!, { fiscalYear: 2031, asOf: today }],
  ["of a day gone by", () => clerk!, { asOf: "2021-07-07" }],
  ["of a day before everything", () => clerk!, { asOf: "2000-01-01" }],
  [
    "of a moment gone by",
    () => clerk!,
    { asOf: "2026-01-01", knownOn: "2026-01-01T00:00:00.000Z" },
  ],
  [
    "of one grant for an auditor who sees no other",
    () => limited({ grantIds: [first!], fiscalYears: [] }),
    { asOf: today },
  ],
  [
    "of a year for an auditor who sees no other",
    () => limited({ grantIds: [], fiscalYears: [2024] }),
    { asOf: today },
  ],
])("there is nothing to object to in the workbook %s", async (_, user, scope) => {
  const { file } = await exported(user(), scope);
  expect(await validateWorkbook(await readFile(file))).toEqual([]);
});

test("nor in the one of an office that has just been founded", async () => {
  const office = await createOffice();
  const { file } = await exported(office.clerk, { asOf: today });
  expect(await validateWorkbook(await readFile(file))).toEqual([]);
});

test("the proof in figures says what the page of the proof of use says", async () => {
  const { file } = await exported(clerk!, { asOf: today });
  const rows = records(await sheetOf(file, "Zahlenmäßiger Nachweis"));
  expect(rows.length).toBeGreaterThan(6);
  for (const grant of grants.filter(({ stands }) => stands)) {
    const figures = await loadProofFigures(clerk!, grant, today);
    const own = rows.filter((row) => row["Aktenzeichen"] === grant.fileNumber);
    const of = (position: string, key: string) =>
      own.find((row) => row["Position"] === position)?.[key];
    const costs = own.filter((row) => row["Teil"] === "Ausgaben");
    expect(
      costs.map((row) => [
        row["Schule"],
        row["Position"],
        row["Plan (bewilligt)"],
        row["Ist (bezahlt)"],
      ]),
    ).toEqual(
      figures.lines.map((line) => [
        line.school,
        `${line.code} ${line.category}`,
        Number(line.approved),
        Number(line.paid),
      ]),
    );
    expect(costs.map((row) => row["Abweichung (Plan − Ist)"])).toEqual(
      figures.lines.map(({ difference }) => Number(difference)),
    );
    expect(costs.map((row) => row["Überschreitung zu hoch"])).toEqual(
      figures.lines.map(({ isBeyondTolerance }) => (isBeyondTolerance ? "ja" : "nein")),
    );
    expect(of("Zuwendung", "Plan (bewilligt)")).toBe(Number(figures.terms.grantAmount));
    expect(of("Zuwendung", "Ist (bezahlt)")).toBe(Number(figures.grantDue));
    expect(of("Eigenmittel", "Ist (bezahlt)")).toBe(Number(figures.own));
  }
});

test("a reversal stands with its numbers, its reason, who did it and what came instead", async () => {
  const { file } = await exported(clerk!, { asOf: today });
  const [reversal] = records(await sheetOf(file, "Stornos"));
  expect(reversal).toMatchObject({
    Belegart: "Rechnung",
    "storniert von": clerk!.name,
    Grund: expect.stringContaining("Schule"),
    "stornierter Vorgang": expect.stringContaining("BSP-W-3301"),
    "ersetzt durch": expect.stringContaining("BSP-W-3301"),
    Anzahl: 2,
    "Anzahl im Storno": 2,
    "Vorgang + Storno (muss 0 sein)": 0,
  });
  // Committed falls and invoiced rises: only without signs the sum shows what was moved.
  const [done, undone] = [
    reversal!["bewegt (Summe der Beträge ohne Vorzeichen)"],
    reversal!["im Storno bewegt (Summe der Beträge ohne Vorzeichen)"],
  ];
  expect(Number(done)).toBeGreaterThan(0);
  expect(undone).toBe(done);
  // On the day before it was undone nothing of it is there.
  const { file: before } = await exported(clerk!, { asOf: "2021-07-07" });
  expect(records(await sheetOf(before, "Stornos"))).toEqual([]);
});

test("contracts, joint costs and the change log are those of the example", async () => {
  const { file } = await exported(clerk!, { asOf: today });
  const contracts = records(await sheetOf(file, "Verträge"));
  expect(contracts.every((row) => Number(row["beauftragt"]) > 0)).toBe(true);
  expect(new Set(contracts.map((row) => row["Vertragsnummer"])).size).toBeGreaterThan(2);
  const costs = records(await sheetOf(file, "IKZ-Kosten"));
  expect(costs.every((row) => row["abgerechnet am"] !== null)).toBe(true);
  expect(costs.length).toBeGreaterThan(2);
  const log = records(await sheetOf(file, "Änderungsprotokoll"));
  expect(log[0]).toMatchObject({ Tat: "Schulträger eingerichtet" });
  expect(log.every((row) => Number(row["Siegel Nr."]) > 0)).toBe(true);
  const { file: ofGrant } = await exported(clerk!, { grantId: first!, asOf: today });
  const part = records(await sheetOf(ofGrant, "Änderungsprotokoll"));
  expect(part.length).toBeGreaterThan(5);
  expect(part.length).toBeLessThan(log.length / 2);
  expect(part.every((row) => log.some((one) => one["Siegel Nr."] === row["Siegel Nr."]))).toBe(
    true,
  );
});

test("who sees a part of the books learns that a proof fails, and nothing of where", () => {
  const verdict = { proof: "chain_closes" as const, checked: 9, findings: ["Buchung 3: 12,00 €"] };
  const auditor = limited({ grantIds: [first!], fiscalYears: [] });
  expect(seenVerdicts(auditor, [verdict])).toEqual([{ ...verdict, findings: ["Abweichungen: 1"] }]);
  expect(seenVerdicts(clerk!, [verdict])).toEqual([verdict]);
});

test("an auditor of one grant finds nothing of another one in any cell", async () => {
  const { file } = await exported(limited({ grantIds: [first!], fiscalYears: [] }), {
    asOf: today,
  });
  const hidden = grants.find(({ id }) => id === second)!.fileNumber;
  const { sheets } = await readWorkbook(await readFile(file));
  const cells = sheets.flatMap(({ name, cells }) =>
    [...cells.values()].map((cell) => ({ name, cell })),
  );
  const named = cells.filter(({ cell }) => String(cell.value).includes(hidden));
  expect(named.map(({ name, cell }) => `${name} ${cell.at}`)).toEqual([]);
  const { sheets: whole } = await readWorkbook(
    await readFile((await exported(clerk!, { asOf: today })).file),
  );
  expect(
    whole.some(({ cells }) =>
      [...cells.values()].some(({ value }) => String(value).includes(hidden)),
    ),
  ).toBe(true);
});

test.skipIf(!findOffice() && !process.env.CI).each<[string, BookScope]>([
  ["of all", { asOf: today }],
  ["of two grants", { grantIds: [first!, second!], asOf: "2021-07-07" }],
  ["of a fiscal year", { fiscalYear: 2024, asOf: today }],
])(
  `LibreOffice reckons every formula of the workbook %s to the stored result (${whyOfficeIsNeeded})`,
  async (_, scope) => {
    const { folder, file } = await exported(clerk!, scope);
    const stored = await readWorkbook(await readFile(file));
    const again = await readWorkbook(
      await readFile(await recalculate(file, folder, (sheet) => sheet)),
    );
    const found = new Map(again.sheets.map(({ name, cells }) => [name, cells]));
    const different: unknown[] = [];
    let formulas = 0;
    for (const { name, cells } of stored.sheets) {
      for (const { at, formula, value } of cells.values()) {
        if (formula === undefined) continue;
        formulas += 1;
        const reckoned = found.get(name)?.get(at)?.value ?? null;
        const isSame =
          typeof value === "number"
            ? Math.abs(Number(reckoned) - value) < 1e-9
            : reckoned === value;
        if (!isSame) different.push([name, at, formula, value, reckoned]);
      }
    }
    expect(different).toEqual([]);
    expect(formulas).toBeGreaterThan(150);
  },
  120_000,
);

async function sheetOf(file: string, name: string): Promise<Sheet> {
  const { sheets } = await readWorkbook(await readFile(file));
  return sheets.find((sheet) => sheet.name === name)!;
}

function records({ rows, headings }: Sheet) {
  return rows
    .slice(1)
    .map(({ cells }) =>
      Object.fromEntries(cells.map(({ column, value }) => [headings[column]!, value])),
    );
}
