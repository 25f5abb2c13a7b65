/** The Z3 export: what audit programs read, from the books as they are. */
import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { today } from "#app/clock.server.ts";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { euro, sum } from "#app/domain/money.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";
import { logChange } from "#app/records/changes.server.ts";
import { loadEntries } from "#app/records/entries.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { loader as workbook } from "#app/routes/audit[.]xlsx.ts";
import { writeZ3 } from "#app/z3.server.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createOrder,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";
import {
  describedTables,
  invalidities,
  recordsOf,
  unpack,
  whyXmllintIsNeeded,
  xmllint,
  z3Faults,
  type Z3File,
} from "#tests/support/z3.ts";

async function exported(user: User, scope: Partial<BookScope> = {}): Promise<Z3File> {
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-z3-"));
  const file = path.join(folder, "z3.zip");
  expect(await writeZ3(user, { asOf: today(), ...scope }, file)).toHaveProperty("name");
  expect(readdirSync(folder)).toEqual(["z3.zip"]);
  return unpack(await readFile(file));
}

async function demoClerk(): Promise<User> {
  const { logins } = await loadDemo();
  const found = await findSigningIn(logins[0]!.email, logins[0]!.password);
  return (found as { user: User }).user;
}

/** The records of a table, each by the names of its columns. */
function rows(files: Z3File, name: string) {
  const { url, columns } = describedTables(files).find((table) => table.name === name)!;
  return recordsOf(files, url).map((record) =>
    Object.fromEntries(columns.map((column, index) => [column.Name, record[index]!])),
  );
}

test("the machine check passes on the example, and its sums are those of the journal", async () => {
  const clerk = await demoClerk();
  const files = await exported(clerk);
  expect(z3Faults(files)).toEqual([]);

  const journal = await loadEntries(clerk, { until: today() }, db);
  const written = rows(files, "Journal");
  expect(written).toHaveLength(journal.length);
  const amountOf = (text: string) => euro(text.replace(",", "."));
  expect(sum(written.map((row) => amountOf(row.Betrag!))).toFixed(2)).toBe(
    sum(journal.map(({ amount }) => amount)).toFixed(2),
  );
  expect(written.at(-1)).toMatchObject({
    Buchung_Nr: String(journal.at(-1)!.number),
    SHA256: journal.at(-1)!.hash,
  });
  expect(files.get("SUMMEN.txt")).toContain("journal.csv\tBetrag\t");
  for (const name of ["Rechnungen", "Zahlungen", "Auftraege", "Mittelabrufe", "Protokoll"]) {
    expect({ name, isEmpty: rows(files, name).length === 0 }).toEqual({ name, isEmpty: false });
  }
  expect(files.get("personen.csv")).not.toContain("@");
}, 60_000);

test("made twice of one moment it is the same, byte by byte", async () => {
  const office = await createOffice();
  await createGrant(office);
  const knownOn = (await momentOfBooks(office.auditor)).toISOString();
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-z3-"));
  const paths = ["a.zip", "b.zip"].map((name) => path.join(folder, name));
  for (const file of paths) await writeZ3(office.auditor, { asOf: today(), knownOn }, file);
  const [a, b] = await Promise.all(paths.map((file) => readFile(file)));
  expect(a!.equals(b!)).toBe(true);
});

test("a wrong cent, a lost record and a broken key are found by the check", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  await spend(office.clerk, grantId, lineOf("2.1"), "1234.56");
  const files = await exported(office.clerk);
  expect(z3Faults(files)).toEqual([]);
  const spoilt = (change: (text: string) => string, file = "journal.csv") => {
    const changed = change(files.get(file)!);
    expect(changed).not.toBe(files.get(file));
    return z3Faults(new Map(files).set(file, changed));
  };
  expect(spoilt((text) => text.replace("1234,56", "1234,57"))).toEqual([
    expect.stringMatching(/^control sum journal.csv Betrag/),
  ]);
  expect(spoilt((text) => text.replace(/[^\r\n]+\r\n$/, ""))).not.toEqual([]);
  expect(spoilt((text) => text.replace("1234,56", "1.234,56"))).toContain("number Betrag 1.234,56");
  expect(
    spoilt((text) => text.replace(/"[0-9a-f-]{36}"/, '"nobody"'), "lieferanten.csv"),
  ).toContainEqual(expect.stringMatching(/^rechnungen.csv Lieferant_ID/));
});

