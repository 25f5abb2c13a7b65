import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { costOfYear } from "#app/domain/accrual.ts";
import { lastDayOf } from "#app/domain/contract-run.ts";
import type { ContractChangeDraft } from "#app/domain/contract-change.ts";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { changeContract } from "#app/records/contract-changes.server.ts";
import { recordContract } from "#app/records/contract-recording.server.ts";
import { listContracts, requireContract } from "#app/records/contracts.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { listIndexValues, recordIndexValue } from "#app/records/index-values.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { listRecurring } from "#app/records/recurring.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { listSuppliers } from "#app/records/suppliers.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { contractDraft, createContract } from "#tests/support/contracts.ts";
import { accepted, createGrant, createOffice, createSchools } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const price: ContractChangeDraft = {
  kind: "price",
  changedOn: "2023-05-01",
  validFrom: "2023-07-01",
  amount: euro("120"),
  indexBase: null,
  reason: "Schreiben vom 1. Mai",
};
const termination = {
  ...price,
  kind: "termination" as const,
  validFrom: "2023-12-31",
  amount: null,
  reason: "nicht mehr gebraucht",
};

async function costOf(clerk: User, id: string, year: number) {
  return costOfYear(await requireContract(clerk, id), year).toFixed(2);
}

test("a contract is on file with its supplier, and moves no money", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);

  expect(await requireContract(clerk, id)).toMatchObject({
    number: "V-1",
    supplier: "Netzbau GmbH",
  });
  expect((await listSuppliers(clerk)).map(({ name }) => name)).toEqual(["Netzbau GmbH"]);
  const proofs = await verifyJournal(clerk.schoolAuthorityId);
  expect(proofs.flatMap(({ findings }) => findings)).toEqual([]);
  expect((await loadAttachments(clerk, { subject: "contract", subjectId: id })).files).toEqual([]);
});

test("a number is given once, and again after its contract was reversed", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);
  expect(await recordContract(clerk, randomUUID(), contractDraft())).toEqual({
    field: "number",
    rule: "contract_number_taken",
  });
  await recordContract(clerk, id, contractDraft()); // sent twice
  expect(await listContracts(clerk)).toHaveLength(1);

  for (const wrong of [id, randomUUID()]) {
    if (wrong !== id) accepted(await recordContract(clerk, wrong, contractDraft()));
    const key = { kind: "contract", id: wrong } as const;
    const reversal = { reversedOn: "2022-12-01", reason: "falscher Betrag" };
    expect(await reverseDocument(clerk, key, reversal)).toBeUndefined();
  }
  await createContract(clerk, { amount: euro("90") });
  expect((await listContracts(clerk)).filter(({ stands }) => stands)).toHaveLength(1);
});

test("changes are documents: they move the cost, are reversed from the last, and come back", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);
  const [raised, ended] = [randomUUID(), randomUUID()];
  accepted(await changeContract(clerk, raised, id, price));
  accepted(await changeContract(clerk, ended, id, termination));
  expect([await costOf(clerk, id, 2023), await costOf(clerk, id, 2024)]).toEqual([
    "1320.00",
    "0.00",
  ]);
  expect(lastDayOf(await requireContract(clerk, id))).toBe("2023-12-31");

  const undo = (kind: "contract" | "contract_change", documentId: string) =>
    reverseDocument(
      clerk,
      { kind, id: documentId },
      { reversedOn: "2023-05-01", reason: "zurückgenommen" },
    );
  expect(await undo("contract", id)).toMatchObject({ rule: "reverse_dependents_first" });
  expect(await undo("contract_change", raised)).toMatchObject({ rule: "reverse_dependents_first" });
  expect(await undo("contract_change", ended)).toBeUndefined();
  expect(await costOf(clerk, id, 2024)).toBe("1440.00");
  expect(await undo("contract_change", raised)).toBeUndefined();
  expect(await costOf(clerk, id, 2024)).toBe("1200.00");
});

test("another authority's contract, school and budget line are not found", async () => {
  const [{ clerk }, owner] = [await createOffice(), await createOffice()];
  const { lineOf, schools } = await createGrant(owner);
  const id = await createContract(owner.clerk, {
    schoolId: schools[0]!.id,
    servedLineId: lineOf("2.1"),
    servedNote: "Anschluss der Netze",
  });
  await expect(requireContract(clerk, id)).rejects.toMatchObject({ status: 404 });
  await expect(changeContract(clerk, randomUUID(), id, price)).rejects.toMatchObject({
    status: 404,
  });
  expect(
    await recordContract(clerk, randomUUID(), contractDraft({ schoolId: schools[0]!.id })),
  ).toMatchObject({ rule: "school_not_on_file" });
  expect(
    await recordContract(clerk, randomUUID(), contractDraft({ servedLineId: lineOf("2.1") })),
  ).toMatchObject({ rule: "investment_not_on_file" });
});

