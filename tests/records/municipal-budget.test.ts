import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro, sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import {
  recordExtraApproval,
  recordSupplement,
  requireBudgetAccount,
  recordUnplannedApproval,
} from "#app/records/budget-changes.server.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { listRests, recordCarryovers } from "#app/records/carryovers.server.ts";
import { closeYear, isYearClosed, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordCostShare, recordCostSharePayment } from "#app/records/joint-services.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { listUnpaid } from "#app/records/unpaid.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { loader as yearPage } from "#app/routes/municipal-budget._index.tsx";
import { db } from "#db/client.ts";
import { accepted, createOffice, invoiceDraft, invoiceLine } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { createAgreement, createAppropriation } from "#tests/support/joint-year.ts";
import { appropriationDraft, createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get } from "#tests/support/request.ts";

const decided = {
  decidedOn: "2020-06-01",
  resolutionId: undefined,
  decision: "Bürgermeister",
  reason: "Preise",
};
const reversal = { reversedOn: "2021-06-02", reason: "Irrtum" };

test("the page shows what the journal has: appropriated, supplemented, extra, covered, carried over", async () => {
  const { clerk } = await createOffice();
  const from = await createBudgetAccount(clerk, { budget: "IT" });
  const other = await createBudgetAccount(clerk, { ledgerAccount: "443100", name: "Leitungen" });
  accepted(await supplement(clerk, from, "-100.01"));
  accepted(
    await recordExtraApproval(clerk, randomUUID(), from, {
      ...decided,
      amount: euro("50"),
      coveringAccountId: other,
      additionalIncome: "",
    }),
  );
  accepted(await carry(clerk, from, "200.50"));

  const page = await yearPage(await get(clerk, "/municipal-budget?year=2020"));
  expect(page.parts[0]!.products[0]!.accounts.map(({ sums }) => sums)).toMatchObject([
    { appropriated: "1000", supplemented: "-100.01", extra: "50", covered: "0", carried: "-200.5", authorized: "749.49", available: "749.49" }, // prettier-ignore
    { appropriated: "1000", covered: "-50", authorized: "950", available: "950" },
  ]);
  const next = await yearPage(await get(clerk, "/municipal-budget?year=2021"));
  expect(next.sums).toMatchObject({ appropriated: "0", carried: "200.5", available: "200.5" });
  await expectProofs(clerk);
});

test("an account has one appropriation, one name, one part and one budget in a year", async () => {
  const { clerk } = await createOffice();
  await createBudgetAccount(clerk, { budget: "IT" });
  const again = (given: object) =>
    recordAppropriation(clerk, randomUUID(), { ...appropriationDraft, budget: "IT", ...given });
  expect(await again({})).toMatchObject({ rule: "appropriated_before" });
  expect(await again({ name: "Anderes" })).toMatchObject({ rule: "account_named_otherwise" });
  expect(await again({ budget: "Bau" })).toMatchObject({ rule: "account_in_other_budget" });
  expect(await again({ budgetPart: "financial" })).toMatchObject({
    rule: "ledger_account_of_other_part",
  });
  accepted(await again({ costCentre: "4010" }));
  accepted(await again({ fiscalYear: 2021, decidedOn: "2020-12-10" }));
});

test("a supplement that was spent can't be taken back, one that was not can", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const id = randomUUID();
  accepted(await supplement(clerk, accountId, "500", id));
  const cover = await createBudgetAccount(clerk, { ledgerAccount: "443100", name: "Leitungen" });
  const approval = randomUUID();
  accepted(
    await recordExtraApproval(clerk, approval, cover, {
      ...decided,
      amount: euro("1200"),
      coveringAccountId: accountId,
      additionalIncome: "",
    }),
  );
  const undo = (kind: "supplement" | "extra_approval", document: string) =>
    reverseDocument(clerk, { kind, id: document }, reversal);
  expect(await undo("supplement", id)).toMatchObject({ rule: "reversal_overspends" });
  accepted(await undo("extra_approval", approval));
  accepted(await undo("supplement", id));
  expect((await requireBudgetAccount(clerk, accountId)).supplemented).toEqual(euro("0"));
  await expectProofs(clerk);
});

