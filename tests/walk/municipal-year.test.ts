/** A fiscal year of the municipal budget as the office lives it, from the appropriation to its closing. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, certify, choose, expectHeading, launchBrowser, signIn } from "./browser.ts";
import { enter, tabTo } from "./keyboard.ts";
import {
  closeYear,
  euros,
  foresee,
  rowOf,
  settleJointYear,
  takeIntoInventory,
} from "./municipal-year-end.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript", year: 2021, width: 1280 },
      { javaScriptEnabled: false, name: "without JavaScript", year: 2021, width: 390 },
    ])("budget, contract, spending, joint service, device and closing, $name", async (run) => {
      const { javaScriptEnabled, year, width } = run;
      // Books of its own: what the other walk carries over would keep the years between open.
      const address = await addressOf(startProgram({ PAKTBUCH_DATA: newDataFolder() }));
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ javaScriptEnabled, baseURL: address, viewport });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      await signIn(page, "finanzen@beispiel.de");

      await appropriate(
        page,
        year,
        ["429100", "Ergebnishaushalt", "Support", "5.000,00"],
        "Medien",
      );
      await appropriate(page, year, ["783100", "Finanzhaushalt", "Geräte", "3.000,00"], "");
      if (javaScriptEnabled) await supplementByKeyboard(page, year);
      else await supplement(page, year);
      await expectFigures(page, year, "429100", ["6.000,00", "5.000,00", "1.000,00", "6.000,00"]);

      await concludeContract(page, year);
      await spend(page, year);
      await settleJointYear(page, year);
      await takeIntoInventory(page, year);
      await foresee(page, year);
      await closeYear(page, year);
      expect(complaints).toEqual([]);
      await context.close();
    });
  },
);

async function appropriate(
  page: Page,
  year: number,
  [ledgerAccount, part, name, amount]: [string, string, string, string],
  budget: string,
) {
  await page.goto(`/municipal-budget?year=${year}`);
  await page.getByRole("link", { name: "Haushaltsansatz buchen" }).click();
  await page.getByLabel("Produkt").fill("24302");
  await page.getByLabel("Sachkonto").fill(ledgerAccount);
  await page.getByLabel("Teil des Haushalts").selectOption({ label: part });
  await page.getByLabel("Budget", { exact: false }).last().fill(budget);
  await page.getByLabel("Bezeichnung").fill(name);
  await page.getByLabel("Ansatz (€)").fill(amount);
  await page.getByLabel("Beschlossen am").fill(`09.12.${year - 1}`);
  await page.getByRole("button", { name: "Haushaltsansatz buchen" }).click();
  await page
    .getByRole("row")
    .filter({ hasText: `${ledgerAccount} ${name}` })
    .waitFor();
}

async function openAccount(page: Page, year: number, ledgerAccount: string) {
  await page.goto(`/municipal-budget?year=${year}`);
  await page.getByRole("link", { name: new RegExp(`^${ledgerAccount} (Support|Geräte)`) }).click();
}

async function supplement(page: Page, year: number) {
  await openAccount(page, year, "429100");
  await page.getByRole("link", { name: "Änderung buchen" }).click();
  await page.getByLabel("Art", { exact: true }).selectOption("supplement");
  await page.getByLabel("Betrag (€)").fill("1.000,00");
  await page.getByLabel("Beschlossen am").fill(`15.06.${year}`);
  await page.getByLabel("Grund", { exact: true }).fill("mehr Support");
  await page.getByRole("button", { name: "Änderung buchen" }).click();
  await page.getByRole("alert").getByText("wer entschieden hat").waitFor();
  await page.getByLabel("Wer entschieden hat").fill(`Rat, 15.06.${year}`);
  await page.getByRole("button", { name: "Änderung buchen" }).click();
  await expectHeading(page, "Support");
}

/** The same without a mouse: every stop is reached with Tab, is named, and shows that it is there. */
async function supplementByKeyboard(page: Page, year: number) {
  await page.goto(`/municipal-budget?year=${year}`);
  await tabTo(page, /^429100 Support/);
  await enter(page, "Support");
  await tabTo(page, "Änderung buchen");
  await enter(page, "Änderung buchen");
  await tabTo(page, "Art");
  await page.keyboard.press("N");
  await tabTo(page, "Betrag (€)");
  await page.keyboard.type("1.000,00");
  await tabTo(page, "Beschlossen am");
  await page.keyboard.type(`15.06.${year}`);
  await tabTo(page, "Grund");
  await page.keyboard.type("mehr Support");
  await tabTo(page, "Änderung buchen");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("wer entschieden hat").waitFor();
  // Focus has gone to the field that is at fault: the answer is typed where one stands.
  await page.keyboard.type(`Rat, 15.06.${year}`);
  await page.keyboard.press("Enter");
  await expectHeading(page, "Support");
}