test("a contract that serves an investment leaves the grant as it is", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  const before = await listAccounts(office.clerk, { grantId });
  await createContract(office.clerk, { servedLineId: lineOf("2.1"), servedNote: "Netz" });
  expect(await listAccounts(office.clerk, { grantId })).toEqual(before);
});

test("the database keeps contracts, their changes and index values as they were written", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);
  accepted(await changeContract(clerk, randomUUID(), id, price));
  expect(await recordIndexValue(clerk, randomUUID(), value("2098-11", "150"))).toMatchObject({
    rule: "index_month_in_the_future",
  });
  await recordIndexValue(clerk, randomUUID(), value("2023-11", "118.6"));
  for (const table of ["contracts", "contract_changes", "index_values"]) {
    const name = sql.identifier(table);
    for (const change of [
      sql`update ${name} set created_at = now()`,
      sql`delete from ${name}`,
      sql`truncate ${name} cascade`,
    ]) {
      await expect(ownerDb.execute(change)).rejects.toMatchObject({
        cause: { message: expect.stringContaining("appended only") },
      });
    }
  }
});

function value(month: string, text: string) {
  return { indexName: "VPI", month, value: factor(text), source: "Destatis" };
}

test("a second value for the same month corrects the first, and prices follow it", async () => {
  const { clerk } = await createOffice();
  const index = { adjustment: "index", indexName: "VPI", indexBase: factor("110") } as const;
  const id = await createContract(clerk, { ...index, expectedRate: percent("2") });
  expect(await costOf(clerk, id, 2024)).toBe("1224.00");
  await recordIndexValue(clerk, randomUUID(), value("2023-11", "999"));
  await recordIndexValue(clerk, randomUUID(), value("2023-11", "115.5"));
  expect((await listIndexValues(clerk)).map((one) => one.value.toFixed())).toEqual(["115.5"]);
  expect(await costOf(clerk, id, 2024)).toBe("1260.00");
});

test("what a year costs stands beside its account, and says what keeps it from being committed", async () => {
  const { clerk } = await createOffice();
  await createContract(clerk, { number: "V-1" });
  await createContract(clerk, { number: "V-2" });
  await createContract(clerk, { number: "V-3", ledgerAccount: "443100" });
  accepted(
    await recordAppropriation(clerk, randomUUID(), {
      fiscalYear: 2024,
      product: "24301",
      ledgerAccount: "442900",
      name: "Betreuung",
      amount: euro("2000"),
      decidedOn: "2023-12-01",
      resolutionId: undefined,
    }),
  );
  const recurring = await listRecurring(clerk, 2024);
  expect(recurring.map(({ amount, obstacle }) => [amount.toFixed(2), obstacle?.rule])).toEqual([
    ["1200.00", undefined],
    ["1200.00", "exceeds_account"],
    ["1200.00", "account_missing"],
  ]);
});

test("the forecast is the sum of what stands, by school, as known on a day", async () => {
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk);
  await createContract(clerk, { number: "V-1" });
  await createContract(clerk, { number: "V-2", schoolId: school!.id, signedOn: "2023-06-01" });
  const late = await loadForecast(clerk, 2024, "2023-06-01");
  expect(late.totals.amounts.map((amount) => amount.toFixed(0))).toEqual(Array(5).fill("2400"));
  expect(late.bySchool.map(({ schoolName }) => schoolName)).toEqual([null, "GS Nord"]);
  expect((await loadForecast(clerk, 2024, "2023-05-31")).totals.total.toFixed(0)).toBe("6000");
});

test("the notice day of a contract is among the deadlines until it is terminated", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk, {
    endsOn: "2023-12-31",
    renewalMonths: 12,
    noticeMonths: 3,
  });
  const noticeDays = async () =>
    (await loadDeadlines(clerk, "2023-06-01"))
      .filter(({ kind }) => kind === "contract_notice")
      .map(({ on, amount }) => `${on} ${amount?.toFixed(2)}`);
  expect(await noticeDays()).toEqual(["2023-09-30 1200.00"]);
  accepted(await changeContract(clerk, randomUUID(), id, termination));
  expect(await noticeDays()).toEqual([]);
});
