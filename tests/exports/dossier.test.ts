/** The dossier of a grant, made by its own process from the books of the example. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import JSZip from "jszip";
import { beforeAll, expect, test, vi } from "vitest";
import { sql } from "drizzle-orm";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import type { AttachmentSubject } from "#app/domain/attachment.ts";
import { safeName, uniqueNames } from "#app/domain/file-name.ts";
import type { Dossier, DossierFile, DossierThing } from "#app/domain/dossier.ts";
import { listMissing } from "#app/exports/dossier-lists.ts";
import { AlteredFile, writeDossier } from "#app/exports/dossier.server.ts";
import type { User } from "#app/domain/permission.ts";
import { settings } from "#app/env.server.ts";
import { fileOf } from "#app/exporting/place.server.ts";
import { attachFile, listAttachments, withdrawFile } from "#app/records/attachments.server.ts";
import { loadDossier } from "#app/records/dossier.server.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { db } from "#db/client.ts";
import { made, rowsOf, unzipped } from "#tests/support/exports.ts";
import { accepted, createResolution } from "#tests/support/factories.ts";

const asOf = "2026-11-01";
const of = {} as { clerk: User; grantId: string; otherId: string; fileNumber: string };
/** What was attached: text of each file by its place. */
const attached: { subject: AttachmentSubject; id: string; text: string; grantId: string }[] = [];

beforeAll(async () => {
  const { logins } = await loadDemo();
  const signing = await findSigningIn(logins[0]!.email, logins[0]!.password);
  of.clerk = (signing as { user: User }).user;
  const all = await listGrants(of.clerk, "all");
  const invoiceCounts = await db.execute<{ grant_id: string }>(
    sql`select grant_id from invoices where grant_id is not null group by grant_id order by count(*) desc`,
  );
  of.grantId = invoiceCounts[0]!.grant_id;
  of.fileNumber = all.find(({ id }) => id === of.grantId)!.fileNumber;
  of.otherId = all.find(({ id }) => id !== of.grantId)!.id;
  for (const grantId of [of.grantId, of.otherId]) await attachEverywhere(grantId);
}, 60_000);

/** On a busy machine each process of an export takes its time to begin. */
vi.setConfig({ testTimeout: 120_000 });

async function attachEverywhere(grantId: string) {
  const places = await db.execute<{ subject: AttachmentSubject; id: string }>(sql`
    select 'grant' as subject, id from grants where id = ${grantId}
    union all select 'application', application_id from grants where id = ${grantId}
    union all select 'resolution', a.resolution_id from grants g join applications a on a.id = g.application_id where g.id = ${grantId}
    union all select distinct 'school', m.school_id from grants g join measures m on m.application_id = g.application_id where g.id = ${grantId}
    union all select 'order', id from orders where grant_id = ${grantId}
    union all select 'invoice', id from invoices where grant_id = ${grantId}
    union all select 'payment', p.id from payments p join invoices i on i.id = p.invoice_id where i.grant_id = ${grantId}
    union all select 'drawdown', id from drawdowns where grant_id = ${grantId}`);
  expect(places.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(["invoice", "order"]),
  );
  for (const { subject, id } of places) {
    const text = `${subject} ${id} von ${grantId}\n`;
    const isShared = subject === "school" || subject === "resolution";
    if (isShared && attached.some((one) => one.id === id)) continue;
    const file = { name: "Scan 1.txt", content: Buffer.from(text) };
    accepted(await attachFile(of.clerk, { subject, subjectId: id }, file));
    attached.push({ subject, id, text, grantId });
  }
}

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

async function dossier(user = of.clerk, grantId = of.grantId) {
  const export_ = await made(user, { scope: { grantId, asOf } });
  expect([export_.problem, export_.state]).toEqual([null, "finished"]);
  const files = await unzipped(export_.id);
  return { export_, files, rows: rowsOf(files.get("INHALT.csv")!) };
}

test("every file of the grant is inside under a speaking name, and none of another grant", async () => {
  const { files, rows, export_ } = await dossier();
  const texts = [...files.values()].map((content) => content.toString("utf8"));
  const isShared = (subject: string) => subject === "school" || subject === "resolution";
  for (const { text, grantId, subject } of attached) {
    if (grantId === of.grantId) expect(texts.filter((one) => one === text)).toHaveLength(1);
    else if (!isShared(subject)) expect(texts).not.toContain(text);
  }
  const names = [...files.keys()];
  expect(names).toEqual(
    expect.arrayContaining(["LIESMICH.txt", "INHALT.csv", "FEHLT.csv", "SHA256SUMS"]),
  );
  expect(names.some((name) => name.startsWith("Prüfbuch ") && name.endsWith(".xlsx"))).toBe(true);
  expect(
    names.filter((name) => /^05 Belege\/\d{4}-\d\d-\d\d Rechnung /.test(name)).length,
  ).toBeGreaterThan(1);
  expect(export_.fileName).toMatch(/^Pruefakte .* 2026-11-01 bekannt \d{4}-\d\d-\d\d \d{4}\.zip$/);

  // What the list says of a file is what lies in the archive, byte by byte.
  for (const row of rows) {
    expect(sha256(files.get(row.Datei!)!), row.Datei).toBe(row["SHA-256 der Datei"]);
    if (row["SHA-256 laut Ablage"]) {
      expect(row["SHA-256 laut Ablage"]).toBe(row["SHA-256 der Datei"]);
    }
  }
  const listed = new Set([...rows.map((row) => row.Datei), "INHALT.csv", "SHA256SUMS"]);
  expect(new Set(names)).toEqual(listed);
  const sums = files.get("SHA256SUMS")!.toString("utf8").trimEnd().split("\n");
  expect(sums).toHaveLength(names.length - 1);
  for (const line of sums) {
    const [hash, name] = [line.slice(0, 64), line.slice(66)];
    expect(sha256(files.get(name)!), name).toBe(hash);
  }
  expect(sha256(await readFile(fileOf(export_.id)))).toBe(export_.hash);
});

