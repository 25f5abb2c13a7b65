/**
 * A hundred random receipts of an office are followed from the order over invoice and payment to their rows in the
 * workbook and the file that lies there, and from the rows back.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inArray } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { euro, sum } from "#app/domain/money.ts";
import { minimalStandard } from "#app/domain/sampling.ts";
import { makeAuditBook } from "#app/audit-book.server.ts";
import { attachFile, listAttachments } from "#app/records/attachments.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { listOpenOrderLines, requireOrder } from "#app/records/orders.server.ts";
import { readStoredFile } from "#app/records/stored-files.server.ts";
import { db } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { entries } from "#db/schema/journal.ts";
import { orderLines } from "#db/schema/orders.ts";
import { payments } from "#db/schema/payments.ts";
import {
  accepted,
  createOrder,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { credits, invoice, openCase, openOf, pay, reverse } from "#tests/support/spending-case.ts";
import { validateWorkbook } from "#tests/support/workbook-validator.ts";
import { readWorkbook } from "#tests/support/workbook-xml.ts";

type Row = Record<string, string | number | null>;

/** What the office did with one receipt, as a person would remember it. */
type Receipt = {
  invoiceId: string;
  number: string;
  orderNumber: string | null;
  gross: number;
  /** Cents paid and taken as discount, by the day; payments that were undone too. */
  paid: { id: string; on: string; cents: number; discount: number; isUndone: boolean }[];
  isUndone: boolean;
};

const random = minimalStandard(20_261_124);
const below = (count: number) => (random() - 1) % count;
const cents = (value: unknown) => Math.round(Number(value ?? 0) * 100);
const money = (amount: number) => (amount / 100).toFixed(2);

let receipts: Receipt[];
let rows: Row[];
let journal: Map<string, Row>;
let of: Awaited<ReturnType<typeof openCase>>;

beforeAll(async () => {
  of = await openCase({
    lines: [
      ["GS Nord", "2.1", "40000"],
      ["GS Süd", "2.4", "40000"],
    ],
  });
  receipts = [];
  for (let index = 0; index < 110; index += 1) receipts.push(await live(index));
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await makeAuditBook(of.clerk, { asOf: "2026-11-24" }, file);
  const content = await readFile(file);
  expect(await validateWorkbook(content)).toEqual([]);
  const { sheets } = await readWorkbook(content);
  const records = (name: string): Row[] => {
    const { rows: all, headings } = sheets.find((sheet) => sheet.name === name)!;
    return all
      .slice(1)
      .map(({ cells }) =>
        Object.fromEntries(cells.map(({ column, value }) => [headings[column]!, value])),
      );
  };
  rows = records("Belegliste");
  journal = new Map(records("Journal").map((row) => [String(row["Buchungsnummer"]), row]));
}, 400_000);

