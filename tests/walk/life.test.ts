/** The life of a grant as a finance officer walks it: from the envelope to the answered proof of use. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  canWalk,
  certify,
  choose,
  expectAccessible,
  expectHeading,
  launchBrowser,
  signIn,
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

    test("Lower Saxony, full: a copied programme, allotment, checklist, amendment, refund, proof", async () => {
      const { page, context } = await enter(browser, address, true);
      await page.goto("/programmes/ni-digitalpakt-2019/change");
      const file = page.getByLabel("Programmdatei");
      const content = await file.inputValue();
      await file.fill(content.replace("Sockelbetrag: 30.000,00", "Sockelbetrag: 30.000"));
      await page.getByLabel("Grund der Änderung").fill("eigene Fassung");
      await page.getByRole("button", { name: "Als neue Fassung speichern" }).click();
      await page
        .getByText(/Zeile \d+ \(Höchstbetrag, Sockelbetrag\)/)
        .first()
        .waitFor();
      await file.fill(content.replace("Kennung: ni-", "Kennung: kopie-ni-"));
      await page.getByRole("button", { name: "Als neue Fassung speichern" }).click();
      await page.waitForURL(/\/programmes\/kopie-ni-digitalpakt-2019/);
      await expectAccessible(page);

      const envelope = await bookEnvelope(page, "kopie-ni-digitalpakt-2019", "245.341,00");
      await page.getByText("245.341,06\u00a0€").first().waitFor();
      await page
        .getByRole("link", { name: /zuteilen|Zuteilung buchen/ })
        .first()
        .click();
      await page.getByLabel("Beschlossen am").fill("11.12.2019");
      await page.getByLabel("Grund").fill("Beschluss des Rates");
      const school = page.getByRole("group", { name: "Wiethornschule" });
      await school.getByLabel("Zuteilung").fill("80.000,00");
      await page.getByRole("button", { name: "Zuteilung buchen" }).click();
      await page.waitForURL(envelope);
      await page.getByText("80.000,00\u00a0€").first().waitFor();
      await expectAccessible(page);

      await prepareApplication(page, envelope, [["Wiethornschule", /^2\.4/, "40.000,00"]]);
      await page.getByRole("button", { name: "Antrag einreichen" }).click();
      const gaps = page.getByRole("alert");
      await gaps.getByText("Profil").first().waitFor();
      await page.getByLabel("Technisch-pädagogisches Profil").fill("Tafeln in jedem Raum");
      await page.getByLabel("Finanzierung der Folgekosten").fill("Ergebnishaushalt");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Antrag einreichen" }).click();
      await page.waitForURL(/\/applications\/[0-9a-f-]{36}$/);

      await page.getByRole("link", { name: "Bescheid buchen" }).click();
      await page.getByLabel("Aktenzeichen").fill("NI 1");
      await expectAccessible(page);
      await page.getByLabel("Bescheid vom").fill("01.05.2020");
      await page.getByRole("button", { name: "Bescheid buchen" }).click();
      await expectHeading(page, "Zuwendung NI 1");
      const grant = page.url();

      await page.goto(`${grant}/notices/new?kind=amendment`);
      await page.getByLabel("Bescheid vom").fill("30.04.2020");
      await page.getByLabel("Gilt ab").fill("01.03.2021");
      await page.getByLabel("Grund", { exact: true }).fill("mehr Zeit");
      await page.getByLabel("Verwendungsnachweis bis").fill("30.06.2023");
      await page.getByRole("button", { name: "Änderungsbescheid buchen" }).click();
      await page.getByText("nicht vor dem Zuwendungsbescheid vom 01.05.2020").first().waitFor();
      await page.getByLabel("Bescheid vom").fill("01.03.2021");
      await page.getByRole("button", { name: "Änderungsbescheid buchen" }).click();
      await page.waitForURL(`${grant}/notices`);
      await page.getByRole("link", { name: "Änderungsbescheid", exact: true }).first().waitFor();
      await expectAccessible(page);

      await buy(page, grant, /^Wiethornschule · 2\.4/, "38.000,00", "N-1");
      await draw(page, grant, "38.000,01", "01.10.2021");
      await page
        .getByText(/38\.000,00\s€/)
        .first()
        .waitFor();
      await page.getByLabel("Betrag (€)").fill("38.000,00");
      await page.getByRole("button", { name: "Mittelabruf buchen" }).click();
      await receive(page, "38.000,00", "02.11.2021");

      await prove(page, grant, "31.12.2022");
      await row(page, "Zuwendung nach den Ausgaben", "38.000,00");
      await row(page, "Zurückzuzahlen", "0,00");
      await accept(page);
      await expectAccessible(page);
      await finish(context);
    });

    test("NRW, 90 %, without JavaScript: advance, saving, proof, final notice, repayment", async () => {
      const { page, context } = await enter(browser, address, false);
      const envelope = await bookEnvelope(page, "nw-digitalpakt-2019", "200.000,00");
      await prepareApplication(page, envelope, [
        ["GS Hankensbüttel", /^1 /, "60.000,00"],
        ["GS Steinhorst", /^2 /, "40.000,00"],
      ]);
      await page.getByLabel("Technisch-pädagogisches Profil").fill("Netze zuerst");
      await page.getByLabel("Finanzierung der Folgekosten").fill("Ergebnishaushalt");
      await page.getByRole("button", { name: "Antrag einreichen" }).click();
      await page.waitForURL(/\/applications\/[0-9a-f-]{36}$/);

      await page.getByRole("link", { name: "Bescheid buchen" }).click();
      await page.getByLabel("Aktenzeichen").fill("NW 1");
      await page.getByLabel("Bescheid vom").fill("01.05.2020");
      expect(await page.getByLabel("Bewilligte Zuwendung").inputValue()).toBe("90.000,00");
      await page.getByLabel("Bewilligungszeitraum bis").fill("30.09.2022");
      await page.getByLabel("Vorschuss bis (%)").fill("100");
      await page.getByLabel("Zu verwenden binnen (Monate)").fill("2");
      await page.getByRole("button", { name: "Bescheid buchen" }).click();
      await expectHeading(page, "Zuwendung NW 1");
      const grant = page.url();

      await draw(page, grant, "90.000,00", "01.06.2020", "Vorschuss");
      await receive(page, "90.000,00", "15.06.2020");
      await buy(page, grant, /^GS Hankensbüttel · 1 /, "55.000,00", "W-N-1");
      await buy(page, grant, /^GS Steinhorst · 2 /, "37.000,00", "W-N-2");
      await page.goto(`${grant}/drawdowns`);
      await page.getByText("Zinsen auf zu spät verwendetes Geld").waitFor();

      await prove(page, grant, "31.12.2022");
      await row(page, "Zuwendung nach den Ausgaben", "82.800,00");
      await row(page, "Eigenmittel", "9.200,00");
      await row(page, "Zurückzuzahlen", "7.200,00");
      await accept(page);

      await page.goto(`${grant}/notices/new?kind=final`);
      await page.getByLabel("Bescheid vom").fill("01.06.2023");
      await page.getByLabel("Gilt ab").fill("01.06.2023");
      await page.getByLabel("Grund", { exact: true }).fill("Ergebnis der Prüfung");
      await page.getByLabel("Zuwendung, die bleibt").fill("82.800,00");
      await page.getByRole("button", { name: "Schlussbescheid buchen" }).click();
      await page.waitForURL(`${grant}/notices`);

      await page.goto(`${grant}/drawdowns/repayment`);
      await page.getByLabel("Zurückgezahlt am").fill("01.07.2023");
      await page.getByLabel("Grund", { exact: true }).fill("Schlussbescheid");
      await page.getByLabel("Betrag (€)").fill("7.200,00");
      await page.getByRole("button", { name: "Rückzahlung buchen" }).click();
      await page.waitForURL(`${grant}/drawdowns`);
      await page.goto(`${grant}/proofs`);
      await row(page, "Zurückgezahlt", "7.200,00");
      await row(page, "Zurückzuzahlen", "0,00");
      await page.goto("/deadlines");
      await page.getByText("31.12.2027").first().waitFor();
      await finish(context);
    });
  },
);

async function enter(browser: Browser, baseURL: string, javaScriptEnabled: boolean) {
  const context = await browser.newContext({
    javaScriptEnabled,
    baseURL,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  await signIn(page, "finanzen@beispiel.de");
  return { context, page };
}

const complaints: string[] = [];

async function finish(context: BrowserContext) {
  expect(complaints).toEqual([]);
  await context.close();
}

async function bookEnvelope(page: Page, programme: string, amount: string): Promise<string> {
  await page.goto(`/envelopes/new?programme=${programme}`);
  await page.getByLabel("Veröffentlichter Höchstbetrag").fill(amount);
  await page.getByLabel("Veröffentlicht am").fill("08.08.2019");
  await page.getByRole("button", { name: "Höchstbetrag buchen" }).click();
  await page.waitForURL(/\/envelopes\/[0-9a-f-]{36}$/);
  return page.url();
}

async function prepareApplication(
  page: Page,
  envelope: string,
  measures: [school: string, category: RegExp, amount: string][],
) {
  await page.goto(envelope);
  await page.getByRole("link", { name: "Antrag vorbereiten" }).click();
  await page.getByLabel("Bezeichnung des Antrags").fill("Tafeln und Netz");
  await choose(page, "Beschluss, auf dem er beruht", /SG\/256\/19/);
  await page.getByLabel("Gestellt am").fill("24.04.2020");
  for (const [index, [school, category, amount]] of measures.entries()) {
    if (index > 0) await page.getByRole("button", { name: "Weitere Maßnahme" }).click();
    const measure = page.getByRole("group", { name: `${index + 1}. Maßnahme` });
    await measure.waitFor();
    await measure.getByLabel("Schule").selectOption({ label: school });
    const categories = measure.getByLabel("Fördergegenstand");
    const labels = await categories.locator("option").allTextContents();
    await categories.selectOption({ label: labels.find((label) => category.test(label))! });
    await measure.getByLabel("Was").fill("Beschaffung");
    await measure.getByLabel("Kosten").fill(amount);
  }
  await page.getByRole("button", { name: "Entwurf speichern" }).click();
  await page.waitForURL(/\/applications\/drafts\//);
}

/** Invoice and payment of one amount. */
async function buy(page: Page, grant: string, line: RegExp, amount: string, number: string) {
  await page.goto(`${grant}/invoices/new`);
  await page.getByLabel("Lieferant").fill("Netzbau GmbH");
  await page.getByLabel("Rechnungsnummer").fill(number);
  await page.getByLabel("Rechnungsdatum").fill("01.07.2020");
  await choose(page, "Kostenposition", line);
  await page.getByLabel("Was", { exact: true }).fill("Lieferung");
  await page.getByLabel("Betrag brutto (€)").fill(amount);
  await page.getByRole("button", { name: "Rechnung buchen" }).click();
  await page.getByRole("link", { name: "Ansehen, Beleg anhängen, feststellen" }).click();
  await expectHeading(page, `Rechnung ${number}`);
  await certify(page);
  await page.getByLabel("Gezahlt am").fill("10.07.2020");
  await page.getByRole("button", { name: "Zahlung buchen" }).click();
  await page.getByText(`${amount}\u00a0€ am 10.07.2020`).waitFor();
}

