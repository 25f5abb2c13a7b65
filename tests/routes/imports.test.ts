/** A file of invoices by the pages: uploaded, mapped, looked at, booked, undone. */
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { versionOfMapping } from "#app/records/column-mappings.server.ts";
import { findDraft } from "#app/records/imports.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { action as upload, loader as list } from "#app/routes/grants.$grantId.imports._index.tsx";
import {
  action as decide,
  loader as look,
} from "#app/routes/grants.$grantId.imports.$draftId/route.tsx";
import { loader as template } from "#app/routes/grants.$grantId.imports.template[.]xlsx.ts";
import { action as undo, loader as see } from "#app/routes/imports.$importId.tsx";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { hostileFiles } from "#tests/support/hostile-files.ts";
import { answer, get, post } from "#tests/support/request.ts";

const csv = [
  "Kreditor;Beleg-Nr.;Datum;Position;Verwendungszweck;Betrag",
  "Netzbau GmbH;1;01.06.2021;2.1;Netz;1.000,00",
  "Tafel & Söhne;2;02.06.2021;2.4;Tafel;500,00",
].join("\r\n");

describe("a file whose columns are known by their names", () => {
  test("is looked at, and booked when it is right", async () => {
    const { clerk, grantId } = await setUp();
    const { draftId } = await send(clerk, grantId, Buffer.from(csv, "latin1"));
    expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
      fileName: "Liste.csv",
      missing: [],
      checked: {
        rowCount: 2,
        invoiceCount: 2,
        total: "1500",
        problemCount: 0,
        rows: [{ left: "9000" }, { left: "9500" }],
      },
    });
    expect(await listInvoices(clerk, { grantId })).toEqual([]);

    expect(await press(clerk, grantId, draftId, { deed: "book" })).toMatchObject({ status: 302 });
    expect((await listInvoices(clerk, { grantId })).map(({ supplier }) => supplier)).toEqual([
      "Tafel & Söhne",
      "Netzbau GmbH",
    ]);
    const booked = await answer(async () => look(await get(clerk, "/", { grantId, draftId })));
    expect(booked).toMatchObject({ status: 302, location: `/imports/${draftId}` });
    expect((await answer(async () => list(await get(clerk, "/", { grantId })))).body).toMatchObject(
      {
        drafts: [],
        imports: [{ fileName: "Liste.csv", stands: true }],
      },
    );
  });

  test("with mistakes names each by row and column, and books nothing", async () => {
    const { clerk, grantId } = await setUp();
    const { draftId } = await send(
      clerk,
      grantId,
      Buffer.from(csv.replace("02.06.2021", "31.02.2021").replace("1.000,00", "11.000,00")),
    );
    expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
      checked: {
        problemCount: 2,
        problems: [
          {
            row: 2,
            column: "grossAmount",
            sentence: expect.stringMatching(
              /^Auf dieser Kostenposition sind nur noch 10.000,00.€ verfügbar.$/,
            ),
          },
          { row: 3, column: "invoicedOn", sentence: "Bitte ein Datum wie 31.12.2024 eingeben." },
        ],
      },
    });
    expect(await press(clerk, grantId, draftId, { deed: "book" })).toMatchObject({ status: 422 });
    expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
      refused: expect.stringMatching(/^Es wurde nichts gebucht/),
    });
    expect(await listInvoices(clerk, { grantId })).toEqual([]);
    expect(await press(clerk, grantId, draftId, { deed: "discard" })).toMatchObject({
      status: 302,
    });
    expect(
      (await answer(async () => look(await get(clerk, "/", { grantId, draftId })))).status,
    ).toBe(404);
  });

  test("is refused once it is imported, and taken again once that is undone", async () => {
    const { clerk, grantId } = await setUp();
    const { draftId } = await send(clerk, grantId, Buffer.from(csv));
    await press(clerk, grantId, draftId, { deed: "book" });
    expect(await send(clerk, grantId, Buffer.from(csv))).toMatchObject({
      status: 422,
      problem: expect.stringMatching(/^Genau diese Datei wurde schon eingelesen/),
    });

    const form = { reversedOn: "02.06.2021", reason: "falsche Datei" };
    const undone = await answer(async () =>
      undo(await post(clerk, "/", form, { importId: draftId })),
    );
    expect(undone).toMatchObject({ status: 302, location: `/imports/${draftId}` });
    expect(
      (await answer(async () => see(await get(clerk, "/", { importId: draftId })))).body,
    ).toMatchObject({ file: { stands: false }, mayUndo: false });
    expect((await send(clerk, grantId, Buffer.from(csv))).status).toBe(302);
  });
});

