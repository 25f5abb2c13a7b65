import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { attachmentSubjects, mostAttachedBytes } from "#app/domain/attachment.ts";
import { listAttachments } from "#app/records/attachments.server.ts";
import { action as uploadByScript } from "#app/routes/attachments_.upload.ts";
import { loader as download } from "#app/routes/attachments_.$attachmentId.ts";
import {
  action as withdraw,
  loader as withdrawalPage,
} from "#app/routes/attachments_.$attachmentId_.withdrawal.tsx";
import {
  createGrant,
  createOffice,
  createOrder,
  createSchools,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { pdf, send, upload, uploadAll } from "#tests/support/uploads.ts";

test("a file comes back byte for byte, under its name, as a download", async () => {
  const { clerk, auditor, place } = await setUp();
  expect(await upload(clerk, place, pdf, "Konzept Ä.pdf")).toMatchObject({
    status: 302,
    location: `/schools/${place.subjectId}`,
  });
  const [file] = await listAttachments(clerk, place);
  expect(file).toMatchObject({ fileName: "Konzept Ä.pdf", size: pdf.length });

  const args = await get(auditor, "/", { attachmentId: file!.id });
  const { status, body } = await answer(async () => download(args));
  const response = body as Response;
  expect(status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(pdf);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": expect.stringMatching(/^attachment; .*Konzept%20%C3%84\.pdf/),
    "x-content-type-options": "nosniff",
  });
});

test("the same file twice at one thing is kept once, at two things twice", async () => {
  const { clerk, place, schools } = await setUp();
  await upload(clerk, place, pdf, "a.pdf");
  expect((await upload(clerk, place, pdf, "b.pdf")).status).toBe(302);
  expect(await listAttachments(clerk, place)).toHaveLength(1);
  const other = { ...place, subjectId: schools[1]!.id };
  await upload(clerk, other, pdf, "a.pdf");
  expect(await listAttachments(clerk, other)).toHaveLength(1);
});

// prettier-ignore
test.each([
  { what: "nothing",            content: undefined,                                   name: "",       sentence: "Bitte eine Datei auswählen." },
  { what: "an empty file",      content: Buffer.alloc(0),                             name: "a.pdf",  sentence: "Diese Datei ist leer." },
  { what: "a program",          content: Buffer.from("MZ\x90\0".padEnd(300, "\0")),   name: "a.pdf",  sentence: /^Diese Art von Datei/ },
  { what: "a page",             content: Buffer.from("<html></html>"),                name: "a.html", sentence: /^Diese Art von Datei/ },
  { what: "a page called picture", content: Buffer.from("<html></html>"),             name: "a.png",  sentence: /^Diese Art von Datei/ },
  { what: "a drawing called picture", content: Buffer.from("<?xml version='1.0'?><svg/>"), name: "a.png", sentence: /^Der Inhalt dieser Datei ist etwas anderes/ },
  { what: "a PDF called page",  content: pdf,                                         name: "a.html", sentence: /^Der Inhalt dieser Datei ist etwas anderes/ },
  { what: "bytes called text",  content: Buffer.from([1, 2, 3, 0]),                   name: "a.txt",  sentence: /^Diese Art von Datei/ },
  { what: "a file too large",   content: Buffer.concat([pdf, Buffer.alloc(mostAttachedBytes)]), name: "a.pdf", sentence: "Diese Datei ist größer als 20 MB." },
])("$what is refused with a sentence", async ({ content, name, sentence }) => {
  const { clerk, place } = await setUp();
  const { status, body } = await upload(clerk, place, content, name);
  expect(status).toBe(422);
  expect((body as { problems: string[] }).problems).toEqual([expect.stringMatching(sentence)]);
  expect(await listAttachments(clerk, place)).toEqual([]);
});

test("a list of an office of old is text too", async () => {
  const { clerk, place } = await setUp();
  const latin = Buffer.from("Schule;Gerät\r\nGS Süd;Tafel\r\n", "latin1");
  expect((await upload(clerk, place, latin, "Liste.csv")).status).toBe(302);
});

test("nobody attaches to or reads from another authority", async () => {
  const { clerk, place } = await setUp();
  const stranger = await createOffice();
  expect((await upload(stranger.clerk, place, pdf, "a.pdf")).status).toBe(404);
  await upload(clerk, place, pdf, "a.pdf");
  const [file] = await listAttachments(clerk, place);
  const args = await get(stranger.clerk, "/", { attachmentId: file!.id });
  expect((await answer(async () => download(args))).status).toBe(404);
});

test("a file can belong to any document, and leads back to the page that shows it", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, applicationId, resolutionId, envelopeId, lineOf } = await createGrant(office);
  const orderId = await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const { invoiceId, paymentId } = await spend(clerk, grantId, lineOf("2.4"), "100");
  for (const [subject, subjectId, path] of [
    ["grant", grantId, `/grants/${grantId}`],
    ["application", applicationId, `/applications/${applicationId}`],
    ["resolution", resolutionId, `/resolutions/${resolutionId}`],
    ["envelope", envelopeId, `/documents/envelope/${envelopeId}`],
    ["order", orderId, `/orders/${orderId}`],
    ["invoice", invoiceId, `/invoices/${invoiceId}`],
    ["payment", paymentId, `/documents/payment/${paymentId}`],
  ] as const) {
    const { location } = await upload(clerk, { subject, subjectId }, pdf, "a.pdf");
    expect(location).toBe(path);
    expect(await listAttachments(clerk, { subject, subjectId })).toHaveLength(1);
  }
});

