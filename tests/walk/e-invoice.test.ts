/** An e-invoice on its way through the office: taken in, looked at, booked, and refused the second time. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { content, line, write } from "#tests/support/e-invoices.ts";
import { canWalk, expectAccessible, expectHeading, launchBrowser, signIn } from "./browser.ts";
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

    test.each([true, false])("with scripts: %s", async (javaScriptEnabled) => {
      const context = await browser.newContext({ baseURL: address, javaScriptEnabled });
      const page = await context.newPage();
      await signIn(page, "finanzen@beispiel.de");
      await page.goto("/grants");
      await page.locator('main a[href^="/grants/"]').first().click();
      await page.getByRole("link", { name: "E-Rechnungen" }).click();
      await page.waitForURL(/\/e-invoices$/);
      const list = page.url();

      const number = `RE-${javaScriptEnabled}`;
      const format = javaScriptEnabled ? "XRECHNUNG-UBL" : "Factur-X-EN16931";
      const lines = [line(1, { net: "90.00", name: "Tablet" }), line(2, { net: "10.00" })];
      const totals = { lines: "100.00", tax: "19.00", gross: "119.00" };
      const given = { "cbc:ID": number, "cac:InvoiceLine": lines };
      const buffer = await write(format, content(given, totals));
      const send = async (name: string, bytes: Buffer) => {
        const file = { name, mimeType: "application/octet-stream", buffer: bytes };
        await page.getByLabel("E-Rechnungen", { exact: true }).setInputFiles(file);
        await page.getByRole("button", { name: "E-Rechnungen annehmen" }).click();
      };
      await send("rechnung.xml", buffer);
      await expectHeading(page, `E-Rechnung ${number}`);
      await page.getByText("DE12 5001 0517 0648 4898 90").waitFor();
      if (javaScriptEnabled) await expectAccessible(page);

      const firstLine = page.getByRole("group", { name: "1. Zeile" });
      const option = firstLine.getByLabel("Kostenposition").locator("option").nth(1);
      await firstLine.getByLabel("Kostenposition").selectOption(await option.getAttribute("value"));
      await page.getByRole("button", { name: "Rechnung buchen" }).last().click();
      await page.waitForURL(/\/invoices\/[0-9a-f-]{36}$/);
      await page.getByText("119,00\u00a0€").first().waitFor();

      await page.goto(list);
      await page.getByRole("row", { name: number }).getByText("gebucht", { exact: true }).waitFor();
      await send("nochmal.xml", buffer);
      await page.getByText(/Genau diese Datei ist schon eingegangen/).waitFor();
      await send("bombe.xml", Buffer.from('<!DOCTYPE a [<!ENTITY a "a">]><Invoice>&a;</Invoice>'));
      await page.getByText(/bringt eigene Regeln mit \(DOCTYPE\)/).waitFor();
      if (javaScriptEnabled) await expectAccessible(page);
      expect(await page.getByRole("row", { name: number }).count()).toBe(1);
      await context.close();
    });
  },
);
