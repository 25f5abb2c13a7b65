/** Every page of the program in three looks: what axe knows as a barrier, what scrolls sideways, forms without a key. */
import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withoutKey } from "#app/server/without-key.ts";
import { canWalk, launchBrowser, lookAt, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";

/** Pages that exist only once somebody has uploaded or begun something, and the test that goes there. */
const seenElsewhere = new Map([
  ["applications.drafts.$draftId", "life.test.ts"],
  ["attachments_.$attachmentId_.withdrawal", "receipts.test.ts"],
  ["bank-statements_.$statementId", "statement.test.ts"],
  ["e-invoices.$eInvoiceId", "e-invoice.test.ts"],
  ["e-invoices.$eInvoiceId_.discard", "e-invoice.test.ts"],
  ["grants.$grantId.imports.$draftId", "tables.test.ts"],
  ["grants.new", "life.test.ts"],
  ["exports.$exportId", "case.test.ts"],
  ["imports.$importId", "tables.test.ts"],
  // Stands in the way of a certification that was refused only.
  ["invoices.$invoiceId_.certification", "no walk"],
  // An offer comes first, and another authority that answers it.
  ["joint-services.$jointServiceId_.links.$offerId.end", "routes/joint-links.test.ts"],
  ["joint-services.seen.answer", "routes/joint-links.test.ts"],
  ["joint-services.seen.$linkId", "routes/joint-links.test.ts"],
  ["joint-services.seen.$linkId_.end", "routes/joint-links.test.ts"],
  ["joint-services.seen.$linkId_.years.$year", "routes/joint-links.test.ts"],
  ["joint-services.seen.$linkId_.years.$year_.letter", "routes/joint-links.test.ts"],
  // A sample, a mark and an invitation come first.
  ["invitation.$secret", "audit.test.ts"],
  ["users.$userId.link", "the answer to its own form only, which is that of an invitation"],
  // A link, a half session, a directory come first.
  ["reset.$secret", "sign-in.test.ts"],
  ["login_.code", "sign-in.test.ts"],
  // A session that ended under a form comes first.
  ["account_.typed", "routes/typed-form.test.ts"],
  ["account_.recovery-codes", "sign-in.test.ts"],
  ["login_.directory_.choice", "routes/directory.test.ts"],
  ["login_.signed-out", "routes/directory.test.ts"],
  ["invoices.$invoiceId_.marks.new", "audit.test.ts"],
  ["marks.$markId_.answer", "audit.test.ts"],
  ["marks.$markId_.withdrawal", "audit.test.ts"],
  ["proofs.$proofId", "life.test.ts"],
  ["samples.$sampleId", "audit.test.ts"],
]);

/** What no link of the example leads to: a year whose work is done already, or another user's pages. */
const alsoSeen = [
  "/municipal-budget/2020/moves",
  "/municipal-budget/2026/start",
  "/submitted",
  "/account/data",
];
const ofAdministrator = [
  "/settings",
  "/settings/second-factor",
  "/data-protection",
  "/data-protection/period",
  "/users",
  "/users/new",
  "/users/invite",
  "/users/changes",
];
const ofSchool = ["/own-school"];
const ofNobody = ["/login", "/forgotten"];

/** So many pages of one address are read for their links: a later one may be in another state. */
const instances = 20;

/** Where one address shows different pages in different states: the years of the budget and of a joint service. */
const hasStates = /^\/(municipal-budget|joint-services|contracts|assets)\b/;

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

    test("no page has a barrier that axe knows, or scrolls sideways, or lacks the way out: light, dark and narrow", async () => {
      const context = await browser.newContext({ baseURL: address });
      const page = await context.newPage();
      await page.goto("/login");
      for (const path of ofNobody) await look(page, path);
      await signIn(page, "finanzen@beispiel.de");
      const paths = [...(await pagesFrom(page)), ...alsoSeen];
      for (const path of paths) await look(page, path);
      await context.clearCookies();
      await signIn(page, "verwaltung@beispiel.de");
      const users = await (await page.request.get("/users")).text();
      const roles = /\/users\/[0-9a-f-]{36}\/roles/.exec(users)![0];
      const file = roles.replace(/^\/users\/(.*)\/roles$/, "/data-protection/$1");
      const person = roles.replace("/roles", "");
      for (const path of [...ofAdministrator, roles, person, file]) await look(page, path);
      await context.clearCookies();
      await signIn(page, "schule@beispiel.de");
      for (const path of ofSchool) await look(page, path);
      await context.close();

      const ofPerson = [roles, person, file];
      const seen = [...ofNobody, ...paths, ...ofAdministrator, ...ofPerson, ...ofSchool];
      const missed = pageRoutes().filter(
        ({ id, address }) =>
          !seenElsewhere.has(id) && !seen.some((path) => address.test(path.replace(/\?.*/, ""))),
      );
      expect(missed.map(({ id }) => id)).toEqual([]);
    }, 600_000);

    test("on a phone the menu is folded and opens by keyboard, without scripts; it is printed never", async () => {
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width: 375, height: 700 },
        javaScriptEnabled: false,
      });
      const page = await context.newPage();
      await signIn(page, "finanzen@beispiel.de");
      const grants = page.getByRole("link", { name: "Zuwendungen", exact: true });
      expect(await grants.count()).toBe(0);
      await page.getByText("Menü", { exact: true }).focus();
      await page.keyboard.press("Enter");
      expect(await grants.isVisible()).toBe(true);
      await page.emulateMedia({ media: "print" });
      expect(await grants.count()).toBe(0);
      await page.emulateMedia({ media: "screen" });
      await page.setViewportSize({ width: 1280, height: 700 });
      expect(await grants.isVisible()).toBe(true);
      expect(await page.getByText("Menü", { exact: true }).isVisible()).toBe(false);
      await context.close();
    });
  },
);

