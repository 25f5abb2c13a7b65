import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import {
  listAllotments,
  loadDividedPots,
  recordAllotment,
} from "#app/records/allotments.server.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { listEntries } from "#app/records/entries.server.ts";
import { recordGrant } from "#app/records/grants.server.ts";
import { loadOverview, loadRemaining } from "#app/records/overview.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { requireDocument } from "#app/records/reversing.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import {
  accepted,
  answers,
  createEnvelope,
  createOffice,
  createResolution,
  createSchools,
} from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { fullTerms } from "#tests/support/programme.ts";

const reversal = { reversedOn: "2021-06-02", reason: "Irrtum" };

test("a decision gives a school its part of the free pot, another moves it", async () => {
  const { clerk, envelopeId, allot, apply, resolutionId } = await setUp();
  expect(await figures(clerk, envelopeId)).toBe("Nord 0/30000 Süd 0/30000 rest 44545.5");
  accepted(await allot({ Nord: "40000" }, { resolutionId }));
  expect(await figures(clerk, envelopeId)).toBe("Nord 40000/70000 Süd 0/30000 rest 4545.5");

  // Others have only what is allotted to nobody.
  expect(await apply("Süd", "34545.51")).toMatchObject([
    {
      rule: "exceeds_envelope",
      available: euro("34545.5"),
    },
  ]);
  accepted(await apply("Süd", "34000"));
  expect(await figures(clerk, envelopeId)).toBe("Nord 40000/70000 Süd 0/0 rest 545.5");

  accepted(await allot({ Nord: "10000", Süd: "34545.50" }, { decidedOn: "2020-03-01" }));
  expect(await figures(clerk, envelopeId)).toBe("Nord 10000/40000 Süd 34545.5/30545.5 rest 0");
  expect(await listAllotments(clerk, envelopeId)).toMatchObject([
    { decidedOn: "2020-02-01", lines: [{ school: "GS Nord", change: euro("40000") }] },
    {
      decidedOn: "2020-03-01",
      lines: [{ change: euro("-30000") }, { school: "GS Süd", change: euro("34545.5") }],
    },
  ]);
  await expectProofs(clerk);
});

test("what is asked for or granted can't be taken away, nor more given than is free", async () => {
  const { allot, apply, grant } = await setUp();
  accepted(await allot({ Nord: "20000" }));
  const applicationId = randomUUID();
  accepted(await apply("Nord", "42000", applicationId));
  expect(await allot({ Nord: "11999.99" })).toEqual({
    field: "schools[0].amount",
    rule: "below_taken",
    taken: euro("12000"),
  });
  accepted(await grant(applicationId, "Nord", "42000"));
  expect(await allot({ Nord: "11999.99" })).toMatchObject({ rule: "below_taken" });
  expect(await allot({ Nord: "12000", Süd: "32545.51" })).toEqual({
    field: "schools",
    rule: "exceeds_free_pot",
    available: euro("32545.5"),
  });
  accepted(await allot({ Nord: "12000", Süd: "32545.50" }));
});

test("two clerks can't give the same money twice", async () => {
  const { clerk, envelopeId, allot } = await setUp();
  const answers = await Promise.all([allot({ Nord: "30000" }), allot({ Süd: "30000" })]);
  expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
  expect(answers.find((answer) => answer)).toMatchObject({
    rule: "exceeds_free_pot",
    available: euro("14545.5"),
  });
  expect(await listAllotments(clerk, envelopeId)).toHaveLength(1);
});

test("a form sent twice decides once", async () => {
  const { clerk, envelopeId, allot } = await setUp();
  const id = randomUUID();
  for (const _ of [1, 2]) accepted(await allot({ Nord: "1000" }, { id }));
  expect(await figures(clerk, envelopeId)).toBe("Nord 1000/31000 Süd 0/30000 rest 43545.5");
  await expect(allot({ Nord: "2000" }, { id })).rejects.toMatchObject({ status: 409 });
});

test("a decision is reversed after those that follow it, and gives everything back", async () => {
  const { clerk, envelopeId, allot } = await setUp();
  const [first, second] = [randomUUID(), randomUUID()];
  accepted(await allot({ Nord: "20000" }, { id: first }));
  accepted(await allot({ Nord: "5000", Süd: "20000" }, { id: second, decidedOn: "2020-03-01" }));
  const undo = (id: string) => reverseDocument(clerk, { kind: "allotment", id }, reversal);

  expect(await undo(first)).toEqual({
    field: "reason",
    rule: "reverse_dependents_first",
    dependents: ["Zuteilung vom 01.03.2020"],
  });
  const envelope = await requireDocument(clerk, "envelope", envelopeId);
  expect(envelope.dependents).toEqual(["Zuteilung vom 01.02.2020", "Zuteilung vom 01.03.2020"]);
  accepted(await undo(second));
  expect(await figures(clerk, envelopeId)).toBe("Nord 20000/50000 Süd 0/30000 rest 24545.5");
  accepted(await undo(first));
  expect(await figures(clerk, envelopeId)).toBe("Nord 0/30000 Süd 0/30000 rest 44545.5");
  expect(await listAllotments(clerk, envelopeId)).toMatchObject([
    { stands: false },
    { stands: false },
  ]);
  accepted(await reverseDocument(clerk, { kind: "envelope", id: envelopeId }, reversal));
  await expectProofs(clerk);
});

