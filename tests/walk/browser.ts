/** A browser for the walks, and what a walker does again and again. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

const executablePath = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);
export const canWalk = executablePath !== undefined || process.env.CI !== undefined;
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export async function signIn(page: Page, email: string) {
  await page.goto("/login");
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill("paktbuch-beispiel");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.getByRole("button", { name: "Abmelden" }).waitFor();
}

export async function signOut(page: Page) {
  await page.getByRole("button", { name: "Abmelden" }).click();
  await expectHeading(page, "Anmelden");
}

/** The second person certifies the invoice that is open in the page; the first goes on with it. */
export async function certify(page: Page) {
  const invoice = page.url();
  await page.getByText("stellt eine zweite Person fest").waitFor();
  await signOut(page);
  await signIn(page, "kasse@beispiel.de");
  await page.goto(invoice);
  await page.getByRole("button", { name: "Sachlich und rechnerisch richtig" }).click();
  await page.getByRole("link", { name: /^am .* von Karla Kasse$/ }).waitFor();
  await signOut(page);
  await signIn(page, "finanzen@beispiel.de");
  await page.goto(invoice);
}

export async function expectHeading(page: Page, name: string | RegExp) {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export async function choose(page: Page, label: string, option: RegExp) {
  const select = page.getByLabel(label);
  const texts = await select.locator("option").allTextContents();
  await select.selectOption({ label: texts.find((text) => option.test(text))! });
}

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] };

export async function expectAccessible(page: Page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (o: object) => Promise<AxeResult> } };
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return axe.run({ runOnly: { type: "tag", values } });
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
  expect(found, page.url()).toEqual([]);
}
