/** Forms of granting authorities: descriptions as data, figures of the journal. */
import { randomUUID } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import exceljs from "exceljs";
import { expect, test } from "vitest";
import { fillForm, type FilledForm } from "#app/domain/filled-form.ts";
import { euro, type Money, sum } from "#app/domain/money.ts";
import { officialFormBook } from "#app/exports/official-form-book.server.ts";
import { officialFormPaper } from "#app/exports/official-form.server.ts";
import { formText } from "#app/german/official-form-text.ts";
import { readOfficialForm } from "#app/official-form-file.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { loadFormFacts, readForms, shippedForms } from "#app/records/official-forms.server.ts";
import { recordAnswer, requireProof, submitProof } from "#app/records/proofs.server.ts";
import { recordPayout, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { accepted, createGrant, createOffice, spend } from "#tests/support/factories.ts";

const words = { paymentKind: "Teilzahlung", financing: { full: "voll" } as never };
const asOf = "2023-12-31";

/** Spent on three lines in two years, one of them without kind of investment; one payment cut, some money drawn. */
async function richGrant() {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office, {
    lines: [
      ["GS Nord", "2.1", "60000"],
      ["GS Süd", "2.4", "40000"],
      ["GS Süd", "2.7", "4000"],
    ],
  });
  await spend(clerk, grantId, lineOf("2.4"), "1234.56", "2021-03-01");
  await spend(clerk, grantId, lineOf("2.1"), "20000.01", "2021-02-01");
  const drawdownId = randomUUID();
  const purpose = "Netze";
  const draft = { requestedOn: "2021-06-30", kind: "refund", amount: euro("20000"), purpose };
  accepted(await requestDrawdown(clerk, drawdownId, grantId, draft as never));
  accepted(
    await recordPayout(clerk, randomUUID(), drawdownId, {
      receivedOn: "2021-07-15",
      amount: euro("20000"),
    } as never),
  );
  await spend(clerk, grantId, lineOf("2.1"), "5000.00", "2022-04-01");
  await spend(clerk, grantId, lineOf("2.7"), "99.99", "2022-05-01");
  const proofId = randomUUID();
  const proof = { kind: "interim", asOf: "2022-12-31", submittedOn: "2023-01-20" } as const;
  accepted(await submitProof(clerk, proofId, grantId, { ...proof, report: "Bericht" }));
  const { figures } = await requireProof(clerk, proofId);
  const receipt = figures.receipts.find(({ eligible }) => eligible === "1234.56")!;
  const cut = { amount: euro("34.56"), reason: "zu teuer" };
  accepted(
    await recordAnswer(clerk, randomUUID(), proofId, {
      ...{ answeredOn: "2023-03-01", reference: "VN-7", note: "" },
      cuts: [{ invoiceLineId: receipt.invoiceLineId, ...cut }],
    }),
  );
  const accounts = await listAccounts(clerk, { grantId });
  const of = (kind: string, figure: "paid" | "received" | "approved" | "repaid") =>
    sum(accounts.filter((one) => one.kind === kind).map((one) => one[figure]));
  return { clerk, grantId, of };
}

/** Sums of all sections over rows of a source, by field. */
function totalsOf(filled: FilledForm, field: string): string[] {
  return filled.sections.flatMap(({ columns, total }) => {
    const index = columns.findIndex((column) => column.field === field);
    const amount = index < 0 ? null : (total?.[index] ?? null);
    return amount ? [amount.toFixed(2)] : [];
  });
}

function rowsOf(filled: FilledForm, title: string) {
  const { groups, columns } = filled.sections.find((section) => section.title === title)!;
  return groups.flatMap(({ name, rows }) =>
    rows.map((row) => ({
      group: name,
      ...Object.fromEntries(columns.map(({ field }, index) => [field, row[index]])),
    })),
  ) as Record<string, string | Money | number | null>[];
}

