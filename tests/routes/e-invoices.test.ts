/** E-invoices: received once, looked at, booked with their file, or discarded. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { euro, sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAttachments } from "#app/records/attachments.server.ts";
import { listEInvoices } from "#app/records/e-invoices.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { action as book, loader as look } from "#app/routes/e-invoices.$eInvoiceId.tsx";
import { action as discard } from "#app/routes/e-invoices.$eInvoiceId_.discard.tsx";
import { loader as carried } from "#app/routes/e-invoices.$eInvoiceId_.files.$position.ts";
import { action as receive } from "#app/routes/grants.$grantId.e-invoices.tsx";
import { loader as download } from "#app/routes/attachments_.$attachmentId.ts";
import { db } from "#db/client.ts";
import { eInvoices } from "#db/schema/e-invoices.ts";
import { adjustment, content, line, write } from "#tests/support/e-invoices.ts";
import {
  createGrant,
  createOffice,
  createOrder,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("an e-invoice of another program is received, looked at and booked, and keeps its file", async () => {
  const { clerk, auditor, grantId, lineOf } = await setUp();
  const file = await write("XRECHNUNG-UBL", content());
  const id = await received(clerk, grantId, file);

  const page = await pageOf(clerk, id);
  expect(page.findings).toEqual([]);
  expect(page.booking!.input).toMatchObject({
    id,
    supplier: "Netzbau GmbH",
    number: "RE-2021/17",
    invoicedOn: "01.06.2021",
    dueOn: "01.07.2021",
    discountRate: "2",
    discountUntil: "15.06.2021",
    roundedPer: "document",
    lines: [
      { description: "Tablet", grossAmount: "1.071,00", netAmount: "900,00", quantity: "2" },
      { description: "Lizenz", grossAmount: "119,00", netAmount: "100,00", vatRate: "19" },
    ],
  });
  const form = formOf(page.booking!.input, lineOf("2.1"));
  expect(await send(clerk, id, form)).toMatchObject({ status: 302, location: `/invoices/${id}` });
  // A double click books once.
  expect(await send(clerk, id, form)).toMatchObject({ status: 302, location: `/invoices/${id}` });

  const invoice = await requireInvoice(clerk, id);
  expect(invoice.number).toBe("RE-2021/17");
  expect(sum(invoice.lines.map(({ grossAmount }) => grossAmount)).toFixed(2)).toBe("1190.00");
  const [kept, ...others] = await listAttachments(clerk, { subject: "invoice", subjectId: id });
  expect(others).toEqual([]);
  expect(kept!.hash).toBe(createHash("sha256").update(file).digest("hex"));
  const args = await get(auditor, "/", { attachmentId: kept!.id });
  const response = (await answer(async () => download(args))).body as Response;
  expect(Buffer.from(await response.arrayBuffer())).toEqual(file);
  expect(await pageOf(auditor, id)).toMatchObject({ received: { isBooked: true }, booking: null });
});

test("the same file twice is refused and leads to the first", async () => {
  const { clerk, grantId } = await setUp();
  const file = await write("Factur-X-EN16931", content());
  const id = await received(clerk, grantId, file);
  const { status, body } = await upload(clerk, grantId, [file]);
  expect(status).toBe(422);
  expect(problemsOf(body)).toMatchObject([
    {
      sentence: expect.stringMatching(/^Genau diese Datei ist schon eingegangen, am /),
      earlierId: id,
    },
  ]);
  expect(await listEInvoices(clerk, grantId)).toHaveLength(1);
});

// prettier-ignore
test.each([
  { what: "a bomb of entities", file: `<!DOCTYPE a [<!ENTITY a "aaa">]><Invoice>&a;</Invoice>`, sentence: /DOCTYPE/ },
  { what: "XML cut off",        file: `<Invoice>`,                                              sentence: /^Die Datei ist kein vollständiges XML/ },
  { what: "a PDF without one",  file: `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`, sentence: /enthält keine E-Rechnung/ },
  { what: "nothing",            file: ``,                                                       sentence: /leer/ },
])("$what is refused with a sentence, and nothing of it is kept", async ({ file, sentence }) => {
  const { clerk, grantId } = await setUp();
  const { status, body } = await upload(clerk, grantId, [Buffer.from(file)]);
  expect(status).toBe(422);
  expect(problemsOf(body)).toMatchObject([
    { sentence: expect.stringMatching(sentence), name: "rechnung.xml" },
  ]);
  expect(await listEInvoices(clerk, grantId)).toEqual([]);
});

test("of several files each is taken or refused by itself", async () => {
  const { clerk, grantId } = await setUp();
  const files = [await write("XRECHNUNG-CII", content()), Buffer.from("Rechnung")];
  const { status, body } = await upload(clerk, grantId, files);
  expect(status).toBe(422);
  expect(problemsOf(body)).toHaveLength(1);
  expect(await listEInvoices(clerk, grantId)).toMatchObject([{ number: "RE-2021/17" }]);
});

test("an invoice of the seller and number that is booked already is named and not booked again", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const first = await received(clerk, grantId, await write("XRECHNUNG-UBL", content()));
  const { booking } = await pageOf(clerk, first);
  await send(clerk, first, formOf(booking!.input, lineOf("2.1")));

  const same = content({ "cbc:ID": "re 2021-17" });
  const second = await received(clerk, grantId, await write("XRECHNUNG-CII", same));
  const page = await pageOf(clerk, second);
  expect(page.duplicates).toMatchObject({ booked: [{ id: first }], received: [{ id: first }] });
  expect(page.booking).toBeNull();
  const { status } = await send(
    clerk,
    second,
    formOf({ ...booking!.input, id: second }, lineOf("2.1")),
  );
  expect(status).toBe(422);
});

test("the order that the invoice names brings its line along, and so does what the seller had last", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.4"), { number: "A-2021/5" }));
  const given = { "cac:OrderReference": { "cbc:ID": "a 2021 5" } };
  const file = await write("XRECHNUNG-UBL", content(given));
  const { booking } = await pageOf(clerk, await received(clerk, grantId, file));
  const lines = booking!.input.lines!;
  expect(lines.map((one) => one!.budgetLineId)).toEqual([lineOf("2.4"), lineOf("2.4")]);
  expect(new Set(lines.map((one) => one!.orderLineId)).size).toBe(1);

  await spend(clerk, grantId, lineOf("2.1"), "100.00");
  const other = await write("XRECHNUNG-UBL", content({ "cbc:ID": "RE-18" }));
  const again = await pageOf(clerk, await received(clerk, grantId, other));
  expect(again.booking!.input.lines![0]!.budgetLineId).toBe(lineOf("2.1"));
});

test("allowances, charges, several rates and a rounded total are booked to the cent", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const rich = content(
    {
      "cac:AllowanceCharge": [adjustment("allowance", "59.85", "Rabatt", "19")],
      "cac:InvoiceLine": [line(1, { net: "1197.00" }), line(2, { net: "33.33" })],
      "cac:TaxTotal": content({}, { net: "1170.48", tax: "222.39" })["cac:TaxTotal"],
    },
    {
      lines: "1230.33",
      allowances: "59.85",
      net: "1170.48",
      tax: "222.39",
      gross: "1392.87",
      rounding: "0.03",
      due: "1392.90",
    },
  );
  const id = await received(clerk, grantId, await write("XRECHNUNG-CII", rich));
  const { booking, findings } = await pageOf(clerk, id);
  expect(findings).toEqual([]);
  await send(clerk, id, formOf(booking!.input, lineOf("2.1")));
  const { lines } = await requireInvoice(clerk, id);
  expect(sum(lines.map(({ grossAmount }) => grossAmount))).toEqual(euro("1392.90"));
});

test("an e-invoice that is not wanted is marked with the reason, stays on file and is not booked", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const id = await received(clerk, grantId, await write("XRECHNUNG-UBL", content()));
  const { booking } = await pageOf(clerk, id);
  const params = { eInvoiceId: id };
  const run = async (reason: string) =>
    answer(async () => discard(await post(clerk, "/", { reason }, params)));
  expect((await run("")).status).toBe(422);
  expect(await run("Doppel")).toMatchObject({ status: 302 });

  const page = await pageOf(clerk, id);
  expect(page.received).toMatchObject({ reason: "Doppel", discardedBy: "Person clerk" });
  expect(page.booking).toBeNull();
  await send(clerk, id, formOf(booking!.input, lineOf("2.1")));
  expect((await pageOf(clerk, id)).received.isBooked).toBe(false);
});

test("a booked one is not discarded; after a reversal it is booked again, with its file", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const id = await received(clerk, grantId, await write("XRECHNUNG-UBL", content()));
  await send(clerk, id, formOf((await pageOf(clerk, id)).booking!.input, lineOf("2.1")));
  const args = await post(clerk, "/", { reason: "Doppel" }, { eInvoiceId: id });
  expect((await answer(async () => discard(args))).status).toBe(422);

  const key = { kind: "invoice", id } as const;
  const reversal = { reversedOn: "2021-06-02", reason: "falsche Zeile" };
  expect(await reverseDocument(clerk, key, reversal)).toBeUndefined();
  const { booking } = await pageOf(clerk, id);
  const newId = booking!.input.id!;
  expect(newId).not.toBe(id);
  const { location } = await send(clerk, id, formOf(booking!.input, lineOf("2.4")));
  expect(location).toBe(`/invoices/${newId}`);
  const place = { subject: "invoice", subjectId: newId } as const;
  expect(await listAttachments(clerk, place)).toHaveLength(1);
});

test("a file within an e-invoice is handed out as it is, and nothing else", async () => {
  const { clerk, grantId } = await setUp();
  const page = Buffer.from("<script>alert(1)</script>");
  const attachments = [{ buffer: page, filename: "a.html", mimetype: "text/csv" }];
  const file = await write("XRECHNUNG-UBL", content(), attachments);
  const id = await received(clerk, grantId, file);
  const fetch = async (user: User, position: string) => {
    const args = await get(user, "/", { eInvoiceId: id, position });
    return answer(async () => carried(args));
  };
  const response = (await fetch(clerk, "0")).body as Response;
  expect(Buffer.from(await response.arrayBuffer())).toEqual(page);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment; filename="a.html"/),
    "content-security-policy": "default-src 'none'; sandbox",
  });
  for (const position of ["1", "-1", "x"]) expect((await fetch(clerk, position)).status).toBe(404);
  expect((await fetch((await createOffice()).clerk, "0")).status).toBe(404);
});

test("nobody sees or takes in e-invoices of another authority, and none is changed", async () => {
  const { clerk, grantId } = await setUp();
  const file = await write("XRECHNUNG-UBL", content());
  const id = await received(clerk, grantId, file);
  const stranger = await createOffice();
  expect((await upload(stranger.clerk, grantId, [file])).status).toBe(404);
  const args = await get(stranger.clerk, "/", { eInvoiceId: id });
  expect((await answer(async () => look(args))).status).toBe(404);
  await expect(db.update(eInvoices).set({ numberKey: "x" })).rejects.toThrow();
  await expect(db.delete(eInvoices)).rejects.toThrow();
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

async function upload(user: User, grantId: string, files: Buffer[]) {
  const body = new FormData();
  for (const file of files) body.append("file", new File([new Uint8Array(file)], "rechnung.xml"));
  const { request, ...rest } = await get(user, `/grants/${grantId}/e-invoices`, { grantId });
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  return answer(async () => receive({ request: sent, ...rest }));
}

/** Takes a file in that is taken; gives the id of its e-invoice. */
async function received(user: User, grantId: string, file: Buffer): Promise<string> {
  const { location, body } = await upload(user, grantId, [file]);
  expect(location, JSON.stringify(body)).toMatch(/^\/e-invoices\//);
  return location!.split("/").at(-1)!;
}

function problemsOf(body: unknown) {
  return (body as { problems: unknown[] }).problems;
}

async function pageOf(user: User, eInvoiceId: string) {
  const args = await get(user, "/", { eInvoiceId });
  return look(args);
}

type Page = Awaited<ReturnType<typeof look>>;
type Input = NonNullable<Page["booking"]>["input"];

/** The form as the page shows it, with the budget line that a clerk would choose. */
function formOf({ lines = [], ...head }: Input, budgetLineId: string): Record<string, string> {
  const rows = lines.flatMap((row, index) =>
    Object.entries({ ...row, budgetLineId: row!.budgetLineId ?? budgetLineId }).map(
      ([name, value]) => [`lines[${index}].${name}`, value] as const,
    ),
  );
  return Object.fromEntries(
    [...Object.entries(head), ...rows].filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

async function send(user: User, eInvoiceId: string, form: Record<string, string>) {
  return answer(async () => book(await post(user, "/", form, { eInvoiceId })));
}
