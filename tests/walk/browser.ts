/** A browser for the walks, and what a walker does again and again. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterEach, expect } from "vitest";

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

/** What pages asked for against their policy, since the last test. */
const reports: string[] = [];

afterEach(() => {
  expect(reports.splice(0), "reports of the content security policy").toEqual([]);
});

/** A browser whose pages may not once break the content security policy; `isWatched` false for foreign pages. */
export async function launchBrowser({ isWatched = true } = {}): Promise<Browser> {
  const browser = await launch();
  if (!isWatched) return browser;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.on("console", (message) => {
      if (/content security policy/i.test(message.text())) reports.push(message.text());
    });
    return context;
  };
  return browser;
}

function launch(): Promise<Browser> {
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

/** By the main menu, which is folded on a phone. */
export async function goByMenu(page: Page, name: string) {
  const menu = page.getByText("Menü", { exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("link", { name, exact: true }).click();
}

export async function expectHeading(page: Page, name: string | RegExp) {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export async function choose(page: Page, label: string, option: RegExp) {
  const select = page.getByLabel(label);
  // Reading the options does not wait for the page that has them.
  await select.waitFor();
  const texts = await select.locator("option").allTextContents();
  await select.selectOption({ label: texts.find((text) => option.test(text))! });
}

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] };
type AxeRules = { runOnly: { type: "tag"; values: string[] } | { type: "rule"; values: string[] } };

const everyRule: AxeRules = {
  runOnly: {
    type: "tag",
    values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  },
};
/** The rules whose answer another colour scheme can change; the others read the same page again. */
const colourRules: AxeRules = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

export async function expectAccessible(page: Page, asks: "everything" | "colours" = "everything") {
  // A second look at the same page finds axe in it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    async (rules) => {
      const { axe } = window as unknown as { axe: { run: (o: object) => Promise<AxeResult> } };
      return axe.run({ ...rules, resultTypes: ["violations"] });
    },
    asks === "colours" ? colourRules : everyRule,
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
  expect(found, page.url()).toEqual([]);
}

/** One load, three looks: what a scheme or a width changes is asked again, and only that. */
export async function lookAt(page: Page, path: string) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await expectAccessible(page);
  await expectToFit(page, path);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page, "colours");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 390, height: 900 });
  await expectAccessible(page);
  await expectToFit(page, path);
}

async function expectToFit(page: Page, path: string) {
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(isTooWide, `${path} scrolls sideways`).toBe(false);
}
