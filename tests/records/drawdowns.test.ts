/** Drawing, payouts, interest and repayments on a real database, as pages, refusals and workbook say. */
import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import exceljs from "exceljs";
import { expect, test } from "vitest";
import type { Day } from "#app/domain/calendar.ts";
import type { DrawdownKind } from "#app/domain/drawdown.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { GrantTerms } from "#app/domain/terms.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { problemOf } from "#app/german/words.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { listDrawdowns, recordPayout, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { loadGrantBooks } from "#app/records/drawing.server.ts";
import { recordNotice } from "#app/records/notices.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordRepayment } from "#app/records/repayments.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { loader as drawdownPage } from "#app/routes/drawdowns.$drawdownId.tsx";
import { action, loader } from "#app/routes/grants.$grantId.drawdowns._index/route.tsx";
import {
  action as repay,
  loader as repaymentPage,
} from "#app/routes/grants.$grantId.drawdowns.repayment.tsx";
import { db } from "#db/client.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  certifyAndPay,
} from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

const today = "2026-11-24";
const advances = { advanceRate: percent("50"), spendWithinMonths: 2 };

test("two clerks can't draw the same euro at once", async () => {
  const { clerk, grantId, pay } = await setUp();
  await pay("1000", "2021-06-10");
  const both = await Promise.all([
    draw(clerk, grantId, "1000", "2021-06-11"),
    draw(clerk, grantId, "1000", "2021-06-11"),
  ]);
  expect(both.map((violation) => violation?.rule ?? "drawn").sort()).toEqual([
    "drawn",
    "exceeds_paid",
  ]);
});