test("odd texts come out as they were typed, but for controls that would end a record", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  const odd = ['sagt "ja"; nein', "=1+1", "erste\nzweite", 'Ł – 😀 ; ""', "@x;'", "-5"];
  const lines = odd.map((description) => ({ ...invoiceLine(lineOf("2.1"), "10"), description }));
  accepted(await recordInvoice(office.clerk, randomUUID(), { grantId }, invoiceDraft(lines)));
  await createOrder(office.clerk, grantId, {
    ...orderDraft(lineOf("2.1")),
    awardReference: "a\u0007b\tc\r\nd\re",
  });
  const files = await exported(office.clerk);
  expect(z3Faults(files)).toEqual([]);
  expect(rows(files, "Rechnungszeilen").map((row) => row.Beschreibung)).toEqual(odd);
  const [order] = rows(files, "Auftraege");
  expect(order!.Vergabenummer).toBe("a\ufffdb\ufffdc\nd\ne");
});

test.skipIf(!xmllint && !process.env.CI)(
  `index.xml is valid by the grammar of the standard, and a wrong one is not (${whyXmllintIsNeeded})`,
  async () => {
    const office = await createOffice();
    await createGrant(office);
    const files = await exported(office.clerk);
    expect(invalidities(files)).toBe("");
    const index = files.get("index.xml")!;
    const wrong = index.replace("<UTF8/>", "<UTF9/>");
    expect(invalidities(new Map(files).set("index.xml", wrong))).toContain("UTF9");
  },
);

test("an extract and a limited auditor hold the chosen grants, without a log, and no key leads out of it", async () => {
  const office = await createOffice();
  const { clerk, auditor } = office;
  const one = await createGrant(office);
  await spend(clerk, one.grantId, one.lineOf("2.1"), "100.00");
  const other = await createOffice();
  const elsewhere = await createGrant(other);
  await spend(other.clerk, elsewhere.grantId, elsewhere.lineOf("2.1"), "77.77");

  const extract = await exported(clerk, { grantId: one.grantId });
  expect(z3Faults(extract)).toEqual([]);
  expect(extract.has("protokoll.csv")).toBe(false);
  expect(rows(extract, "Zuwendungen").map((row) => row.Zuwendung_ID)).toEqual([one.grantId]);
  expect(rows(extract, "Konten").every((row) => row.Zuwendung_ID === one.grantId)).toBe(true);

  const seesNothing = { ...auditor, limits: { grantIds: [], fiscalYears: [] } };
  const nothing = await exported(seesNothing);
  expect(z3Faults(nothing)).toEqual([]);
  for (const name of [
    "Zuwendungen",
    "Konten",
    "Journal",
    "Rechnungen",
    "Lieferanten",
    "Personen",
  ]) {
    expect({ name, rows: rows(nothing, name) }).toEqual({ name, rows: [] });
  }
  const limited = { ...auditor, limits: { grantIds: [one.grantId], fiscalYears: [] } };
  const seen = await exported(limited);
  expect(z3Faults(seen)).toEqual([]);
  expect(rows(seen, "Rechnungen")).toHaveLength(1);
  expect(seen.get("journal.csv")).not.toContain("77,77");
  const year = await exported(clerk, { fiscalYear: 2024 });
  expect(rows(year, "Zuwendungen")).toEqual([]);
});

test("it can show the past, and leaves no file when nobody waits for it any more", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  const knownOn = (await momentOfBooks(office.clerk)).toISOString();
  await spend(office.clerk, grantId, lineOf("2.1"), "1234.56");
  const then = await exported(office.clerk, { knownOn });
  expect(z3Faults(then)).toEqual([]);
  expect(rows(then, "Rechnungen")).toEqual([]);

  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-z3-"));
  const stop = new AbortController();
  const reason = new Error("gone");
  const writing = writeZ3(office.clerk, { asOf: today() }, path.join(folder, "z3.zip"), {
    signal: stop.signal,
    onProgress: () => stop.abort(reason),
  });
  await expect(writing).rejects.toBe(reason);
  expect(readdirSync(folder)).toEqual([]);
  await expect(
    writeZ3(office.clerk, { asOf: today() }, path.join(folder, "missing", "z3.zip")),
  ).rejects.toThrow(/ENOENT/);
  // The pool still answers.
  expect(await listGrants(office.clerk)).toHaveLength(1);
});

test("asked for its head only, or left by its client, a download leaves no file behind", async () => {
  const office = await createOffice();
  await createGrant(office);
  // More than a stream reads ahead.
  for (let time = 0; time < 20; time += 1) {
    const text = randomBytes(20_000).toString("base64");
    await logChange(db, office.clerk, "workbook_exported", { text });
  }
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-left-"));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { request, ...rest } = await get(office.auditor, "/audit.xlsx");
  const gone = new AbortController();
  for (const init of [{ method: "HEAD" }, { signal: gone.signal }]) {
    const asked = { request: new Request(request, init), ...rest };
    expect((await answer(() => workbook(asked as never))).status).toBe(200);
    if ("signal" in init) gone.abort();
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), 5_000);
  }
});
