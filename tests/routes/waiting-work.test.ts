/** What waits for whom: the first page says it, and the pages of the school and its board say the same of the money. */
import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { withinAccess } from "#app/audit-access.server.ts";
import { today } from "#app/clock.server.ts";
import { euro } from "#app/domain/money.ts";
import type { Role, User } from "#app/domain/permission.ts";
import { formatDay } from "#app/german/notation.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { certifyInvoice, listUncertified } from "#app/records/certifications.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { listPayable } from "#app/records/open-invoices.server.ts";
import { endWish, recordWish } from "#app/records/school-wishes.server.ts";
import { listUsers, recordUser } from "#app/records/users.server.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { loader as invoicePage } from "#app/routes/invoices.$invoiceId/route.tsx";
import { action as wishByForm, loader as ownSchool } from "#app/routes/own-school.tsx";
import { loader as remaining } from "#app/routes/remaining.tsx";
import { db } from "#db/client.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  createSchoolPerson,
  invoiceDraft,
  invoiceLine,
  spend,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get, post } from "#tests/support/request.ts";
import * as spending from "#tests/support/spending-case.ts";

/** A grant whose deadline has passed, with the people around it. */
async function town() {
  const office = await createOffice();
  const grant = await createGrant(office);
  const schoolId = grant.schools.find(({ name }) => name === "GS Nord")!.id;
  const school = await createSchoolPerson(office.administrator, schoolId);
  const treasurer = await createPerson(office.administrator, "treasurer");
  return { ...office, ...grant, school, treasurer, schoolId };
}

async function createPerson(administrator: User, role: Role): Promise<User> {
  const email = `${role}-${randomUUID()}@example.org`;
  await recordUser(administrator, { name: "Person", email, roles: [role] });
  const account = (await listUsers(administrator)).find((one) => one.email === email)!;
  return (await withinAccess({ ...account, schoolAuthorityId: administrator.schoolAuthorityId }))!;
}

const pageOf = async <Page>(loader: (args: never) => unknown, user: User, params = {}) =>
  (await answer(async () => loader((await get(user, "/", params)) as never))).body as Page;

type Share = Record<"usable" | "lapsed" | "baseNotGranted", string> & { parts: object[] };

test("the school and its board read the same of what is left: once the deadline has passed nothing is free", async () => {
  const { clerk, board, school, schoolId, grantId, lineOf } = await town();
  await spend(clerk, grantId, lineOf("2.1"), "1234.56");
  const boards = await pageOf<{ schools: (Share & { schoolId: string })[] }>(remaining, board);
  const own = await pageOf<{
    schools: { share: Share; lines: { usable: string; lapsed: string; until: string }[] }[];
  }>(ownSchool, school);
  const share = boards.schools.find((one) => one.schoolId === schoolId)!;
  expect(own.schools[0]!.share).toEqual(share);
  expect(share).toMatchObject({ usable: "0", lapsed: "8765.44" });
  expect(own.schools[0]!.lines).toMatchObject([{ usable: "0", lapsed: "8765.44" }]);
  expect(own.schools[0]!.lines[0]!.until < today()).toBe(true);
});

test("the treasurer sees what is certified and not paid, the soonest due first; the invoice says what is missing before", async () => {
  const { clerk, deputy, treasurer, grantId, lineOf } = await town();
  const record = async (number: string, dueOn: string | null) => {
    const id = randomUUID();
    const lines = [invoiceLine(lineOf("2.1"), "100")];
    accepted(await recordInvoice(clerk, id, { grantId }, invoiceDraft(lines, { number, dueOn })));
    return id;
  };
  const ids = [await record("R-1", null), await record("R-2", "2021-06-20")];
  ids.push(await record("R-3", "2021-07-01"));
  const waitingFor = async (user: User) =>
    (await pageOf<{ waiting: { payable: { id: string; open: string }[] } }>(overview, user)).waiting
      .payable;
  const page = (id: string) =>
    pageOf<{ awaitsCertification: boolean; mayPay: boolean }>(invoicePage, treasurer, {
      invoiceId: id,
    });
  expect(await waitingFor(treasurer)).toEqual([]);
  expect(await page(ids[0]!)).toMatchObject({ awaitsCertification: true, mayPay: false });

  for (const id of ids)
    accepted(await certifyInvoice(deputy, id, { certifiedOn: "2021-06-02", note: "" }));
  expect(await waitingFor(treasurer)).toMatchObject([
    { id: ids[1], open: "100", isOverdue: true },
    { id: ids[2] },
    { id: ids[0], dueOn: null, isOverdue: false },
  ]);
  expect(await page(ids[0]!)).toMatchObject({ awaitsCertification: false, mayPay: true });

  const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("100") };
  accepted(await certifyAndPay(clerk, randomUUID(), ids[1]!, payment));
  expect((await waitingFor(treasurer)).map(({ id }) => id)).toEqual([ids[2], ids[0]]);
}, 120_000);

