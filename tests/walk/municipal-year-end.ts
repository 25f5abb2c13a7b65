/** The second half of a fiscal year: the joint service, the inventory, the forecast and the closing. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { choose, expectHeading } from "./browser.ts";

export const euros = (amount: string) => `${amount}\u00a0€`;

/** All cells of the row that begins with this name, in the table of this name. */
export async function rowOf(page: Page, table: string, name: string | RegExp): Promise<string[]> {
  const heading = page.getByRole("rowheader", { name });
  const row = page.getByRole("table", { name: table }).getByRole("row").filter({ has: heading });
  await row.waitFor();
  return row.getByRole("cell").allTextContents();
}

/**
 * Three members, one from 1 July (184 of 365 days); 60 % by pupils times days, 40 % in equal parts times
 * days. Planned 12.000,00 €, really 6.474,56 €: 100 hours and a voucher.
 */
export async function settleJointYear(page: Page, year: number) {
  await page.goto("/joint-services/new");
  await page.getByLabel("Bezeichnung").fill(`Support-Verbund ${year}`);
  await page.getByLabel("Rechtsform").selectOption({ label: "Zweckvereinbarung" });
  await page.getByLabel("Beginn").fill(`01.01.${year}`);
  const first = page.getByRole("group", { name: "1. Mitglied" });
  await first.getByLabel("führt die Aufgaben durch").check();
  await page.getByRole("group", { name: "2. Mitglied" }).getByLabel("Name").fill("Stadt Nord");
  await page.getByRole("button", { name: "Vereinbarung anlegen" }).click();
  await expectHeading(page, `Support-Verbund ${year}`);
  const service = page.url();

  await page.getByRole("link", { name: "Beitritt oder Austritt" }).click();
  await page.getByLabel("Erster oder letzter Tag").fill(`01.07.${year}`);
  await page.getByLabel("Name des neuen Mitglieds").fill("Flecken Süd");
  await page.getByLabel("Anschrift des neuen Mitglieds").fill("Markt 1\n00000 Süd");
  await page.getByLabel("Grund").fill("neue Schule");
  await page.getByRole("button", { name: "Buchen", exact: true }).click();
  await page.getByRole("rowheader", { name: "Flecken Süd" }).waitFor();

  await page.getByRole("link", { name: String(year), exact: true }).click();
  await page.getByRole("link", { name: "Schlüssel festlegen" }).click();
  const pupils = page.getByRole("group", { name: /^Schülerzahl/ });
  await pupils.getByLabel("Anteil (%)").fill("60");
  await pupils.getByLabel("Stichtag der Zahlen").fill(`01.09.${year - 1}`);
  await pupils.getByLabel("Quelle der Zahlen").fill("Schulstatistik");
  await page
    .getByRole("group", { name: /^gleiche Teile/ })
    .getByLabel("Anteil (%)")
    .fill("40");
  for (const [member, count] of [
    ["Samtgemeinde Hankensbüttel (365 Tage", "400"],
    ["Stadt Nord (365 Tage", "300"],
    ["Flecken Süd (184 Tage", "300"],
  ] as const) {
    await page.getByRole("group", { name: member }).getByLabel("Schülerzahl").fill(count);
  }
  await page.getByRole("button", { name: "Schlüssel festlegen" }).click();

  await page.getByRole("link", { name: "Jahr planen" }).click();
  await page.getByLabel("Betrag für das Jahr (€)").fill("12.000,00");
  await page.getByLabel("Nummer", { exact: true }).fill(`JP-${year}`);
  await page.getByLabel("Aufgestellt am").fill(`15.01.${year}`);
  await page.getByRole("button", { name: "Jahr planen" }).click();
  await expectHeading(page, new RegExp(`^Jahr ${year}$`));
  const table = "Geplant, gezahlt, abgerechnet";
  await expectParts(page, table, 1, ["5.300,18", "4.454,34", "2.245,48"]);

  await page.getByRole("link", { name: "Abschlag buchen" }).click();
  await choose(page, "Mitglied", /^Stadt Nord/);
  await page.getByLabel("Gezahlt am").fill(`15.02.${year}`);
  await page.getByLabel("Betrag (€)").fill("1.113,59");
  await page.getByRole("button", { name: "Zahlung buchen" }).click();
  await page.getByRole("link", { name: "Istkosten erfassen" }).click();
  await page.getByLabel("Woher die Kosten kommen").selectOption({ label: "Personalstunden" });
  await page.getByLabel("Entstanden am").fill(`30.11.${year}`);
  await page.getByLabel("Was", { exact: true }).fill("Support");
  await page.getByLabel("Stunden").fill("100");
  await page.getByLabel("Satz je Stunde (€)").fill("52,40");
  await page.getByRole("button", { name: "Istkosten buchen" }).click();
  await page.getByText("100 Stunden zu 52,40\u00a0€").waitFor();
  await page.getByRole("link", { name: "Istkosten erfassen" }).click();
  await page.getByLabel("Woher die Kosten kommen").selectOption({ label: "anderer Beleg" });
  await page.getByLabel("Entstanden am").fill(`01.12.${year}`);
  await page.getByLabel("Was", { exact: true }).fill("Fahrten");
  await page.getByLabel("Betrag brutto (€)").fill("1.234,56");
  await page.getByLabel("Nummer des Belegs").fill("F-1");
  await page.getByRole("button", { name: "Istkosten buchen" }).click();
  await page.getByRole("rowheader", { name: "Fahrten" }).waitFor();

  await page.getByRole("link", { name: "Jahr abrechnen" }).click();
  await page.getByLabel("Abgerechnet am").fill(`20.01.${year + 1}`);
  await page.getByLabel("Nummer", { exact: true }).fill(`JA-${year}`);
  await page.getByLabel("Nachzahlung fällig am").fill(`20.02.${year + 1}`);
  await page.getByRole("button", { name: "Jahr abrechnen" }).click();
  await expectHeading(page, new RegExp(`^Jahr ${year}$`));
  await expectParts(page, table, 3, ["2.859,69", "2.403,33", "1.211,54"]);
  expect((await rowOf(page, table, "Stadt Nord"))[4]).toContain("Nachzahlung 1.289,74\u00a0€");

  const row = page.getByRole("row").filter({ hasText: "Stadt Nord" });
  await row.getByRole("link", { name: "ansehen" }).click();
  await expectHeading(page, "Jahresabrechnung");
  await page.getByText("1.289,74\u00a0€").first().waitFor();
  const pdf = page.getByRole("link", { name: "Schreiben als PDF" });
  const answer = await page.request.get((await pdf.getAttribute("href"))!);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await page.goto(service);
  expect((await rowOf(page, table, String(year))).at(-1)).toBe("Nachzahlungen buchen");
}

