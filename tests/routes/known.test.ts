/** Pages and workbooks of the past: the address names the moment. */
import { randomUUID } from "node:crypto";
import exceljs from "exceljs";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { standSentences } from "#app/german/known-words.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { loader as form } from "#app/routes/audit.tsx";
import { loader as workbook } from "#app/routes/audit[.]xlsx.ts";
import { loader as orders } from "#app/routes/grants.$grantId.orders._index.tsx";
import { loader as grantPage } from "#app/routes/grants.$grantId.tsx";
import { createGrant, createOffice, createOrder, orderDraft } from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get } from "#tests/support/request.ts";

async function page(loader: (args: never) => unknown, user: User, path: string, params = {}) {
  const args = await get(user, path, params);
  return answer(() => loader(args as never));
}

function at(moment: Date) {
  return `stand=${moment.toISOString()}`;
}

test("a page of the past says what was known then, and offers nothing to record", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  const before = await momentOfBooks(clerk);
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));

  const then = await page(orders, clerk, `/grants/${grantId}/orders?${at(before)}`, { grantId });
  expect(then.body).toMatchObject({
    lines: [],
    mayRecord: false,
    knownOn: before.toISOString(),
  });
  const now = await page(orders, clerk, `/grants/${grantId}/orders`, { grantId });
  expect(now.body).toMatchObject({ lines: [{ number: "A-1" }], mayRecord: true });
  expect((now.body as { knownOn?: string }).knownOn).toBeUndefined();
});

test("what was not there yet is not found, and a moment that can't be is refused in German", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId } = await createGrant(office);
  const early = await page(grantPage, clerk, `/grants/${grantId}?stand=01.01.2020`, { grantId });
  expect(early.status).toBe(404);
  const empty = await page(overview, clerk, "/?stand=01.01.2020");
  expect(empty.body).toMatchObject({ grants: [], envelopes: [] });
  for (const [stand, sentence] of [
    ["31.12.2090", standSentences.future],
    ["vorgestern", standSentences.unreadable],
  ]) {
    const refused = await page(overview, clerk, `/?stand=${stand}`);
    expect(refused.status).toBe(422);
    expect(await (refused.body as Response).text()).toBe(sentence);
  }
});

