/** Exports from the form to the file: who gets them, how a download goes on, what a broken one leaves behind. */
import { randomBytes, randomUUID } from "node:crypto";
import { stat, symlink, writeFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { mostOpenExports } from "#app/domain/book-export.ts";
import type { User } from "#app/domain/permission.ts";
import { draftOf, fileOf } from "#app/exporting/place.server.ts";
import {
  removeExpired,
  resumeQueue,
  startWaiting,
  stopExport,
  tendQueue,
} from "#app/exporting/queue.server.ts";
import { exportProblems, orderSentences } from "#app/german/export-words.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { scopeSentences } from "#app/german/known-words.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import {
  connectionName,
  listExports,
  orderExport,
  requireExport,
} from "#app/records/exports.server.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { setUserActive } from "#app/records/users.server.ts";
import { loader as form } from "#app/routes/audit.tsx";
import { action as orderByForm, loader as list } from "#app/routes/exports._index.tsx";
import { loader as page } from "#app/routes/exports.$exportId.tsx";
import { action as cancel } from "#app/routes/exports.$exportId_.cancellation.ts";
import { loader as file } from "#app/routes/exports.$exportId_.file.ts";
import { action as discard } from "#app/routes/exports.$exportId_.removal.ts";
import { action as again } from "#app/routes/exports.$exportId_.repetition.ts";
import { log } from "#app/log.server.ts";
import { db } from "#db/client.ts";
import { made, namesOnDisk, order, rowsOf, unzipped, waitUntil } from "#tests/support/exports.ts";
import { accepted, createGrant, createOffice, spend } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { answer, get, post } from "#tests/support/request.ts";

const asOf = "2022-12-31";
type Work = { child: { pid: number }; ended: Promise<void> };
const processes = () =>
  (globalThis as unknown as { paktbuchExports: { works: Map<string, Work> } }).paktbuchExports
    .works;

/** On a busy machine each process of an export takes its time to begin. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Nothing of one test is left for the next: neither a process nor a file. */
afterEach(async () => {
  await waitUntil(async () => processes().size === 0, 60_000);
});

async function setUp() {
  const office = await createOffice();
  const granted = await createGrant(office);
  await spend(office.clerk, granted.grantId, granted.lineOf("2.1"), "1000");
  return { ...office, ...granted };
}

async function ordered(user: User, fields: Record<string, string>) {
  const id = randomUUID();
  const asked = await answer(async () =>
    orderByForm(await post(user, "/exports", { id, ...fields })),
  );
  return { id, ...asked };
}

async function fetched(
  user: User,
  id: string,
  headers: Record<string, string> = {},
  method = "GET",
) {
  const args = await get(user, `/exports/${id}/file`, { exportId: id });
  const all = { ...Object.fromEntries(args.request.headers), ...headers };
  const request = new Request(args.request.url, { headers: all, method });
  const { body } = await answer(() => file({ ...args, request }));
  const response = body as Response;
  return { response, content: Buffer.from(await response.arrayBuffer()) };
}

/** Holds a table, so that whoever reads it waits in the middle of a query. */
async function whileHeld(table: string, work: () => Promise<void>) {
  await ownerDb.transaction(async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in access exclusive mode`);
    await work();
  });
}

async function queriesOf(id: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where application_name = ${connectionName(id)} and state = 'active'`,
  );
  return row!.count;
}

/** It stands before the held table, in the middle of a query. */
async function isHeld(id: string): Promise<boolean> {
  const [row] = await db.execute<{ held: boolean }>(
    sql`select exists (select 1 from pg_stat_activity
      where application_name = ${connectionName(id)} and wait_event_type = 'Lock') as held`,
  );
  return row!.held;
}

const stateOf = async (user: User, id: string) => (await requireExport(user, id)).state;

