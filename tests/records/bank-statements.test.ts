import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordBankStatements } from "#app/records/bank-statements.server.ts";
import { listBankStatements, requireBankStatement } from "#app/records/bank-transactions.server.ts";
import { setAside, takeBack } from "#app/records/foreign-transactions.server.ts";
import { db } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { readFile, recordStatement, statesOf } from "#tests/support/bank.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { createOffice } from "#tests/support/factories.ts";
import { statementFile } from "#tests/support/statement.ts";

const rent = { amount: "800.00", parts: [{ name: "Vermieter", lines: ["Miete"] }] };
const power = { amount: "50.10", parts: [{ name: "Stadtwerke", lines: ["Strom"] }] };

describe("a statement that is read in", () => {
  test("says what it said, to the cent, and its file is kept as it came", async () => {
    const { clerk } = await createOffice();
    const given = { closing: "9149.90", entries: [rent, power] };
    const statement = await requireBankStatement(clerk, await recordStatement(clerk, given));
    expect(statement).toMatchObject({
      statementId: "2021-123",
      fileName: "auszug.xml",
      from: "2021-07-01",
      recordedBy: clerk.name,
    });
    expect(statement.missing?.toFixed()).toBe("0");
    expect(statement.transactions).toMatchObject([
      { counterparty: "Vermieter", remittance: "Miete", state: "open", payments: [] },
      { counterparty: "Stadtwerke", remittance: "Strom", state: "open", payments: [] },
    ]);
    expect(statement.transactions.map(({ left }) => left.toFixed(2))).toEqual(["800.00", "50.10"]);
    const files = await db
      .select()
      .from(attachments)
      .where(eq(attachments.id, statement.attachmentId));
    expect(files).toMatchObject([{ subject: "bank_statement", content: statementFile(given) }]);
  });

  test("is recorded once in an authority, and may be another's too", async () => {
    const { clerk } = await createOffice();
    await recordStatement(clerk, { entries: [rent] });
    const again = await recordBankStatements(clerk, ...readFile({ entries: [rent] }));
    expect(again).toMatchObject({ violation: { rule: "statement_recorded_before" } });
    expect(await listBankStatements(clerk)).toHaveLength(1);
    const neighbour = await createOffice();
    await recordStatement(neighbour.clerk, { entries: [rent] });
  });

  test("shares transactions with one that overlaps: they wait only once", async () => {
    const { clerk } = await createOffice();
    const known = { ...power, reference: "ref-1" };
    await recordStatement(clerk, { id: "1", entries: [rent, rent, known] });
    const later = { id: "2", entries: [rent, rent, rent, { ...known, info: "anders" }, power] };
    const { transactions } = await requireBankStatement(clerk, await recordStatement(clerk, later));
    expect(transactions.map(({ state }) => state)).toEqual([
      "repeated",
      "repeated",
      "open",
      "repeated",
      "open",
    ]);
    const third = await recordStatement(clerk, { id: "3", entries: [rent] });
    expect(await statesOf(clerk, third)).toEqual(["repeated"]);
  });

  test("of another account shares nothing", async () => {
    const { clerk } = await createOffice();
    await recordStatement(clerk, { entries: [rent] });
    const other = await recordStatement(clerk, { iban: "DE89370400440532013000", entries: [rent] });
    expect(await statesOf(clerk, other)).toEqual(["open"]);
  });

  test("is one of several in its file", async () => {
    const { clerk } = await createOffice();
    await recordStatement(clerk, { id: "1", entries: [rent] }, { id: "2", entries: [rent, power] });
    const listed = await listBankStatements(clerk);
    const counts = Object.fromEntries(listed.map((one) => [one.statementId, one.counts]));
    expect(counts).toEqual({
      1: { open: 1, matched: 0, foreign: 0, repeated: 0 },
      2: { open: 1, matched: 0, foreign: 0, repeated: 1 },
    });
    expect(new Set(listed.map(({ attachmentId }) => attachmentId)).size).toBe(1);
  });

  test("is nobody's business elsewhere, and nobody's who does not record", async () => {
    const { clerk, auditor } = await createOffice();
    const id = await recordStatement(clerk, { entries: [rent] });
    await expect(recordStatement(auditor, { id: "2", entries: [rent] })).rejects.toMatchObject({
      status: 403,
    });
    const stranger = await createOffice();
    for (const deed of [
      () => requireBankStatement(stranger.clerk, id),
      () => setAside(stranger.clerk, id, []),
      () => takeBack(stranger.clerk, id, randomUUID()),
    ]) {
      await expect(deed()).rejects.toMatchObject({ status: 404 });
    }
  });
});

test("what is none of ours is set aside, and taken back", async () => {
  const { clerk } = await createOffice();
  const id = await recordStatement(clerk, { entries: [rent, power] });
  const ids = (await requireBankStatement(clerk, id)).transactions.map((one) => one.id);
  await setAside(clerk, id, [ids[0]!, randomUUID()]);
  await setAside(clerk, id, [ids[0]!]);
  expect(await statesOf(clerk, id)).toEqual(["foreign", "open"]);
  await takeBack(clerk, id, ids[0]!);
  await takeBack(clerk, id, ids[0]!);
  expect(await statesOf(clerk, id)).toEqual(["open", "open"]);
});

test.each(["bank_statements", "bank_transactions"])(
  "nothing that the bank said in %s is edited or deleted",
  async (table) => {
    const { clerk } = await createOffice();
    await recordStatement(clerk, { entries: [rent] });
    const name = sql.identifier(table);
    for (const statement of [sql`update ${name} set position = 9`, sql`delete from ${name}`]) {
      await expect(ownerDb.execute(statement)).rejects.toMatchObject({
        cause: { message: expect.stringContaining("appended only") },
      });
    }
  },
);