const modules = import.meta.glob<string>(["/app/routes/*.{ts,tsx}", "/app/routes/*/route.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Pages for readers that show the present only, each with its reason. */
const ofToday: Record<string, string> = {
  account: "the user's own",
  "account_.calendar": "the user's own",
  "account_.data": "the user's own",
  "account_.data[.]json": "the user's own",
  "account_.recovery-codes": "the user's own",
  "account_.second-factor": "the user's own",
  "account_.sessions": "the user's own",
  "account_.typed": "the user's own",
  "attachments_.$attachmentId": "a file is what it is, whenever it is asked for",
  audit: "the form of the workbook, which asks for the moment itself",
  "workbook-check": "a place of work: the file says itself of which moment it is",
  "audit[.]xlsx": "it prints the moment that it was made for, also when that is now",
  "exports._index": "the user's own",
  "exports.$exportId": "the user's own, which names its moment",
  "exports.$exportId_.file": "a file is what it is",
  "joint-services.seen.$linkId": "what another authority shows is a matter of today",
  "joint-services.seen.$linkId_.years.$year": "what another authority shows is a matter of today",
  "joint-services.seen.$linkId_.years.$year_.letter": "a letter is what its keeper sent",
  "joint-services.seen.$linkId_.years.$year_.letter[.]pdf": "a letter is what its keeper sent",
  "marks._index": "a place of work: questions and answers of an audit",
  permissions: "what the program itself lays down",
  "samples._index": "a place of work: a sample is drawn of what is there",
  "samples.$sampleId": "a sample keeps what it was drawn from",
  "bank-statements": "a place of work; the journal shows what was booked of them",
  "bank-statements_.$statementId": "a place of work",
  "e-invoices.$eInvoiceId": "a place of work",
  "e-invoices.$eInvoiceId_.files.$position": "a file is what it is",
  "grants.$grantId.e-invoices": "a place of work",
  "grants.$grantId.imports._index": "a place of work",
  "imports.$importId": "a place of work",
  "price-indexes": "a list with its own days",
  "programmes._index": "programmes have versions of their own",
  "programmes.$key": "programmes have versions of their own",
  "programmes.$key[.]yaml": "programmes have versions of their own",
  "schools.$schoolId": "the form of a school",
};

test("every page that readers may open shows the past, or says why it does not", () => {
  const without = Object.entries(modules)
    .filter(([, source]) =>
      /export async function loader\([^]*?\n  const user = await requireUser\(request, "(read|export|use)_/.test(
        source,
      ),
    )
    .map(([path]) => /routes\/(.+?)(?:\/route)?\.tsx?$/.exec(path)![1]!);
  expect(without.sort()).toEqual(Object.keys(ofToday).sort());
});

async function bookOf(user: User, query: string) {
  const { status, body } = await page(workbook, user, `/audit.xlsx?${query}`);
  expect(status).toBe(200);
  const book = new exceljs.Workbook();
  await book.xlsx.load(await (body as Response).arrayBuffer());
  const cover = new Map<string, string>();
  book.getWorksheet("Deckblatt")!.eachRow((row) => {
    cover.set(row.getCell(1).text, row.getCell(2).text);
  });
  return { cover, rows: (sheet: string) => book.getWorksheet(sheet)!.rowCount - 1 };
}

test("a workbook is of all, of some grants or of a fiscal year, as known on a moment, and prints it", async () => {
  const office = await createOffice();
  const { auditor, clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  const founded = await momentOfBooks(auditor);
  await createBudgetAccount(clerk);
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));

  const then = await bookOf(auditor, at(founded));
  expect(then.rows("Mittelbindung")).toBe(0);
  expect(then.cover.get("bekannt am")).toContain(`stand=${founded.toISOString()}`);
  expect(then.cover.get("Alle Kontrollen stimmen")).toBe("ja");

  const all = await bookOf(auditor, "");
  expect([all.rows("Mittelbindung"), all.rows("Haushalt")]).toEqual([1, 1]);
  expect(all.cover.get("Zuwendung")).toBe("alle Zuwendungen");
  const year = await bookOf(auditor, "year=2020");
  expect([year.rows("Mittelbindung"), year.rows("Haushalt"), year.rows("Journal")]).toEqual([
    0, 1, 1,
  ]);
  expect(year.cover.get("Zuwendung")).toBe("keine: nur Haushaltsjahr 2020");
  const one = await bookOf(auditor, `grant=${grantId}`);
  expect([one.rows("Mittelbindung"), one.rows("Haushalt")]).toEqual([1, 0]);
  const none = await bookOf(auditor, "year=2031");
  expect(none.cover.get("Umfang")).toBe("In diesem Ausschnitt steht keine Buchung.");
  for (const { cover } of [all, year, one, none]) {
    expect(cover.get("Alle Kontrollen stimmen")).toBe("ja");
  }
});

test.each([
  ["year=abc", "year"],
  ["on=31.12.2090", "on"],
  ["on=irgendwann", "on"],
  ["stand=irgendwann", "stand"],
  ["stand=31.12.2090", "stand"],
  [`grant=${randomUUID()}`, "grant"],
  [`grant=${randomUUID()}&year=2025`, "grant"],
])("the form of the workbook says what is wrong with %s", async (query, field) => {
  const { auditor } = await createOffice();
  const sent = await page(workbook, auditor, `/audit.xlsx?${query}`);
  expect(sent).toMatchObject({ status: 302, location: `/audit?${query}` });
  const { body } = await page(form, auditor, `/audit?${query}`);
  const { problems } = body as { problems: Record<string, string> };
  expect(Object.keys(problems)).toEqual([field]);
});