test("a decision that freed money is not undone once another school took it", async () => {
  const { clerk, allot, apply } = await setUp();
  const id = randomUUID();
  accepted(await allot({ Nord: "40000" }));
  accepted(await allot({ Nord: "0" }, { id }));
  accepted(await apply("Süd", "70000"));
  expect(await reverseDocument(clerk, { kind: "allotment", id }, reversal)).toEqual({
    field: "reason",
    rule: "reversal_overspends",
  });
});

test("a decision is of its own authority, and written by a clerk", async () => {
  const { envelopeId, board, schools } = await setUp();
  const { clerk: stranger } = await createOffice();
  const draft = {
    decidedOn: "2020-02-01",
    resolutionId: null,
    reason: "x",
    schools: [{ schoolId: schools[0]!.id, amount: euro("1") }],
  };
  const by = (user: User) => recordAllotment(user, randomUUID(), envelopeId, draft);
  await expect(by(stranger)).rejects.toMatchObject({ status: 404 });
  await expect(by(board)).rejects.toMatchObject({ status: 403 });
});

test("a resolution that is not on file decides nothing; nothing of a decision is edited", async () => {
  const { allot } = await setUp();
  expect(await allot({ Nord: "1" }, { resolutionId: randomUUID() })).toEqual({
    field: "resolutionId",
    rule: "resolution_not_on_file",
  });
  accepted(await allot({ Nord: "1" }));
  for (const table of ["allotments", "allotment_lines", "programmes"]) {
    const statement = sql`delete from ${sql.identifier(table)}`;
    await expect(ownerDb.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("appended only") },
    });
  }
});

test("in order of receipt a grant exceeds the envelope, and what is not granted stays as it was", async () => {
  const { clerk, envelopeId, apply, grant } = await setUp();
  const [early, late] = [randomUUID(), randomUUID()];
  expect(await apply("Nord", "80000", early, "2023-06-30")).toMatchObject([
    {
      rule: "exceeds_envelope",
    },
  ]);
  accepted(await apply("Nord", "80000", late, "2023-07-01"));
  const before = (await loadOverview(clerk)).envelopes[0]!;
  expect([before.applied, before.ceiling, before.notGranted].map(String)).toEqual([
    "80000",
    "104545.5",
    "104545.5",
  ]);
  expect(await grant(late, "Nord", "90000", "2023-06-30")).toBeTruthy();
  accepted(await grant(late, "Nord", "90000", "2023-09-01"));

  const { schools, totals } = await loadDividedPots(clerk, envelopeId);
  const north = schools.find(({ school }) => school === "GS Nord")!;
  expect([north.granted, north.beyond, north.left, totals.left].map(String)).toEqual([
    "90000",
    "15454.5",
    "0",
    "30000",
  ]);
  const after = (await loadOverview(clerk)).envelopes[0]!;
  expect([after.ceiling, after.granted, after.notGranted].map(String)).toEqual([
    "120000",
    "90000",
    "30000",
  ]);
  expect((await loadRemaining(clerk, "2023-10-01")).notGranted.toString()).toBe("30000");
  const { entries } = await listEntries(clerk, { envelopeId, figure: "ceiling", kind: "pot" }, 1);
  expect(entries.at(-1)).toMatchObject({
    account: "Windhundverfahren · GS Nord",
    amount: euro("15454.5"),
  });
  await expectProofs(clerk);
});

async function setUp() {
  const office = await createOffice();
  const { clerk } = office;
  const schools = await createSchools(clerk);
  const idOf = (name: string) => schools.find((school) => school.name === `GS ${name}`)!.id;
  const resolutionId = await createResolution(clerk);
  const envelopeId = await createEnvelope(clerk);

  const allot = (
    gives: Record<string, string>,
    {
      id = randomUUID(),
      ...draft
    }: { id?: string; decidedOn?: string; resolutionId?: string } = {},
  ) =>
    recordAllotment(clerk, id, envelopeId, {
      decidedOn: "2020-02-01",
      resolutionId: null,
      reason: "Beschluss",
      schools: Object.entries(gives).map(([name, amount]) => {
        return { schoolId: idOf(name), amount: euro(amount) };
      }),
      ...draft,
    });
  const apply = (
    name: string,
    amount: string,
    id: string = randomUUID(),
    submittedOn = "2020-04-01",
  ) =>
    recordApplication(clerk, id, envelopeId, {
      title: "Netze",
      resolutionId,
      submittedOn,
      ...answers,
      measures: [{ schoolId: idOf(name), code: "2.1", description: "Netz", amount: euro(amount) }],
    });
  const grant = (applicationId: string, name: string, amount: string, noticeOn = "2020-05-01") =>
    recordGrant(clerk, randomUUID(), applicationId, {
      fileNumber: `AZ ${randomUUID().slice(0, 8)}`,
      grantingAuthority: "RLSB",
      noticeOn,
      ...fullTerms,
      grantAmount: euro(amount),
      lines: [{ schoolId: idOf(name), code: "2.1", approved: euro(amount) }],
    });
  return { ...office, schools, resolutionId, envelopeId, allot, apply, grant };
}

/** "school allotted/left" of each, and what is left for all. */
async function figures(user: User, envelopeId: string): Promise<string> {
  const { schools, rest } = await loadDividedPots(user, envelopeId);
  const each = schools.map(
    ({ school, allotted, left }) => `${school.slice(3)} ${allotted}/${left}`,
  );
  return [...each, `rest ${rest.left}`].join(" ");
}

async function expectProofs(user: User) {
  const verdicts = await verifyJournal(user.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}