test("the form orders an export once, its page says that it is ready, and the file can be had in parts", async () => {
  const { clerk, grantId } = await setUp();
  const { id, status, location } = await ordered(clerk, { kind: "dossier", grant: grantId });
  expect([status, location]).toEqual([302, `/exports/${id}`]);
  await orderByForm(await post(clerk, "/exports", { id, kind: "dossier", grant: grantId }));
  await waitUntil(async () => (await stateOf(clerk, id)) === "finished");
  const { exports } = await list(await get(clerk, "/exports"));
  expect(exports.map((one) => [one.id, one.state])).toEqual([[id, "finished"]]);
  expect(await page(await get(clerk, "/", { exportId: id }))).toMatchObject({ state: "finished" });

  const whole = await fetched(clerk, id);
  const { hash, size, fileName } = await requireExport(clerk, id);
  const { headers } = whole.response;
  expect(whole.response.status).toBe(200);
  expect(whole.content.length).toBe(size);
  expect(headers.get("Content-Length")).toBe(String(size));
  expect(headers.get("Accept-Ranges")).toBe("bytes");
  expect(headers.get("ETag")).toBe(`"${hash}"`);
  expect(headers.get("Content-Disposition")).toContain(
    `filename*=UTF-8''${encodeURIComponent(fileName!)}`,
  );

  const first = await fetched(clerk, id, { Range: "bytes=0-999" });
  const rest = await fetched(clerk, id, { Range: "bytes=1000-", "If-Range": `"${hash}"` });
  expect([first.response.status, rest.response.status]).toEqual([206, 206]);
  expect(rest.response.headers.get("Content-Range")).toBe(`bytes 1000-${size! - 1}/${size}`);
  expect(Buffer.concat([first.content, rest.content]).equals(whole.content)).toBe(true);
  const last = await fetched(clerk, id, { Range: "bytes=-7" });
  expect(last.content.equals(whole.content.subarray(-7))).toBe(true);

  const other = await fetched(clerk, id, { Range: "bytes=1000-", "If-Range": '"another"' });
  expect([other.response.status, other.content.length]).toEqual([200, size]);
  const beyond = await fetched(clerk, id, { Range: `bytes=${size}-` });
  expect(beyond.response.status).toBe(416);
  expect(beyond.response.headers.get("Content-Range")).toBe(`bytes */${size}`);
  const head = await fetched(clerk, id, {}, "HEAD");
  expect([head.response.headers.get("Content-Length"), head.content.length]).toEqual([
    String(size),
    0,
  ]);

  const logged = await db.execute<{ deed: string; after: Record<string, string> }>(
    sql`select deed, after from changes where changed_by = ${clerk.id}
      and deed in ('export_made', 'export_downloaded') order by changed_at`,
  );
  expect(logged.map(({ deed }) => deed)).toEqual([
    "export_made",
    ...Array(5).fill("export_downloaded"),
  ]);
  expect(new Set(logged.map(({ after }) => after["SHA-256"]))).toEqual(new Set([hash]));
  expect(logged.filter(({ after }) => after.Bytes)).toHaveLength(3);
});

test("a Z3 export is made like the others", async () => {
  const { clerk, grantId } = await setUp();
  const ofGrant = await made(clerk, { kind: "z3", scope: { grantId, asOf } });
  expect(ofGrant.fileName).toMatch(/^Z3 AZ [0-9a-f]{8} 2022-12-31 /);
  const { id, state, fileName } = await made(clerk, { kind: "z3", scope: { asOf } });
  expect(state).toBe("finished");
  expect(fileName).toMatch(/^Z3 .* 2022-12-31 bekannt \d{4}-\d\d-\d\d \d{4}\.zip$/);
  expect([...(await unzipped(id)).keys()]).toContain("index.xml");
});

test("a scope with no bookings gives a workbook all the same", async () => {
  const { clerk } = await createOffice();
  const { state, size } = await made(clerk, { kind: "workbook", scope: { asOf: "2019-01-01" } });
  expect([state, size! > 10_000]).toEqual(["finished", true]);
});

