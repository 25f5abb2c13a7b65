import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { mostAttachedBytes } from "#app/domain/attachment.ts";
import type { User } from "#app/domain/permission.ts";
import { listAttachments } from "#app/records/attachments.server.ts";
import { action } from "#app/routes/attachments.tsx";
import { loader as download } from "#app/routes/attachments_.$attachmentId.ts";
import { createGrant, createOffice, createSchools } from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

const pdf = Buffer.from("%PDF-1.4\n1 0 obj\nendobj\n");

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
  { what: "bytes called text",  content: Buffer.from([1, 2, 3, 0]),                   name: "a.txt",  sentence: /^Diese Art von Datei/ },
  { what: "a file too large",   content: Buffer.concat([pdf, Buffer.alloc(mostAttachedBytes)]), name: "a.pdf", sentence: "Diese Datei ist größer als 20 MB." },
])("$what is refused with a sentence", async ({ content, name, sentence }) => {
  const { clerk, place } = await setUp();
  const { status, body } = await upload(clerk, place, content, name);
  expect(status).toBe(422);
  expect((body as { problem: string }).problem).toMatch(sentence);
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

test("each kind of thing leads back to its page", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, applicationId, resolutionId } = await createGrant(office);
  for (const [subject, subjectId, path] of [
    ["grant", grantId, `/grants/${grantId}`],
    ["application", applicationId, `/applications/${applicationId}`],
    ["resolution", resolutionId, `/resolutions/${resolutionId}`],
  ] as const) {
    const { location } = await upload(clerk, { subject, subjectId }, pdf, "a.pdf");
    expect(location).toBe(path);
  }
  for (const subject of ["notice", "proof", "nonsense"]) {
    const place = { subject, subjectId: randomUUID() };
    expect((await upload(clerk, place, pdf, "a.pdf")).status).toBe(404);
  }
});

test("two files, or a field besides, come from no honest form", async () => {
  const { clerk, place } = await setUp();
  const form = new FormData();
  form.append("file", new File([pdf], "a.pdf"));
  form.append("file", new File([pdf], "b.pdf"));
  expect((await send(clerk, place, form)).status).toBe(400);
});

type Place = { subject: string; subjectId: string };

/** Without content: what a browser sends when no file was chosen. */
function upload(user: User, place: Place, content: Buffer | undefined, name: string) {
  const form = new FormData();
  form.append("file", new File(content ? [new Uint8Array(content)] : [], name));
  return send(user, place, form);
}

async function send(user: User, place: Place, body: FormData) {
  const { request, ...rest } = await get(user, `/attachments?${new URLSearchParams(place)}`);
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  return answer(async () => action({ request: sent, ...rest }));
}

async function setUp() {
  const office = await createOffice();
  const schools = await createSchools(office.clerk);
  return { ...office, schools, place: { subject: "school" as const, subjectId: schools[0]!.id } };
}