async function draw(page: Page, grant: string, amount: string, on: string, kind?: string) {
  await page.goto(`${grant}/drawdowns`);
  if (kind) await page.getByLabel("Art", { exact: true }).selectOption({ label: kind });
  await page.getByLabel("Abgerufen am").fill(on);
  await page.getByLabel("Betrag (€)").fill(amount);
  await page.getByLabel("Zweck").fill("Rechnungen");
  await page.getByRole("button", { name: "Mittelabruf buchen" }).click();
}

async function receive(page: Page, amount: string, on: string) {
  await page.getByRole("link", { name: "Nr. 1" }).click();
  await page.getByLabel("Eingegangen am").fill(on);
  await page.getByLabel("Betrag (€)").fill(amount);
  await page.getByRole("button", { name: "Zahlungseingang buchen" }).click();
  await page.getByRole("table", { name: "Zahlungseingänge" }).waitFor();
}

async function prove(page: Page, grant: string, asOf: string) {
  await page.goto(`${grant}/proofs`);
  await page.getByLabel("Stand der Zahlen").fill(asOf);
  await page.getByLabel("Eingereicht am").fill("15.01.2023");
  await page.getByLabel("Sachbericht").fill("Alle Räume sind versorgt.");
  await page.getByRole("button", { name: "Nachweis einreichen" }).click();
  await page.getByRole("heading", { level: 1, name: /^Verwendungsnachweis zu/ }).waitFor();
}

/** The granting authority accepts the proof as it is. */
async function accept(page: Page) {
  await page.getByLabel("Prüfvermerk vom").fill("02.05.2023");
  await page.getByLabel("Zeichen").fill("VN 1");
  await page.getByRole("button", { name: "Antwort buchen" }).click();
  await page.getByRole("definition").filter({ hasText: "anerkannt" }).waitFor();
}

/** A row of the table of results: its name and its amount. */
async function row(page: Page, name: string, amount: string) {
  const heading = page.getByRole("rowheader", { name, exact: true });
  const results = page.getByRole("table", { name: "Ergebnis" });
  const cells = results.getByRole("row").filter({ has: heading }).getByRole("cell");
  expect(await cells.last().textContent(), name).toBe(`${amount}\u00a0€`);
}
