import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { HalfYear } from "#app/domain/half-year.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { loadHalfYear } from "#app/records/half-year.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { loader as page } from "#app/routes/reports.half-year.tsx";
import { loader as file } from "#app/routes/reports.half-year[.]csv.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  certifyAndPay,
} from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** The clock of the journal; noon, in Berlin and elsewhere the same day. */
function setClock(moment: string) {
  vi.setSystemTime(new Date(moment.length === 10 ? `${moment}T12:00:00Z` : moment));
}

async function grantOf(user: User, view: HalfYear) {
  const [programme] = await loadHalfYear(user, view);
  return programme?.grants[0];
}

/** Granted on 01.05.2020 and recorded then; one invoice of 3 000 of June 2021, recorded in July. */
async function setUp() {
  setClock("2020-05-04");
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  setClock("2021-07-10");
  const invoiceId = randomUUID();
  const lines = [invoiceLine(lineOf("2.1"), "3000")];
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, invoiceDraft(lines)));
  return { ...office, grantId, invoiceId };
}

test("an entry that was recorded later is not known earlier", async () => {
  const { clerk } = await setUp();
  const on = "2021-06-30";
  expect(await grantOf(clerk, { on, known: "2021-07-09" })).toMatchObject({
    granted: euro("20000"),
    running: euro("20000"),
    invoiced: euro("0"),
  });
  expect((await grantOf(clerk, { on, known: "2021-07-10" }))!.invoiced).toEqual(euro("3000"));
});

test("an entry of a later day is not in the report, however early it is known", async () => {
  const { clerk, invoiceId } = await setUp();
  setClock("2021-07-20");
  const payment = { paidOn: "2021-07-15", cashDiscount: euro("0"), paidAmount: euro("3000") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, payment));
  const known = "2021-12-31";
  expect((await grantOf(clerk, { on: "2021-06-30", known }))!.paid).toEqual(euro("0"));
  expect(await grantOf(clerk, { on: "2021-12-31", known })).toMatchObject({
    paid: euro("3000"),
    due: euro("3000"),
  });
});

test("a report stays what it was when something of it is reversed later", async () => {
  const { clerk, invoiceId } = await setUp();
  const view = { on: "2021-06-30", known: "2021-08-15" };
  const before = await loadHalfYear(clerk, view);
  setClock("2021-09-01");
  const reversal = { reversedOn: "2021-06-01", reason: "Irrtum" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id: invoiceId }, reversal));
  expect(await loadHalfYear(clerk, view)).toEqual(before);
  expect((await grantOf(clerk, { ...view, known: "2021-09-01" }))!.invoiced).toEqual(euro("0"));
});

test("a day ends at midnight in Berlin, in summer and in winter", async () => {
  setClock("2020-05-04");
  const office = await createOffice();
  setClock("2021-08-15T21:59:59Z");
  await createGrant(office);
  const view = { on: "2021-06-30", known: "2021-08-15" };
  expect(await grantOf(office.clerk, view)).toBeDefined();

  const late = await createOffice();
  setClock("2021-08-15T22:00:00Z");
  await createGrant(late);
  expect(await grantOf(late.clerk, view)).toBeUndefined();
  expect(await grantOf(late.clerk, { ...view, known: "2021-08-16" })).toBeDefined();

  const winter = await createOffice();
  setClock("2022-02-15T22:59:59Z");
  await createGrant(winter);
  expect(await grantOf(winter.clerk, { on: "2021-12-31", known: "2022-02-15" })).toBeDefined();
});

test("terms of a notice hold as far as it was recorded then", async () => {
  const { clerk, grantId, invoiceId } = await setUp();
  setClock("2021-07-20");
  const payment = { paidOn: "2021-06-20", cashDiscount: euro("0"), paidAmount: euro("3000") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, payment));
  // Half of the costs from 01.03.2021 on, recorded on 01.08.2021.
  await db.execute(sql`
    insert into notices (school_authority_id, grant_id, kind, notice_on, valid_from, reference, reason,
      spend_from, spend_until, funding_rate, grant_amount, line_tolerance, financing_kind,
      reclaimed_amount, created_at)
    values (${clerk.schoolAuthorityId}, ${grantId}, 'amendment', '2021-03-01', '2021-03-01', 'Z', 'R',
      '2020-01-01', '2024-12-31', 50, 10000, 0, 'share', 0, '2021-08-01T10:00:00Z')`);
  const on = "2021-06-30";
  expect((await grantOf(clerk, { on, known: "2021-07-31" }))!.due).toEqual(euro("3000"));
  expect((await grantOf(clerk, { on, known: "2021-08-01" }))!.due).toEqual(euro("1500"));
});

test("after the end of the programme no report is due", async () => {
  const { clerk } = await setUp();
  const dueOn = async (on: string) => (await loadHalfYear(clerk, { on, known: on }))[0]!.dueOn;
  expect(await dueOn("2024-12-31")).toBe("2025-02-15");
  expect(await dueOn("2025-06-30")).toBeNull();
});

test("nobody reads the report of another authority", async () => {
  await setUp();
  const stranger = await createOffice();
  expect(await loadHalfYear(stranger.clerk, { on: "2021-06-30", known: "2021-08-15" })).toEqual([]);
});

test("the address alone brings the report back, as a page and as a file", async () => {
  const { clerk, grantId } = await setUp();
  setClock("2021-09-01");
  const bare = await answer(async () => page(await get(clerk, "/reports/half-year")));
  expect(bare.location).toBe("/reports/half-year?on=2021-06-30&known=2021-09-01");

  const query = "?on=2021-06-30&known=2021-07-09";
  const shown = await answer(async () => page(await get(clerk, `/reports/half-year${query}`)));
  expect(shown.body).toMatchObject({
    isStillOpen: false,
    programmes: [
      {
        key: "ni-digitalpakt-2019",
        dueOn: "2021-08-15",
        grants: [{ id: grantId, granted: "20000", invoiced: "0" }],
        total: { granted: "20000" },
      },
    ],
  });
  const { body } = await answer(async () =>
    file(await get(clerk, `/reports/half-year.csv${query}`)),
  );
  expect(await (body as Response).text()).toContain(";20000,00;20000,00;0,00;0,00;");

  const wrong = "?on=2021-06-29&known=2021-07-09";
  const refused = await answer(async () => page(await get(clerk, `/reports/half-year${wrong}`)));
  expect(refused.body).toMatchObject({ programmes: null, problems: { on: expect.any(String) } });
  const sent = await answer(async () => file(await get(clerk, `/reports/half-year.csv${wrong}`)));
  expect(sent.location).toBe(`/reports/half-year${wrong}`);
});