test("two clerks can't give away the last euro twice", async () => {
  const { clerk, deputy } = await createOffice();
  const from = await createBudgetAccount(clerk);
  const to = await createBudgetAccount(clerk, { ledgerAccount: "443100", name: "Leitungen" });
  const give = (user: User) =>
    recordExtraApproval(user, randomUUID(), to, {
      ...decided,
      amount: euro("600"),
      coveringAccountId: from,
      additionalIncome: "",
    });
  const answers = await Promise.all([give(clerk), give(deputy)]);
  expect(answers.filter((one) => one === undefined)).toHaveLength(1);
  expect(answers.find((one) => one)).toMatchObject({
    rule: "cover_too_small",
    available: euro("400"),
  });
});

test("rests are proposed with what the rule allows, and posted all or none", async () => {
  const { clerk } = await createOffice();
  const licences = await createBudgetAccount(clerk, { budget: "IT" });
  const devices = await createBudgetAccount(clerk, {
    ledgerAccount: "783110",
    budgetPart: "financial",
    name: "Geräte",
  });
  expect(await listRests(clerk, 2020)).toMatchObject([
    { accountId: licences, grounds: ["budget", "earmarked"], left: euro("1000") },
    { accountId: devices, grounds: ["investment", "earmarked"], left: euro("1000") },
  ]);
  const row = { ...decided, decidedOn: "2021-02-01", reason: "Lieferung", isBegun: true };
  const rows = [
    { ...row, id: randomUUID(), accountId: licences, amount: euro("100"), ground: "budget" as const, position: 0 }, // prettier-ignore
    { ...row, id: randomUUID(), accountId: devices, amount: euro("1000.01"), ground: "investment" as const, position: 4 }, // prettier-ignore
  ];
  expect(await recordCarryovers(clerk, rows)).toMatchObject({
    field: "rows[4].amount",
    rule: "carryover_exceeds_rest",
  });
  expect(await listYearAccounts(clerk, 2021)).toEqual([]);
  const mended = [rows[0]!, { ...rows[1]!, amount: euro("1000") }];
  accepted(await recordCarryovers(clerk, mended));
  accepted(await recordCarryovers(clerk, mended)); // Sent twice.
  expect((await listYearAccounts(clerk, 2021)).map(({ carried }) => carried.toFixed())).toEqual([
    "100",
    "1000",
  ]);
  const untils = await db.execute(
    sql`select valid_until::text as until from carryovers where school_authority_id = ${clerk.schoolAuthorityId} order by amount`,
  );
  expect([...untils]).toEqual([{ until: "2021-12-31" }, { until: null }]);
  expect(await recordCarryovers(clerk, [{ ...rows[0]!, id: randomUUID(), reason: " " }])).toMatchObject({ rule: "carryover_reason_missing" }); // prettier-ignore
  expect(await recordCarryovers(clerk, [{ ...rows[0]!, id: randomUUID(), decidedOn: "2020-12-31" }])).toMatchObject({ rule: "carryover_before_year_end" }); // prettier-ignore
  await expectProofs(clerk);
});

test("a closed year takes reversals only; the reversal of its closing opens it again", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const [first, id] = [randomUUID(), randomUUID()];
  accepted(await supplement(clerk, accountId, "5", first));
  accepted(await closeYear(clerk, id, 2020, { closedOn: "2021-03-01", note: "" }));
  expect(await isYearClosed(db, clerk, 2020)).toBe(true);
  expect(await supplement(clerk, accountId, "5")).toMatchObject({ rule: "fiscal_year_closed" });
  expect(await carry(clerk, accountId, "5")).toMatchObject({ rule: "fiscal_year_closed" });
  expect(
    await recordAppropriation(clerk, randomUUID(), { ...appropriationDraft, ledgerAccount: "4" }),
  ).toMatchObject({ rule: "fiscal_year_closed", fiscalYear: 2020 });
  expect(
    await closeYear(clerk, randomUUID(), 2020, { closedOn: "2021-03-01", note: "" }),
  ).toMatchObject({ rule: "fiscal_year_closed" });
  accepted(await reverseDocument(clerk, { kind: "supplement", id: first }, reversal));

  accepted(await reverseDocument(clerk, { kind: "year_closing", id }, reversal));
  expect(await isYearClosed(db, clerk, 2020)).toBe(false);
  accepted(await supplement(clerk, accountId, "5"));
  accepted(await closeYear(clerk, randomUUID(), 2020, { closedOn: "2021-07-01", note: "" }));
  await expectProofs(clerk);
});