async function expectParts(page: Page, table: string, cell: number, amounts: string[]) {
  const members = ["Samtgemeinde Hankensbüttel", "Stadt Nord", "Flecken Süd"];
  for (const [index, member] of members.entries()) {
    expect((await rowOf(page, table, member))[cell], member).toBe(euros(amounts[index]!));
  }
}

/** Bought in June: seven of 36 months fall into the year. */
export async function takeIntoInventory(page: Page, year: number) {
  await page.goto("/assets");
  const line = page.getByRole("row").filter({ hasText: `R-G-${year}` });
  await line.getByRole("link", { name: "Tablets inventarisieren" }).click();
  await page.getByLabel("Inventarnummer").fill(`TAB-${year}`);
  await page.getByLabel("Schule").selectOption({ label: "Wiethornschule" });
  await page.getByLabel("In Betrieb seit").fill(`10.06.${year}`);
  await page.getByLabel("Art", { exact: true }).selectOption({ label: "Tablet (36 Monate)" });
  await page.getByRole("button", { name: "Inventarisieren" }).click();
  await expectHeading(page, `Anlage TAB-${year}`);
  const table = "Abschreibung, Auflösung des Sonderpostens und was den Ergebnishaushalt belastet";
  const cells = await rowOf(page, table, String(year));
  expect(cells).toEqual(["7", ...["289,24", "0,00", "289,24", "1.198,26", "0,00"].map(euros)]);
}