test("columns of other names are mapped by hand, and the mapping is kept for the next file", async () => {
  const { clerk, grantId } = await setUp();
  const odd = csv.replace("Kreditor", "Wer").replace("Datum", "Wann");
  const { draftId } = await send(clerk, grantId, Buffer.from(odd));
  expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
    missing: ["supplier", "invoicedOn"],
    checked: null,
  });

  const mapping = {
    supplier: "0",
    number: "1",
    invoicedOn: "2",
    position: "3",
    description: "4",
    grossAmount: "5",
  };
  expect(
    await press(clerk, grantId, draftId, { deed: "map", headerRow: "1", ...mapping }),
  ).toMatchObject({ status: 302 });
  expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
    missing: [],
    checked: { invoiceCount: 2 },
  });

  const next = await send(clerk, grantId, Buffer.from(odd.replace("500,00", "600,00")));
  expect(await lookAt(clerk, grantId, next.draftId)).toMatchObject({
    missing: [],
    checked: { total: "1600" },
  });
});

test("the template is read back, with the budget lines to choose from", async () => {
  const { clerk, grantId } = await setUp();
  const { body } = await answer(async () => template(await get(clerk, "/", { grantId })));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await (body as Response).arrayBuffer());
  const table = workbook.getWorksheet("Rechnungen")!;
  const place = workbook.getWorksheet("Kostenpositionen")!.getCell("A2").value;
  table.addRow(["Netzbau GmbH", "1", new Date("2021-06-01"), "", place, "Netz", 2, 1000.1, 19]);
  const { draftId } = await send(
    clerk,
    grantId,
    Buffer.from(await workbook.xlsx.writeBuffer()),
    "Vorlage.xlsx",
  );
  expect(await lookAt(clerk, grantId, draftId)).toMatchObject({
    missing: [],
    checked: { rowCount: 1, invoiceCount: 1, problemCount: 0, total: "1190.12" },
  });
});

test.each(hostileFiles.filter(({ name }) => /corner|merged|entit|elsewhere/.test(name)))(
  "$name is refused with a sentence",
  async ({ make }) => {
    const { clerk, grantId } = await setUp();
    const { status, problem } = await send(clerk, grantId, make(), "Liste.xlsx");
    expect(status).toBe(422);
    expect(problem).toMatch(/\.$/);
  },
);

test("a file is kept, seen and booked by its own authority only", async () => {
  const { clerk, grantId } = await setUp();
  const { clerk: stranger } = await setUp();
  const { draftId } = await send(clerk, grantId, Buffer.from(csv));
  expect((await send(stranger, grantId, Buffer.from(csv))).status).toBe(404);
  expect(
    (await answer(async () => look(await get(stranger, "/", { grantId, draftId })))).status,
  ).toBe(404);
  expect((await press(stranger, grantId, draftId, { deed: "book" })).status).toBe(404);
  await press(clerk, grantId, draftId, { deed: "book" });
  expect(
    (await answer(async () => see(await get(stranger, "/", { importId: draftId })))).status,
  ).toBe(404);
  const form = { reversedOn: "02.06.2021", reason: "x" };
  expect(
    (await answer(async () => undo(await post(stranger, "/", form, { importId: draftId })))).status,
  ).toBe(404);
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

async function send(user: User, grantId: string, content: Buffer, name = "Liste.csv") {
  const body = new FormData();
  body.append("file", new File([new Uint8Array(content)], name));
  const { request, ...rest } = await get(user, "/", { grantId });
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  const {
    status,
    location,
    body: page,
  } = await answer(async () => upload({ request: sent, ...rest }));
  const problem = status === 422 ? (page as { problem: string }).problem : undefined;
  return { status, problem, draftId: location?.split("/").at(-1) ?? "" };
}

async function lookAt(user: User, grantId: string, draftId: string) {
  return (await answer(async () => look(await get(user, "/", { grantId, draftId })))).body;
}

/** As the page that is open now would send it. */
async function press(user: User, grantId: string, draftId: string, typed: Record<string, string>) {
  const draft = await findDraft(user, draftId);
  const form = { ...typed, ...(draft && { version: versionOfMapping(draft) }) };
  return answer(async () => decide(await post(user, "/", form, { grantId, draftId })));
}
