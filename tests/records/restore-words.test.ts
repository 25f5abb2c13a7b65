/** What whoever runs the program is told, in German: of a damaged backup, and of a restore without its key. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { openBackup } from "#app/backup/opened.server.ts";
import { settings } from "#app/env.server.ts";
import { beginSecondFactor, countOpenable } from "#app/records/second-factors.server.ts";
import { db } from "#db/client.ts";
import { createOffice } from "#tests/support/factories.ts";

test("a backup that can't be read to its end is said to be damaged, without the words of the reader", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paktbuch-damaged-"));
  const file = path.join(folder, "damaged.zip");
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from("x".repeat(2_000)), "manifest.json");
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const begin = 30 + "manifest.json".length;
  bytes.fill(0xff, begin, begin + 8);
  fs.writeFileSync(file, bytes);
  await expect(openBackup(file)).rejects.toThrow(
    "Die Sicherung ist beschädigt oder verändert: sie lässt sich nicht bis zum Ende lesen.",
  );
  fs.rmSync(folder, { recursive: true });
});

test("with another key none of the second factors opens, and a restore can say how many", async () => {
  const { clerk, deputy } = await createOffice();
  for (const { id } of [clerk, deputy]) {
    await beginSecondFactor(id === clerk.id ? clerk : deputy);
    await db.execute(sql`update second_factors set confirmed_at = now() where user_id = ${id}`);
  }
  expect(await countOpenable()).toEqual({ all: 2, openable: 2 });
  settings.secret.file += "-another";
  expect(await countOpenable()).toEqual({ all: 2, openable: 0 });
});