test("no account, no resolution and no year of another authority", async () => {
  const [own, stranger] = [await createOffice(), await createOffice()];
  const accountId = await createBudgetAccount(own.clerk);
  const foreign = await createBudgetAccount(stranger.clerk);
  expect(
    await answer(() => supplement(stranger.clerk, accountId, "5"), stranger.clerk),
  ).toMatchObject({
    status: 404,
  });
  expect(
    await recordExtraApproval(own.clerk, randomUUID(), accountId, {
      ...decided,
      amount: euro("1"),
      coveringAccountId: foreign,
      additionalIncome: "",
    }),
  ).toMatchObject({ rule: "account_not_on_file" });
  expect(
    await recordSupplement(own.clerk, randomUUID(), accountId, {
      ...decided,
      amount: euro("1"),
      resolutionId: randomUUID(),
    }),
  ).toMatchObject({ rule: "resolution_not_on_file" });
  accepted(await closeYear(stranger.clerk, randomUUID(), 2020, { closedOn: "2021-03-01", note: "" })); // prettier-ignore
  expect(await isYearClosed(db, own.clerk, 2020)).toBe(false);
});

test("the database witnesses: over budget only where a kind may be, authorization never below zero", async () => {
  const office = await createOffice();
  const accountId = await createBudgetAccount(office.clerk);
  const spend = (figure: string, amount: string) =>
    db.execute(
      sql`update balances set ${sql.identifier(figure)} = ${sql.identifier(figure)} + ${amount}::numeric where account_id = ${accountId}`,
    );
  await expect(spend("committed", "1000.01")).rejects.toMatchObject({
    cause: { constraint_name: "group_is_not_overspent" },
  });
  accepted(
    await changeSettings(office.administrator, {
      fourEyes: true,
      inputTaxRate: euro("0"),
      overBudgetOrders: "warn",
    }),
  );
  await spend("committed", "1000.01");
  await expect(spend("carried", "-1000.01")).rejects.toMatchObject({
    cause: { constraint_name: "authorization_is_not_negative" },
  });
  accepted(await supplement(office.clerk, accountId, "5"));
  await expect(
    ownerDb.execute(sql`update supplements set amount = 6 where account_id = ${accountId}`),
  ).rejects.toMatchObject({ cause: { code: "23001" } });
});

test("an account without an appropriation gets its money outside of the plan, with decision and cover", async () => {
  const { clerk } = await createOffice();
  const coveringAccountId = await createBudgetAccount(clerk);
  const draft = {
    ...{ fiscalYear: 2020, product: "24301", ledgerAccount: "421110", name: "Beamer" },
    ...decided,
    amount: euro("300"),
    coveringAccountId,
    additionalIncome: "",
  };
  const approve = (given: object) =>
    recordUnplannedApproval(clerk, randomUUID(), { ...draft, ...given });
  const refusals = [
    [{ resolutionId: undefined, decision: " " }, "decision_missing"],
    [{ coveringAccountId: undefined }, "cover_missing"],
    [{ amount: euro("1000.01") }, "cover_too_small"],
    [{ ledgerAccount: "783100" }, "ledger_account_of_other_part"],
    [{ ledgerAccount: "427100", name: "Lizenzen" }, "planned_account"],
  ] as const;
  for (const [given, rule] of refusals) expect(await approve(given)).toMatchObject({ rule });
  // A refusal opens no account.
  expect(await listYearAccounts(clerk, 2020)).toHaveLength(1);

  const id = randomUUID();
  accepted(await recordUnplannedApproval(clerk, id, draft));
  accepted(await recordUnplannedApproval(clerk, id, draft)); // Sent twice.
  const accounts = await listYearAccounts(clerk, 2020);
  expect(accounts.find(({ ledgerAccount }) => ledgerAccount === "421110")).toMatchObject({
    appropriated: euro("0"),
    extra: euro("300"),
  });
  expect(accounts.find((one) => one.id === coveringAccountId)).toMatchObject({
    covered: euro("-300"),
  });
  // A second one adds to the same account.
  accepted(await approve({ amount: euro("20") }));
  expect(await listYearAccounts(clerk, 2020)).toHaveLength(2);
  await expectProofs(clerk);
});

