/** Invoices by the table: all or none, each file once, and undone as a whole. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { checkTableRows, readTableRows } from "#app/entry-table.server.ts";
import type { EntryRow } from "#app/domain/entry.ts";
import type { User } from "#app/domain/permission.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { recordEntries } from "#app/records/entry-recording.server.ts";
import { listImports, requireImport, undoImport } from "#app/records/import-undoing.server.ts";
import { findDraft, keepTable, listDrafts, recordImport } from "#app/records/imports.server.ts";
import { findMapping, mapColumns } from "#app/records/column-mappings.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { euro } from "#app/domain/money.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  createOrder,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const row = (
  number: string,
  grossAmount: string,
  more: EntryRow["cells"] = {},
): EntryRow["cells"] => ({
  supplier: "Netzbau GmbH",
  number,
  invoicedOn: "01.06.2021",
  position: "2.1",
  description: "Netz",
  grossAmount,
  ...more,
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

function numbered(rows: EntryRow["cells"][]): EntryRow[] {
  return rows.map((cells, index) => ({ number: index + 2, cells }));
}

async function entriesOf(user: User, grantId: string, rows: EntryRow["cells"][]) {
  return (await readTableRows(user, grantId, numbered(rows))).entries;
}

async function enter(user: User, grantId: string, rows: EntryRow["cells"][], id = randomUUID()) {
  return recordEntries(user, id, grantId, await entriesOf(user, grantId, rows));
}

async function upload(user: User, grantId: string, content = "a", fileName = "Rechnungen.csv") {
  const table = { fileName, content: Buffer.from(content), rows: [], headerRow: null, mapping: {} };
  return keepTable(user, grantId, table);
}

async function importRows(user: User, grantId: string, rows: EntryRow["cells"][], content = "a") {
  const kept = await upload(user, grantId, content);
  if ("violation" in kept) throw new Error(kept.violation.rule);
  const answer = await recordImport(user, kept.draftId, await entriesOf(user, grantId, rows));
  return { id: kept.draftId, ...answer };
}

async function invoiced(user: User, grantId: string) {
  const budget = await loadBudget(user, grantId);
  return budget
    .map(({ code, committed, invoiced }) => `${code} ${committed}/${invoiced}`)
    .join("  ");
}

async function expectProofs(user: User) {
  const verdicts = await verifyJournal(user.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}

describe("invoices that are typed or pasted as a table", () => {
  test("are recorded together, with the order that they fulfil", async () => {
    const { clerk, grantId, lineOf } = await setUp();
    await createOrder(clerk, grantId, orderDraft(lineOf("2.1"), { awardReason: "Dringlichkeit" }));
    const rows = [
      row("1", "1.000,00", { orderNumber: "A-1" }),
      row("2", "500,00", { supplier: "Neu & Söhne" }),
      row("2", "100,00", { supplier: "Neu & Söhne", description: "Kabel", position: "2.4" }),
    ];
    expect(await enter(clerk, grantId, rows)).toEqual([]);
    expect(await invoiced(clerk, grantId)).toBe("2.1 3000/1500  2.4 0/100");
    const found = await listInvoices(clerk, { grantId });
    expect(
      found
        .map(({ supplier, number, grossAmount }) => `${supplier} ${number} ${grossAmount}`)
        .sort(),
    ).toEqual(["Netzbau GmbH 1 1000", "Neu & Söhne 2 600"]);
    await expectProofs(clerk);
  });

  test("are recorded all or none: a problem in one row keeps out the others", async () => {
    const { clerk, grantId } = await setUp();
    const problems = await enter(clerk, grantId, [
      row("1", "9.000,00"),
      row("2", "2.000,00"),
      row("3", "1.000,00"),
    ]);
    expect(problems).toMatchObject([
      { row: 3, column: "grossAmount", violation: { rule: "exceeds_line" } },
    ]);
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
  });

  test("are checked without recording anything, with what each row leaves of its line", async () => {
    const { clerk, grantId } = await setUp();
    const rows = numbered([
      row("1", "4.000,00"),
      row("2", "x"),
      row("3", "7.000,00"),
      row("4", "6.000,00"),
    ]);
    const { problems, left } = await checkTableRows(clerk, grantId, rows);
    expect(
      problems.map(({ row, column, violation }) => `${row} ${column} ${violation.rule}`),
    ).toEqual(["3 grossAmount cell_no_amount", "4 grossAmount exceeds_line"]);
    expect([...left].map(([row, amount]) => `${row} ${amount}`)).toEqual([
      "2 6000",
      "4 6000",
      "5 0",
    ]);
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
  });

  test("sent twice are recorded once", async () => {
    const { clerk, grantId } = await setUp();
    const id = randomUUID();
    const entries = await entriesOf(clerk, grantId, [row("1", "100,00")]);
    expect(await recordEntries(clerk, id, grantId, entries)).toEqual([]);
    expect(await recordEntries(clerk, id, grantId, entries)).toEqual([]);
    expect(await listInvoices(clerk, { grantId })).toHaveLength(1);
  });

  test("are refused where they are recorded already, and replace what is reversed", async () => {
    const { clerk, grantId, lineOf } = await setUp();
    const { invoiceId } = await spend(clerk, grantId, lineOf("2.1"), "100");
    const number = invoiceId.slice(0, 8);
    expect(await enter(clerk, grantId, [row(number, "100,00")])).toMatchObject([
      { row: 2, column: "number", violation: { rule: "invoice_recorded_before" } },
    ]);
    expect(await enter(clerk, grantId, [row("1", "100,00")])).toEqual([]);
    const [first] = (await listInvoices(clerk, { grantId })).filter(({ number }) => number === "1");
    const draft = { reversedOn: "2021-07-01", reason: "falsch" };
    accepted(await reverseDocument(clerk, { kind: "invoice", id: first!.id }, draft));
    expect(await enter(clerk, grantId, [row("1", "90,00")])).toEqual([]);
    await expectProofs(clerk);
  });

  test("a supplier's usual line and rate are remembered", async () => {
    const { clerk, grantId } = await setUp();
    const rest = { position: "2.4", vatRate: "7" };
    expect(await enter(clerk, grantId, [row("1", "107,00", rest)])).toEqual([]);
    const [entry] = await entriesOf(clerk, grantId, [row("2", "107,00", { position: "" })]);
    expect(entry!.draft.lines[0]!.netAmount.toString()).toBe("100");
    expect(await enter(clerk, grantId, [row("2", "107,00", { position: "" })])).toEqual([]);
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/0  2.4 0/214");
  });
});

describe("an import", () => {
  test("books all rows in one deed, and its draft is gone", async () => {
    const { clerk, grantId } = await setUp();
    const { id, problems } = await importRows(clerk, grantId, [
      row("1", "100,00"),
      row("2", "200,00"),
    ]);
    expect(problems).toEqual([]);
    expect(await listDrafts(clerk, grantId)).toEqual([]);
    expect(await listImports(clerk, grantId)).toMatchObject([
      {
        id,
        fileName: "Rechnungen.csv",
        rowCount: 2,
        invoiceCount: 2,
        stands: true,
        standing: 2,
        recorder: clerk.name,
      },
    ]);
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/300  2.4 0/0");
    await expectProofs(clerk);
  });

  test("with a problem books nothing, and the draft stays to be mended", async () => {
    const { clerk, grantId } = await setUp();
    const { id, problems } = await importRows(clerk, grantId, [
      row("1", "100,00"),
      row("2", "20.000,00"),
    ]);
    expect(problems).toMatchObject([{ row: 3, column: "grossAmount" }]);
    expect(await listImports(clerk, grantId)).toEqual([]);
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
    expect(await findDraft(clerk, id)).toBeDefined();
  });

  test("tells how far it is", async () => {
    const { clerk, grantId } = await setUp();
    const kept = (await upload(clerk, grantId)) as { draftId: string };
    const shares: number[] = [];
    const entries = await entriesOf(
      clerk,
      grantId,
      Array.from({ length: 250 }, (_, at) => row(`R${at}`, "10,00")),
    );
    await recordImport(clerk, kept.draftId, entries, (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
  });

  test("of the same file is refused, when it is uploaded and when it is booked", async () => {
    const { clerk, grantId } = await setUp();
    const early = (await upload(clerk, grantId, "b")) as { draftId: string };
    expect(await upload(clerk, grantId, "b")).toEqual(early);
    await importRows(clerk, grantId, [row("1", "100,00")]);
    // One file waits once; of an earlier program it could wait twice.
    await ownerDb.execute(sql`
      update import_drafts set file_hash = (select file_hash from imports where grant_id = ${grantId})
      where id = ${early.draftId}`);
    expect(await upload(clerk, grantId, "a", "andere.csv")).toMatchObject({
      violation: { rule: "file_imported_before", fileName: "Rechnungen.csv" },
    });
    const entries = await entriesOf(clerk, grantId, [row("2", "100,00")]);
    expect(await recordImport(clerk, early.draftId, entries)).toMatchObject({
      violation: { rule: "file_imported_before" },
    });
    expect(await listInvoices(clerk, { grantId })).toHaveLength(1);
    expect(await upload(clerk, grantId, "b")).toHaveProperty("draftId");
  });

  test("is undone as a whole, and then the file may come again", async () => {
    const { clerk, grantId } = await setUp();
    const rows = [row("1", "100,00"), row("2", "200,00", { position: "2.4" })];
    const { id } = await importRows(clerk, grantId, rows);
    const draft = { reversedOn: "2021-07-01", reason: "falsche Datei" };
    expect(await undoImport(clerk, id, draft)).toBeUndefined();
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/0  2.4 0/0");
    expect(await requireImport(clerk, id)).toMatchObject({ stands: false, standing: 0 });
    expect(await undoImport(clerk, id, draft)).toMatchObject({ rule: "reversed_already" });

    const { problems } = await importRows(clerk, grantId, rows);
    expect(problems).toEqual([]);
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/100  2.4 0/200");
    await expectProofs(clerk);
  });

  test("is not undone before its invoices or in the future, nor while something stands on one of them", async () => {
    const { clerk, grantId } = await setUp();
    const { id } = await importRows(clerk, grantId, [row("1", "100,00"), row("2", "200,00")]);
    expect(await undoImport(clerk, id, { reversedOn: "2021-05-31", reason: "x" })).toMatchObject({
      rule: "reversed_before_booking",
    });
    expect(await undoImport(clerk, id, { reversedOn: "9999-01-01", reason: "x" })).toMatchObject({
      rule: "in_the_future",
    });
    const paid = (await listInvoices(clerk, { grantId })).find(({ number }) => number === "1")!;
    const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("100") };
    accepted(await certifyAndPay(clerk, randomUUID(), paid.id, payment));
    expect(await undoImport(clerk, id, { reversedOn: "2021-08-01", reason: "x" })).toMatchObject({
      rule: "reverse_dependents_first",
      dependents: ["Zahlung vom 10.06.2021"],
    });
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/300  2.4 0/0");
  });

  test("leaves out of its undoing what is reversed already", async () => {
    const { clerk, grantId } = await setUp();
    const { id } = await importRows(clerk, grantId, [row("1", "100,00"), row("2", "200,00")]);
    const [one] = await listInvoices(clerk, { grantId });
    const draft = { reversedOn: "2021-07-01", reason: "x" };
    accepted(await reverseDocument(clerk, { kind: "invoice", id: one!.id }, draft));
    expect(await requireImport(clerk, id)).toMatchObject({ stands: true, standing: 1 });
    expect(await undoImport(clerk, id, draft)).toBeUndefined();
    expect(await invoiced(clerk, grantId)).toBe("2.1 0/0  2.4 0/0");
    await expectProofs(clerk);
  });

  test("is seen, booked and undone by its own authority only", async () => {
    const { clerk, grantId } = await setUp();
    const { clerk: stranger } = await createOffice();
    const { draftId } = (await upload(clerk, grantId)) as { draftId: string };
    expect(await findDraft(stranger, draftId)).toBeUndefined();
    await expect(recordImport(stranger, draftId, [])).rejects.toMatchObject({
      status: 404,
    });
    await expect(upload(stranger, grantId)).rejects.toMatchObject({ status: 404 });
    const { id } = await importRows(clerk, grantId, [row("1", "100,00")], "b");
    await expect(
      undoImport(stranger, id, { reversedOn: "2021-07-01", reason: "x" }),
    ).rejects.toMatchObject({ status: 404 });
  });

  test("cannot be changed or deleted, whoever tries", async () => {
    const { clerk, grantId } = await setUp();
    const { id } = await importRows(clerk, grantId, [row("1", "100,00")]);
    await expect(
      db.update(imports).set({ fileName: "b" }).where(eq(imports.id, id)),
    ).rejects.toThrow();
    await expect(db.delete(imports).where(eq(imports.id, id))).rejects.toThrow();
  });

  test("what columns mean is remembered by the authority that said it", async () => {
    const { clerk, grantId } = await setUp();
    const { draftId } = (await upload(clerk, grantId)) as { draftId: string };
    await mapColumns(clerk, draftId, "wer|was", { headerRow: 1, mapping: { supplier: 0 } });
    await mapColumns(clerk, draftId, "wer|was", { headerRow: 1, mapping: { supplier: 1 } });
    expect(await findMapping(clerk, "wer|was")).toEqual({ supplier: 1 });
    expect((await findDraft(clerk, draftId))!.mapping).toEqual({ supplier: 1 });
    expect(await findMapping((await createOffice()).clerk, "wer|was")).toBeUndefined();
  });
});
