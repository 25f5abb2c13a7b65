import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { action, loader as formLoader } from "#app/routes/grants.$grantId.invoices.new.tsx";
import { loader } from "#app/routes/grants.$grantId.invoices._index.tsx";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("a clerk records an invoice as it stands on paper and sees it in the list", async () => {
  const { clerk, grantId, form } = await setUp();
  const { status, location } = await submit(
    clerk,
    grantId,
    form({ "lines[0].grossAmount": "1.190,10" }),
  );
  expect(status).toBe(302);
  expect(location).toMatch(/\/invoices\/new\?booked=/);

  const page = (await loader(await get(clerk, "/", { grantId }))) as { invoices: object[] };
  expect(page.invoices).toMatchObject([{ number: "R-1", grossAmount: "1190.1", paidOn: null }]);
});

// prettier-ignore
test.each([
  { given: { "lines[0].grossAmount": "1.234" },      field: "lines[0].grossAmount", sentence: "Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben." },
  { given: { "lines[0].grossAmount": "12,345" },     field: "lines[0].grossAmount", sentence: "Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben." },
  { given: { "lines[0].grossAmount": "10000,01" },   field: "lines[0].grossAmount", sentence: "Auf dieser Kostenposition sind nur noch 10.000,00\u00a0€ verfügbar." },
  { given: { "lines[0].costKind": "running" },       field: "lines[0].costKind",    sentence: "Laufende Kosten sind nicht zuwendungsfähig. Bitte im Gemeindehaushalt buchen, nicht auf der Zuwendung." },
  { given: { invoicedOn: "31.12.2019" },             field: "invoicedOn",           sentence: "Der Tag liegt außerhalb des Bewilligungszeitraums (01.01.2020 bis 31.12.2024)." },
  { given: { invoicedOn: "31.02.2021" },             field: "invoicedOn",           sentence: "Bitte ein Datum wie 31.12.2024 eingeben." },
  { given: { supplier: "Netz\0bau" },                field: "supplier",             sentence: "Bitte ohne Steuerzeichen eingeben." },
  { given: { supplier: "   " },                      field: "supplier",             sentence: "Bitte ausfüllen." },
  { given: { "lines[0].budgetLineId": randomUUID() }, field: "lines[0].grossAmount", sentence: "Diese Kostenposition gehört nicht zu dieser Zuwendung." },
] as { given: Record<string, string>; field: string; sentence: string }[])("$given is refused beside $field, with all input and nothing saved", async ({ given, field, sentence }) => {
  const { clerk, grantId, form } = await setUp();
  const sent = form(given);
  const { status, body } = await submit(clerk, grantId, sent);

  expect(status).toBe(422);
  const { initialValue, error } = body as { initialValue: Tree; error: Record<string, string[]> };
  expect(error).toEqual({ [field]: [sentence] });
  for (const [name, value] of Object.entries(sent)) {
    if (value.trim()) expect(valueAt(initialValue, name)).toBe(value);
  }
  const page = (await loader(await get(clerk, "/", { grantId }))) as { invoices: object[] };
  expect(page.invoices).toEqual([]);
});

test("one more row comes back with status 200, and keeps what was typed", async () => {
  const { clerk, grantId, form } = await setUp();
  const intent = JSON.stringify({ type: "insert", payload: { name: "lines" } });
  const { status, body } = await submit(clerk, grantId, { ...form({}), __intent__: intent });
  expect(status).toBe(200);
  const { initialValue } = body as { initialValue: { lines: object[] } };
  expect(initialValue.lines).toHaveLength(2);
});

test.each([
  { "lines[999].grossAmount": "1" },
  { "lines[4294967294].grossAmount": "1" },
  { "a.b.c.d": "1" },
  { ["x".repeat(61)]: "1" },
  { supplier: "x".repeat(20_001) },
] as Record<string, string>[])(
  "what no honest form sends is refused before it is read",
  async (given) => {
    const { clerk, grantId, form } = await setUp();
    expect((await submit(clerk, grantId, { ...form({}), ...given })).status).toBe(400);
  },
);

test.each([
  '{"type":"update","payload":{"name":"lines[200000000]","value":"x"}}',
  '{"type":"insert","payload":{"name":"supplier"}}',
  '{"type":"insert","payload":{"name":"__proto__"}}',
  '{"type":"remove","payload":{"name":"lines","index":4294967294}}',
  "zz",
  "null",
])("an intent that no button sends is refused: %s", async (__intent__) => {
  const { clerk, grantId, form } = await setUp();
  expect((await submit(clerk, grantId, { ...form({}), __intent__ })).status).toBe(400);
});

test("the form offers each line with what is left on it", async () => {
  const { clerk, grantId } = await setUp();
  const page = (await formLoader(await get(clerk, "/", { grantId }))) as { budgetLines: object[] };
  expect(page.budgetLines).toMatchObject([
    { name: "GS Nord · 2.1 Digitale Vernetzung", available: "10000" },
    { name: "GS Süd · 2.4 Anzeige- und Interaktionsgeräte", available: "10000" },
  ]);
});

type Tree = { [key: string]: Tree | string };

function valueAt(tree: Tree, name: string): unknown {
  const path = name.replace(/\[(\d+)\]/g, ".$1").split(".");
  return path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
}

async function submit(
  clerk: Parameters<typeof post>[0],
  grantId: string,
  form: Record<string, string>,
) {
  return answer(async () => action(await post(clerk, "/", form, { grantId })));
}

async function setUp() {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  const form = (given: Record<string, string>): Record<string, string> => ({
    id: randomUUID(),
    supplier: "Netzbau GmbH",
    number: "R-1",
    invoicedOn: "1.6.2021",
    "lines[0].budgetLineId": lineOf("2.1"),
    "lines[0].costKind": "investment",
    "lines[0].description": "Netz",
    "lines[0].grossAmount": "100",
    ...given,
  });
  return { ...office, grantId, form };
}
