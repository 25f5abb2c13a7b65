/** Gives each test file its own copy of the migrated template, before anything else is loaded. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { settings, useDatabase } from "#app/env.server.ts";
import { assumeOutside } from "#db/authority.ts";

const name = `paktbuch_test_${randomUUID().replaceAll("-", "")}`;
const admin = postgres(inject("serverUrl"), { max: 1, onnotice() {} });
await admin.unsafe(`create database ${name} template ${inject("template")}`);
const url = new URL(inject("appUrl"));
url.pathname = `/${name}`;
useDatabase(url.toString());
// Records that a test calls itself are asked outside of any request; routes are asked as within one.
assumeOutside("*");
// Outside the database stands what a test file wrote itself, and nothing else.
settings.headsFolder = await mkdtemp(path.join(tmpdir(), "paktbuch-heads-"));
settings.exports.folder = await mkdtemp(path.join(tmpdir(), "paktbuch-exports-"));
const ownFolder = await mkdtemp(path.join(tmpdir(), "paktbuch-sign-in-"));
settings.mail.folder = path.join(ownFolder, "mail");
settings.secret.file = path.join(ownFolder, "secret.key");

afterAll(async () => {
  const { closeDatabase } = await import("#db/client.ts");
  await closeDatabase();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  await rm(settings.headsFolder, { recursive: true, force: true });
  await rm(ownFolder, { recursive: true, force: true });
  await rm(settings.exports.folder, { recursive: true, force: true });
});