test("every booking of a document that has a file is named with that file", async () => {
  const { rows } = await dossier();
  const booked = await db.execute<{ id: string; numbers: string }>(sql`
    select coalesce(r.document_id, e.document_id) as id, string_agg(e.number::text, ', ' order by e.number) as numbers
    from entries e left join reversals r on r.id = e.document_id
    where e.booked_on <= ${asOf} group by 1`);
  const numbersOf = new Map(booked.map(({ id, numbers }) => [id, numbers]));
  const withFiles = attached.filter(
    ({ grantId, subject }) => grantId === of.grantId && !["school", "resolution"].includes(subject),
  );
  let compared = 0;
  for (const { id, text } of withFiles) {
    const row = rows.find((one) => one["SHA-256 laut Ablage"] === sha256(Buffer.from(text)));
    expect(row?.Buchungen, text).toBe(numbersOf.get(id) ?? "");
    compared += numbersOf.has(id) ? 1 : 0;
  }
  expect(compared).toBeGreaterThan(5);
  // A resolution is the ground of what its applications booked.
  const resolution = rows.find(({ Art }) => Art === "Beschluss")!;
  const application = rows.find(({ Art }) => Art === "Antrag")!;
  expect(resolution.Buchungen).toBe(application.Buchungen);
  expect(resolution.Buchungen).not.toBe("");
});

test("the same two days give the same archive, byte by byte", async () => {
  const moment = await momentOfBooks(of.clerk);
  const scope = { grantId: of.grantId, asOf };
  // What is filed later is not known on that moment.
  const later = { name: "spaeter.txt", content: Buffer.from("später\n") };
  accepted(await attachFile(of.clerk, { subject: "grant", subjectId: of.grantId }, later));
  const [first, second] = [
    await made(of.clerk, { scope, moment }),
    await made(of.clerk, { scope, moment }),
  ];
  expect(first.state).toBe("finished");
  // Told apart file by file first, so that a difference says where it is.
  const [a, b] = [await unzipped(first.id), await unzipped(second.id)];
  const unlike = [...a].filter(([name, content]) => !b.get(name)?.equals(content));
  expect(unlike.map(([name]) => name)).toEqual([]);
  expect([...a.values()].map(String)).not.toContain("später\n");
  expect([second.size, second.hash]).toEqual([first.size, first.hash]);
});

test("what is missing, withdrawn or reversed is said, never left out silently", async () => {
  const invoices = attached.filter(
    ({ subject, grantId }) => subject === "invoice" && grantId === of.grantId,
  );
  const [unfiled] = invoices;
  const place = { subject: "invoice" as const, subjectId: unfiled!.id };
  const [file] = await listAttachments(of.clerk, place);
  accepted(await withdrawFile(of.clerk, file!.id, "falsche Rechnung"));
  const { files, rows } = await dossier();
  const missing = rowsOf(files.get("FEHLT.csv")!);
  expect(missing.map((row) => row["Was fehlt"])).toContain("Es liegt keine Datei vor.");
  const withdrawn = rows.find((row) => row["SHA-256 laut Ablage"] === file!.hash)!;
  expect(withdrawn).toMatchObject({ Datei: "", "SHA-256 der Datei": "" });
  expect(withdrawn.Hinweis).toContain("falsche Rechnung; nicht beigelegt");
  expect([...files.values()].some((one) => one.toString() === unfiled!.text)).toBe(false);
  expect(files.get("LIESMICH.txt")!.toString()).toContain("FEHLT.csv");
});

test("a resolution is missing only where an application of the grant rests on it, and says which", async () => {
  const { clerk, grantId } = of;
  const other = await createResolution(clerk);
  const [ground] = attached.filter(({ subject }) => subject === "resolution");
  const place = { subject: "resolution" as const, subjectId: ground!.id };
  const [file] = await listAttachments(clerk, place);
  accepted(await withdrawFile(clerk, file!.id, "Entwurf"));
  const scope = { asOf, knownOn: new Date().toISOString() };
  const { missing } = await loadDossier(clerk, scope, grantId);
  const resolutions = missing.filter((one) => "thing" in one && one.thing.kind === "resolution");
  expect(resolutions.map((one) => "thing" in one && one.thing.id)).toEqual([ground!.id]);
  expect(resolutions).not.toMatchObject([{ thing: { id: other } }]);
  const [row] = rowsOf(Buffer.from(listMissing(resolutions)));
  expect(row!.von).toBe("");
  expect(row!["Was fehlt"]).toMatch(
    /keine Datei vor\. Auf diesem Beschluss beruht der Antrag „.+“\.$/,
  );
});

