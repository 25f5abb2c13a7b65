/** A receipt finds its way to its invoice: from the list of what is missing, dropped, and taken back. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { canWalk, expectAccessible, expectHeading, launchBrowser, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

const scan = {
  name: "Rechnung.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj\nendobj\n"),
};
const page = { name: "Seite.html", mimeType: "text/html", buffer: Buffer.from("<html></html>") };

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    let browser: Browser;
    let address: string;

    beforeAll(async () => {
      const data = newDataFolder();
      const program = startProgram({ PAKTBUCH_DATA: data, PAKTBUCH_FILES: "folder" });
      address = await addressOf(program);
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript", number: "BSP-T-778" },
      { javaScriptEnabled: false, name: "without JavaScript", number: "BSP-W-3301" },
    ])("a missing receipt is chosen and attached, $name", async ({ javaScriptEnabled, number }) => {
      const walker = await open({ javaScriptEnabled });
      await walker.goto("/receipts");
      await expectHeading(walker, "Fehlende Belege");
      const row = walker.getByRole("row").filter({ hasText: number });
      await row.getByRole("link", { name: "ablegen" }).click();
      await expectHeading(walker, "Dateien ablegen");

      // Refused with its reason, and the other one kept all the same.
      await walker.getByLabel("Dateien").setInputFiles([page, scan]);
      await walker.getByRole("button", { name: "Dateien ablegen" }).click();
      await walker.getByRole("alert").getByText("„Seite.html“: Diese Art von Datei").waitFor();
      if (javaScriptEnabled) await expectAccessible(walker);
      await walker.getByRole("link", { name: "Zurück" }).click();
      await expectHeading(walker, "Fehlende Belege");
      await row.waitFor({ state: "detached" });
      await walker.context().close();
    });

    test("files are dropped on an invoice, looked at and withdrawn", async () => {
      const walker = await open({ javaScriptEnabled: true });
      await walker.goto("/receipts");
      await walker.getByRole("link", { name: "BSP-2021-0117", exact: true }).click();
      await expectHeading(walker, /BSP-2021-0117/);
      const file = walker.getByRole("row").filter({ hasText: scan.name });
      // The page takes files as soon as its script has come; twice the same is kept once.
      const dropped = async () => {
        await drop(walker, [scan]);
        await file.waitFor({ timeout: 5_000 });
      };
      await vi.waitFor(dropped, { timeout: 60_000 });
      await expectAccessible(walker);

      await drop(walker, [page]);
      await walker.getByRole("alert").getByText("Diese Art von Datei").waitFor();

      const href = await file.getByRole("link", { name: "ansehen" }).getAttribute("href");
      const answer = await walker.request.get(href!);
      expect(answer.headers()["content-disposition"]).toMatch(/^inline/);
      expect(await answer.body()).toEqual(scan.buffer);

      await file.getByRole("link", { name: "zurückziehen" }).click();
      await expectHeading(walker, "Anlage zurückziehen");
      await walker.getByLabel("Grund").fill("gehört zu einer anderen Rechnung");
      await expectAccessible(walker);
      await walker.getByRole("button", { name: "Anlage zurückziehen" }).click();
      await file.getByText("gehört zu einer anderen Rechnung").waitFor();
      await walker.goto("/receipts");
      await walker.getByRole("link", { name: "BSP-2021-0117", exact: true }).waitFor();
      await walker.context().close();
    });

    async function open(given: { javaScriptEnabled: boolean }): Promise<Page> {
      const context = await browser.newContext({ ...given, baseURL: address });
      const walker = await context.newPage();
      walker.setDefaultTimeout(15_000);
      await signIn(walker, "finanzen@beispiel.de");
      return walker;
    }
  },
);

/** As a file manager does it: the files come with the event. */
async function drop(walker: Page, files: (typeof scan)[]) {
  const given = files.map(({ name, mimeType, buffer }) => {
    return { name, mimeType, text: buffer.toString() };
  });
  const dataTransfer = await walker.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, text } of given) {
      transfer.items.add(new File([text], name, { type: mimeType }));
    }
    return transfer;
  }, given);
  await walker.locator("form.upload").dispatchEvent("drop", { dataTransfer });
}
