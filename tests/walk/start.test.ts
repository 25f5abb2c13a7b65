/** `npm start` from outside: what it serves, prints and leaves behind. */
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmbedded } from "#db/embedded/embedded.ts";
import {
  addressOf,
  cleanUp,
  healthAt,
  isPostgres,
  newDataFolder,
  postgresPid,
  type Program,
  startProgram,
} from "./program.ts";

afterAll(cleanUp);

describe("on a data folder of its own", () => {
  const dataDir = newDataFolder();
  let program: Program;
  let address: string;

  beforeAll(async () => {
    program = startProgram({ PAKTBUCH_DATA: dataDir });
    address = await addressOf(program);
  });

  test("the first start says so, names logins and serves", async () => {
    const { out } = program.said();
    expect(out).toMatch(/^Erster Start: /m);
    expect(out).toMatch(/Anmelden kann man sich als\n {2}\S/);
    expect(await healthAt(address)).toBe(200);
  });

  test("a second start on the same folder is refused and harms nothing", async () => {
    const sentence = await refusal({ PAKTBUCH_DATA: dataDir });
    expect(sentence).toMatch(/läuft schon mit dem Datenordner/);
    expect(await healthAt(address)).toBe(200);
  });

  test("after kill -9 the next start takes over and serves without a second demo", async () => {
    const database = postgresPid(dataDir);
    program.child.kill("SIGKILL");
    await program.ended;
    expect(isPostgres(database), "the database outlives a kill -9").toBe(true);

    program = startProgram({ PAKTBUCH_DATA: dataDir });
    address = await addressOf(program);
    expect(await healthAt(address)).toBe(200);
    expect(program.said().out).not.toMatch(/Erster Start/);
    expect(postgresPid(dataDir)).toBe(database);
  });

  test("SIGTERM ends it in order and leaves no database behind, not even an inherited one", async () => {
    const database = postgresPid(dataDir);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ exitCode: 0, err: "" });
    expect(isPostgres(database)).toBe(false);
    expectNoServer(dataDir);
  });

  test("a database that knows more than the program is refused", async () => {
    await pretendNewerSchema(dataDir);
    expect(await refusal({ PAKTBUCH_DATA: dataDir })).toMatch(/neueren Stand/);
    expectNoServer(dataDir);
  });
});

test("a port in use is refused before anything is set up", async () => {
  const other = net.createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as net.AddressInfo;
  const dataDir = newDataFolder();

  expect(await refusal({ PAKTBUCH_DATA: dataDir, PORT: String(port) })).toContain(String(port));
  expectNoServer(dataDir);
  other.close();
});

// prettier-ignore
test.each<{ what: string; env: Record<string, string>; says: RegExp }>([
  { what: "a database that nobody serves", env: { DATABASE_URL: "postgres://a:geheim@127.0.0.1:1/a" }, says: /127\.0\.0\.1:1 nicht erreichbar/ },
  { what: "an address that is none",       env: { DATABASE_URL: "mysql://a:geheim@127.0.0.1/a" },      says: /DATABASE_URL/ },
  { what: "a port that is none",           env: { PORT: "achtzig" },                                  says: /PORT \(achtzig\)/ },
  { what: "a file store that is none",      env: { PAKTBUCH_FILES: "cloud" },                         says: /PAKTBUCH_FILES \(cloud\)/ },
  { what: "an S3 without address",         env: { PAKTBUCH_FILES: "s3" },                            says: /PAKTBUCH_S3_ENDPOINT/ },
  { what: "an S3 without bucket",          env: { PAKTBUCH_S3_ENDPOINT: "https://s3.example.de", PAKTBUCH_S3_SECRET: "geheim" }, says: /PAKTBUCH_S3_BUCKET/ },
  { what: "an origin that is none",        env: { APP_ORIGIN: "paktbuch.example.de" },                says: /APP_ORIGIN/ },
])("$what is refused", async ({ env, says }) => {
  const sentence = await refusal({ PAKTBUCH_DATA: newDataFolder(), ...env });
  expect(sentence).toMatch(says);
  expect(sentence).not.toContain("geheim");
});

/** The one sentence of a start that does not come about. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { exitCode, err } = await startProgram(env).ended;
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^[^\n]+\.\n$/);
  return err;
}

function expectNoServer(dataDir: string): void {
  expect(fs.existsSync(path.join(dataDir, "postgres"))).toBe(true);
  expect(fs.existsSync(path.join(dataDir, "postgres/postmaster.pid"))).toBe(false);
}

async function pretendNewerSchema(dataDir: string): Promise<void> {
  const embedded = await startEmbedded({ dataDir });
  const sql = postgres(embedded.url("paktbuch"), { max: 1 });
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
            values ('from the future', ${"9999999999999"})`;
  await sql.end();
  await embedded.stop();
}
