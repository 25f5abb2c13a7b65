/** Many invoices at once, as a clerk walks it: 500 pasted rows with JavaScript, a workbook without. */
import exceljs from "exceljs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, expectAccessible, launchBrowser, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

const grant = "DP-NI 2021/1288 (Beispiel)";

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    let browser: Browser;
    let address: string;

    beforeAll(async () => {
      address = await addressOf(startProgram({ PAKTBUCH_DATA: newDataFolder() }));
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    test("500 rows are pasted, a mistake is mended in its cell, and all are booked", async () => {
      const page = await openInvoices(true);
      await page.getByRole("link", { name: "Als Tabelle buchen" }).click();
      await page.locator("#cell-1-supplier").waitFor();
      await expectAccessible(page);
      const place = await page.locator("#list-position option").first().getAttribute("value");
      const rows = Array.from({ length: 500 }, (_, at) => {
        const day = at === 3 ? "31.02.2024" : "15.05.2024";
        return [
          `Kabel AG ${at % 20}`,
          `K-${at}`,
          day,
          "",
          place,
          "Kabel",
          "1",
          "",
          "",
          "0,05",
        ].join("\t");
      });
      await pasteInto(page, "#cell-1-supplier", `${rows.join("\n")}\n`);
      await page.locator("#cell-4-invoicedOn-error").waitFor();
      expect(await page.locator('[name="supplier"]').count()).toBe(500);
      await page.getByLabel("Rechnungsdatum, Zeile 4", { exact: true }).fill("15.05.2024");
      await page.getByText(/^500 Rechnungen über 25,00.€ brutto ohne Fehler/).waitFor();
      await page.getByRole("button", { name: "Buchen", exact: true }).click();
      await page.getByRole("link", { name: "K-499", exact: true }).waitFor();
      await page.getByRole("link", { name: "Datei einlesen" }).click();
      await page.getByRole("heading", { name: "Rechnungen einlesen" }).waitFor();
      await expectAccessible(page);
    });

    test("a workbook is read, booked and undone without JavaScript", async () => {
      const page = await openInvoices(false);
      await page.getByRole("link", { name: "Datei einlesen" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Vorlage für Excel" }).click(),
      ]);
      const workbook = new exceljs.Workbook();
      await workbook.xlsx.readFile(await download.path());
      const place = workbook.getWorksheet("Kostenpositionen")!.getCell("A2").value;
      workbook
        .getWorksheet("Rechnungen")!
        .addRow(["Vorlage AG", "V-1", new Date("2024-05-15"), "", place, "Kabel", 1, 1, 19]);
      const buffer = Buffer.from(await workbook.xlsx.writeBuffer());
      const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      await page.getByLabel("Datei").setInputFiles({ name: "Mai.xlsx", mimeType, buffer });
      await page.getByRole("button", { name: "Datei prüfen" }).click();
      await page.getByText("Alle Zeilen stimmen.").waitFor();
      await page.getByRole("button", { name: "1 Rechnung buchen" }).click();
      await page.getByRole("heading", { level: 1, name: "Mai.xlsx" }).waitFor();
      await page.getByLabel("Grund").fill("nur zur Probe");
      await page.getByRole("button", { name: "Alle Rechnungen der Datei stornieren" }).click();
      await page.getByText("Alle Rechnungen dieser Datei sind storniert.").waitFor();
    });

    async function openInvoices(javaScriptEnabled: boolean): Promise<Page> {
      const context = await browser.newContext({ javaScriptEnabled, baseURL: address });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await signIn(page, "finanzen@beispiel.de");
      await page.getByRole("link", { name: "Zuwendungen", exact: true }).click();
      await page.getByRole("link", { name: grant }).click();
      await page.getByRole("link", { name: "Rechnungen", exact: true }).click();
      return page;
    }
  },
);

/** As Ctrl+V does: the event carries the text, and the page decides what becomes of it. */
async function pasteInto(page: Page, cell: string, text: string) {
  await page.locator(cell).focus();
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement!.dispatchEvent(event);
  }, text);
}