test("a file whose bytes are gone or altered is listed as missing, and the dossier is made all the same", async () => {
  const before = { ...settings.files };
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-files-"));
  Object.assign(settings.files, { store: "folder", folder });
  try {
    const place = { subject: "grant" as const, subjectId: of.grantId };
    const contents = ["verschwindet\n", "wird verändert\n"].map((text) => Buffer.from(text));
    for (const content of contents) {
      accepted(await attachFile(of.clerk, place, { name: "Bescheid.txt", content }));
    }
    const [gone, altered] = contents.map((content) => {
      const hash = sha256(content);
      return path.join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
    });
    await rm(gone!);
    await writeFile(altered!, "wird VERÄNDERT\n");
    const { files, rows } = await dossier();
    const sentences = rowsOf(files.get("FEHLT.csv")!).map((row) => row["Was fehlt"]);
    expect(sentences.filter((sentence) => /„Bescheid\.txt“ fehlt/.test(sentence!))).toHaveLength(1);
    expect(sentences.filter((sentence) => /verändert worden/.test(sentence!))).toHaveLength(1);
    for (const content of contents) {
      const row = rows.find((one) => one["SHA-256 laut Ablage"] === sha256(content))!;
      expect(row.Datei).toBe("");
      expect(row.Hinweis).toContain("nicht beigelegt");
    }
  } finally {
    Object.assign(settings.files, before);
    await rm(folder, { recursive: true });
  }
});

test("a file that changes while it is read fails the dossier, names it and leaves none", async () => {
  const content = Buffer.from("so steht es in der Ablage\n");
  const thing: DossierThing = {
    ...{ kind: "invoice", id: "1", datedOn: "2021-06-01", number: "R: 7/1", party: "Netzbau" },
    ...{ detail: "", isReversed: true, bookings: [3, 4] },
  };
  const file: DossierFile = {
    ...{ id: "1", hash: sha256(content), size: content.length, storedIn: "folder", thing },
    ...{ mediaType: "text/plain", fileName: "=scan.txt", withdrawn: null },
    ...{ attachedAt: "2021-06-02T10:00:00.000Z", attachedBy: "Frau Muster" },
  };
  const dossier: Dossier = {
    ...{ authority: "Stadt", isExample: false, fileNumber: "AZ 1", isLimited: false },
    ...{ asOf, knownOn: "2026-11-01T10:00:00.000Z", files: [file], missing: [] },
  };
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-dossier-"));
  const place = path.join(folder, "akte.zip");
  const pieces = (text: string | Buffer) => async () => Readable.from([Buffer.from(text)]);
  try {
    const changed = writeDossier(dossier, [], pieces("anders\n"), place);
    await expect(changed).rejects.toThrow(
      new AlteredFile("05 Belege/2021-06-01 Rechnung R- 7-1 Netzbau (storniert).txt"),
    );
    expect(await readdir(folder)).toEqual([]);
    const broken = writeDossier(dossier, [], () => Promise.reject(new Error("S3")), place);
    await expect(broken).rejects.toThrow("S3");
    expect(await readdir(folder)).toEqual([]);

    await writeDossier(dossier, [], pieces(content), place);
    const zip = await JSZip.loadAsync(await readFile(place));
    const [row] = rowsOf(await zip.file("INHALT.csv")!.async("nodebuffer")).slice(-1);
    expect(row).toMatchObject({
      ...{ Buchungen: "3, 4", Stand: "storniert", "abgelegt von": "Frau Muster" },
      // What begins like a formula stays a text.
      "ursprünglicher Dateiname": "'=scan.txt",
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("names are safe on every system and unique", () => {
  expect(safeName('AZ 1/2: "x" <y>\u0000|?*', 50)).toBe("AZ 1-2- -x- -y- ---");
  expect(safeName("../../etc/passwd", 50)).toBe("-..-etc-passwd");
  expect(safeName("CON.pdf", 50)).toBe("_CON.pdf");
  expect(safeName("com1", 50)).toBe("_com1");
  expect(safeName(" . ", 50)).toBe("_");
  expect(safeName("Su\u0308d", 50)).toBe("Süd");
  expect(safeName("a\u202egnp.exe", 50)).toBe("a gnp.exe");
  expect(safeName("\ud83d\ude00".repeat(9), 4)).toBe("\ud83d\ude00".repeat(4));
  const name = uniqueNames();
  expect([name("A", ".pdf"), name("a", ".PDF"), name("A", ".pdf")]).toEqual([
    "A.pdf",
    "a (2).PDF",
    "A (3).pdf",
  ]);
});