test("each shipped form comes to the sums of the budget", async () => {
  const { clerk, grantId, of } = await richGrant();
  const facts = await loadFormFacts(clerk, grantId, { asOf, words });
  const budget = await loadBudget(clerk, grantId);
  const paid = of("budget_line", "paid");
  expect(sum(budget.map((line) => line.paid)).toFixed(2)).toBe(paid.toFixed(2));
  const keys = shippedForms().map(({ key }) => key);
  expect(keys.sort()).toEqual([
    "anbest-p-belegliste",
    "ni-belegliste",
    "ni-verwendungsnachweis",
    "sn-belegliste",
    "st-auszahlungsantrag",
  ]);
  const asserted = new Set<string>();
  for (const form of shippedForms()) {
    const filled = fillForm(form, facts);
    const expectAll = (field: string, amount: Money) => {
      for (const total of totalsOf(filled, field)) {
        expect({ form: form.key, field, total }).toEqual({
          ...{ form: form.key, field, total: amount.toFixed(2) },
        });
        asserted.add(form.key);
      }
    };
    const named = filled.sections.filter(({ title }) => title !== "Nicht zugeordnet");
    const whole = { ...filled, sections: named };
    for (const total of totalsOf(whole, "eligible")) expect(total).toBe(paid.toFixed(2));
    if (totalsOf(whole, "eligible").length > 0) asserted.add(form.key);
    // What was claimed before the answer cut it.
    expectAll("claimed", paid.plus("34.56"));
    expectAll("actual", paid);
    expectAll("planned", of("budget_line", "approved"));
    expectAll("total", paid);
    expectAll("amount", of("income", "received").minus(of("income", "repaid")));
  }
  expect([...asserted].sort()).toEqual(keys.sort());
});

test("groups stand as the financing plan has them, payments in the order of their days, sums below each", async () => {
  const { clerk, grantId } = await richGrant();
  const facts = await loadFormFacts(clerk, grantId, { asOf, words });
  const form = shippedForms().find(({ key }) => key === "anbest-p-belegliste")!;
  const filled = fillForm(form, facts);
  const rows = rowsOf(filled, "Ausgaben");
  expect(rows.map(({ group, paidOn }) => [group, paidOn])).toEqual([
    ["2.1 Digitale Vernetzung, GS Nord", "2021-02-01"],
    ["2.1 Digitale Vernetzung, GS Nord", "2022-04-01"],
    ["2.4 Anzeige- und Interaktionsgeräte, GS Süd", "2021-03-01"],
    ["2.7 Leasing, GS Süd", "2022-05-01"],
  ]);
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  for (const { groups, total } of filled.sections) {
    for (const [index, amount] of (total ?? []).entries()) {
      const parts = groups.map(({ sums }) => sums[index] ?? null);
      if (amount) expect(sum(parts.map((part) => part!)).toFixed(2)).toBe(amount.toFixed(2));
    }
  }
  expect(rowsOf(filled, "Einnahmen")).toMatchObject([{ on: "2021-07-15" }]);
});

test("Saxony's column 11 is column 8 less 9 and 10, receipt by receipt", async () => {
  const { clerk, grantId } = await richGrant();
  const form = shippedForms().find(({ key }) => key === "sn-belegliste")!;
  const filled = fillForm(form, await loadFormFacts(clerk, grantId, { asOf, words }));
  for (const row of rowsOf(filled, "Belege")) {
    const [paid, vat, other] = [row.paid, row.ineligibleVat, row.ineligibleOther] as Money[];
    expect((row.claimed as Money).toFixed(2)).toBe(paid!.minus(vat!).minus(other!).toFixed(2));
  }
  expect(
    filled.sections[0]!.columns.slice(0, 11).map(({ title }) => Number.parseInt(title)),
  ).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
});

test("Saxony-Anhalt's request parts what was claimed before from what is new, and drops no receipt", async () => {
  const { clerk, grantId } = await richGrant();
  const form = shippedForms().find(({ key }) => key === "st-auszahlungsantrag")!;
  const filled = fillForm(form, await loadFormFacts(clerk, grantId, { asOf, words }));
  const rows = rowsOf(filled, "Ausgaben nach Investitionsarten");
  const spoken = rows.map(({ investment, before, now }) => [
    investment,
    (before as Money).toFixed(2),
    (now as Money).toFixed(2),
  ]);
  expect(spoken).toEqual([
    ["Digitale Vernetzung/Verkabelung", "20000.01", "5000.00"],
    ["Schulisches WLAN", "0.00", "0.00"],
    ["Digitale Lehr-Lern-Infrastrukturen", "0.00", "0.00"],
    ["Anzeige- und Interaktionsgeräte", "1200.00", "0.00"],
    ["Digitale Arbeitsgeräte", "0.00", "0.00"],
    ["Schulgebundene mobile Endgeräte", "0.00", "0.00"],
    ["nicht zugeordnet", "0.00", "99.99"],
  ]);
  const others = rowsOf(filled, "Nicht zugeordnet");
  expect(others).toHaveLength(1);
  expect(others[0]).toMatchObject({ position: "2.7 Leasing, GS Süd", paidOn: "2022-05-01" });

  const later = await loadFormFacts(clerk, grantId, { asOf, registeredUntil: "2022-04-01", words });
  const [first] = rowsOf(fillForm(form, later), "Ausgaben nach Investitionsarten");
  expect((first!.before as Money).toFixed(2)).toBe("25000.01");
});

