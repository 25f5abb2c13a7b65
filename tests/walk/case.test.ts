/** The case from end to end, as three people walk it in a browser: with JavaScript and without. */
import exceljs from "exceljs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  canWalk,
  certify,
  choose,
  expectAccessible,
  expectHeading,
  launchBrowser,
  signIn,
  signOut,
  goByMenu,
} from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    let browser: Browser;
    let address: string;

    beforeAll(async () => {
      const program = startProgram({ PAKTBUCH_DATA: newDataFolder() });
      address = await addressOf(program);
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript", number: "W-1" },
      { javaScriptEnabled: false, name: "without JavaScript", number: "W-2" },
    ])("order, invoice, refusal, payment, remaining money and workbook, $name", async (run) => {
      const { javaScriptEnabled, number } = run;
      const context = await browser.newContext({
        javaScriptEnabled,
        baseURL: address,
        viewport: javaScriptEnabled ? { width: 1280, height: 900 } : { width: 390, height: 844 },
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on("console", (message) => {
        const isOwnRefusal = message.text().includes("422");
        if (message.type() === "error" && !isOwnRefusal) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));

      await signIn(page, "finanzen@beispiel.de");
      await expectHeading(page, "Übersicht");
      await goByMenu(page, "Zuwendungen");
      await page.getByRole("link", { name: "DP-NI 2021/1288 (Beispiel)" }).click();
      await page.getByRole("link", { name: "Aufträge", exact: true }).click();
      await page.getByRole("link", { name: "Auftrag buchen" }).click();
      await page.getByLabel("Lieferant").fill("Tafelbau GmbH");
      await page.getByLabel("Auftragsnummer").fill(`A-${number}`);
      await page.getByLabel("Bestellt am").fill("02.05.2024");
      await choose(page, "Kostenposition", /^GS Sprakensehl · 2\.4/);
      await page.getByLabel("Was", { exact: true }).fill("Tafel");
      await page.getByLabel("Betrag brutto (€)").fill("1.000,00");
      await page.getByRole("button", { name: "Auftrag buchen" }).click();
      await page.getByRole("alert").getByText("liegt über der Wertgrenze von 500,00").waitFor();
      await page.getByLabel("Begründung der Vergabeart").fill("nur ein Hersteller");
      await page.getByRole("button", { name: "Auftrag buchen" }).click();
      await expectHeading(page, `Auftrag A-${number}`);
      expect(await page.getByRole("definition").allTextContents()).toContain("1.000,00\u00a0€");

      // The invoice for it, first with an amount that can be read in two ways.
      await page.getByRole("link", { name: "Rechnung dazu buchen" }).click();
      await page.getByLabel("Rechnungsnummer").fill(number);
      await page.getByLabel("Rechnungsdatum").fill("01.06.2024");
      await page.getByLabel("Betrag brutto (€)").fill("1.000");
      await page.getByLabel("Betrag brutto (€)").press("Enter");
      const summary = page.getByRole("alert");
      await summary.getByText("Bitte einen eindeutigen Betrag").waitFor();
      expect(await page.getByLabel("Rechnungsnummer").inputValue()).toBe(number);

      // Then with more than there is, against the order and on the line's rest.
      await page.getByLabel("Betrag brutto (€)").fill("99.999,99");
      await page.getByRole("button", { name: "Rechnung buchen" }).click();
      await summary
        .getByText(/Auf dieser Kostenposition sind nur noch [\d.]+,\d\d\s€ verfügbar\./)
        .waitFor();
      expect(await page.getByLabel("Lieferant").inputValue()).toBe("Tafelbau GmbH");
      if (javaScriptEnabled) await expectAccessible(page);
      await summary.getByRole("link").click();
      await page.getByLabel("Betrag brutto (€)").fill("1.000,00");
      await page.getByRole("button", { name: "Weitere Zeile" }).click();
      await page.getByRole("group", { name: "2. Zeile" }).waitFor();
      await page.getByRole("button", { name: "Zeile entfernen" }).nth(1).click();
      await page.getByRole("group", { name: "2. Zeile" }).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Rechnung buchen" }).click();
      await expectHeading(page, `Rechnung ${number}`);
      await certify(page);

      await page.getByLabel("Gezahlt am").fill("10.06.2024");
      await page.getByLabel("Skonto").fill("20,00");
      await page.getByLabel("Gezahlter Betrag").fill("980,00");
      await page.getByRole("button", { name: "Zahlung buchen" }).click();
      await page.getByText("980,00\u00a0€ am 10.06.2024, Skonto 20,00\u00a0€").waitFor();

      await page.goto("/");
      const figures = page.getByRole("row").filter({ hasText: "GS Sprakensehl" }).getByRole("cell");
      const rest = (await figures.last().textContent())!;

      await signOut(page);
      await signIn(page, "ausschuss@beispiel.de");
      await expectHeading(page, "Was ist noch da, und bis wann?");
      await page
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name: "GS Sprakensehl" }) })
        .getByText(rest)
        .first()
        .waitFor();

      await signOut(page);
      await signIn(page, "pruefung@beispiel.de");
      await goByMenu(page, "Prüfbuch");
      await page.getByRole("link", { name: "Journal nachrechnen" }).click();
      await page.getByText("Alle fünf Nachweise stimmen").waitFor();
      await page.getByRole("button", { name: "Export erstellen" }).click();
      const file = page.getByRole("link", { name: /^Pruefbuch .* herunterladen/ });
      await file.waitFor({ timeout: 60_000 });
      const download = page.waitForEvent("download");
      await file.click();
      const workbook = new exceljs.Workbook();
      await workbook.xlsx.readFile(await (await download).path());
      const receipts = JSON.stringify(workbook.getWorksheet("Belegliste")!.getSheetValues());
      expect(receipts).toContain(`"${number}"`);

      expect(complaints).toEqual([]);
      await context.close();
    });
  },
);