async function look(page: Page, path: string) {
  await lookAt(page, path);
  const waysOut = ofNobody.includes(path) ? 0 : 1;
  expect(await page.getByRole("button", { name: "Abmelden" }).count(), path).toBe(waysOut);
  expect(formsWithoutKey(path, await page.content()), path).toEqual([]);
}

/** Where a page's forms lead that would be refused: no key, and a route that asks for one. */
function formsWithoutKey(path: string, html: string): string[] {
  const keyless = Object.keys(withoutKey).map(addressesOf);
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, tag, inside]) => {
      return tag!.includes('method="post"') && !inside!.includes('name="formKey"');
    })
    .map(([, tag]) => (/\baction="([^"]*)"/.exec(tag!)?.[1] ?? path).replace(/\?.*/, ""))
    .filter((action) => !keyless.some((addresses) => addresses.test(action)));
}

/**
 * One address of every kind of page, found by following links. Two pages are of one kind when their
 * addresses differ in ids and years only and they have the same headings, tables and buttons.
 */
async function pagesFrom(page: Page): Promise<string[]> {
  const kinds = new Map<string, string>();
  const read = new Map<string, number>();
  const known = new Set<string>();
  const queue = ["/", "/municipal-budget/new", "/resolutions/new", "/schools/new"];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const pattern = path
      .replace(/[0-9a-f-]{36}/g, "…")
      .replace(/\/20\d\d\b/g, "/…")
      .replace(/^\/programmes\/[\w-]+/, "/programmes/…")
      .replace(/\?.*/, "?");
    const count = read.get(pattern) ?? 0;
    if (known.has(path) || count >= instances || /\.(csv|json|pdf|xlsx|yaml)\b/.test(path))
      continue;
    known.add(path);
    read.set(pattern, count + 1);
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    const html = await answer.text();
    const parts = html.match(/<(h2|caption|th|button|legend)\b.*?<\/\1>/g) ?? [];
    const state = new Set(parts.map((part) => part.replace(/<.*?>/g, "").replace(/\d+/g, "")));
    const kind = hasStates.test(pattern) ? `${pattern} ${[...state].join()}` : pattern;
    if (!kinds.has(kind)) kinds.set(kind, path);
    const links = html.matchAll(/<a\b[^>]*\bhref="(\/[^"]*)"/g);
    queue.push(...[...links].map((link) => link[1]!.replaceAll("&amp;", "&")));
  }
  return [...kinds.values()];
}

/** Each route that shows a page, with the addresses that it answers, as Remix names its files. */
function pageRoutes(): { id: string; address: RegExp }[] {
  const folder = new URL("../../app/routes/", import.meta.url);
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/route.tsx` : entry.name))
    .filter((file) => fs.readFileSync(new URL(file, folder), "utf8").includes("export default"))
    .map((file) => {
      const id = file.replace(/\/route\.tsx$|\.tsx$/, "");
      return { id, address: addressesOf(id) };
    });
}

/** The addresses that a route answers, by its name. */
function addressesOf(id: string): RegExp {
  const steps = id
    .split(".")
    .filter((step) => !step.startsWith("_"))
    .map((step) => `/${step.replace(/_$/, "").replace(/^\$\w+$/, "[^/]+")}`);
  return new RegExp(`^${steps.join("") || "/"}$`);
}