/** What the year was to cost, by contract: the five years that begin with it. */
export async function foresee(page: Page, year: number) {
  await page.goto("/follow-up-costs");
  await page.getByLabel("Erstes Haushaltsjahr").fill(String(year));
  await page.getByRole("button", { name: "Anzeigen" }).click();
  await page.waitForURL(/from=/);
  const table = "Verträge, IKZ, Ersatz von Geräten";
  const [, first, second] = await rowOf(page, table, new RegExp(`V-${year} Fernwartung`));
  expect([first, second]).toEqual(["449,97", "0,00"].map(euros));
  // We perform: our share of the joint service is our own contracts and staff, and no row beside them.
  expect(await page.getByRole("rowheader", { name: `Support-Verbund ${year}` }).count()).toBe(0);
}

/** The open order goes on in the next year, what is left of the budget too, then the year is closed. */
export async function closeYear(page: Page, year: number) {
  await page.goto(`/municipal-budget?year=${year}`);
  await page.getByRole("link", { name: "Jahr abschließen" }).click();
  await page.getByLabel("Abgeschlossen am").fill(`31.01.${year + 1}`);
  await page.getByRole("button", { name: "Haushaltsjahr abschließen" }).click();
  await page
    .getByRole("alert")
    .getByText(`${year - 1}`)
    .waitFor();
  await page.getByRole("link", { name: "Aufträge übernehmen" }).click();
  await page.getByLabel("Übernommen am").fill(`15.01.${year + 1}`);
  await page.getByLabel("Wer entschieden hat").fill(`HVB, 15.01.${year + 1}`);
  await page.getByRole("button", { name: "Aufträge übernehmen" }).click();
  await page.getByText("Kein Auftrag ist offen.").waitFor();

  await page.getByRole("link", { name: "Reste übertragen" }).click();
  await page.getByLabel("Beschlossen am").fill(`15.01.${year + 1}`);
  await page.getByLabel("Wer entschieden hat").fill(`HVB, 15.01.${year + 1}`);
  const rest = page.getByRole("group", { name: /24302.*429100/ });
  await rest.getByText("Übrig: 5.050,03\u00a0€").waitFor();
  await rest.getByLabel("Übertragen (€)").fill("5.050,04");
  await rest.getByLabel("Warum es nötig ist").fill("Support geht weiter");
  await page.getByRole("button", { name: "Reste übertragen" }).click();
  await page.getByRole("alert").getByText("5.050,03\u00a0€").waitFor();
  await rest.getByLabel("Übertragen (€)").fill("5.000,00");
  await page.getByRole("button", { name: "Reste übertragen" }).click();
  await expectHeading(page, `Haushaltsjahr ${year + 1}`);
  await page.getByRole("link", { name: /^429100 Support/ }).click();
  const stands = await rowOf(page, `Stand der Haushaltsstelle ${year + 1}`, /^429100/);
  expect(stands.slice(0, 5)).toEqual(
    ["5.000,00", "0,00", "5.500,00", "5.500,00", "500,00"].map(euros),
  );

  await close(page, year);
  await page
    .getByRole("alert")
    .getByText(`${year - 1}`)
    .waitFor();
  await close(page, year - 1);
  await page.getByRole("link", { name: "abgeschlossen" }).waitFor();
  await close(page, year);
  await page.getByRole("link", { name: "abgeschlossen" }).waitFor();
  expect(await page.getByRole("link", { name: "Auftrag buchen" }).count()).toBe(0);
}

/** Asks for the closing of a year; one before it that is still open keeps it from it. */
async function close(page: Page, year: number) {
  await page.goto(`/municipal-budget/${year}/closing`);
  await page.getByLabel("Abgeschlossen am").fill(`31.01.${year + 1}`);
  await page.getByRole("button", { name: "Haushaltsjahr abschließen" }).click();
}
