/** Gives each test file its own copy of the migrated template, before anything else is loaded. */
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { useDatabase } from "#app/env.server.ts";

const name = `paktbuch_test_${randomUUID().replaceAll("-", "")}`;
const admin = postgres(inject("serverUrl"), { max: 1, onnotice() {} });
await admin.unsafe(`create database ${name} template ${inject("template")}`);
const url = new URL(inject("appUrl"));
url.pathname = `/${name}`;
useDatabase(url.toString());

afterAll(async () => {
  const { closeDatabase } = await import("#db/client.ts");
  await closeDatabase();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});