/** An order, its invoice, the file, and what became of it: paid, in parts, with discount, credited, undone. */
async function live(index: number): Promise<Receipt> {
  const line = of.lineOf(index % 3 === 0 ? "2.4" : "2.1");
  const gross = 5_000 + below(30_000);
  const number = `R-${String(index).padStart(4, "0")}`;
  const hasOrder = index % 5 !== 0;
  const orderNumber = hasOrder ? `A-${String(index).padStart(4, "0")}` : null;
  let orderLineId: string | undefined;
  if (orderNumber) {
    const lines = [orderLine(line, money(gross))];
    const id = await createOrder(
      of.clerk,
      of.grantId,
      orderDraft(line, { number: orderNumber, lines }),
    );
    const open = await listOpenOrderLines(of.clerk, { grantId: of.grantId });
    orderLineId = open.find((one) => one.orderId === id)!.id;
  }
  const given = orderLineId ? { orderLineId } : {};
  const invoiceId = await invoice(of, [invoiceLine(line, money(gross), given)], { number });
  const place = { subject: "invoice", subjectId: invoiceId } as const;
  const content = Buffer.from(`Rechnung ${number} über ${money(gross)} Euro`);
  accepted(await attachFile(of.clerk, place, { name: `${number}.txt`, content }));

  const paid: Receipt["paid"] = [];
  const settle = async (
    amount: number,
    on: string,
    more: { discount?: number; isPartial?: boolean } = {},
  ) => {
    const id = randomUUID();
    const { discount = 0, isPartial = false } = more;
    const draft = { id, paidOn: on, discount: money(discount), isPartial };
    accepted(await pay(of, invoiceId, money(amount), draft));
    paid.push({ id, on, cents: amount, discount, isUndone: false });
    return id;
  };
  const story = index % 10;
  let isUndone = false;
  if (story === 1) {
    const first = 1_000 + below(2_000);
    await settle(first, "2021-06-10", { isPartial: true });
    await settle(gross - first, "2021-07-05");
  } else if (story === 2 || story === 7) {
    const discount = Math.floor(gross / 50);
    await settle(gross - discount, "2021-06-12", { discount });
  } else if (story === 3) {
    const discount = Math.floor(gross / 40);
    const id = await settle(gross - discount, "2021-06-14", { discount });
    accepted(await reverse(of, "payment", id, "2021-06-20"));
    paid.at(-1)!.isUndone = true;
    await settle(gross, "2021-06-21");
  } else if (story === 4) {
    accepted(await reverse(of, "invoice", invoiceId, "2021-06-30"));
    isUndone = true;
  } else if (story === 6) {
    await settle(gross, "2021-06-15");
    const note = await invoice(of, [invoiceLine(line, "10.00")], {
      ...credits(invoiceId),
      number: `G-${number}`,
    });
    accepted(await pay(of, note, await openOf(of, note), { paidOn: "2021-07-10" }));
  } else if (story !== 5) {
    await settle(gross, "2021-06-16");
  }
  return { invoiceId, number, orderNumber, gross, paid, isUndone };
}

