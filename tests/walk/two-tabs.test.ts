/** One person with two tabs: the second sees both versions, whatever the browser can do, and loses nothing. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, expectAccessible, launchBrowser, signIn } from "./browser.ts";
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

    const profile = "Technisch-pädagogisches Profil";

    /** A draft that is kept, open in two tabs. */
    async function draftInTwoTabs(javaScriptEnabled: boolean) {
      const context = await browser.newContext({ javaScriptEnabled, baseURL: address });
      context.setDefaultTimeout(30_000);
      const [first, second] = [await context.newPage(), await context.newPage()];
      await signIn(first, "finanzen@beispiel.de");
      const envelope = first.locator('a[href^="/envelopes/"]:not([href$="/new"])').first();
      await first.goto("/");
      await first.goto((await envelope.getAttribute("href"))!);
      await first.locator('a[href^="/applications/new"]').first().click();
      await first.getByLabel("Bezeichnung des Antrags").fill("In zwei Fenstern");
      await first.getByRole("button", { name: "Entwurf speichern" }).last().click();
      await first.waitForURL(/\/applications\/drafts\//);
      await second.goto(first.url());
      return { first, second, close: () => context.close() };
    }

    const save = (page: Page) =>
      page.getByRole("button", { name: "Entwurf speichern" }).last().click();

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript" },
      { javaScriptEnabled: false, name: "without JavaScript" },
    ])("two tabs at a draft, $name", async ({ javaScriptEnabled }) => {
      const { first, second, close } = await draftInTwoTabs(javaScriptEnabled);
      await first.getByLabel(profile).fill("Fassung des ersten Fensters");
      await second.getByLabel(profile).fill("Fassung des zweiten Fensters");
      await save(first);
      await first.locator("textarea", { hasText: "Fassung des ersten Fensters" }).waitFor();
      await first.waitForLoadState("networkidle");
      await save(second);

      await second.getByText("Inzwischen hat jemand anders gespeichert").first().waitFor();
      const beside = second
        .getByRole("table", { name: "Worin sich beide Fassungen unterscheiden" })
        .getByRole("row", { name: new RegExp(profile) });
      expect(await beside.innerText()).toMatch(/des ersten Fensters[\s\S]*des zweiten Fensters/);
      expect(await second.getByLabel(profile).inputValue()).toBe("Fassung des zweiten Fensters");
      if (javaScriptEnabled) await expectAccessible(second);
      await first.reload();
      expect(await first.getByLabel(profile).inputValue()).toBe("Fassung des ersten Fensters");

      // The second decides for its own, having seen both; now the first is the older one.
      await save(second);
      await second.getByText("Inzwischen hat jemand anders gespeichert").first().waitFor({
        state: "detached",
      });
      await first.getByRole("button", { name: "Entwurf verwerfen" }).click();
      await first.getByText("nichts ist geschehen").waitFor();
      if (javaScriptEnabled) await expectAccessible(first);
      await first.getByRole("link", { name: "Die gespeicherte Fassung ansehen" }).click();
      await first.locator("textarea", { hasText: "Fassung des zweiten Fensters" }).waitFor();
      await first.getByRole("button", { name: "Entwurf verwerfen" }).click();
      await first.waitForURL(/\/envelopes\//);
      await close();
    });
  },
);
