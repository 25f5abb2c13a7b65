/** Answers of the running program behind https: each names its request, also where the database fails. */
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Embedded, startEmbedded } from "#db/embedded/embedded.ts";
import { addressOf, cleanUp, newDataFolder, type Program, startProgram } from "./program.ts";
import { Visitor } from "./visitor.ts";

const origin = "https://paktbuch.example.de";
const password = "paktbuch-beispiel";
const dataDir = newDataFolder();
let program: Program;
let address: string;
let clerk: Visitor;
let embedded: Embedded;
let owner: postgres.Sql;

beforeAll(async () => {
  const env = { PAKTBUCH_DATA: dataDir, APP_ORIGIN: origin, PAKTBUCH_STATEMENT_SECONDS: "2" };
  program = startProgram(env);
  address = await addressOf(program);
  clerk = new Visitor(address);
  const typed = { email: "finanzen@beispiel.de", password };
  const answer = await clerk.send("/login", typed, { Origin: origin });
  clerk.cookie = answer.headers.get("Set-Cookie")!.split(";")[0]!;
  // The same server, seen by the owner of its tables.
  embedded = await startEmbedded({ dataDir });
  owner = postgres(embedded.url("paktbuch"), { max: 1, onnotice() {} });
});

afterAll(async () => {
  await owner?.end();
  await embedded?.stop();
  await cleanUp();
});

/** The lines of the log that name a request. */
function linesOf(requestId: string): Record<string, unknown>[] {
  const lines = program.said().out.split("\n");
  return lines
    .filter((line) => line.startsWith("{") && line.includes(requestId))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function expectNamed(answer: Response, status: number): Promise<string> {
  expect(answer.status).toBe(status);
  const requestId = answer.headers.get("X-Request-Id")!;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get("Strict-Transport-Security")).toMatch(/^max-age=\d{8}/);
  await expect.poll(() => linesOf(requestId).length, { timeout: 5_000 }).toBeGreaterThan(0);
  return requestId;
}

test("page, redirect, file, refusal and conflict name their request, in the log too, and ask for https", async () => {
  await expectNamed(await clerk.get("/grants"), 200);
  await expectNamed(await new Visitor(address).get("/grants"), 302);
  await expectNamed(await clerk.get("/nirgends"), 404);
  await expectNamed(await clerk.get("/settings"), 403);
  await expectNamed(await clerk.get("/reports/half-year.csv?on=30.06.2024"), 200);
  const foreign = await clerk.send("/schools/new", {}, { Origin: "https://example.org" });
  await expectNamed(foreign, 403);
  await expectNamed(await clerk.send("/schools/new", {}, { Origin: origin }), 400);
  const form = await clerk.formOf("/account/calendar");
  const press = (more: Record<string, string>) =>
    clerk.send("/account/calendar", { ...form, ...more }, { Origin: origin });
  await expectNamed(await press({}), 200);
  await expectNamed(await press({ more: "x" }), 409);
});

test("a query that takes too long is ended, and its page says so in German with 503", async () => {
  const answer = await owner.begin(async (sql) => {
    await sql`lock table grants in access exclusive mode`;
    return clerk.get("/grants");
  });
  const requestId = await expectNamed(answer, 503);
  const page = await answer.text();
  expect(page).toContain("Zurzeit nicht möglich");
  expect(page).toContain("Die Datenbank braucht zu lange. Bitte später noch einmal versuchen.");
  expect(page).toContain(requestId);
  expect((await clerk.get("/grants")).status).toBe(200);
});

test("a write that waits too long for the books is answered with 503 and has done nothing", async () => {
  const form = await clerk.formOf("/schools/new");
  const typed = { ...form, name: "Wartende Schule", kind: "primary", pupils: "10" };
  const content = { ...typed, pupilsCountedOn: "01.09.2024" };
  const send = () => clerk.send("/schools/new", content, { Origin: origin });
  const answer = await owner.begin(async (sql) => {
    await sql`lock table schools, journal_heads in access exclusive mode`;
    return send();
  });
  await expectNamed(answer, 503);
  expect(await (await clerk.get("/schools")).text()).not.toContain("Wartende Schule");
  // The same form once more, with the same key, is done now.
  expect((await send()).status).toBe(302);
});

test("a fault of the program is answered with 500, names its request and nothing of the inside", async () => {
  await owner`alter table schools rename to schools_gone`;
  const answer = await clerk.get("/schools").finally(async () => {
    await owner`alter table schools_gone rename to schools`;
  });
  const requestId = await expectNamed(answer, 500);
  const page = await answer.text();
  expect(page).toContain("Das ist unser Fehler");
  expect(page).toContain(requestId);
  expect(page).not.toMatch(/relation|does not exist|select "|node_modules| at \w+ \(/i);
});