test("expense of a budget that was carried over is spent in the next year or not at all", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk, { budget: "IT" });
  const row = { ...decided, decidedOn: "2021-02-01", isBegun: false, position: 0 };
  const carriedOver = { ...row, id: randomUUID(), accountId, ground: "budget" as const };
  accepted(await recordCarryovers(clerk, [{ ...carriedOver, amount: euro("400") }]));
  const next = (await listYearAccounts(clerk, 2021))[0]!;
  const book = (invoicedOn: string, amount: string, number: string) => {
    const lines = [invoiceLine(next.id, amount, { costKind: "running" })];
    const draft = invoiceDraft(lines, { invoicedOn, number });
    return recordInvoice(clerk, randomUUID(), { fiscalYear: 2021 }, draft);
  };
  accepted(await book("2021-12-31", "100", "R-1"));
  const due = (await loadDeadlines(clerk, "2021-12-31")).filter(({ kind }) => kind === "carryover");
  expect(due).toMatchObject([{ on: "2021-12-31", amount: euro("300"), isDone: false }]);
  expect(await book("2022-01-01", "0.01", "R-2")).toMatchObject({
    rule: "over_budget",
    available: euro("0"),
    lapsed: euro("300"),
  });
  // Nor is it carried over a second time.
  expect(await listRests(clerk, 2021)).toMatchObject([{ left: euro("0"), lapsing: euro("300") }]);
  await expectProofs(clerk);
});

test("every paper that keeps a year open is listed, a demand beside an unpaid invoice too", async () => {
  const { clerk } = await createOffice();
  const appropriationAccountId = await createAppropriation(clerk, 2024, "10000");
  const line = invoiceLine(appropriationAccountId, "100", { costKind: "running" });
  const invoice = invoiceDraft([line], { number: "R-7", invoicedOn: "2024-03-01" });
  accepted(await recordInvoice(clerk, randomUUID(), { fiscalYear: 2024 }, invoice));
  const service = await createAgreement(clerk, "B");
  const demand = randomUUID();
  accepted(
    await recordCostShare(clerk, demand, service, {
      ...{ fiscalYear: 2024, appropriationAccountId, demandedOn: "2024-03-01", number: "1" },
      ...{ allocationKey: "own_share", amount: euro("2000"), weights: [] },
    }),
  );
  const unpaid = await listUnpaid(clerk, 2024);
  expect(unpaid.map(({ to, open }) => `${to.split("/")[1]} ${open.toFixed(2)}`)).toEqual([
    "invoices 100.00",
    "cost-shares 2000.00",
  ]);
  const [account] = await listYearAccounts(clerk, 2024);
  expect(sum(unpaid.map(({ open }) => open))).toEqual(account!.invoiced.minus(account!.paid));
  accepted(await recordCostSharePayment(clerk, randomUUID(), demand, { paidOn: "2024-04-01" }));
  expect(await listUnpaid(clerk, 2024)).toHaveLength(1);
});

test("the change log tells the settings of the budget in the words of the office", async () => {
  const office = await createOffice();
  accepted(
    await changeSettings(office.administrator, {
      fourEyes: true,
      inputTaxRate: euro("0"),
      overBudgetOrders: "warn",
      overBudgetRecurring: "stop",
    }),
  );
  const [change] = (await listChanges(office.administrator, 1)).changes;
  expect(change!.text).toBe(
    "Vier-Augen-Prinzip ein, Vorsteuerabzug 0 %, Auftrag über dem Haushalt: nur mit Begründung buchen, laufende Kosten über dem Haushalt: nicht buchen",
  );
});

function supplement(clerk: User, accountId: string, amount: string, id: string = randomUUID()) {
  return recordSupplement(clerk, id, accountId, { ...decided, amount: euro(amount) });
}

function carry(clerk: User, accountId: string, amount: string) {
  const row = { ...decided, decidedOn: "2021-02-01", isBegun: false, position: 0 };
  const ground = "earmarked" as const;
  return recordCarryovers(clerk, [
    { ...row, id: randomUUID(), accountId, amount: euro(amount), ground },
  ]);
}

async function expectProofs(user: User) {
  const verdicts = await verifyJournal(user.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}
