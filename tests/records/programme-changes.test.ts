import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { recordGrant, requireGrant } from "#app/records/grants.server.ts";
import { changeProgramme, listProgrammeUses } from "#app/records/programme-changes.server.ts";
import {
  listProgrammes,
  listVersions,
  requireProgramme,
  requireVersion,
} from "#app/records/programmes.server.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import {
  accepted,
  answers,
  createEnvelope,
  createGrant,
  createOffice,
  createSchools,
  orderDraft,
} from "#tests/support/factories.ts";
import { fullTerms } from "#tests/support/programme.ts";

const key = "ni-digitalpakt-2019";
const reversal = { reversedOn: "2021-06-02", reason: "Irrtum" };

test("a grant keeps the version and the limit that it was made under, a later one has the new", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const made = await createGrant(office, { lines: [["GS Nord", "2.6", "24000"]] });
  expect((await requireGrant(clerk, made.grantId)).programme.version).toBe(1);

  await change(clerk, key, lowerLimit);
  const before = await requireGrant(clerk, made.grantId);
  expect(limitIn(before.programme)).toBe("25000.00");
  // Above the new limit, within the one under which the grant was made.
  const line = made.lineOf("2.6");
  const lines = [{ ...orderDraft(line).lines[0]!, grossAmount: euro("24000") }];
  accepted(
    await recordOrder(clerk, randomUUID(), { grantId: made.grantId }, orderDraft(line, { lines })),
  );

  const apply = (amount: string, id = randomUUID()) =>
    recordApplication(clerk, id, made.envelopeId, {
      title: "Endgeräte",
      resolutionId: made.resolutionId,
      submittedOn: "2020-09-01",
      ...answers,
      measures: [{ ...measureOf(made.schools), amount: euro(amount) }],
    });
  expect(await apply("20000.01")).toMatchObject([
    { rule: "exceeds_school_limit", limit: euro("20000") },
  ]);
  const [applicationId, grantId] = [randomUUID(), randomUUID()];
  accepted(await apply("20000", applicationId));
  accepted(
    await recordGrant(clerk, grantId, applicationId, {
      fileNumber: "AZ 2",
      grantingAuthority: "RLSB",
      noticeOn: "2020-10-01",
      ...fullTerms,
      grantAmount: euro("20000"),
      lines: [{ ...codeOf(made.schools), approved: euro("20000") }],
    }),
  );
  const after = await requireGrant(clerk, grantId);
  expect([after.programme.version, limitIn(after.programme)]).toEqual([2, "20000.00"]);
  expect((await listProgrammeUses(clerk)).sort((a, b) => a.version! - b.version!)).toEqual([
    { key, version: 1, envelopes: 1, grants: 1 },
    { key, version: 2, envelopes: 0, grants: 1 },
  ]);
});

test("an envelope keeps its version, the one after it has the new", async () => {
  const { clerk } = await createOffice();
  await createSchools(clerk);
  const first = await createEnvelope(clerk);
  await change(clerk, key, (text) => text.replace("Kopfbetrag: 445,455", "Kopfbetrag: 400"));
  accepted(await reverseDocument(clerk, { kind: "envelope", id: first }, reversal));
  const second = await createEnvelope(clerk);
  const [before, after] = [
    await requireEnvelope(clerk, first),
    await requireEnvelope(clerk, second),
  ];
  expect(before.programme).toMatchObject({ version: 1 });
  expect(before.computedAmount?.toFixed(2)).toBe("104545.50");
  expect(after.programme).toMatchObject({ version: 2 });
  expect(after.computedAmount?.toFixed(2)).toBe("100000.00");
});

