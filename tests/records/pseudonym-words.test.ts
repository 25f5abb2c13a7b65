/** What the run replaces in the change log: a name as whole words, and nothing that merely holds its letters. */
import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { namePattern } from "#app/domain/name-search.ts";
import { logChange } from "#app/records/changes.server.ts";
import {
  changeRetentionPeriod,
  listRetention,
  loadRetentionPeriod,
  pseudonymiseDue,
} from "#app/records/retention.server.ts";
import { findPerson, recordUser, setUserActive } from "#app/records/users.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { createOffice } from "#tests/support/factories.ts";

type Said = { text: string; before?: Record<string, string>; after?: Record<string, string> };

/** Closes an account of this name, lets eleven years pass, acts; gives what became of the lines of others. */
async function afterTheRun(name: string, email: string, lines: Said[]) {
  const { administrator, clerk } = await createOffice();
  await recordUser(administrator, { name, email, roles: ["board"] });
  const id = (await findPerson(administrator, email))!;
  for (const line of lines) await logChange(db, clerk, "settings_changed", line);
  await setUserActive(administrator, id, false);
  const { version } = await loadRetentionPeriod(administrator);
  await changeRetentionPeriod(administrator, { years: 10, basis: "Dienstanweisung" }, version);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 12 * 366 * 86_400_000 });
  try {
    const { mark } = await listRetention(administrator);
    expect(await pseudonymiseDue(administrator, mark)).toMatchObject({ persons: [{ id }] });
  } finally {
    vi.useRealTimers();
  }
  const rows = await db
    .select()
    .from(changes)
    .where(eq(changes.changedBy, clerk.id))
    .orderBy(changes.changedAt, sql`ctid`);
  const verdicts = await verifyJournal(administrator.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  const pseudonyms = (text: string) =>
    text
      .replaceAll(`Person ${id.slice(0, 8)}`, "PERSON")
      .replaceAll(`${id}@pseudonym.invalid`, "ADRESSE");
  return lines.map((line) => {
    const row = rows.find(
      ({ requestId, text }) =>
        requestId === null && pseudonyms(text).startsWith(line.text.slice(0, 3)),
    )!;
    return JSON.parse(
      pseudonyms(JSON.stringify({ text: row.text, before: row.before, after: row.after })),
    ) as Said;
  });
}

test("a name of one word stays where it is part of another, or a word among others", async () => {
  const said = await afterTheRun("Eva", "eva@example.org", [
    { text: "1: Evaluation der Tablets, Evas Liste" },
    { text: "2: Eva Müller hat bestellt" },
    { text: "3: Eva" },
    { text: "4: Zuständig: Adam, Eva, Kasse", after: { Leitung: "Eva", Zweck: "Evaluation" } },
    { text: "5: neva@example.org, eva@example.organisation, x.eva@example.org" },
    { text: "6: an eva@example.org. Danach EVA@Example.org, Ende" },
  ]);
  expect(said.map(({ text }) => text)).toEqual([
    "1: Evaluation der Tablets, Evas Liste",
    "2: Eva Müller hat bestellt",
    "3: PERSON",
    "4: Zuständig: Adam, PERSON, Kasse",
    "5: neva@example.org, eva@example.organisation, x.eva@example.org",
    "6: an ADRESSE. Danach ADRESSE, Ende",
  ]);
  expect(said[3]!.after).toEqual({ Leitung: "PERSON", Zweck: "Evaluation" });
});

test("a whole name gives way wherever it stands as words, with its quotation marks and after a new line", async () => {
  const name = 'Änne "Ä." Öhr (Süd)';
  const said = await afterTheRun(name, "oehr+x@example.org", [
    { text: `1: ${name} und Hänne "Ä." Öhr (Süd)` },
    { text: "2: oehr+x@example.org, oehrrx@example.org" },
    { text: "3: vorher", before: { Notiz: `Zeile\n${name}`, Liste: `x${name}` } },
  ]);
  expect(said.map(({ text }) => text)).toEqual([
    '1: PERSON und Hänne "Ä." Öhr (Süd)',
    "2: ADRESSE, oehrrx@example.org",
    "3: vorher",
  ]);
  expect(said[2]!.before).toEqual({ Notiz: "Zeile\nPERSON", Liste: `x${name}` });
});

/** How others write a name of several words. */
const written = [
  "Eva Vogels Liste",
  "EVA VOGEL und eva vogel",
  "Eva  Vogel, Eva\u00a0Vogel, Eva\tVogel's",
  "Vogel, Eva (Amt 40); VOGEL,EVA",
];

test("a name of several words gives way in the genitive, in upper case, with more space, and its last word first", async () => {
  const others = "5: Evas Vogel; Eva Vogelsang; Maeva Vogel; Vogel Eva; Eva, Vogel";
  const said = await afterTheRun("Eva Vogel", "ev@example.org", [
    ...written.map((text, at) => ({ text: `${at + 1}: ${text}` })),
    { text: others },
    { text: "6: JSON", after: { Notiz: "für\nEVA\nVOGELS", "Vogel, Eva": "x" } },
  ]);
  expect(said.map(({ text }) => text)).toEqual([
    "1: PERSON Liste",
    "2: PERSON und PERSON",
    "3: PERSON, PERSON, PERSON's",
    "4: PERSON (Amt 40); PERSON",
    others,
    "6: JSON",
  ]);
  expect(said[5]!.after).toEqual({ Notiz: "für\nPERSON", PERSON: "x" });
});

test("a name of signs that patterns are made of means itself", async () => {
  const said = await afterTheRun(".* (", "signs@example.org", [
    { text: "1: von .* ( und (, .*" },
    { text: "2: von xx ( und .*(" },
  ]);
  expect(said.map(({ text }) => text)).toEqual(["1: von PERSON und PERSON", "2: von xx ( und .*("]);
});

test("whatever the run would replace, the search for the name finds", async () => {
  const pattern = namePattern({ name: "Eva Vogel", email: "ev@example.org" });
  for (const text of [...written, "an EV@example.org."]) {
    const [row] = await db.execute<{ isFound: boolean }>(
      sql`select ${text} ~* ${pattern} as "isFound"`,
    );
    expect({ text, isFound: row!.isFound }).toEqual({ text, isFound: true });
  }
  for (const text of ["Evas Liste", "Vogelsang", "neva@example.org", "ev@example.orgs"]) {
    const [row] = await db.execute<{ isFound: boolean }>(
      sql`select ${text} ~* ${pattern} as "isFound"`,
    );
    expect({ text, isFound: row!.isFound }).toEqual({ text, isFound: false });
  }
});
