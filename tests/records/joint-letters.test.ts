import { expect, test } from "vitest";
import { letterKinds } from "#app/domain/joint-letter.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { requireJointLetter } from "#app/records/joint-letters.server.ts";
import { loader as file } from "#app/routes/joint-services.$jointServiceId_.years.$year_.letters.$memberId[.]pdf.ts";
import { loader as page } from "#app/routes/joint-services.$jointServiceId_.years.$year_.letters.$memberId.tsx";
import { action as settings, loader as shown } from "#app/routes/settings.tsx";
import { createOffice } from "#tests/support/factories.ts";
import { settledYear } from "#tests/support/joint-year.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("each member but the performing one gets its letters from the books, on a page and as a file", async () => {
  const { clerk } = await createOffice();
  const { service, members } = await settledYear(clerk, "A");
  const [a, b] = members;
  for (const kind of letterKinds) {
    const address = { jointServiceId: service, fiscalYear: 2024, memberId: b!.id, kind };
    const { letter } = await requireJointLetter(clerk, address);
    expect(letter.sender.name).toBe("A");
    expect(letter.resolution).toBe("V/B vom 11.12.2022");
    if (kind === "plan") continue;
    expect(letter.share.amount.toFixed(2)).toBe("11691.47");
    expect(letter.payments.map(({ paidOn }) => paidOn)).toEqual(["2024-03-15", "2024-09-15"]);
    expect(letter.result).toMatchObject({ kind: "additional_payment", until: "2025-03-03" });
  }

  const ask = async (user: User, loader: typeof file | typeof page, memberId: string) => {
    const params = { jointServiceId: service, year: "2024", memberId };
    const request = await get(user, "/", params);
    return answer(() => (loader as (args: typeof request) => unknown)(request));
  };
  const stranger = (await createOffice()).clerk;
  for (const loader of [page, file]) {
    expect((await ask(clerk, loader, b!.id)).status).toBe(200);
    expect((await ask(clerk, loader, a!.id)).status).toBe(404);
    expect((await ask(stranger, loader, b!.id)).status).toBe(404);
  }
});

test("the administrator settles the account that letters name, and only one that can exist", async () => {
  const { clerk, administrator } = await createOffice();
  const { service, members } = await settledYear(clerk, "A");
  const form = {
    inputTaxRate: "0",
    overBudgetOrders: "stop",
    overBudgetInvoices: "stop",
    overBudgetRecurring: "stop",
  };
  const send = async (given: object) => {
    const { body } = await answer(async () => shown(await get(administrator, "/settings")));
    const { version } = body as { version: string };
    const typed = { ...form, version, ...given };
    return answer(async () => settings(await post(administrator, "/settings", typed)));
  };
  const problems = async (given: object) =>
    ((await send(given)).body as { error: Record<string, string[]> }).error;
  // Two digits changed places.
  expect(await problems({ iban: "DE02 1203 0000 0000 2020 15" })).toEqual({
    iban: ["Das ist keine gültige IBAN. Bitte wie DE12 3456 … abschreiben und prüfen."],
  });
  expect(Object.keys(await problems({ bankName: "Sparkasse" }))).toEqual(["iban"]);
  const bank = { iban: "de02 1203 0000 0000 2020 51", bankName: "Sparkasse", signatory: "i. A. M" };
  expect((await send(bank)).status).toBeLessThan(400);

  const address = { jointServiceId: service, fiscalYear: 2024, memberId: members[1]!.id };
  const read = async () => (await requireJointLetter(clerk, { ...address, kind: "plan" })).letter;
  const iban = "DE02120300000000202051";
  expect((await read()).payTo).toEqual({ iban, bankName: "Sparkasse", signatory: "i. A. M" });
  expect((await send({})).status).toBeLessThan(400);
  expect((await read()).payTo).toEqual({ iban: null, bankName: null, signatory: null });
});

test("where another performs, the workbook shows what the own share moved on its appropriation", async () => {
  const { clerk } = await createOffice();
  await settledYear(clerk, "B");
  const read = (asOf: string) => loadAuditBook(clerk, { asOf }, "test");
  const book = await read("2025-12-31");
  const [own, performing, third] = book.jointParts;
  expect(own).toMatchObject({ member: "A", isOwn: true, settledOn: "2025-02-03" });
  expect(own!.result!.eq(own!.actual!.minus(own!.paid!))).toBe(true);
  for (const row of [performing, third]) expect(row).toMatchObject({ paid: null, result: null });
  const moved = (figure: string) =>
    sum(
      book.entries[0]
        .filter((entry) => entry.accountKind === "appropriation" && entry.figure === figure)
        .map(({ amount }) => amount),
    ).toFixed(2);
  expect(sum(book.jointParts.map(({ booked }) => booked)).toFixed(2)).toBe(moved("invoiced"));
  expect(sum(book.jointParts.map((row) => row.bookedPaid)).toFixed(2)).toBe(moved("paid"));
  expect(sum(book.jointParts.map(({ actual }) => actual!)).toFixed(2)).toBe("31234.57");

  // On a day before the settlement nothing of it is known.
  const early = await read("2024-06-30");
  expect(early.jointParts[0]).toMatchObject({ settledOn: null, actual: null, result: null });
  expect(early.jointParts[0]!.paid!.eq(early.jointParts[0]!.booked)).toBe(true);
  expect(
    (await loadAuditBook((await createOffice()).clerk, { asOf: "2025-12-31" }, "test")).jointParts,
  ).toEqual([]);
});
