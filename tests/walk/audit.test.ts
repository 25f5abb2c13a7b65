/** An audit as it is lived: invited for one grant, a sample drawn, a question asked, answered and settled. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, expectHeading, launchBrowser, lookAt, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

const password = "ein-langes-Pruefwort-2026";

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

    test.each([
      { javaScriptEnabled: true, name: "with JavaScript", width: 1280, nth: 0 },
      { javaScriptEnabled: false, name: "without JavaScript", width: 390, nth: 1 },
    ])("invitation, sample, question, answer and cut, $name", async (run) => {
      const { javaScriptEnabled, width, nth } = run;
      const options = { javaScriptEnabled, baseURL: address, viewport: { width, height: 900 } };
      const email = `pruefung-${width}@beispiel.de`;

      const administrator = await visit(browser, options);
      await signIn(administrator, "verwaltung@beispiel.de");
      const { link, fileNumber } = await invite(administrator, email);

      const auditor = await visit(browser, options);
      await acceptInvitation(auditor, link, email);
      await seeOnly(auditor, fileNumber);
      const sample = await drawSample(auditor);
      // A receipt is judged once: each run takes another one.
      const invoice = await openSampled(auditor, sample, nth);
      await noteMark(auditor, invoice, "question", { text: "Wo ist der Lieferschein?" });

      const officer = await visit(browser, options);
      await signIn(officer, "finanzen@beispiel.de");
      await answer(officer, "Er liegt der Rechnung jetzt bei.");

      await auditor.goto(invoice);
      await auditor.getByText("Er liegt der Rechnung jetzt bei.").waitFor();
      await noteMark(auditor, invoice, "cut", { amount: "1,00", text: "Zubehör zu teuer" });
      await takeBack(auditor, "gekürzt");
      await noteMark(auditor, invoice, "accepted", {});

      await officer.goto("/marks");
      await officer.getByRole("heading", { name: "Offene Fragen (0)" }).waitFor();
      for (const page of [administrator, auditor, officer]) await page.context().close();
    });

    test("every page of an audit is readable for all, at every width and in the dark", async () => {
      const options = { baseURL: address, viewport: { width: 1280, height: 900 } };
      const administrator = await visit(browser, options);
      await signIn(administrator, "verwaltung@beispiel.de");
      await lookAt(administrator, "/users/invite");
      const { link } = await invite(administrator, "pruefung-blick@beispiel.de");

      const auditor = await visit(browser, options);
      await lookAt(auditor, link);
      await acceptInvitation(auditor, link, "pruefung-blick@beispiel.de");
      const sample = await drawSample(auditor);
      await lookAt(auditor, sample);
      const invoice = await openSampled(auditor, sample);
      await lookAt(auditor, `${invoice}/marks/new`);
      await noteMark(auditor, invoice, "question", { text: "Warum zwei Rechnungen?" });
      await lookAt(auditor, invoice);
      await lookAt(auditor, "/marks");
      await auditor.goto(invoice);
      const withdrawal = await auditor
        .getByRole("link", { name: /^Zurücknehmen ?: Frage/ })
        .getAttribute("href");
      await lookAt(auditor, withdrawal!);

      const officer = await visit(browser, options);
      await signIn(officer, "finanzen@beispiel.de");
      await officer.goto("/marks");
      const answered = await officer
        .getByRole("link", { name: /^Beantworten/ })
        .first()
        .getAttribute("href");
      await lookAt(officer, answered!);
      for (const page of [administrator, auditor, officer]) await page.context().close();
    });
  },
);

async function visit(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** For the first grant alone; the answer shows the link once. */
async function invite(page: Page, email: string) {
  await page.goto("/users/invite");
  await page.getByLabel("Name").fill("Petra Prüfer");
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Letzter Tag").fill("31.12.2027");
  await page.getByLabel("Rolle").selectOption({ label: "Rechnungsprüfung" });
  await page.getByLabel("nur diese Zuwendungen und Haushaltsjahre").check();
  const grant = page
    .getByRole("group", { name: /^Zuwendungen/ })
    .getByRole("checkbox")
    .first();
  const fileNumber = await page
    .locator(`label[for="${await grant.getAttribute("id")}"]`)
    .innerText();
  await grant.check();
  await page.getByRole("button", { name: "Einladen" }).click();
  await expectHeading(page, "Petra Prüfer ist eingeladen");
  return { link: await page.getByLabel("Link für Petra Prüfer").inputValue(), fileNumber };
}

async function acceptInvitation(page: Page, link: string, email: string) {
  await page.goto(link);
  await page.getByLabel("Neues Passwort").fill(password);
  await page.getByLabel("Noch einmal").fill("etwas anderes, aber lang");
  await page.getByRole("button", { name: "Passwort festlegen" }).click();
  await page.getByText("Die beiden Passwörter sind nicht gleich.").first().waitFor();
  await page.getByLabel("Neues Passwort").fill(password);
  await page.getByLabel("Noch einmal").fill(password);
  await page.getByRole("button", { name: "Passwort festlegen" }).click();
  await expectHeading(page, "Anmelden");
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.getByRole("button", { name: "Abmelden" }).waitFor();
}

async function seeOnly(page: Page, fileNumber: string) {
  await page.goto("/grants");
  const rows = page.getByRole("table").first().locator("tbody tr");
  expect(await rows.count()).toBe(1);
  await rows.filter({ hasText: fileNumber }).waitFor();
}

/** The address of the sample. */
async function drawSample(page: Page): Promise<string> {
  await page.goto("/samples");
  await page.getByLabel("Anzahl Belege").fill("2");
  await page.getByLabel("Startzahl").fill("4711");
  await page.getByRole("button", { name: "Ziehen und vermerken" }).click();
  await expectHeading(page, "Stichprobe 4711");
  await page.getByText("Nachgerechnet: Startzahl und Umfang ergeben dieselbe Stichprobe").waitFor();
  return page.url();
}

async function openSampled(page: Page, sample: string, nth = 0): Promise<string> {
  await page.goto(sample);
  const table = page.getByRole("table", { name: "In der Reihenfolge der Ziehung" });
  await table.getByRole("link").nth(nth).click();
  await expectHeading(page, /^Rechnung /);
  return page.url();
}

async function noteMark(
  page: Page,
  invoice: string,
  kind: string,
  { amount, text }: { amount?: string; text?: string },
) {
  await page.goto(invoice);
  await page.getByRole("link", { name: "Vermerk eintragen" }).click();
  await page.getByLabel("Vermerk", { exact: true }).selectOption(kind);
  if (amount) await page.getByLabel("Betrag der Kürzung").fill(amount);
  if (text) await page.getByLabel("Grund, Frage oder Bemerkung").fill(text);
  await page.getByRole("button", { name: "Vermerk eintragen" }).click();
  await expectHeading(page, /^Rechnung (?!.*prüfen)/);
}

async function answer(page: Page, text: string) {
  await page.goto("/marks");
  await page
    .getByRole("link", { name: /^Beantworten/ })
    .first()
    .click();
  await page.getByLabel("Antwort").fill(text);
  await page.getByRole("button", { name: "Antwort eintragen" }).click();
  await expectHeading(page, /^Rechnung /);
}

async function takeBack(page: Page, mark: string) {
  await page.getByRole("link", { name: new RegExp(`^Zurücknehmen ?: ${mark}`) }).click();
  await page.getByLabel("Grund").fill("Versehen");
  await page.getByRole("button", { name: "Zurücknehmen" }).click();
  await expectHeading(page, /^Rechnung /);
  await page.getByText("zurückgenommen").first().waitFor();
}