test("what waits for payment is asked in one query, however many pay, and is what the lists of invoices say", async () => {
  const of = await spending.openCase();
  const { clerk, deputy, administrator, grantId, lineOf } = of;
  const account = await createBudgetAccount(clerk, { fiscalYear: 2021 });
  const certified = async (id: string) =>
    accepted(await certifyInvoice(deputy, id, { certifiedOn: "2021-07-02", note: "" }));
  const [one, two] = [lineOf("2.1"), lineOf("2.4")];
  const bill = (amount: string, given = {}) =>
    spending.invoice(of, [invoiceLine(one, amount), invoiceLine(two, amount)], given);
  // Not certified; paid; certified; paid in part, with a discount and credited since; credited whole; reversed.
  await bill("11");
  accepted(await spending.pay(of, await bill("12"), "23", { discount: "1" }));
  await certified(await bill("13", { dueOn: "2021-07-01" }));
  const inPart = await bill("100", { dueOn: "2021-06-20" });
  accepted(await spending.pay(of, inPart, "90.01", { isPartial: true, discount: "0.99" }));
  await spending.invoice(of, [invoiceLine(one, "33.33")], spending.credits(inPart));
  const whole = await bill("15");
  await certified(whole);
  const back = [invoiceLine(one, "15"), invoiceLine(two, "15")];
  const note = await spending.invoice(of, back, spending.credits(whole));
  const reversed = await bill("16");
  const payment = randomUUID();
  const undone = await bill("17");
  accepted(await spending.pay(of, undone, "34", { id: payment }));
  accepted(await spending.reverse(of, "payment", payment));
  accepted(await spending.reverse(of, "invoice", reversed));
  await certified(note);
  const municipal = randomUUID();
  const line = { ...invoiceLine(account, "80"), costKind: "running" as const };
  const draft = invoiceDraft([line], { number: "H-1" });
  accepted(await recordInvoice(clerk, municipal, { fiscalYear: 2021 }, draft));
  await certified(municipal);

  const treasurer = await createPerson(administrator, "treasurer");
  const asked = vi.spyOn(db.$client, "unsafe");
  const payable = await listPayable(treasurer);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  const expected = [];
  for (const funding of [{ grantId }, { fiscalYear: 2021 }]) {
    for (const listed of await listInvoices(treasurer, funding)) {
      const { id, number, supplier, open, dueOn, discountUntil, kind, state } = listed;
      if (kind === "credit_note" || !["certified", "part_paid"].includes(state)) continue;
      const place = funding.grantId
        ? (await requireGrant(treasurer, grantId)).fileNumber
        : "Haushalt 2021";
      expected.push({ id, number, supplier, place, open: open.toFixed(), dueOn, discountUntil });
    }
  }
  const inOrder = (rows: { id: string }[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(expected).toHaveLength(4);
  expect(inOrder(payable.map((row) => ({ ...row, open: row.open.toFixed() })))).toEqual(
    inOrder(expected),
  );
  expect(payable.slice(0, 2).map(({ dueOn }) => dueOn)).toEqual(["2021-06-20", "2021-07-01"]);
  expect((await listPayable((await createOffice()).clerk)).length).toBe(0);
}, 120_000);

test("a wish waits on the clerk's first page until it is answered, and on nobody else's", async () => {
  const { clerk, treasurer, school, schoolId } = await town();
  const wish = { schoolId, what: "Tafel", costKind: "investment" as const, quantity: 1 };
  const id = randomUUID();
  const more = { estimatedAmount: euro("4000"), wantedBy: null, reason: "defekt" };
  accepted(await recordWish(school, id, { ...wish, ...more }));
  const waiting = async (user: User) =>
    (await pageOf<{ waiting: { wishes: number } }>(overview, user)).waiting.wishes;
  expect([await waiting(clerk), await waiting(treasurer)]).toEqual([1, 0]);
  accepted(await endWish(clerk, id, { end: "taken_up", reason: "" }));
  expect(await waiting(clerk)).toBe(0);
});

test("a wish for a day that has passed is refused", async () => {
  const { school, schoolId } = await town();
  const fields = {
    ...{ id: randomUUID(), schoolId, what: "Tafel", costKind: "investment", quantity: "1" },
    ...{ estimatedAmount: "4.000,00", reason: "defekt" },
  };
  const wish = async (wantedBy: string) =>
    answer(async () => wishByForm(await post(school, "/own-school", { ...fields, wantedBy })));
  const refused = await wish("01.08.2020");
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body)).toContain('"wantedBy":["Dieser Tag ist schon vorbei.');
  expect((await wish(formatDay(today()))).status).toBe(302);
});

test("whoever certifies is told which invoice has no file", async () => {
  const { clerk, deputy, grantId, lineOf } = await town();
  const id = randomUUID();
  const lines = [invoiceLine(lineOf("2.1"), "100")];
  accepted(await recordInvoice(clerk, id, { grantId }, invoiceDraft(lines)));
  expect(await listUncertified(deputy)).toMatchObject([{ id, hasFile: false }]);
  const scan = { name: "Rechnung.txt", content: Buffer.from("Rechnung R-1") };
  accepted(await attachFile(clerk, { subject: "invoice", subjectId: id }, scan));
  expect(await listUncertified(deputy)).toMatchObject([{ id, hasFile: true }]);
});
