/** Signing in as a new person does it, by pages alone: invitation, password, second factor, its codes. */
import fs from "node:fs";
import path from "node:path";
import { TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, expectAccessible, expectHeading, launchBrowser, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

const first = "vier Wörter ohne Zusammenhang";
const second = "andere Wörter nach dem Vergessen";

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    const dataFolder = newDataFolder();
    let browser: Browser;
    let address: string;

    beforeAll(async () => {
      address = await addressOf(startProgram({ PAKTBUCH_DATA: dataFolder }));
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await cleanUp();
    });

    async function visit(javaScriptEnabled: boolean): Promise<Page> {
      const options = { javaScriptEnabled, baseURL: address };
      const page = await (await browser.newContext(options)).newPage();
      page.setDefaultTimeout(15_000);
      return page;
    }

    /** The link in a mail to the new person, once it has come. */
    async function linkIn(email: string, pattern: RegExp): Promise<string> {
      const links = () => linksIn(path.join(dataFolder, "mail"), email, pattern);
      await expect.poll(links, { timeout: 15_000 }).toHaveLength(1);
      return links()[0]!;
    }

    test("after signing out the browser's Back shows nothing of the books", async () => {
      const page = await visit(true);
      await signIn(page, "finanzen@beispiel.de");
      await page.goto("/receipts");
      await expectHeading(page, "Fehlende Belege");
      await page.evaluate(() => localStorage.setItem("left", "behind"));
      await page.getByRole("button", { name: "Abmelden" }).click();
      await expectHeading(page, "Anmelden");
      await page.goBack();
      await expectHeading(page, "Anmelden");
      expect(await page.content()).not.toContain("Fehlende Belege");
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript", email: "nora@beispiel.de" },
      { javaScriptEnabled: false, name: "without JavaScript", email: "neo@beispiel.de" },
    ])("invitation, second factor, both kinds of codes, forgotten password, $name", async (run) => {
      const { javaScriptEnabled, email } = run;
      // axe is a script of the page.
      const look = async (at: Page) => javaScriptEnabled && (await expectAccessible(at));
      const administrator = await visit(javaScriptEnabled);
      await signIn(administrator, "verwaltung@beispiel.de");
      await administrator.goto("/users/new");
      await administrator.getByLabel("Name", { exact: true }).fill("Nora Neu");
      await administrator.getByLabel("E-Mail-Adresse").fill(email);
      await administrator.getByLabel("Sachbearbeitung").check();
      await administrator.getByRole("button", { name: "Zugang anlegen" }).click();
      await expectHeading(administrator, "Nora Neu ist eingeladen");

      const page = await visit(javaScriptEnabled);
      await openLink(page, await linkIn(email, /http:\S+\/invitation\/[\w-]+/g));
      await look(page);
      await setPassword(page, first);
      await giveNameAndPassword(page, email, first);
      await expectHeading(page, "Übersicht");

      await page.goto("/account/second-factor");
      await page.getByLabel("Ihr Passwort").fill(first);
      await page.getByRole("button", { name: "Einrichten", exact: true }).click();
      await expectHeading(page, "Zweiter Faktor");
      const spaced = await page.locator("code.spaced").innerText();
      const totp = new TOTP({ secret: spaced.replace(/\s/g, "") });
      const used = totp.counter();
      await giveCode(page, totp.generate(), "Bestätigen");
      await expectHeading(page, "Wiederherstellungscodes");
      await look(page);
      const recoveryCodes = await page.locator(".recovery-codes li").allInnerTexts();
      expect(recoveryCodes).toHaveLength(10);
      await page.getByRole("button", { name: "Abmelden" }).click();

      await expectHeading(page, "Anmelden");
      await giveNameAndPassword(page, email, first);
      await expectHeading(page, "Zweiter Faktor");
      await page.goto("/grants");
      await expectHeading(page, "Zweiter Faktor");
      await look(page);
      await giveCode(page, "000000", "Anmelden");
      await page
        .getByText("Dieser Code stimmt nicht, oder er ist schon benutzt.")
        .first()
        .waitFor();
      // The code of the set-up is used; the next one comes within half a minute.
      await expect.poll(() => totp.counter(), { timeout: 40_000 }).toBeGreaterThan(used);
      await giveCode(page, totp.generate(), "Anmelden");
      await page.getByRole("button", { name: "Abmelden" }).click();

      await expectHeading(page, "Anmelden");
      await giveNameAndPassword(page, email, first);
      await giveCode(page, recoveryCodes[0]!, "Anmelden");
      await page.getByRole("button", { name: "Abmelden" }).click();

      await expectHeading(page, "Anmelden");
      await page.getByRole("link", { name: "Passwort vergessen?" }).click();
      await page.getByLabel("E-Mail-Adresse").fill(email);
      await page.getByRole("button", { name: "Link anfordern" }).click();
      await page.getByText("Bitte sehen Sie in Ihr Postfach").waitFor();
      await openLink(page, await linkIn(email, /http:\S+\/reset\/[\w-]+/g));
      await look(page);
      await setPassword(page, second);
      await giveNameAndPassword(page, email, second);
      await giveCode(page, recoveryCodes[1]!, "Anmelden");
      await page.getByRole("button", { name: "Abmelden" }).waitFor();
    });
  },
);

function linksIn(folder: string, email: string, pattern: RegExp): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((name) => {
    const mail = fs.readFileSync(path.join(folder, name), "utf8");
    // Long lines are folded (quoted-printable).
    return mail.includes(`To: ${email}`) ? (mail.replace(/=\r\n/g, "").match(pattern) ?? []) : [];
  });
}

async function openLink(page: Page, link: string) {
  await page.goto(new URL(link).pathname);
  await expectHeading(page, "Passwort festlegen");
}

async function setPassword(page: Page, password: string) {
  await page.getByLabel("Neues Passwort").fill(password);
  await page.getByLabel("Noch einmal").fill(password);
  await page.getByRole("button", { name: "Passwort festlegen" }).click();
  await page.getByText("Das Passwort ist festgelegt. Bitte damit anmelden.").waitFor();
}

async function giveNameAndPassword(page: Page, email: string, password: string) {
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
}

async function giveCode(page: Page, code: string, button: string) {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: button, exact: true }).click();
}