/** The cells of the account: available, appropriated, each change that there is, authorized, spending. */
async function expectFigures(page: Page, year: number, ledgerAccount: string, figures: string[]) {
  await openAccount(page, year, ledgerAccount);
  const cells = await rowOf(
    page,
    `Stand der Haushaltsstelle ${year}`,
    new RegExp(`^${ledgerAccount}`),
  );
  expect(cells.slice(0, figures.length)).toEqual(figures.map(euros));
}

/** Nine months of it fall into the year, and it ends with it; what it costs is committed by itself. */
async function concludeContract(page: Page, year: number) {
  await page.goto("/contracts");
  await page.getByRole("link", { name: "Vertrag anlegen" }).click();
  await page.getByLabel("Nummer", { exact: true }).fill(`V-${year}`);
  await page.getByLabel("Art", { exact: true }).selectOption({ label: "Betreuung" });
  await page.getByLabel("Bezeichnung").fill("Fernwartung");
  await page.getByLabel("Vertragspartner").fill("Netzbau GmbH");
  await page.getByLabel("Betrag brutto (€)").fill("149,99");
  await page.getByLabel("Zahlungsrhythmus").selectOption({ label: "je Quartal" });
  await page.getByLabel("Geschlossen am").fill(`15.03.${year}`);
  await page.getByLabel("Beginn").fill(`01.04.${year}`);
  await page.getByLabel("Ende der Laufzeit").fill(`31.12.${year}`);
  await page.getByLabel("Produkt").fill("24302");
  await page.getByLabel("Sachkonto").fill("429100");
  await page.getByRole("button", { name: "Vertrag anlegen" }).click();
  await expectHeading(page, `Vertrag V-${year}`);
  await expectFigures(page, year, "429100", [
    ...["5.550,03", "5.000,00", "1.000,00", "6.000,00"],
    "449,97",
  ]);
}

async function spend(page: Page, year: number) {
  await fillOrder(page, year, "783100", `G-${year}`, "Tablets", "3.000,01", "Investition");
  await page.getByRole("alert").getByText("sind nur noch 3.000,00\u00a0€ verfügbar").waitFor();
  await page.getByLabel("Betrag brutto (€)").fill("1.487,50");
  await page.getByRole("button", { name: "Auftrag buchen" }).click();
  await expectHeading(page, `Auftrag G-${year}`);
  await page.getByRole("link", { name: "Rechnung dazu buchen" }).click();
  await page.getByLabel("Rechnungsnummer").fill(`R-G-${year}`);
  await page.getByLabel("Rechnungsdatum").fill(`10.06.${year}`);
  expect(await page.getByLabel("Betrag brutto (€)").inputValue()).toBe("1.487,50");
  await bookAndPay(page, `R-G-${year}`, `20.06.${year}`, "1.487,50");
  await expectFigures(page, year, "783100", [
    ...["1.512,50", "3.000,00", "3.000,00"],
    ...["0,00", "1.487,50", "1.487,50"],
  ]);

  await page.goto("/contracts");
  await page.getByRole("link", { name: `V-${year} Fernwartung` }).click();
  await page.getByRole("link", { name: "Rechnung dazu buchen" }).click();
  await page.getByLabel("Rechnungsnummer").fill(`R-V-${year}`);
  await page.getByLabel("Rechnungsdatum").fill(`15.12.${year}`);
  expect(await page.getByLabel("Betrag brutto (€)").inputValue()).toBe("449,97");
  await bookAndPay(page, `R-V-${year}`, `20.12.${year}`, "449,97");
  await fillOrder(page, year, "429100", `S-${year}`, "Schulung", "500,00", "laufende Kosten");
  await expectHeading(page, `Auftrag S-${year}`);
}

async function fillOrder(
  page: Page,
  year: number,
  ledgerAccount: string,
  number: string,
  what: string,
  amount: string,
  costKind: string,
) {
  await page.goto(`/municipal-budget/${year}/orders/new`);
  await page.getByLabel("Lieferant").fill("Netzbau GmbH");
  await page.getByLabel("Auftragsnummer").fill(number);
  await page.getByLabel("Bestellt am").fill(`02.05.${year}`);
  await page.getByLabel("Begründung der Vergabeart").fill("nur ein Anbieter");
  await choose(page, "Haushaltsstelle", new RegExp(`24302.*${ledgerAccount}`));
  await page.getByLabel("Was", { exact: true }).fill(what);
  await page.getByLabel("Betrag brutto (€)").fill(amount);
  await page.getByLabel("Kostenart").selectOption({ label: costKind });
  await page.getByRole("button", { name: "Auftrag buchen" }).click();
}

async function bookAndPay(page: Page, number: string, paidOn: string, amount: string) {
  await page.getByRole("button", { name: "Rechnung buchen" }).click();
  await expectHeading(page, `Rechnung ${number}`);
  await certify(page);
  await page.getByLabel("Gezahlt am").fill(paidOn);
  await page.getByRole("button", { name: "Zahlung buchen" }).click();
  await page.getByText(`${amount}\u00a0€ am ${paidOn}`).waitFor();
}
