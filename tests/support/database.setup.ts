/**
 * One database server for the run, and in it one migrated template, of which each test file gets a copy.
 * The server is the embedded one in a folder of its own, or the one that DATABASE_URL names. Tests use it as
 * the program does: with a role that owns nothing.
 */
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the server's own database, from which copies are made. */
    serverUrl: string;
    template: string;
    /** Address of the server for the role that serves pages. */
    appUrl: string;
  }
}

export default async function setUp(project: TestProject) {
  const given = process.env.DATABASE_URL;
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-test-"));
  // PostgreSQL does not run as root: the account that it takes must reach the folder.
  await chmod(folder, 0o755);
  // What is lost at a power failure does not matter here; the speed does.
  const settings = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };
  const embedded = given ? undefined : await startEmbedded({ dataDir: folder, settings });
  const serverUrl = given ?? embedded!.url("postgres");

  const template = `paktbuch_template_${process.pid}`;
  const admin = postgres(serverUrl, { max: 1, onnotice() {} });
  await admin.unsafe(`drop database if exists ${template} with (force)`);
  await admin.unsafe(`create database ${template}`);
  const appUrl = given ? await appRoleOn(admin, given) : embedded!.appUrl("postgres");
  await prepareDatabase(onDatabase(appUrl, template), onDatabase(serverUrl, template));

  project.provide("serverUrl", serverUrl);
  project.provide("appUrl", appUrl);
  project.provide("template", template);
  return async () => {
    await admin.unsafe(`drop database if exists ${template} with (force)`);
    await admin.end();
    await embedded?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

function onDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

async function appRoleOn(admin: postgres.Sql, serverUrl: string): Promise<string> {
  const [name, password] = ["paktbuch_test_app", randomUUID()];
  const [found] = await admin`select from pg_roles where rolname = ${name}`;
  await admin.unsafe(`${found ? "alter" : "create"} role ${name} login password '${password}'`);
  const url = new URL(serverUrl);
  [url.username, url.password] = [name, password];
  return url.toString();
}
