import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { budgetReasonsTable } from "#app/exports/budget-reasons-sheet.ts";
import { euro } from "#app/domain/money.ts";
import { problemOf } from "#app/german/words.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { recordExtraApproval, requireBudgetAccount } from "#app/records/budget-changes.server.ts";
import { recordCarryovers } from "#app/records/carryovers.server.ts";
import { closeYear } from "#app/records/fiscal-years.server.ts";
import { loader as documentPage } from "#app/routes/documents.$kind.$id.tsx";
import { loader as carryovers } from "#app/routes/municipal-budget.$year.carryovers.tsx";
import { loader as newInvoice } from "#app/routes/municipal-budget.$year.invoices.new.tsx";
import { loader as moves } from "#app/routes/municipal-budget.$year.moves.tsx";
import { loader as newOrder } from "#app/routes/municipal-budget.$year.orders.new.tsx";
import { loader as start } from "#app/routes/municipal-budget.$year.start.tsx";
import { loader as accountPage } from "#app/routes/municipal-budget.accounts.$accountId.tsx";
import {
  action as change,
  loader as newChange,
} from "#app/routes/municipal-budget.accounts.$accountId_.changes.new.tsx";
import { accepted, createOffice } from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("the auditor finds who decided and why beside the document, on the account and in the workbook", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const covering = await createBudgetAccount(clerk, { ledgerAccount: "443100", name: "Leitungen" });
  const [id, carried] = [randomUUID(), randomUUID()];
  const why = { resolutionId: undefined, decision: "HVB, 01.06.2020", reason: "Unabweisbar: Ausfall" }; // prettier-ignore
  accepted(
    await recordExtraApproval(clerk, id, accountId, {
      ...why,
      decidedOn: "2020-06-01",
      amount: euro("50"),
      coveringAccountId: covering,
      additionalIncome: "",
    }),
  );
  const row = {
    ...why,
    reason: "Lieferung",
    decidedOn: "2021-02-01",
    ground: "earmarked" as const,
  };
  accepted(
    await recordCarryovers(clerk, [
      { ...row, id: carried, accountId, amount: euro("7"), isBegun: false, position: 0 },
    ]),
  );

  const params = { kind: "extra_approval", id };
  const page = await documentPage(await get(clerk, "/", params));
  expect(page.budgetReason).toMatchObject({
    ...{ reason: "Unabweisbar: Ausfall", decision: "HVB, 01.06.2020", amount: "50" },
    otherAccount: (await requireBudgetAccount(clerk, covering)).label,
  });
  for (const account of [accountId, covering]) {
    const { reasons } = await accountPage(await get(clerk, "/", { accountId: account }));
    expect(reasons.map(({ reason }) => reason)).toContain("Unabweisbar: Ausfall");
  }
  const book = async (asOf: string) =>
    budgetReasonsTable(await loadAuditBook(clerk, { asOf }, "t"));
  expect((await book("2026-01-01")).rows).toMatchObject([
    { kind: "appropriation", reason: "" },
    { kind: "appropriation", reason: "" },
    { kind: "extra_approval", reason: "Unabweisbar: Ausfall", decision: "HVB, 01.06.2020", stands: true }, // prettier-ignore
    { kind: "carryover", reason: "Lieferung", ground: "earmarked", amount: euro("7") },
  ]);
  expect((await book("2020-07-01")).rows).toHaveLength(3);
});

test("a supplement with a cover comes back: the cover would be lost without a word", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const coveringAccountId = await createBudgetAccount(clerk, { ledgerAccount: "443100" });
  const form = { id: randomUUID(), kind: "supplement", amount: "100,00", decidedOn: "01.06.2020", reason: "Preise", decision: "Rat" }; // prettier-ignore
  const send = (given: Record<string, string>) =>
    answer(async () => change(await post(clerk, "/", { ...form, ...given }, { accountId })));
  expect(await send({ coveringAccountId })).toMatchObject({ status: 422 });
  expect(await requireBudgetAccount(clerk, accountId)).toMatchObject({ supplemented: euro("0") });
  expect(await send({})).toMatchObject({ location: `/municipal-budget/accounts/${accountId}` });
});

test("a closed year offers no form: whoever asks for one is shown the year", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const forms = [newOrder, newInvoice, carryovers, moves, start];
  const ask = async () => {
    const request = async () => get(clerk, "/", { year: "2020" });
    return Promise.all(forms.map((form) => answer(async () => form(await request()))));
  };
  for (const page of await ask()) expect(page).not.toMatchObject({ status: 302 });
  accepted(await closeYear(clerk, randomUUID(), 2020, { closedOn: "2021-03-02", note: "" }));
  for (const page of await ask()) {
    expect(page).toMatchObject({ location: "/municipal-budget?year=2020" });
  }
  expect(await answer(async () => newChange(await get(clerk, "/", { accountId })))).toMatchObject({
    location: `/municipal-budget/accounts/${accountId}`,
  });
});

test("money that is gone already is called overspent, not available with a minus", () => {
  const shortage = { field: "f", rule: "over_budget", account: "Lizenzen", budget: null } as const;
  const sentence = (available: string) =>
    JSON.stringify(problemOf({ ...shortage, available: euro(available) })).replaceAll(
      "\u00a0",
      " ",
    );
  expect(sentence("-5269")).toContain("schon um 5.269,00 € überschritten");
  expect(sentence("12")).toContain("nur noch 12,00 € verfügbar");
});
