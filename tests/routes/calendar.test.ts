import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { writeCalendar } from "#app/exports/calendar.server.ts";
import { action as create, loader as show } from "#app/routes/account_.calendar.tsx";
import { action as withdraw } from "#app/routes/account_.calendar_.withdrawal.ts";
import { loader as read } from "#app/routes/calendar.$secret[.]ics.ts";
import { setUserActive } from "#app/records/users.server.ts";
import { db } from "#db/client.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("the secret of a new address is shown once and is nowhere in the database", async () => {
  const { clerk } = await createOffice();
  const secret = await createAddress(clerk);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await answer(async () => show(await get(clerk, "/account/calendar")))).toMatchObject({
    body: { since: expect.any(String) },
  });
  for (const table of ["calendar_feeds", "changes"]) {
    const [found] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(table)} as t
        where strpos(t::text, ${secret}) > 0`,
    );
    expect(found!.count).toBe(0);
  }
});

test("the calendar has every open deadline, in the form that calendar programs read", async () => {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const { status, body } = await fetchCalendar(await createAddress(office.clerk));
  expect(status).toBe(200);
  const { headers } = body as Response;
  expect(headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
  expect(headers.get("Cache-Control")).toBe("no-store");

  const text = await (body as Response).text();
  expect(text).not.toMatch(/[^\r]\n/);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const events = eventsOf(text);
  // The clock of the program is far behind the deadlines of 2019: only what a grant lacks is open.
  expect(events.map(({ UID }) => UID)).toEqual([
    `period-${grantId}@127.0.0.1`,
    `completion-${grantId}@127.0.0.1`,
  ]);
  const [period, completion] = events;
  expect(period).toMatchObject({
    "DTSTART;VALUE=DATE": "20241231",
    SUMMARY: expect.stringMatching(/^Bewilligte Kosten verwenden: AZ /),
    DESCRIPTION: expect.stringMatching(
      /^Ende des Bewilligungszeitraums\\nZuwendungsbescheid vom 01\.05\.2020\\n20\.000\\,00\s€ nicht bestellt$/,
    ),
    "URL;VALUE=URI": `http://127.0.0.1:3000/deadlines?grant=${grantId}`,
    DTSTAMP: expect.stringMatching(/^\d{8}T\d{6}Z$/),
    alarms: ["-P30D", "-P7D"],
  });
  expect(completion!.DESCRIPTION).toMatch(/Regel des Förderprogramms .*Quelle: http/);
});

test("the calendar of the school board has no sum that its pages do not have", async () => {
  const office = await createOffice();
  await createGrant(office);
  const { body } = await fetchCalendar(await createAddress(office.board));
  const events = eventsOf(await (body as Response).text());
  expect(events.filter(({ DESCRIPTION }) => DESCRIPTION!.includes("€"))).toHaveLength(1);
});

test("a wrong, a renewed and a withdrawn address and that of a closed account are not found", async () => {
  const { clerk, administrator } = await createOffice();
  const wrong = "A".repeat(43);
  for (const secret of [wrong, "", "x", `${wrong}'`, "ä".repeat(43)]) {
    expect((await fetchCalendar(secret)).status).toBe(404);
  }

  const first = await createAddress(clerk);
  const second = await createAddress(clerk);
  expect((await fetchCalendar(first)).status).toBe(404);
  expect((await fetchCalendar(second)).status).toBe(200);

  await setUserActive(administrator, clerk.id, false);
  expect((await fetchCalendar(second)).status).toBe(404);
  await setUserActive(administrator, clerk.id, true);
  expect((await fetchCalendar(second)).status).toBe(200);

  await answer(async () => withdraw(await post(clerk, "/account/calendar/withdrawal", {})));
  expect((await fetchCalendar(second)).status).toBe(404);
  expect(await deedsOf(clerk)).toEqual([
    "calendar_created",
    "calendar_created",
    "calendar_withdrawn",
  ]);
});

test("each user has an address of their own", async () => {
  const { clerk, board } = await createOffice();
  const [own, other] = [await createAddress(clerk), await createAddress(board)];
  await answer(async () => withdraw(await post(clerk, "/account/calendar/withdrawal", {})));
  expect((await fetchCalendar(own)).status).toBe(404);
  expect((await fetchCalendar(other)).status).toBe(200);
});

test("what a file number holds can't break out of its line", () => {
  const calendar = writeCalendar({
    name: "Fristen",
    origin: "https://paktbuch.example.de",
    madeAt: new Date("2026-11-24T12:00:00Z"),
    deadlines: [
      {
        id: "period-g",
        kind: "period",
        on: "2027-03-31",
        subject: { kind: "grant", id: "g", name: "A;1,2\\\r\nEND:VEVENT" },
        detail: null,
        amount: null,
        origin: { by: "programme", key: "p", name: "P", addresses: [] },
        isDone: false,
      },
    ],
  });
  const [event] = eventsOf(calendar);
  expect(event!.SUMMARY).toBe("Bewilligte Kosten verwenden: A\\;1\\,2\\\\\\nEND:VEVENT");
  expect(calendar.match(/^END:VEVENT/gm)).toHaveLength(1);
});

async function createAddress(user: User): Promise<string> {
  const { body } = await answer(async () => create(await post(user, "/account/calendar", {})));
  const { address } = body as { address: string };
  return /^http:\/\/127\.0\.0\.1:3000\/calendar\/(.*)\.ics$/.exec(address)![1]!;
}

function fetchCalendar(secret: string) {
  const path = `/calendar/${encodeURIComponent(secret)}.ics`;
  return answer(async () => read(await get(undefined, path, { secret })));
}

async function deedsOf({ id }: User) {
  const rows = await db.execute<{ deed: string }>(
    sql`select deed from changes where changed_by = ${id} and deed::text like 'calendar%' order by changed_at, id`,
  );
  return rows.map(({ deed }) => deed);
}

type ReadEvent = Record<string, string> & { alarms: string[] };

/** Unfolds the lines and gathers the properties of each event, those of its alarms apart. */
function eventsOf(calendar: string): ReadEvent[] {
  const events: Record<string, unknown>[] = [];
  let isAlarm = false;
  for (const line of calendar.replace(/\r\n /g, "").split("\r\n")) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (line === "BEGIN:VEVENT") events.push({ alarms: [] });
    if (line === "BEGIN:VALARM" || line === "END:VALARM") isAlarm = line === "BEGIN:VALARM";
    const event = events.at(-1) as ReadEvent | undefined;
    if (!event || !name) continue;
    if (isAlarm && name === "TRIGGER") event.alarms.push(value!);
    if (!isAlarm && !/BEGIN|END/.test(name)) event[name] = value!;
  }
  return events as ReadEvent[];
}
