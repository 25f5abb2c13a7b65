import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { DeadlineKind } from "#app/domain/deadline.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { requestDrawdown } from "#app/records/drawdowns.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { db } from "#db/client.ts";
import { payouts } from "#db/schema/drawdowns.ts";
import { reversals } from "#db/schema/journal.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import {
  accepted,
  createEnvelope,
  createGrant,
  createOffice,
  createSchools,
  invoiceDraft,
  invoiceLine,
  certifyAndPay,
} from "#tests/support/factories.ts";

const today = "2022-01-15";

async function open(user: User, on = today) {
  const all = await loadDeadlines(user, on);
  return all.filter(({ isDone }) => !isDone);
}

function of(deadlines: Awaited<ReturnType<typeof open>>, kind: DeadlineKind) {
  return deadlines.find((one) => one.kind === kind);
}

test("an office without books has no deadlines", async () => {
  const { clerk } = await createOffice();
  expect(await loadDeadlines(clerk, today)).toEqual([]);
});

test("grant and programme give their deadlines, soonest first, and what is at stake", async () => {
  const office = await createOffice();
  const { grantId, envelopeId } = await createGrant(office);
  const deadlines = await open(office.clerk);
  expect(
    deadlines.map(({ kind, on, amount, subject }) => [
      kind,
      on,
      amount?.toFixed() ?? null,
      subject.id,
    ]),
  ).toEqual([
    ["report", "2022-02-15", null, envelopeId],
    ["application", "2023-06-30", "84545.5", envelopeId],
    ["approval", "2024-05-15", "84545.5", envelopeId],
    ["period", "2024-12-31", "20000", grantId],
    ["completion", "2024-12-31", "20000", grantId],
    ["draw", "2024-12-31", "20000", grantId],
  ]);
  expect(of(deadlines, "period")!.origin).toMatchObject({
    documentKind: "grant",
    documentId: grantId,
  });
  expect(of(deadlines, "draw")!.origin).toMatchObject({
    by: "programme",
    key: "ni-digitalpakt-2019",
    addresses: [expect.stringMatching(/^https?:/), ...Array(4).fill(expect.any(String))],
  });
});

test("what is spent and drawn is not due any more", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  const lines = [invoiceLine(lineOf("2.1"), "10000"), invoiceLine(lineOf("2.4"), "10000")];
  const [invoiceId, paymentId, drawdownId] = [randomUUID(), randomUUID(), randomUUID()];
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, invoiceDraft(lines)));
  const payment = { paidOn: "2021-07-01", cashDiscount: euro("0"), paidAmount: euro("20000") };
  accepted(await certifyAndPay(clerk, paymentId, invoiceId, payment));
  const drawdown = {
    kind: "refund" as const,
    requestedOn: "2021-08-01",
    amount: euro("20000"),
    purpose: "bezahlt",
  };
  accepted(await requestDrawdown(clerk, drawdownId, grantId, drawdown));
  const kinds = (await open(clerk)).map(({ kind }) => kind);
  expect(kinds).toEqual(["report", "application", "approval"]);

  const reversal = { reversedOn: "2021-08-01", reason: "Irrtum" };
  accepted(await reverseDocument(clerk, { kind: "drawdown", id: drawdownId }, reversal));
  expect(of(await open(clerk), "draw")!.amount!.toFixed()).toBe("20000");
});

test("a payout is to be spent by its day; one that was reversed is not", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId } = await createGrant(office, {
    terms: { advanceRate: percent("50"), spendWithinMonths: 2 },
  });
  const [drawdownId, payoutId] = [randomUUID(), randomUUID()];
  const drawdown = {
    kind: "advance" as const,
    requestedOn: "2021-08-01",
    amount: euro("500"),
    purpose: "Vorschuss",
  };
  accepted(await requestDrawdown(clerk, drawdownId, grantId, drawdown));
  const { schoolAuthorityId } = clerk;
  const payout = { receivedOn: "2021-09-01", amount: euro("500"), spendBy: "2021-11-01" };
  await db.insert(payouts).values({ id: payoutId, schoolAuthorityId, drawdownId, ...payout });
  expect(of(await open(clerk), "spend_by")).toMatchObject({
    id: `spend_by-${grantId}-${payoutId}`,
    on: "2021-11-01",
    amount: euro("500"),
    detail: "1",
  });
  const reversal = { documentKind: "payout" as const, documentId: payoutId };
  const words = { reversedOn: "2021-09-01", reason: "Irrtum" };
  await db.insert(reversals).values({ schoolAuthorityId, ...reversal, ...words });
  expect(of(await open(clerk), "spend_by")).toBeUndefined();
});

test("a final proof on file ends what it accounts for", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId } = await createGrant(office);
  await db.insert(proofsOfUse).values({
    schoolAuthorityId: clerk.schoolAuthorityId,
    grantId,
    kind: "final",
    asOf: "2021-12-31",
    submittedOn: "2022-01-10",
    report: "Bericht",
    figures: "{}",
    seal: "",
  });
  const kinds = (await open(clerk)).map(({ kind }) => kind);
  expect(kinds).toEqual(["report", "application", "approval"]);
});

test("nobody reads the deadlines of another authority", async () => {
  await createGrant(await createOffice());
  const stranger = await createOffice();
  expect(await loadDeadlines(stranger.clerk, today)).toEqual([]);
});

test("the school board reads the days, and only its own sums", async () => {
  const office = await createOffice();
  await createGrant(office);
  const deadlines = await open(office.board);
  const known = deadlines.filter(({ amount }) => amount !== null).map(({ kind }) => kind);
  expect(deadlines).toHaveLength(6);
  expect(known).toEqual(["application", "approval", "period"]);
});

test("no grant costs a query of its own", async () => {
  const office = await createOffice();
  await createSchools(office.clerk);
  await createEnvelope(office.clerk);
  const without = await queries(() => loadDeadlines(office.clerk, today));
  const granted = await createOffice();
  await createGrant(granted);
  expect(await queries(() => loadDeadlines(granted.clerk, today))).toBe(without);
  expect(without).toBeLessThan(20);
});

/** How many statements the database got meanwhile. */
async function queries(run: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(db.$client, "unsafe");
  try {
    await run();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}

test("the spy of queries sees them", async () => {
  expect(await queries(() => db.execute(sql`select 1`))).toBe(1);
});