const ownForm = `
Kennung: xx-eigener-vordruck
Titel: Eigener Vordruck
Land: HB
Erläuterung: Nur als Datei.
Quellen: [Rundschreiben 1]
Kopf: [Zuwendungsempfänger, bewilligte Zuwendung, Stand]
Abschnitte:
  - Titel: Zahlungen
    Zeilen: Belege
    Spalten:
      - Feld: Schule
      - Feld: Zahlungsdatum
        Überschrift: Wann
      - Feld: förderfähig
        Überschrift: Wie viel €
    Gruppen: [Schule]
    Sortierung: [förderfähig]
    Summen: [förderfähig]
Hinweise: [Bitte zweifach einreichen.]
`;

test("a new form given as a file only is filled, printed and written", async () => {
  const { clerk, grantId, of } = await richGrant();
  const [form] = readForms([["eigener.yaml", ownForm]]);
  const filled = fillForm(form!, await loadFormFacts(clerk, grantId, { asOf, words }));
  const text = formText(filled);
  expect(text.sections[0]!.groups.map(({ name, sums }) => [name, sums!.at(-1)])).toEqual([
    ["GS Nord", "25.000,01"],
    ["GS Süd", "1.299,99"],
  ]);
  expect(text.head.map(([term]) => term)).toEqual([
    "Zuwendungsempfänger",
    "bewilligte Zuwendung",
    "Stand",
  ]);
  const facts = { author: "Stadt", isExample: false, writtenOn: asOf };
  const pdf = await PDFDocument.load(await officialFormPaper(text, facts));
  expect(pdf.getTitle()).toBe("Eigener Vordruck");

  const book = new exceljs.Workbook();
  await book.xlsx.load((await officialFormBook(filled, facts)).buffer);
  const sheet = book.worksheets[1]!;
  expect(sheet.name).toBe("1 Zahlungen");
  const last = sheet.getRow(sheet.rowCount);
  expect(last.getCell(1).text).toBe("Gesamt");
  expect(last.getCell(4).value).toEqual({
    formula: "SUM(D2:D5)",
    result: Number(of("budget_line", "paid").toFixed(2)),
  });
});

test.each([
  [
    "Feld: förderfähig",
    "Feld: Kontostand",
    /Das Feld „Kontostand“ gibt es für Belege nicht\. Möglich sind: lfd\. Nr\./,
  ],
  ["Zeilen: Belege", "Zeilen: Bilder", /Zeilen „Bilder“ gibt es nicht/],
  ["Kopf: [Zuwendungsempfänger,", "Kopf: [Wappen,", /Kopf: Das Feld „Wappen“ gibt es nicht/],
  ["Summen: [förderfähig]", "Summen: [Schule]", /„Schule“ lässt sich nicht summieren/],
  ["Summen: [förderfähig]", "Summen: [gezahlt]", /„gezahlt“ lässt sich nicht summieren/],
  ["Gruppen: [Schule]", "Gruppen: [Mond]", /Das Feld „Mond“ gibt es für Belege nicht/],
  ["Zeilen: Belege", "Zeilen: Investitionsarten", /aber die Datei nennt keine/],
  ["Land: HB", "Land: HB\nFarbe: rot", /Unbekannter Eintrag „Farbe“/],
  ["Titel: Eigener Vordruck", "Überschrift: x", /Titel, Die Angabe fehlt/],
  ["Überschrift: Wann", "Überschrift: Schule", /Die Überschrift „Schule“ kommt zweimal vor/],
])("a form with %s as %s is refused with a sentence", (right, wrong, sentence) => {
  const text = ownForm.replace(right, wrong);
  expect(text).not.toBe(ownForm);
  const file = readOfficialForm(text);
  expect("problems" in file && file.problems.join(" ")).toMatch(sentence);
  expect(() => readForms([["falsch.yaml", text]])).toThrow(/^Vordruck falsch\.yaml: /);
});

test("two files may not name one form", () => {
  expect(() =>
    readForms([
      ["a.yaml", ownForm],
      ["b.yaml", ownForm],
    ]),
  ).toThrow(/steht in zwei Dateien/);
});

test("a grant without payments fills every form with nothing", async () => {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const facts = await loadFormFacts(office.clerk, grantId, { asOf, words });
  for (const form of shippedForms()) {
    const filled = fillForm(form, facts);
    for (const total of totalsOf(filled, "eligible")) expect(total).toBe("0.00");
    const paper = { author: "Stadt", isExample: true, writtenOn: asOf };
    expect((await officialFormPaper(formText(filled), paper)).byteLength).toBeGreaterThan(1000);
    expect((await officialFormBook(filled, paper)).byteLength).toBeGreaterThan(1000);
  }
});
