import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { action as upload, loader as list } from "#app/routes/bank-statements.tsx";
import { action, loader } from "#app/routes/bank-statements_.$statementId/route.tsx";
import { loader as documentLoader } from "#app/routes/documents.$kind.$id.tsx";
import { createPayableOffice, recordStatement, transfer } from "#tests/support/bank.ts";
import { createOffice } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { statementFile } from "#tests/support/statement.ts";

test("a clerk reads a statement in and comes to it; the list counts what waits", async () => {
  const { clerk } = await createOffice();
  const file = statementFile({ entries: [transfer("5.00", "Porto")] });
  const { status, location } = await send(clerk, file, "auszug.xml");
  expect(status).toBe(302);
  expect(location).toMatch(/^\/bank-statements\/[0-9a-f-]{36}$/);
  const listed = (await list(await get(clerk, "/bank-statements"))) as { statements: object[] };
  expect(listed.statements).toMatchObject([{ statementId: "2021-123", counts: { open: 1 } }]);
});

test("a file of several statements leads to the list", async () => {
  const { clerk } = await createOffice();
  const file = statementFile({ id: "1", entries: [] }, { id: "2", entries: [] });
  expect(await send(clerk, file, "a.xml")).toMatchObject({ location: "/bank-statements" });
});

// prettier-ignore
test.each([
  { what: "nothing",       file: undefined,                sentence: "Bitte eine Datei auswählen." },
  { what: "a table",       file: Buffer.from("a;b\n1;2"),  sentence: /^Das ist kein Kontoauszug im Format CAMT\.053\./ },
  { what: "half a file",   file: statementFile({ entries: [] }).subarray(0, 400), sentence: /^Diese Datei lässt sich nicht lesen/ },
])("$what is refused with a sentence", async ({ file, sentence }) => {
  const { clerk } = await createOffice();
  const { status, body } = await send(clerk, file, file ? "a.xml" : "");
  expect(status).toBe(422);
  expect((body as { problem: string }).problem).toMatch(sentence);
});

test("a file that was read in is named with its day", async () => {
  const { clerk } = await createOffice();
  const file = statementFile({ entries: [] });
  await send(clerk, file, "a.xml");
  const { status, body } = await send(clerk, file, "b.xml");
  expect(status).toBe(422);
  expect((body as { problem: string }).problem).toMatch(
    /^Diese Datei ist schon am \d\d\.\d\d\.\d{4} eingelesen worden\.$/,
  );
});

test("what is chosen is booked, and the payment says from which line it comes", async () => {
  const { clerk, invoiceOf, statementId, page } = await setUp();
  const invoiceId = await invoiceOf("RE 2021/17", "1190");
  const { rows } = await page();
  expect(rows[0]).toMatchObject({ proposals: [{ isChosen: true, isSure: true }] });
  expect(await submit(clerk, statementId, { deed: "book", ...line(rows[0]!, true) })).toMatchObject(
    { status: 302 },
  );
  const [payment] = (await requireInvoice(clerk, invoiceId)).payments;
  const params = { kind: "payment", id: payment!.id };
  const document = (await documentLoader(await get(clerk, "/", params))) as { proof: object };
  expect(document.proof).toMatchObject({ statementId, number: "2021-123", position: 0 });
});

test("a refusal stands beside its row, and what was chosen comes back", async () => {
  const { clerk, statementId, page } = await setUp();
  const { rows } = await page();
  const sent = { deed: "book", ...line(rows[0]!, true) };
  const { status, body } = await submit(clerk, statementId, sent);
  expect(status).toBe(422);
  expect(body).toMatchObject({
    problems: { [rows[0]!.id]: expect.stringMatching(/^Bitte einen Vorschlag wählen\./) },
    sent: [{ transactionId: rows[0]!.id, isChosen: true }],
  });
});

test.each(["book", "set_aside"])("%s without anything chosen asks for a choice", async (deed) => {
  const { clerk, statementId, page } = await setUp();
  const { rows } = await page();
  const { status, body } = await submit(clerk, statementId, { deed, ...line(rows[0]!, false) });
  expect(status).toBe(422);
  expect(body).toMatchObject({ title: "Bitte mindestens einen Umsatz ankreuzen." });
});

test("what is not ours is set aside, alone or all without proposal, and taken back", async () => {
  const { clerk, invoiceOf, statementId, page } = await setUp();
  await invoiceOf("RE 2021/17", "1190");
  const states = async () => (await page()).rows.map(({ state }) => state);
  const { rows } = await page();
  const rest = { deed: "set_aside_rest", ...line(rows[0]!, true, 0), ...line(rows[1]!, false, 1) };
  expect((await submit(clerk, statementId, rest)).status).toBe(302);
  expect(await states()).toEqual(["open", "foreign"]);
  await submit(clerk, statementId, { deed: "set_aside", ...line(rows[0]!, true) });
  expect(await states()).toEqual(["foreign", "foreign"]);
  await submit(clerk, statementId, { deed: "take_back", transactionId: rows[1]!.id });
  expect(await states()).toEqual(["foreign", "open"]);
});

test("a statement of another authority is not found", async () => {
  const { statementId } = await setUp();
  const stranger = await createOffice();
  const args = await get(stranger.clerk, "/", { statementId });
  expect((await answer(async () => loader(args))).status).toBe(404);
});

type Row = { id: string; state: string; proposals: { key: string }[] };

function line(row: Row, isChosen: boolean, index = 0): Record<string, string> {
  const [proposal] = row.proposals;
  return {
    [`lines[${index}].transactionId`]: row.id,
    ...(isChosen && { [`lines[${index}].isChosen`]: "on" }),
    ...(proposal && { [`lines[${index}].isOffered`]: "on" }),
    ...(proposal && { [`lines[${index}].reading`]: proposal.key }),
  };
}

async function setUp() {
  const office = await createPayableOffice();
  const { clerk } = office;
  const entries = [transfer("1190.00", "RE 2021/17"), transfer("5.00", "Porto")];
  const statementId = await recordStatement(clerk, { entries });
  const page = async () =>
    (await loader(await get(clerk, "/", { statementId }))) as unknown as { rows: Row[] };
  return { ...office, statementId, page };
}

async function submit(user: User, statementId: string, form: Record<string, string>) {
  const sent = { id: randomUUID(), ...form };
  return answer(async () => action(await post(user, "/", sent, { statementId })));
}

/** Without a file: what a browser sends when none was chosen. */
async function send(user: User, file: Buffer | undefined, name: string) {
  const { request, ...rest } = await get(user, "/bank-statements");
  const body = new FormData();
  body.append("file", new File(file ? [new Uint8Array(file)] : [], name));
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  return answer(async () => upload({ request: sent, ...rest }));
}