test("an export is of whoever asked for it, and of nobody else", async () => {
  const of = await setUp();
  const { id, state } = await made(of.clerk, { kind: "workbook", scope: { asOf } });
  expect(state).toBe("finished");
  for (const user of [of.deputy, of.auditor, (await createOffice()).clerk]) {
    for (const open of [page, file, cancel, discard, again]) {
      const isAction = [cancel, discard, again].some((one) => one === (open as unknown));
      const args = isAction
        ? await post(user, "/", {}, { exportId: id })
        : await get(user, "/", { exportId: id });
      expect((await answer(() => (open as (args: unknown) => unknown)(args))).status).toBe(404);
    }
    expect((await list(await get(user, "/exports"))).exports).toEqual([]);
  }
  expect(await namesOnDisk()).toContain(id);
  await answer(async () => discard(await post(of.clerk, "/", {}, { exportId: id })));
  expect(await namesOnDisk()).not.toContain(id);
  expect(await listExports(of.clerk)).toEqual([]);
});

test("what can't be made comes back to the form with its sentence", async () => {
  const { clerk, grantId } = await setUp();
  const stranger = await setUp();
  const none = await ordered(clerk, { kind: "dossier" });
  expect(none.location).toContain("refused=dossier_of_one_grant");
  const shown = await form(await get(clerk, none.location!));
  expect(shown).toMatchObject({ refused: orderSentences.dossier_of_one_grant, kind: "dossier" });
  const foreign = await ordered(clerk, { kind: "dossier", grant: stranger.grantId });
  expect((await form(await get(clerk, foreign.location!))).problems).toHaveProperty("grant");
  const odd = await ordered(clerk, { kind: "dossier", grant: grantId, on: "31.02.2021" });
  expect((await form(await get(clerk, odd.location!))).problems).toHaveProperty("on");
  expect(await listExports(clerk)).toEqual([]);
});

test("a limited auditor's dossier is of what the access shows, at the moment when it is made", async () => {
  const of = await setUp();
  const attach = async (subject: "resolution" | "grant", subjectId: string) =>
    accepted(
      await attachFile(
        of.clerk,
        { subject, subjectId },
        { name: "a.txt", content: Buffer.from(subject) },
      ),
    );
  await attach("resolution", of.resolutionId);
  await attach("grant", of.grantId);
  const invite = {
    role: "auditor" as const,
    name: "Frau Prüferin",
    email: `pruefung-${randomUUID()}@example.org`,
    until: "2027-06-30",
    fiscalYears: [],
  };
  await recordInvitation(of.administrator, { ...invite, grantIds: [of.grantId] });
  const [row] = await db.execute<{ id: string }>(
    sql`select id from users where email = ${invite.email}`,
  );
  const limits = { grantIds: [of.grantId], fiscalYears: [] };
  const limited: User = { ...of.auditor, id: row!.id, limits };
  const scope = { grantId: of.grantId, asOf };
  const { id, state } = await made(limited, { scope });
  expect(state).toBe("finished");
  const files = await unzipped(id);
  const kinds = rowsOf(files.get("INHALT.csv")!).map(({ Art }) => Art);
  expect(kinds).toContain("Zuwendungsbescheid");
  expect(kinds).not.toContain("Beschluss");
  expect(files.get("LIESMICH.txt")!.toString()).toContain("dieser Zugang sieht sie nicht");

  const { exports } = await list(await get(limited, "/exports"));
  expect(exports.map(({ title }) => title)).toEqual([expect.stringContaining("Prüfakte, AZ")]);
  const ofYear = await ordered(limited, { kind: "workbook", year: "2021" });
  const shown = await form(await get(limited, ofYear.location!));
  expect(shown.problems).toEqual({ year: scopeSentences.scope_year_not_in_access });
  expect(shown.all).toBe("alles in Ihrem Prüfzugang");

  const other = (await createGrant({ clerk: (await createOffice()).clerk })).grantId;
  const foreign = await made(limited, { scope: { grantId: other, asOf } });
  expect([foreign.state, foreign.problem]).toEqual(["failed", exportProblems.notSeen]);

  await setUserActive(of.administrator, limited.id, false);
  const closed = await made(limited, { scope });
  expect([closed.state, closed.problem]).toEqual(["failed", exportProblems.noAccess]);
});

