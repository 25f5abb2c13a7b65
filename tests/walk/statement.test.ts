/** What the treasury paid comes back as a bank statement and is matched: on a phone, without JavaScript. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statementFile } from "#tests/support/statement.ts";
import {
  canWalk,
  choose,
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
      address = await addressOf(startProgram({ PAKTBUCH_DATA: newDataFolder() }));
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    test("an invoice is certified by another and paid by what the statement proves", async () => {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        baseURL: address,
        viewport: { width: 390, height: 844 },
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);

      await signIn(page, "finanzen@beispiel.de");
      await goByMenu(page, "Zuwendungen");
      await page.getByRole("link", { name: "DP-NI 2021/1288 (Beispiel)" }).click();
      await page.getByRole("link", { name: "Rechnungen", exact: true }).click();
      await page.getByRole("link", { name: "Rechnung buchen" }).first().click();
      await page.getByLabel("Lieferant").fill("Tafelbau GmbH");
      await page.getByLabel("Rechnungsnummer").fill("T-4711");
      await page.getByLabel("Rechnungsdatum").fill("01.06.2024");
      await choose(page, "Kostenposition", /^GS Sprakensehl · 2\.4/);
      await page.getByLabel("Was", { exact: true }).fill("Tafel");
      await page.getByLabel("Betrag brutto (€)").fill("500,00");
      await page.getByRole("button", { name: "Rechnung buchen" }).click();
      await page.getByText("Gebucht: Rechnung T-4711").waitFor();
      await signOut(page);

      await signIn(page, "kasse@beispiel.de");
      await page.goto("/certifications");
      await page.getByLabel("Rechnung T-4711 auswählen").check();
      await page.getByRole("button", { name: /sachlich und rechnerisch richtig/ }).click();
      await goByMenu(page, "Kontoauszüge");
      const upload = page.getByLabel("Kontoauszug einlesen");
      const einlesen = page.getByRole("button", { name: "Einlesen", exact: true });
      await upload.setInputFiles(fileOf("umsaetze.csv", Buffer.from("Tag;Betrag\n")));
      await einlesen.click();
      await page.getByText("Das ist kein Kontoauszug im Format CAMT.053.").waitFor();
      await upload.setInputFiles(fileOf("auszug.xml", statement));
      await einlesen.click();
      await expectHeading(page, "Kontoauszug 2024/123");
      await page.getByText("Rechnungsnummer und Betrag", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Ausgewählte Zahlungen buchen" }).click();
      await page.getByRole("heading", { name: "Zugeordnet (1)" }).waitFor();
      await page.getByRole("button", { name: "Alle ohne Vorschlag ablegen" }).click();
      await page.getByText("Alle Umsätze sind zugeordnet oder abgelegt.").waitFor();

      await page.getByRole("link", { name: /auf Rechnung T-4711/ }).click();
      await page.getByText("Nachgewiesen durch").waitFor();
      await page.getByLabel("Tag des Stornos").fill("20.06.2024");
      await page.getByLabel("Grund").fill("Rückläufer");
      await page.getByRole("button", { name: "Beleg stornieren" }).click();
      await page.getByRole("link", { name: "Kontoauszug 2024/123, Umsatz 1" }).click();
      await page.getByRole("button", { name: "Ausgewählte Zahlungen buchen" }).waitFor();
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(isTooWide).toBe(false);
      await context.close();
    });
  },
);

const day = { bookedOn: "2024-06-14" };
const statement = statementFile({
  id: "2024/123",
  opening: "1000.00",
  closing: "487.30",
  entries: [
    { ...day, amount: "500.00", parts: [{ name: "TAFELBAU", lines: ["T-4711"] }] },
    { ...day, amount: "12.70", parts: [{ name: "Post", lines: ["Porto"] }] },
  ],
});

function fileOf(name: string, buffer: Buffer) {
  return { name, mimeType: "application/octet-stream", buffer };
}