test.each(["nonsense", ...attachmentSubjects])(
  "nothing is attached to a %s not on file",
  async (subject) => {
    const { clerk } = await createOffice();
    const place = { subject, subjectId: randomUUID() };
    expect((await upload(clerk, place, pdf, "a.pdf")).status).toBe(404);
  },
);

test("who was sent by the list of what is missing goes back to it", async () => {
  const { clerk, place } = await setUp();
  const from = { ...place, from: "receipts" };
  expect((await upload(clerk, from, pdf, "a.pdf")).location).toBe("/receipts");
});

test("only what is safe to look at is shown in the browser, and can't do anything there", async () => {
  const { clerk, auditor, place } = await setUp();
  await uploadAll(clerk, place, [
    ["a.pdf", pdf],
    ["b.xml", Buffer.from("<?xml version='1.0'?><svg/>")],
  ]);
  const shown = (await listAttachments(clerk, place)).map(async ({ id }) => {
    const args = await get(auditor, "/?view", { attachmentId: id });
    const { headers } = (await answer(async () => download(args))).body as Response;
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none';.* sandbox$/);
    return headers.get("Content-Disposition")!.split(";")[0];
  });
  expect(await Promise.all(shown)).toEqual(["inline", "attachment"]);
});

test("the board sees no file, and takes back none", async () => {
  const { clerk, board, place } = await setUp();
  await upload(clerk, place, pdf, "a.pdf");
  const [file] = await listAttachments(clerk, place);
  const params = { attachmentId: file!.id };
  for (const run of [download, withdrawalPage] as const) {
    const args = await get(board, "/", params);
    expect((await answer(async () => run(args))).status).toBe(403);
  }
  const sent = await post(board, "/", { reason: "falsch" }, params);
  expect((await answer(async () => withdraw(sent))).status).toBe(403);
});

test("a withdrawn file says who, when and why, and can still be read", async () => {
  const { clerk, place } = await setUp();
  await upload(clerk, place, pdf, "a.pdf");
  const [file] = await listAttachments(clerk, place);
  const params = { attachmentId: file!.id };
  const send = async (reason: string) => {
    const args = await post(clerk, "/", { reason }, params);
    return answer(async () => withdraw(args));
  };
  expect((await send("")).status).toBe(422);
  expect(await send("gehört zur GS Süd")).toMatchObject({
    status: 302,
    location: `/schools/${place.subjectId}`,
  });
  expect((await send("noch einmal")).status).toBe(422);

  expect(await listAttachments(clerk, place)).toMatchObject([
    { withdrawnBy: clerk.name, reason: "gehört zur GS Süd" },
  ]);
  const args = await get(clerk, "/", params);
  expect((await answer(async () => download(args))).status).toBe(200);
});

test("of several files those are kept that can be; each other one is named with its reason", async () => {
  const { clerk, place } = await setUp();
  const { status, body } = await uploadAll(clerk, place, [
    ["a.pdf", pdf],
    ["", undefined],
    ["b.html", Buffer.from("<html></html>")],
    ["c.txt", Buffer.from("Lieferschein")],
  ]);
  expect(status).toBe(422);
  expect((body as { problems: string[] }).problems).toEqual([
    expect.stringMatching(/^„b.html“: Diese Art von Datei/),
  ]);
  const kept = await listAttachments(clerk, place);
  expect(kept.map(({ fileName }) => fileName)).toEqual(["a.pdf", "c.txt"]);
});

test("more than 20 files at once are refused with a sentence", async () => {
  const { clerk, place } = await setUp();
  const files = Array.from({ length: 21 }, (_, index): [string, Buffer] => [`${index}.pdf`, pdf]);
  expect(await uploadAll(clerk, place, files)).toMatchObject({
    status: 422,
    body: {
      problems: [
        "Das sind zu viele Dateien auf einmal: höchstens 20, Tabellen und Kontoauszüge einzeln.",
      ],
    },
  });
});

test("a field besides comes from no honest form", async () => {
  const { clerk, place } = await setUp();
  const form = new FormData();
  form.append("file", new File([pdf], "a.pdf"));
  form.append("name", "a");
  expect((await send(clerk, place, form)).status).toBe(400);
});

test("the script of the form gets the same answer as data", async () => {
  const { clerk, place } = await setUp();
  const form = new FormData();
  form.append("file", new File([pdf], "a.pdf"));
  const { status, body } = await send(clerk, place, form, uploadByScript);
  expect(status).toBe(200);
  expect(await (body as Response).json()).toEqual({
    path: `/schools/${place.subjectId}`,
    problems: [],
  });
});

async function setUp() {
  const office = await createOffice();
  const schools = await createSchools(office.clerk);
  return { ...office, schools, place: { subject: "school" as const, subjectId: schools[0]!.id } };
}