test("a hundred receipts lead from the order to the file, and back", async () => {
  const chosen = receipts
    .map((receipt) => ({ receipt, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .slice(0, 100)
    .map(({ receipt }) => receipt);
  expect(new Set(chosen.map(({ number }) => number)).size).toBe(100);
  let traced = 0;
  for (const receipt of chosen) {
    await leadsForward(receipt);
    await leadsBack(receipt);
    traced += 1;
  }
  expect(traced).toBe(100);
}, 120_000);

/** From what the office remembers to the rows: each payment one row, and all of the invoice in them. */
async function leadsForward({ invoiceId, number, orderNumber, gross, paid, isUndone }: Receipt) {
  const own = rows.filter((row) => row["Rechnungsnummer"] === number);
  expect(sumOf(own, "Brutto"), number).toBe(isUndone ? 0 : gross);
  for (const row of own) expect(row["Auftragsnummer"] ?? null, number).toBe(orderNumber);

  for (const { id, on, cents: amount, discount, isUndone: isReversed } of paid) {
    const status = isReversed ? "storniert" : "bezahlt";
    const found = own.filter(
      (row) => row["Status"] === status && dayOf(row["Zahlungsdatum"]) === on,
    );
    expect(
      found.map((row) => [cents(row["gezahlt"]), cents(row["Skonto"])]),
      number,
    ).toEqual([[amount, discount]]);
    // The entries that the row names are those of its payment.
    expect(await documentsOf(found[0]!), number).toContain(id);
    if (!isReversed) continue;
    const other = rows[Number(found[0]!["lfd. Nr. der Gegenzeile (Storno)"]) - 1]!;
    expect([other["Status"], cents(other["gezahlt"])], number).toEqual(["Storno", -amount]);
  }
  const paidRows = own.filter((row) => row["Status"] === "bezahlt");
  expect(paidRows.length, number).toBe(paid.filter((one) => !one.isUndone).length);

  const [file] = await listAttachments(of.clerk, { subject: "invoice", subjectId: invoiceId });
  const stored = await readStoredFile(file!);
  const bytes = "content" in stored ? stored.content : expect.fail(`file of ${number}`);
  expect(Buffer.from(bytes).toString(), number).toContain(
    `Rechnung ${number} über ${money(gross)} `,
  );
  const hash = createHash("sha256").update(bytes).digest("hex");
  for (const row of own.filter((one) => one["Status"] !== "Storno")) {
    expect(row["Beleg (Datei)"], number).toBe(`${number}.txt (${hash.slice(0, 12)})`);
  }
}

/** From the rows alone: file, invoice, payment, order. */
async function leadsBack({ invoiceId, number, orderNumber, paid }: Receipt) {
  const own = rows.filter((row) => row["Rechnungsnummer"] === number && row["Status"] !== "Storno");
  expect(own.length, number).toBeGreaterThan(0);
  for (const row of own) {
    const [, name, beginning] = /^(.+) \(([0-9a-f]{12})\)$/.exec(String(row["Beleg (Datei)"]))!;
    const files = (await db.select().from(attachments)).filter(
      (one) => one.fileName === name && one.hash.startsWith(beginning!),
    );
    expect(
      files.map(({ subjectId }) => subjectId),
      number,
    ).toEqual([invoiceId]);
    const found = await requireInvoice(of.clerk, files[0]!.subjectId);
    expect([found.number, found.supplier], number).toEqual([number, row["Rechnungsaussteller"]]);

    const documents = await documentsOf(row);
    const known = [invoiceId, ...paid.map(({ id }) => id)];
    expect(documents.length, number).toBeGreaterThan(0);
    expect(
      documents.filter((id) => !known.includes(id)),
      number,
    ).toEqual([]);
    if (row["Zahlungsdatum"] !== null && row["Zahlungsdatum"] !== undefined) {
      const paying = documents.filter((id) => id !== invoiceId);
      const [payment] = await db.select().from(payments).where(inArray(payments.id, paying));
      expect([payment!.invoiceId, payment!.paidOn], number).toEqual([
        invoiceId,
        dayOf(row["Zahlungsdatum"]),
      ]);
    }
    const ordered = found.lines.flatMap(({ orderLineId }) => orderLineId ?? []);
    const named =
      ordered.length === 0
        ? []
        : await db.select().from(orderLines).where(inArray(orderLines.id, ordered));
    const numbers = await Promise.all(
      named.map(async ({ orderId }) => (await requireOrder(of.clerk, orderId)).number),
    );
    expect(numbers, number).toEqual(orderNumber ? [orderNumber] : []);
    expect(row["Auftragsnummer"] ?? null, number).toBe(numbers[0] ?? null);
  }
}

/** Of the entries that a row names: they are in the journal of the workbook, and these are their documents. */
async function documentsOf(row: Row): Promise<string[]> {
  const numbers = String(row["Buchungsnummern"] ?? "")
    .split(", ")
    .filter(Boolean);
  for (const number of numbers) expect(journal.get(number)?.["Schule"]).toBe(row["Schule"]);
  const found = await db
    .select()
    .from(entries)
    .where(inArray(entries.number, numbers.map(Number)));
  const own = found.filter((entry) => entry.schoolAuthorityId === of.clerk.schoolAuthorityId);
  return [...new Set(own.map(({ documentId }) => documentId))];
}

test("the rows of all receipts together are what the office paid", () => {
  const paid = sum(
    receipts.flatMap((one) =>
      one.paid.filter((part) => !part.isUndone).map((part) => euro(money(part.cents))),
    ),
  );
  const credited = receipts.filter((_, index) => index % 10 === 6).length * 1_000;
  expect(sumOf(rows, "gezahlt")).toBe(paid.times(100).toNumber() - credited);
});

function sumOf(some: Row[], key: string): number {
  return some.reduce((total, row) => total + cents(row[key]), 0);
}

function dayOf(serial: unknown): string | null {
  if (typeof serial !== "number") return null;
  return new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
}