test("what an auditor made under an earlier access is not handed out under a narrower one", async () => {
  const of = await setUp();
  const invite = {
    role: "auditor" as const,
    ...{ name: "Herr Prüfer", email: `pruefung-${randomUUID()}@example.org` },
    ...{ until: "2027-06-30", fiscalYears: [2022] },
  };
  const invited = async (grantIds: string[]): Promise<User> => {
    await recordInvitation(of.administrator, { ...invite, grantIds });
    const [row] = await db.execute<{ id: string }>(
      sql`select id from users where email = ${invite.email}`,
    );
    return { ...of.auditor, id: row!.id, limits: { grantIds, fiscalYears: [2022] } };
  };
  const wide = await invited([of.grantId]);
  const { id, state } = await made(wide, { kind: "workbook", scope: { asOf } });
  expect(state).toBe("finished");
  expect((await list(await get(wide, "/exports"))).exports).toHaveLength(1);
  const narrow = await invited([]);
  for (const open of [page, file]) {
    const opened = answer(async () => open(await get(narrow, "/", { exportId: id })));
    expect((await opened).status).toBe(404);
  }
  expect((await list(await get(narrow, "/exports"))).exports).toEqual([]);
});

test("cancelled, the query in the database ends within a second", async () => {
  const { clerk } = await setUp();
  await whileHeld("entries", async () => {
    const id = await order(clerk, { kind: "workbook", scope: { asOf } });
    await waitUntil(() => isHeld(id));
    const began = performance.now();
    await answer(async () => cancel(await post(clerk, "/", {}, { exportId: id })));
    await waitUntil(async () => (await queriesOf(id)) === 0);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await stateOf(clerk, id)).toBe("cancelled");
    expect((await namesOnDisk()).filter((name) => name.startsWith(id))).toEqual([]);
  });
});

test("killed in the middle of a query, it has failed and the database does not go on with it", async () => {
  const { clerk } = await setUp();
  await whileHeld("entries", async () => {
    const id = await order(clerk, { kind: "workbook", scope: { asOf } });
    await waitUntil(() => isHeld(id));
    process.kill(processes().get(id)!.child.pid, "SIGKILL");
    await waitUntil(async () => (await stateOf(clerk, id)) === "failed", 2_000);
    await waitUntil(async () => (await queriesOf(id)) === 0, 1_000);
    expect((await requireExport(clerk, id)).problem).toBe(exportProblems.ended);
  });
});

test("killed while it writes, no file is left that looks whole; made again it is whole", async () => {
  const { clerk, grantId } = await setUp();
  for (let count = 0; count < 30; count += 1) {
    const content = Buffer.concat([Buffer.from("%PDF-1.4\n"), randomBytes(3_000_000)]);
    const place = { subject: "grant" as const, subjectId: grantId };
    accepted(await attachFile(clerk, place, { name: `${count}.pdf`, content }));
  }
  const id = await order(clerk, { scope: { grantId, asOf } });
  const isBegun = () =>
    stat(draftOf(id)).then(
      ({ size }) => size > 1_000_000,
      () => false,
    );
  await waitUntil(isBegun, 60_000);
  process.kill(processes().get(id)!.child.pid, "SIGKILL");
  await waitUntil(async () => (await stateOf(clerk, id)) === "failed", 5_000);
  await waitUntil(async () => !processes().has(id), 5_000);
  expect((await namesOnDisk()).filter((name) => name.startsWith(id))).toEqual([]);
  expect((await answer(async () => file(await get(clerk, "/", { exportId: id })))).status).toBe(
    404,
  );

  const { location } = await answer(async () =>
    again(await post(clerk, "/", {}, { exportId: id })),
  );
  const second = location!.split("/").at(-1)!;
  await waitUntil(async () => (await stateOf(clerk, second)) === "finished", 60_000);
  expect(rowsOf((await unzipped(second)).get("INHALT.csv")!).length).toBeGreaterThan(30);
});

test("a full disk is told in German, and nothing is left", async () => {
  const { clerk, grantId } = await setUp();
  const asked = [
    { kind: "workbook", scope: { asOf }, place: (id: string) => `${draftOf(id)}.unfertig` },
    { kind: "dossier", scope: { grantId, asOf }, place: (id: string) => draftOf(id) },
  ] as const;
  for (const { kind, scope, place } of asked) {
    const id = randomUUID();
    // Every write to this device fails as on a full disk.
    await symlink("/dev/full", place(id));
    const { state, problem } = await made(clerk, { id, kind, scope });
    expect([state, problem]).toEqual(["failed", exportProblems.diskFull]);
    expect((await namesOnDisk()).filter((name) => name.startsWith(id))).toEqual([]);
  }
});

