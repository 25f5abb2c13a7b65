/** A pile of paper invoices, entered by keyboard alone. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, launchBrowser, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

/** What a clerk may press beside what stands on the paper. */
const mostStrokes = 7;

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

    test("twenty invoices of six fields take seven strokes each beyond their data, and no mouse", async () => {
      const context = await browser.newContext({ baseURL: address });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await signIn(page, "finanzen@beispiel.de");
      await page.goto("/grants");
      await page.getByRole("link", { name: "DP-NI 2021/1288 (Beispiel)" }).click();
      await page.getByRole("link", { name: "Rechnungen", exact: true }).click();
      await page.getByRole("link", { name: "Rechnung buchen" }).click();
      await page.getByLabel("Lieferant").waitFor();

      const beyond: number[] = [];
      for (let index = 0; index < 20; index += 1) {
        const supplier = suppliers[index % suppliers.length]!;
        const isKnown = index >= suppliers.length;
        const number = `T-${index}`;
        // The supplier brings its line along from its second invoice on.
        const line = isKnown ? "" : "Wiethornschule";
        beyond.push(
          await enter(page, [
            supplier,
            number,
            "01.06.2024",
            line,
            "Kleinteile",
            `1,${10 + index}`,
          ]),
        );
        await page.getByText(`Gebucht: Rechnung ${number}, ${supplier}`).waitFor();
      }
      console.log(`Anschläge außer den Daten: ${beyond.join(" ")}`);
      expect(Math.max(...beyond)).toBeLessThanOrEqual(mostStrokes);

      await page.goto(page.url().replace(/\/new.*/, ""));
      for (let index = 0; index < 20; index += 1) {
        const link = page.getByRole("link", { name: `T-${index}`, exact: true });
        const row = page.getByRole("row").filter({ has: link });
        expect(await row.first().textContent()).toContain(`1,${10 + index}`);
        expect(await row.first().textContent()).toContain("Wiethornschule");
      }
      await context.close();
    });
  },
);

const suppliers = ["Kabel Meier", "Papier & Co", "Elektro Süd", "Funk Nord", "Tafel West"];

/** Types one invoice from the field that has the focus; gives the strokes that are not its data. */
async function enter(page: Page, fields: string[]): Promise<number> {
  let strokes = 0;
  for (const [index, field] of fields.entries()) {
    await page.keyboard.type(field);
    // From field to field, and at the last one the deed.
    await page.keyboard.press(index < fields.length - 1 ? "Tab" : "Enter");
    strokes += 1;
  }
  return strokes;
}
