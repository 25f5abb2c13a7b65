/** Invoices typed or pasted as a table, as the form sends them with and without JavaScript. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type EntryColumn, entryColumns } from "#app/domain/entry.ts";
import type { User } from "#app/domain/permission.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { action } from "#app/routes/grants.$grantId.invoices.table/route.tsx";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

type Cells = Partial<Record<EntryColumn, string>>;

const row = (number: string, more: Cells = {}): Cells => ({
  supplier: "Netzbau GmbH",
  number,
  invoicedOn: "01.06.2021",
  position: "2.1",
  description: "Netz",
  grossAmount: "1.000,00",
  ...more,
});

describe("a table of invoices", () => {
  test("is checked without being booked, then booked as a whole", async () => {
    const { clerk, grantId } = await setUp();
    const rows = [row("1"), row("2", { position: "2.4" }), {}];
    expect(await send(clerk, grantId, "check", rows)).toMatchObject({
      status: 200,
      body: {
        problems: [],
        invoiceCount: 2,
        total: "2000.00",
        left: { 1: "9000.00", 2: "9000.00" },
      },
    });
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
    expect(await send(clerk, grantId, "book", rows)).toMatchObject({
      status: 302,
      location: `/grants/${grantId}/invoices`,
    });
    expect(await listInvoices(clerk, { grantId })).toHaveLength(2);
  });

  test("with a mistake comes back with all that was typed and the problem at its cell", async () => {
    const { clerk, grantId } = await setUp();
    const rows = [row("1"), row("2", { invoicedOn: "gestern" })];
    const { status, body } = await send(clerk, grantId, "book", rows);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      rows: rows.map((cells) => ({ cells })).concat(Array(8).fill({})),
      problems: [
        { row: 2, column: "invoicedOn", sentence: "Bitte ein Datum wie 31.12.2024 eingeben." },
      ],
    });
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
  });

  test("takes pasted cells behind what is typed, by the names of their columns or in our order", async () => {
    const { clerk, grantId } = await setUp();
    const named = "Betrag\tBeleg-Nr.\tFirma\tDatum\tPosition\n500,00\tB 7\tTafel AG\t1.6.21\t2.4\n";
    const { body } = await send(clerk, grantId, "paste", [{}, row("1"), {}], named);
    expect(body).toMatchObject({
      rows: [
        { cells: { number: "1" } },
        { cells: { supplier: "Tafel AG", number: "B 7", grossAmount: "500,00" } },
        ...Array(8).fill({}),
      ],
      problems: [],
      invoiceCount: 2,
    });
    const inOrder = 'Tafel AG\tB 8\t1.6.21\t\t2.4\t"Tafel\nmit Stift"\t1\t100,00\t19\n';
    expect((await send(clerk, grantId, "paste", [{}], inOrder)).body).toMatchObject({
      rows: [
        { cells: { supplier: "Tafel AG", description: "Tafel\nmit Stift", netAmount: "100,00" } },
        ...Array(9).fill({}),
      ],
      invoiceCount: 1,
    });
  });

  test("of nothing, or of more rows than are taken at once, is refused with a sentence", async () => {
    const { clerk, grantId } = await setUp();
    expect(await send(clerk, grantId, "book", [{}, {}])).toMatchObject({
      status: 422,
      body: { refused: "In der Tabelle steht noch keine Rechnung." },
    });
    const many = "Tafel AG\t1\n".repeat(1_001);
    expect(await send(clerk, grantId, "paste", [row("1")], many)).toMatchObject({
      status: 422,
      body: {
        refused: expect.stringMatching(/^Bitte höchstens 1000 Zeilen/),
        rows: [{ cells: { number: "1" } }],
      },
    });
  });

  test("grows by a button", async () => {
    const { clerk, grantId } = await setUp();
    const { body } = await send(clerk, grantId, "more", [row("1")]);
    expect((body as { rows: unknown[] }).rows).toHaveLength(11);
  });

  test("that no form of ours has sent is refused", async () => {
    const { clerk, grantId } = await setUp();
    for (const odd of [
      "deed=check&id=x",
      `deed=check&id=${randomUUID()}&supplier=a`,
      `deed=steal&id=${randomUUID()}`,
      `deed=check&id=${randomUUID()}&other=1`,
    ]) {
      expect((await post(clerk, grantId, new URLSearchParams(odd))).status).toBe(400);
    }
  });

  test("of 500 rows is checked within a second", async () => {
    const { clerk, grantId } = await setUp();
    const rows = Array.from({ length: 500 }, (_, at) =>
      row(`R ${at}`, { grossAmount: at % 50 ? "10,00" : "zehn" }),
    );
    await send(clerk, grantId, "check", rows);
    const began = performance.now();
    const { body } = await send(clerk, grantId, "check", rows);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect((body as { problems: unknown[] }).problems).toHaveLength(10);
  });
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

function send(user: User, grantId: string, deed: string, rows: Cells[], pasted = "") {
  const form = new URLSearchParams({ id: randomUUID(), deed, pasted });
  // As each page's form sends it.
  form.set("formKey", `${randomUUID()}.table`);
  for (const cells of rows)
    for (const column of entryColumns) form.append(column, cells[column] ?? "");
  return post(user, grantId, form);
}

async function post(user: User, grantId: string, body: URLSearchParams) {
  const { request, ...rest } = await get(user, "/", { grantId });
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  return answer(async () => action({ request: sent, ...rest }));
}
