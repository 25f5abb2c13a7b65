import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  attachFile,
  listAttachments,
  listSubjectsWithFiles,
  requireAttachment,
  withdrawFile,
} from "#app/records/attachments.server.ts";
import { loadChecklistContext } from "#app/records/application-checklist.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { db } from "#db/client.ts";
import { accepted, createGrant, createOffice, createSchools } from "#tests/support/factories.ts";
import { answer } from "#tests/support/request.ts";

const scan = { name: "Konzept.txt", content: Buffer.from("Medienbildungskonzept") };

test("a withdrawn file stays on file, but counts no more", async () => {
  const { clerk, place, file } = await attached();
  accepted(await withdrawFile(clerk, file.id, "falsche Schule"));
  expect(await listAttachments(clerk, place)).toMatchObject([
    { id: file.id, reason: "falsche Schule", withdrawnBy: clerk.name },
  ]);
  expect([...(await listSubjectsWithFiles(clerk, "school"))]).toEqual([]);
  const { changes } = await listChanges(clerk, 1);
  expect(changes[0]).toMatchObject({
    deed: "file_withdrawn",
    changedBy: clerk.name,
    text: "Konzept.txt: falsche Schule",
  });
});

test("a withdrawn file answers no question of the checklist", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { applicationId: id } = await createGrant(office);
  const hasFiles = async () =>
    (await loadChecklistContext(clerk, { id, resolutionId: undefined })).hasFiles;
  const place = { subject: "application" as const, subjectId: id };
  accepted(await attachFile(clerk, place, scan));
  expect(await hasFiles()).toBe(true);
  const [file] = await listAttachments(clerk, place);
  accepted(await withdrawFile(clerk, file!.id, "falsch"));
  expect(await hasFiles()).toBe(false);
});

test("nothing is attached in another authority, or by a role that only reads", async () => {
  const { auditor, place } = await setUp();
  const stranger = await createOffice();
  const tries = [
    [stranger.clerk, 404],
    [auditor, 403],
  ] as const;
  for (const [user, status] of tries) {
    expect((await answer(() => attachFile(user, place, scan), user)).status).toBe(status);
  }
  expect(await listAttachments(auditor, place)).toEqual([]);
});

test("a file is withdrawn once, and can be attached again afterwards, again and again", async () => {
  const { clerk, place, file } = await attached();
  accepted(await withdrawFile(clerk, file.id, "falsch"));
  expect(await withdrawFile(clerk, file.id, "falsch")).toEqual({
    field: "reason",
    rule: "file_withdrawn_before",
  });
  for (const count of [2, 3]) {
    accepted(await attachFile(clerk, place, scan));
    accepted(await attachFile(clerk, place, scan));
    const files = await listAttachments(clerk, place);
    expect(files).toHaveLength(count);
    accepted(await withdrawFile(clerk, files.at(-1)!.id, "doch falsch"));
  }
});

test("two who attach the same file at once attach it once", async () => {
  const { clerk, place } = await setUp();
  await Promise.all(Array.from({ length: 5 }, () => attachFile(clerk, place, scan)));
  expect(await listAttachments(clerk, place)).toHaveLength(1);
});

test("another authority and a role that only reads withdraw nothing", async () => {
  const { auditor, file } = await attached();
  const stranger = await createOffice();
  const tries = [
    [stranger.clerk, 404],
    [auditor, 403],
  ] as const;
  for (const [user, status] of tries) {
    const { status: given } = await answer(() => withdrawFile(user, file.id, "weg damit"), user);
    expect(given).toBe(status);
  }
  expect((await requireAttachment(auditor, file.id)).withdrawnAt).toBeNull();
});

test.each(["attachments", "attachment_withdrawals"])(
  "rows of %s stay as they are",
  async (table) => {
    const { clerk, file } = await attached();
    accepted(await withdrawFile(clerk, file.id, "falsch"));
    const name = sql.identifier(table);
    await expect(db.execute(sql`delete from ${name}`)).rejects.toThrow();
    await expect(db.execute(sql`update ${name} set created_at = now()`)).rejects.toThrow();
  },
);

async function setUp() {
  const office = await createOffice();
  const [school] = await createSchools(office.clerk);
  return { ...office, place: { subject: "school" as const, subjectId: school!.id } };
}

async function attached() {
  const office = await setUp();
  accepted(await attachFile(office.clerk, office.place, scan));
  const [file] = await listAttachments(office.clerk, office.place);
  return { ...office, file: file! };
}
