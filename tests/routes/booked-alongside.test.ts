/** A change of the budget books contracts that waited for its money: whoever books it is told before and after. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import { asRequest } from "#app/request.server.ts";
import { loader as accountPage } from "#app/routes/municipal-budget.accounts.$accountId.tsx";
import { action as change } from "#app/routes/municipal-budget.accounts.$accountId_.changes.new.tsx";
import { createContract } from "#tests/support/contracts.ts";
import { createOffice } from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("the account says which contract waits for money; after the supplement the page says what was booked with it", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk, {
    ...{ fiscalYear: 2023, ledgerAccount: "442900", amount: euro("100") },
  });
  const contractId = await createContract(clerk);
  const page = async (search = "") => {
    const args = await get(clerk, `/municipal-budget/accounts/${accountId}${search}`, {
      accountId,
    });
    return (await answer(() => accountPage(args))).body;
  };
  expect(await page()).toMatchObject({
    unbound: [{ id: contractId, difference: "1200" }],
    alongside: [],
  });

  const form = {
    ...{ id: randomUUID(), kind: "supplement", amount: "2.000,00", decidedOn: "01.03.2023" },
    ...{ decision: "Rat", reason: "Nachtrag 1" },
  };
  const args = await post(clerk, "/", form, { accountId });
  const booked = await asRequest("anfrage-nachtrag", () => answer(() => change(args)));
  expect(booked).toMatchObject({
    status: 302,
    location: `/municipal-budget/accounts/${accountId}?booked=${form.id}`,
  });
  expect(await page(`?booked=${form.id}`)).toMatchObject({
    unbound: [],
    alongside: [{ text: expect.stringContaining("Netzbau GmbH"), amount: "1200" }],
  });
  expect(await page(`?booked=${randomUUID()}`)).toMatchObject({ alongside: [] });
});
