import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsV4Signer } from "aws4fetch";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { FileStoreName } from "#app/domain/attachment.ts";
import { settings } from "#app/env.server.ts";
import { faultSentence } from "#app/german/file-sentences.ts";
import { attachFile, listAttachments } from "#app/records/attachments.server.ts";
import { readStoredFile, verifyFiles } from "#app/records/stored-files.server.ts";
import { loader as download } from "#app/routes/attachments_.$attachmentId.ts";
import { accepted, createOffice, createSchools } from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";
import { startS3 } from "#tests/support/s3.ts";

const stores: FileStoreName[] = ["database", "folder", "s3"];
let folder: string;
let s3: Awaited<ReturnType<typeof startS3>>;

/** A folder, and a real S3 server on another, as an office would have them. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paktbuch-files-"));
  s3 = await startS3(path.join(folder, "s3"), "belege");
  Object.assign(settings.files, { folder: path.join(folder, "files"), bucket: s3.place });
});

afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(stores)("in the %s", (store) => {
  test("a file comes back byte for byte, and lies nowhere else", async () => {
    const { clerk, file, content } = await keep(store);
    expect(file.storedIn).toBe(store);
    const read = await readStoredFile(file);
    expect("content" in read && Buffer.from(read.content).equals(content)).toBe(true);
    const places = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.name.includes(file.hash),
    );
    expect(places.length > 0).toBe(store !== "database");
    expect(
      places.every((entry) => entry.parentPath.includes(store === "s3" ? "s3" : "files")),
    ).toBe(true);
    expect(await verifyFiles(clerk.schoolAuthorityId)).toEqual({
      checked: store === "database" ? 0 : 1,
      findings: [],
    });
  });

  test("a file of the full 20 MB is kept", async () => {
    const { file } = await keep(store, Buffer.alloc(20 * 1024 * 1024, "Beleg "));
    expect(await readStoredFile(file)).toHaveProperty("content.length", file.size);
  });

  test("old files stay readable when the setting changes", async () => {
    const { clerk, place, file } = await keep(store);
    for (const other of stores.filter((one) => one !== store)) {
      settings.files.store = other;
      accepted(await attachFile(clerk, place, textFile(other)));
    }
    const kept = await listAttachments(clerk, place);
    expect(kept.map(({ storedIn }) => storedIn).sort()).toEqual([...stores].sort());
    expect(await readStoredFile(file)).not.toHaveProperty("fault");
  });
});

describe.each(["folder", "s3"] as const)("in the %s", (store) => {
  test("a file that was altered is not handed out, and found by npm run verify", async () => {
    const { clerk, file } = await keep(store);
    await alter(store, file.hash, (content) => content.fill("x", 0, 1));
    await expectFault(clerk, file, "altered");
  });

  test("a file that grew is not read to its end", async () => {
    const { clerk, file } = await keep(store);
    await alter(store, file.hash, (content) => Buffer.concat([content, Buffer.alloc(100)]));
    await expectFault(clerk, file, "altered");
  });

  test("a file that is missing says so, and is found by npm run verify", async () => {
    const { clerk, file } = await keep(store);
    await rm(await pathOf(store, file.hash));
    await expectFault(clerk, file, "missing");
  });
});

test("the same bytes are written once into the folder, and no half file stays there", async () => {
  const content = Buffer.from(`Beleg ${randomUUID()}`);
  const first = await keep("folder", content);
  const second = await keep("folder", content);
  expect(second.file.hash).toBe(first.file.hash);
  const names = await readdir(path.dirname(await pathOf("folder", first.file.hash)));
  expect(names.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
});

test("a broken file in the folder is mended by attaching it again", async () => {
  const content = Buffer.from(`Beleg ${randomUUID()}`);
  const { file } = await keep("folder", content);
  await writeFile(await pathOf("folder", file.hash), "");
  await keep("folder", content);
  expect(await readStoredFile(file)).not.toHaveProperty("fault");
});

test("where the store does not answer, nothing is recorded and the form says why", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { bucket } = settings.files;
  for (const wrong of [{ bucket: "nicht-da" }, { endpoint: "http://127.0.0.1:1" }]) {
    const { clerk, place } = await setUp("s3");
    settings.files.bucket = { ...bucket!, ...wrong };
    const violation = await attachFile(clerk, place, textFile("Beleg"));
    settings.files.bucket = bucket;
    expect(violation).toEqual({ field: "file", rule: "file_store_unreachable" });
    expect(await listAttachments(clerk, place)).toEqual([]);
  }
  vi.restoreAllMocks();
});

test("a store that leads on to another machine is not followed", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { bucket } = settings.files;
  const { place, clerk, file } = await keep("s3");
  let asked = 0;
  const leading = http.createServer((request, response) => {
    asked += 1;
    response.writeHead(307, { Location: `${bucket!.endpoint}${request.url}` }).end();
  });
  await new Promise<void>((resolve) => leading.listen(0, "127.0.0.1", resolve));
  const { port } = leading.address() as AddressInfo;
  settings.files.bucket = { ...bucket!, endpoint: `http://127.0.0.1:${port}` };
  expect(await readStoredFile(file)).toEqual({ fault: "unreachable" });
  expect(await attachFile(clerk, place, textFile("Beleg"))).toMatchObject({
    rule: "file_store_unreachable",
  });
  expect(asked).toBeGreaterThanOrEqual(2);
  settings.files.bucket = bucket;
  leading.close();
  vi.restoreAllMocks();
});

test("a bucket that is gone is no missing file, and one no longer set is said so", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { bucket } = settings.files;
  const { file } = await keep("s3");
  settings.files.bucket = { ...bucket!, bucket: "nicht-da" };
  expect(await readStoredFile(file)).toEqual({ fault: "unreachable" });
  settings.files.bucket = undefined;
  expect(await readStoredFile(file)).toEqual({ fault: "not_set" });
  settings.files.bucket = bucket;
  vi.restoreAllMocks();
});

/** GET Object: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
test("requests are signed as in Amazon's published example (the server of these tests does not look)", async () => {
  const empty = createHash("sha256").digest("hex");
  const signer = new AwsV4Signer({
    url: "https://examplebucket.s3.amazonaws.com/test.txt",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    service: "s3",
    region: "us-east-1",
    datetime: "20130524T000000Z",
    headers: { Range: "bytes=0-9", "x-amz-content-sha256": empty },
    allHeaders: true,
  });
  expect(await signer.signature()).toBe(
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

type File = Awaited<ReturnType<typeof listAttachments>>[number];

async function expectFault(
  user: Awaited<ReturnType<typeof setUp>>["clerk"],
  file: File,
  fault: "missing" | "altered",
) {
  const args = await get(user, "/", { attachmentId: file.id });
  const { status, body } = await answer(async () => download(args));
  expect(status).toBe(503);
  expect(await (body as Response).text()).toBe(faultSentence(fault, file));
  const { findings } = await verifyFiles(user.schoolAuthorityId);
  expect(findings).toMatchObject([{ id: file.id, fault }]);
}

async function setUp(store: FileStoreName) {
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk);
  settings.files.store = store;
  return { clerk, place: { subject: "school" as const, subjectId: school!.id } };
}

async function keep(store: FileStoreName, content = Buffer.from(`Beleg ${randomUUID()}`)) {
  const { clerk, place } = await setUp(store);
  accepted(await attachFile(clerk, place, { name: "Beleg.txt", content }));
  const [file] = await listAttachments(clerk, place);
  return { clerk, place, content, file: file! };
}

function textFile(text: string) {
  return { name: "Beleg.txt", content: Buffer.from(text) };
}

async function alter(store: "folder" | "s3", hash: string, change: (content: Buffer) => Buffer) {
  const place = await pathOf(store, hash);
  await chmod(place, 0o600);
  await writeFile(place, change(await readFile(place)));
}

/** Where the bytes lie: in the folder itself, or in that of the server. */
async function pathOf(store: "folder" | "s3", hash: string): Promise<string> {
  const within = path.join(folder, store === "s3" ? "s3" : "files");
  const entries = await readdir(within, { recursive: true, withFileTypes: true });
  const found = entries.find(
    ({ name }) => name.startsWith(hash) && !/metadata|md5/.test(name.slice(hash.length)),
  );
  return path.join(found!.parentPath, found!.name);
}