test("the day of the request decides: what was paid by then, under the terms of then", async () => {
  const { clerk, grantId, pay } = await setUp();
  await pay("1000", "2021-06-10");
  expect((await draw(clerk, grantId, "0.01", "2021-06-09"))?.rule).toBe("exceeds_paid");
  accepted(await draw(clerk, grantId, "400", "2024-12-31"));
  const late = await draw(clerk, grantId, "600", "2025-01-01");
  expect(problemOf(late!).sentence).toMatch(
    /^Abgerufen werden kann nur bis zum 31\.12\.2024 \(Richt/,
  );
});

test("a payment that is reversed can't be drawn for any day", async () => {
  const { clerk, grantId, pay } = await setUp();
  const paymentId = await pay("1000", "2021-06-10");
  const undo = { reversedOn: "2021-08-01", reason: "Rücklastschrift" };
  accepted(await reverseDocument(clerk, { kind: "payment", id: paymentId }, undo));
  for (const on of ["2021-06-10", "2021-08-01"]) {
    expect((await draw(clerk, grantId, "1", on))?.rule).toBe("exceeds_paid");
  }
});

test("page, refusal, workbook and journal name the same cents", async () => {
  const { clerk, grantId, pay } = await setUp({ drawUntil: "2026-12-31" });
  await pay("1234.56", "2021-06-10");
  accepted(await draw(clerk, grantId, "1000.01", "2021-06-11"));
  const page = await open(clerk, grantId);
  expect(page.can).toMatchObject({ paid: "1234.56", due: "1234.56", drawn: "1000.01" });
  expect(page.can.refund).toBe("234.55");

  const form = { ...fields, kind: "refund", amount: "234,56" };
  const { status, body } = await answer(async () =>
    action(await post(clerk, "/", form, { grantId })),
  );
  expect(status).toBe(422);
  expect((body as { error: Record<string, string[]> }).error.amount).toEqual([
    "Zum 24.11.2026 können höchstens 234,55\u00a0€ abgerufen werden: Förderfähig bezahlt sind 1.234,56\u00a0€, davon trägt die Zuwendung 1.234,56\u00a0€; abgerufen sind schon 1.000,01\u00a0€.",
  ]);
  const exact = { ...form, amount: "234,55" };
  const { location } = await answer(async () => action(await post(clerk, "/", exact, { grantId })));
  expect(location).toBe(`/grants/${grantId}/drawdowns`);
  expect((await open(clerk, grantId)).can.refund).toBe("0");
  expect(await columnOf(clerk, "abgerufen")).toBe("1234.56");
});

test("a deadline that has passed is said before anything is typed", async () => {
  const { clerk, grantId } = await setUp();
  const { refusal, deadline } = await open(clerk, grantId);
  expect(deadline).toMatchObject({ until: "2024-12-31" });
  expect(refusal).toMatch(/^Abgerufen werden kann nur bis zum 31\.12\.2024/);
});

test("where less came than was drawn, the rest stays open, and can still come", async () => {
  const { clerk, grantId, pay } = await setUp();
  await pay("1000", "2021-06-10");
  const id = randomUUID();
  accepted(await draw(clerk, grantId, "1000", "2021-06-11", "refund", id));
  accepted(await payout(clerk, id, "999.50", "2021-07-01"));
  const page = (await drawdownPage(await get(clerk, "/", { drawdownId: id }))) as unknown as {
    isOpen: boolean;
    drawdown: { open: string };
  };
  expect(page).toMatchObject({ isOpen: true, drawdown: { open: "0.5" } });
  expect((await payout(clerk, id, "0.51", "2021-07-02"))?.rule).toBe("exceeds_drawdown");
  accepted(await payout(clerk, id, "0.50", "2021-07-02"));
  expect((await listDrawdowns(clerk, grantId))[0]).toMatchObject({ open: euro("0") });
});

test("an advance is only what the notice allows, and is to be spent in its time", async () => {
  const refundOnly = await setUp();
  const refused = await draw(refundOnly.clerk, refundOnly.grantId, "1", "2021-01-10", "advance");
  expect(refused?.rule).toBe("advance_not_allowed");

  const { clerk, grantId } = await setUp(advances);
  expect((await draw(clerk, grantId, "10000.01", "2021-01-10", "advance"))?.rule).toBe(
    "exceeds_advance",
  );
  const id = randomUUID();
  accepted(await draw(clerk, grantId, "10000", "2021-01-10", "advance", id));
  accepted(await payout(clerk, id, "10000", "2021-01-31"));
  const [drawdown] = await listDrawdowns(clerk, grantId);
  expect(drawdown).toMatchObject({ kind: "advance", payouts: [{ spendBy: "2021-03-31" }] });
});

test("late money bears interest until it is spent or given back, and all agree on it", async () => {
  const { clerk, grantId, pay } = await setUp(advances);
  const id = randomUUID();
  accepted(await draw(clerk, grantId, "10000", "2021-01-10", "advance", id));
  const payoutId = randomUUID();
  accepted(await payout(clerk, id, "10000", "2021-01-31", payoutId));
  await pay("4000", "2021-04-20");
  // Spent by 31.03.2021: 20 days of 10 000 and 30 days of 6 000, at -0,88 + 5 %.
  const repayment = {
    id: randomUUID(),
    repaidOn: "20.05.2021",
    amount: "6.000,00",
    interestAmount: "42,90",
    reason: "nicht binnen zwei Monaten verwendet",
  };
  const { location } = await answer(async () =>
    repay(await post(clerk, "/", repayment, { grantId })),
  );
  expect(location).toBe(`/grants/${grantId}/drawdowns`);

  const page = await open(clerk, grantId);
  expect(page.late.slices).toMatchObject([
    {
      from: "2021-04-01",
      until: "2021-04-20",
      days: 20,
      amount: "10000",
      interest: { due: "22.58" },
    },
    {
      from: "2021-04-21",
      until: "2021-05-20",
      days: 30,
      amount: "6000",
      interest: { due: "20.32" },
    },
  ]);
  expect(page.late.total).toBe("42.9");
  expect(page).toMatchObject({ repaid: "6000", interestPaid: "42.9" });
  const form = (await repaymentPage(await get(clerk, "/", { grantId }))) as unknown as {
    interestDue: string;
  };
  expect(form.interestDue).toBe(page.late.total);
  expect(await columnOf(clerk, "zurückgezahlt")).toBe("6000");
  expect(await columnOf(clerk, "Zinsen")).toBe("42.9");

  const undo = (kind: "payout" | "repayment", documentId: string) =>
    reverseDocument(clerk, { kind, id: documentId }, { reversedOn: today, reason: "Irrtum" });
  expect((await undo("payout", payoutId))?.rule).toBe("reversal_overspends");
  expect((await undo("repayment", repayment.id))?.rule).toBeUndefined();
  expect((await undo("payout", payoutId))?.rule).toBeUndefined();
  expect(await columnOf(clerk, "zurückgezahlt")).toBe("0");
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

test("no more is given back than came, and a grant stands on its repayments", async () => {
  const { clerk, grantId, pay } = await setUp();
  await pay("1000", "2021-06-10");
  const repaid = (amount: string, repaidOn: Day) =>
    recordRepayment(clerk, randomUUID(), grantId, {
      repaidOn,
      amount: euro(amount),
      interestAmount: euro("0"),
      reason: "Kürzung",
    });
  expect((await repaid("1", "2021-07-01"))?.rule).toBe("nothing_received");
  const id = randomUUID();
  accepted(await draw(clerk, grantId, "1000", "2021-06-11", "refund", id));
  accepted(await payout(clerk, id, "800", "2021-07-01"));
  expect((await repaid("1", "2021-06-30"))?.rule).toBe("before_first_payout");
  expect((await repaid("800.01", "2021-07-01"))?.rule).toBe("exceeds_received");
  accepted(await repaid("300", "2021-07-01"));
  expect((await repaid("500.01", "2021-07-01"))?.rule).toBe("exceeds_received");

  const reversal = { reversedOn: today, reason: "Irrtum" };
  const refused = await reverseDocument(clerk, { kind: "grant", id: grantId }, reversal);
  expect(problemOf(refused!).sentence).toContain("Rückzahlung vom 01.07.2021");
});

test("a revocation ends the drawing, and the workbook shows what it claims back", async () => {
  const { clerk, grantId, pay } = await setUp();
  await pay("1000", "2021-06-10");
  accepted(await draw(clerk, grantId, "600", "2021-06-11"));
  const id = randomUUID();
  accepted(
    await recordNotice(clerk, id, grantId, {
      kind: "revocation",
      noticeOn: "2022-03-01",
      validFrom: "2022-03-01",
      reference: "W 7",
      reason: "nicht zweckentsprechend",
      grantAmount: euro("0"),
    }),
  );
  expect((await draw(clerk, grantId, "1", "2022-03-01"))?.rule).toBe("grant_is_revoked");
  expect((await draw(clerk, grantId, "1", "2022-02-28"))?.rule).toBe("exceeds_paid");
  expect(await columnOf(clerk, "zurückgefordert")).toBe("600");
  const undo = { reversedOn: today, reason: "aufgehoben" };
  accepted(await reverseDocument(clerk, { kind: "notice", id }, undo));
  expect(await columnOf(clerk, "zurückgefordert")).toBe("0");
  accepted(await draw(clerk, grantId, "400", "2022-03-01"));
});

test("the first final proof of use counts, and no interim one", async () => {
  const { clerk, grantId } = await setUp();
  const { schoolAuthorityId } = clerk;
  const proofOn = async () => {
    const grant = await requireGrant(clerk, grantId);
    return (await loadGrantBooks(clerk, grant)).proofOn;
  };
  const submit = (kind: "interim" | "final", submittedOn: Day) =>
    db.insert(proofsOfUse).values({
      schoolAuthorityId,
      grantId,
      kind,
      asOf: submittedOn,
      submittedOn,
      report: "",
      figures: "{}",
      seal: "",
    });
  await submit("interim", "2021-01-01");
  expect(await proofOn()).toBeNull();
  await submit("final", "2022-01-02");
  await submit("final", "2022-05-01");
  expect(await proofOn()).toBe("2022-01-02");
});

const fields = { id: randomUUID(), requestedOn: "24.11.2026", purpose: "bezahlte Rechnungen" };

async function setUp(terms: Partial<GrantTerms> = {}) {
  const office = await createOffice();
  const { clerk } = office;
  const grant = await createGrant(office, { terms });
  const pay = async (amount: string, paidOn: Day) => {
    const [invoiceId, paymentId] = [randomUUID(), randomUUID()];
    const lines = [invoiceLine(grant.lineOf("2.1"), amount)];
    const draft = invoiceDraft(lines, { number: invoiceId.slice(0, 8), invoicedOn: paidOn });
    accepted(await recordInvoice(clerk, invoiceId, { grantId: grant.grantId }, draft));
    const payment = { paidOn, cashDiscount: euro("0"), paidAmount: euro(amount) };
    accepted(await certifyAndPay(clerk, paymentId, invoiceId, payment));
    return paymentId;
  };
  return { ...office, ...grant, pay };
}

function draw(
  clerk: User,
  grantId: string,
  amount: string,
  requestedOn: Day,
  kind: DrawdownKind = "refund",
  id: string = randomUUID(),
) {
  const draft = { requestedOn, kind, amount: euro(amount), purpose: "bezahlte Rechnungen" };
  return requestDrawdown(clerk, id, grantId, draft);
}

function payout(
  clerk: User,
  drawdownId: string,
  amount: string,
  receivedOn: Day,
  id: string = randomUUID(),
) {
  return recordPayout(clerk, id, drawdownId, { receivedOn, amount: euro(amount) });
}

type Page = {
  can: Record<string, string>;
  refusal: string | null;
  deadline: { until: string } | null;
  late: { total: string; slices: object[] };
  repaid: string;
  interestPaid: string;
};

async function open(clerk: User, grantId: string): Promise<Page> {
  return (await loader(await get(clerk, "/", { grantId }))) as unknown as Page;
}

/** The sum of a column of the sheet "Mittelabruf", in a workbook whose controls all agree. */
async function columnOf(clerk: User, title: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await writeAuditBook(await loadAuditBook(clerk, { asOf: today }, "test"), file);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(file);
  workbook.getWorksheet("Kontrolle")!.eachRow((row) => {
    row.eachCell((cell) => expect(cell.result ?? cell.value).not.toBe("NEIN"));
  });
  const sheet = workbook.getWorksheet("Mittelabruf")!;
  const column = (sheet.getRow(1).values as unknown[]).indexOf(title);
  let cents = 0;
  sheet.eachRow((row, number) => {
    if (number > 1) cents += Math.round(Number(row.getCell(column).value) * 100);
  });
  return String(cents / 100);
}