test("a change is a version with its reason, in the log, and the old file stays", async () => {
  const { clerk } = await createOffice();
  const shipped = await requireProgramme(clerk, key);
  expect(shipped).toMatchObject({ version: 0, isShipped: true });
  await change(clerk, key, lowerLimit);
  await change(clerk, key, (text) => text.replace("20.000,00", "15.000,00"));

  const now = await requireProgramme(clerk, key);
  expect([now.version, now.isShipped, limitIn(now.programme)]).toEqual([2, false, "15000.00"]);
  expect(limitIn((await requireVersion(clerk, key, 1)).programme)).toBe("20000.00");
  expect(await listVersions(clerk, key)).toMatchObject([
    { version: 2, reason: "Erlass", recordedByName: clerk.name },
    { version: 1, reason: "Erlass" },
  ]);
  expect((await listChanges(clerk, 1)).changes[0]).toMatchObject({
    deed: "programme_changed",
    text: "DigitalPakt Schule 2019–2024 (Niedersachsen), Fassung 2: Erlass",
  });
  // Who goes back to the shipped file has the shipped one.
  await change(clerk, key, () => shipped.content);
  expect(await requireProgramme(clerk, key)).toMatchObject({ version: 3, isShipped: true });
});

test("a new key makes a copy; a key that is taken does not", async () => {
  const { clerk } = await createOffice();
  const named = (name: string) => (text: string) => text.replace(`Kennung: ${key}`, name);
  expect(await change(clerk, key, named("Kennung: eigenes"))).toEqual({ key: "eigenes" });
  const own = await requireProgramme(clerk, "eigenes");
  expect([own.version, own.isShipped]).toEqual([1, false]);
  expect(await requireProgramme(clerk, key)).toMatchObject({ version: 0 });

  const taken = { violation: { field: "content", rule: "programme_key_taken" } };
  expect(await change(clerk, key, named("Kennung: eigenes"))).toMatchObject(taken);
  expect(await change(clerk, key, named("Kennung: nw-digitalpakt-2019"))).toMatchObject(taken);
  const { clerk: stranger } = await createOffice();
  expect((await listProgrammes(stranger)).map(({ programme }) => programme.key)).not.toContain(
    "eigenes",
  );
});

test("nothing changed is no change, and what another changed meanwhile is not undone", async () => {
  const { clerk } = await createOffice();
  expect(await change(clerk, key, (text) => text)).toMatchObject({
    violation: { rule: "programme_unchanged" },
  });
  const { content } = await requireProgramme(clerk, key);
  const both = await Promise.all(
    ["18.000,00", "19.000,00"].map((limit) =>
      changeProgramme(clerk, randomUUID(), key, {
        content: content.replace("25.000,00", limit),
        reason: "Erlass",
        basedOn: 0,
      }),
    ),
  );
  expect(both.filter((one) => "key" in one)).toHaveLength(1);
  expect(both.find((one) => "violation" in one)).toMatchObject({
    violation: { rule: "programme_changed_meanwhile" },
  });
});

test("a form sent twice makes one version", async () => {
  const { clerk } = await createOffice();
  const { content } = await requireProgramme(clerk, key);
  const [id, draft] = [
    randomUUID(),
    { content: lowerLimit(content), reason: "Erlass", basedOn: 0 },
  ];
  for (const _ of [1, 2]) expect(await changeProgramme(clerk, id, key, draft)).toEqual({ key });
  expect(await listVersions(clerk, key)).toHaveLength(1);
});

function lowerLimit(text: string): string {
  return text.replace("Obergrenze je Schule: 25.000,00", "Obergrenze je Schule: 20.000,00");
}

async function change(user: User, of: string, edit: (text: string) => string) {
  const { content, version } = await requireProgramme(user, of);
  const draft = { content: edit(content), reason: "Erlass", basedOn: version };
  return changeProgramme(user, randomUUID(), of, draft);
}

type LimitedCategories = { categories: { code: string; limitPerSchool?: { toFixed: Fixed } }[] };
type Fixed = (places: number) => string;

function limitIn({ categories }: LimitedCategories): string | undefined {
  return categories.find(({ code }) => code === "2.6")?.limitPerSchool?.toFixed(2);
}

function codeOf(schools: { id: string; name: string }[]) {
  return { schoolId: schools.find(({ name }) => name === "GS Süd")!.id, code: "2.6" };
}

function measureOf(schools: { id: string; name: string }[]) {
  return { ...codeOf(schools), description: "Tablets" };
}