test("at the start, what ran before is told and removed, and what waits goes on", async () => {
  const { clerk } = await setUp();
  const [broken, waiting] = [randomUUID(), randomUUID()];
  const moment = await momentOfBooks(clerk);
  for (const id of [broken, waiting]) {
    accepted(await orderExport(clerk, id, { kind: "workbook", scope: { asOf }, moment }));
  }
  await db.execute(sql`update book_exports set state = 'running' where id = ${broken}`);
  for (const place of [fileOf(broken), draftOf(broken), draftOf(randomUUID())]) {
    await writeFile(place, "half");
  }
  await resumeQueue();
  await waitUntil(async () => (await stateOf(clerk, waiting)) === "finished");
  expect(await requireExport(clerk, broken)).toMatchObject({
    ...{ state: "failed", problem: exportProblems.restarted },
  });
  const names = await namesOnDisk();
  expect(names.filter((name) => name.endsWith(".tmp") || name === broken)).toEqual([]);
});

test("a database that does not answer when an export ends costs neither the program nor what waits", async () => {
  const { clerk } = await setUp();
  const moment = await momentOfBooks(clerk);
  const asked = { kind: "workbook", scope: { asOf }, moment } as const;
  const waiting = randomUUID();
  const told = vi.spyOn(log, "error").mockImplementation(() => {});
  const killed = await order(clerk, asked);
  const { child, ended } = processes().get(killed)!;
  const asking = vi.spyOn(db, "execute").mockRejectedValue(new Error("no answer"));
  process.kill(child.pid, "SIGKILL");
  await ended;
  expect(told).toHaveBeenCalled();
  for (const spy of [asking, told]) spy.mockRestore();
  expect(await stateOf(clerk, killed)).toBe("running");
  accepted(await orderExport(clerk, waiting, asked));
  await tendQueue();
  expect((await requireExport(clerk, killed)).problem).toBe(exportProblems.ended);
  await waitUntil(async () => (await stateOf(clerk, waiting)) === "finished", 60_000);
});

test("two are made at a time, the third waits for one of them", async () => {
  const { clerk } = await setUp();
  const ids: string[] = [];
  await whileHeld("entries", async () => {
    for (const _ of [1, 2, 3]) ids.push(await order(clerk, { kind: "workbook", scope: { asOf } }));
    const states = await Promise.all(ids.map((id) => stateOf(clerk, id)));
    expect(states).toEqual(["running", "running", "waiting"]);
    await stopExport(clerk, ids[0]!);
    await waitUntil(async () => (await stateOf(clerk, ids[2]!)) === "running");
  });
  await waitUntil(async () => (await stateOf(clerk, ids[2]!)) === "finished");
});

test("nobody fills the queue alone", async () => {
  const { clerk, deputy } = await setUp();
  const moment = await momentOfBooks(clerk);
  const asked = { kind: "workbook", scope: { asOf }, moment } as const;
  for (let count = 0; count < mostOpenExports; count += 1) {
    accepted(await orderExport(clerk, randomUUID(), asked));
  }
  expect(await orderExport(clerk, randomUUID(), asked)).toMatchObject({ rule: "too_many_exports" });
  accepted(await orderExport(deputy, randomUUID(), asked));
  await db.execute(sql`delete from book_exports where state = 'waiting'`);
  await startWaiting();
});

test("after its last day an export is gone, file and row", async () => {
  const { clerk } = await setUp();
  const { id, keptUntil } = await made(clerk, { kind: "workbook", scope: { asOf } });
  expect(keptUntil).not.toBeNull();
  await removeExpired();
  expect(await namesOnDisk()).toContain(id);
  await db.execute(sql`update book_exports set kept_until = kept_until - 8 where id = ${id}`);
  await removeExpired();
  expect(await namesOnDisk()).not.toContain(id);
  expect(await listExports(clerk)).toEqual([]);
});
