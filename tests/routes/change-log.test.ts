import { createHash } from "node:crypto";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import express from "express";
import { expect, test } from "vitest";
import { percent } from "#app/domain/money.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { setUserActive } from "#app/records/users.server.ts";
import { formatEuro } from "#app/german/notation.ts";
import { changeSchool, changeSettings } from "#app/records/authorities.server.ts";
import { attachFile, listAttachments } from "#app/records/attachments.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { asRequest } from "#app/request.server.ts";
import { loader as root } from "#app/root.tsx";
import { loader as file } from "#app/routes/attachments_.$attachmentId.ts";
import { loader as workbook } from "#app/routes/audit[.]xlsx.ts";
import { loader as page } from "#app/routes/changes.tsx";
import { loader as halfYear } from "#app/routes/reports.half-year[.]csv.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createOrder,
  createSchools,
  orderDraft,
} from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

test("a changed school stands in the log with what it was, what it is and from which request", async () => {
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk, ["GS Nord"]);
  const { name, number, kind, pupilsCountedOn, pupilsAreIllustrative, mediaConceptOn } = school!;
  const draft = { name, number, kind, pupilsCountedOn, pupilsAreIllustrative, mediaConceptOn };
  await asRequest("anfrage-1", () => changeSchool(clerk, school!.id, { ...draft, pupils: 120 }));
  expect((await listChanges(clerk, 1)).changes[0]).toMatchObject({
    deed: "school_changed",
    changedBy: clerk.name,
    text: "GS Nord",
    before: { Schülerzahl: "100" },
    after: { Schülerzahl: "120" },
    requestId: "anfrage-1",
  });
});

test("changed settings and closed accounts are kept before and after", async () => {
  const { administrator, board } = await createOffice();
  accepted(await changeSettings(administrator, { fourEyes: false, inputTaxRate: percent("7") }));
  await setUserActive(administrator, board.id, false);
  const { changes } = await listChanges(administrator, 1);
  expect(changes[1]).toMatchObject({
    before: { "Vier-Augen-Prinzip": "ein", Vorsteuerabzug: "0 %" },
    after: { "Vier-Augen-Prinzip": "aus", Vorsteuerabzug: "7 %" },
    requestId: null,
  });
  expect(changes[0]).toMatchObject({
    before: { Zugang: "offen" },
    after: { Zugang: "gesperrt" },
  });
});

test("a deed that moves money stands in the log with the figures that it found and left", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  const line = lineOf("2.1");
  for (const number of ["A-1", "A-2"]) {
    await createOrder(clerk, grantId, orderDraft(line, { number }));
  }
  const [second, first] = (await listChanges(clerk, 1)).changes;
  const [name] = Object.keys(second!.before!);
  expect(name).toMatch(/, gebunden$/);
  expect(first!.before).toEqual({ [name!]: "0,00 €" });
  expect(second!.before).toEqual(first!.after);
  const { committed } = (await loadBudget(clerk, grantId)).find(({ id }) => id === line)!;
  expect(second!.after).toEqual({ [name!]: formatEuro(committed).replace("\u00a0", " ") });
});

test("what an auditor reads is logged, what others read is not", async () => {
  const { auditor, clerk } = await createOffice();
  for (const user of [auditor, clerk]) {
    await root(await get(user, "/journal?page=2"));
  }
  const { changes } = await listChanges(auditor, 1, true);
  const readings = changes.filter(({ deed }) => deed === "page_read");
  expect(readings).toMatchObject([{ changedBy: auditor.name, text: "/journal?page=2" }]);
  expect((await listChanges(auditor, 1)).changes).not.toMatchObject(readings);
});

test("each download of an auditor is logged with the hash of what went out", async () => {
  const { auditor, clerk } = await createOffice();
  const [school] = await createSchools(clerk, ["GS Nord"]);
  const place = { subject: "school" as const, subjectId: school!.id };
  const content = Buffer.from("Konzept");
  accepted(await attachFile(clerk, place, { name: "Konzept.txt", content }));
  const [attached] = await listAttachments(clerk, place);
  const params = { attachmentId: attached!.id };
  const sent = [];
  for (const user of [clerk, auditor]) {
    await answer(async () => file(await get(user, "/attachments/x", params)));
    const report = await answer(async () => halfYear(await get(user, "/reports/half-year.csv")));
    sent.push(await hashOf(report.body));
  }
  const { changes } = await listChanges(auditor, 1, true);
  const downloads = changes.filter(({ deed }) => deed === "file_downloaded");
  expect(downloads).toMatchObject([
    { changedBy: auditor.name, after: { "SHA-256": sent[1] } },
    { text: "Konzept.txt", after: { "SHA-256": attached!.hash } },
  ]);
});

test("a workbook is logged with the hash of the file that was sent, whoever asked for it", async () => {
  const { clerk } = await createOffice();
  const { body } = await answer(async () => workbook(await get(clerk, "/audit.xlsx")));
  const hash = await hashOf(body);
  expect((await listChanges(clerk, 1)).changes[0]).toMatchObject({
    deed: "workbook_exported",
    after: { "SHA-256": hash },
  });
  const [head] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from recorded_heads where school_authority_id = ${clerk.schoolAuthorityId}`);
  expect(head!.count).toBe(1);
});

test("the page of changes gives the moment once, to be shown in Berlin and in UTC, and hides readings", async () => {
  const { auditor } = await createOffice();
  await root(await get(auditor, "/journal"));
  const plain = await page(await get(auditor, "/changes"));
  const full = await page(await get(auditor, "/changes?readings"));
  expect(plain.changes.some(({ deed }) => deed === "page_read")).toBe(false);
  expect(full.changes.some(({ deed }) => deed === "page_read")).toBe(true);
  expect(full.changes[0]!.changedAt).toMatch(/Z$/);
});

test("the server names each request in its answer, whatever a client says, and the deed bears that name", async () => {
  const { createApp } = await import("#app/server/web.ts");
  const { requestId } = await import("#app/request.server.ts");
  const seen: (string | undefined)[] = [];
  const vite: express.Handler = async (_request, response) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    seen.push(requestId());
    response.send("ja");
  };
  const server = createApp({ build: {} as never, vite, needs: {} }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const headers = { "X-Request-Id": "fremd" };
  const ids = await Promise.all(
    [1, 2, 3].map(async () => {
      const { headers: given } = await fetch(`http://127.0.0.1:${port}/`, { headers });
      return given.get("X-Request-Id");
    }),
  );
  server.close();
  expect(new Set(ids).size).toBe(3);
  expect([...seen].sort()).toEqual([...ids].sort());
  expect(ids).not.toContain("fremd");
});

async function hashOf(body: unknown): Promise<string> {
  const bytes = Buffer.from(await (body as Response).arrayBuffer());
  return createHash("sha256").update(bytes).digest("hex");
}
