import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { recordJointCost } from "#app/records/joint-payments.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { accepted, createOffice } from "#tests/support/factories.ts";
import {
  createAgreement,
  createAppropriation,
  createPlannedYear,
} from "#tests/support/joint-year.ts";

test("own shares go on until we leave, each year with its own, as known on the day", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  await planShare(clerk, service, 2024, "10000");
  const last = await planShare(clerk, service, 2025, "12000");
  const on = async (asOf: string) => (await amounts(clerk, 2024, asOf)).join(" ");
  expect(await on("2025-03-01")).toBe("10000 12000 12000 12000 12000");
  expect(await on("2024-06-01")).toBe("10000 10000 10000 10000 10000");
  expect(await on("2024-01-14")).toBe("");

  const undo = { reversedOn: "2025-06-01", reason: "falsch" };
  accepted(await reverseDocument(clerk, { kind: "joint_plan", id: last }, undo));
  expect(await on("2025-07-01")).toBe("10000 10000 10000 10000 10000");
  expect(await on("2025-03-01")).toBe("10000 12000 12000 12000 12000");

  const { members } = await requireAgreement(clerk, service);
  accepted(
    await recordMembership(clerk, randomUUID(), service, {
      kind: "left", changedOn: "2025-12-31", reason: "K", resolution: "",
      memberId: members[0]!.id, name: "", address: "",
    }), // prettier-ignore
  );
  expect(await on("2026-01-10")).toBe("10000 10000 0 0 0");
  expect(await on("2025-03-01")).toBe("10000 12000 12000 12000 12000");

  const { clerk: stranger } = await createOffice();
  expect((await loadForecast(stranger, 2024, "2024-06-01")).rows).toEqual([]);
});

test("a settled year counts with what our share came to, from the day of its settlement", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  await planShare(clerk, service, 2024, "10000");
  accepted(
    await recordJointCost(clerk, randomUUID(), service, 2024, {
      kind: "other", incurredOn: "2024-12-01", description: "Support", reference: "B-1",
      invoiceId: undefined, hours: undefined, rate: undefined, amount: euro("8000"),
    }), // prettier-ignore
  );
  const id = randomUUID();
  const end = { settledOn: "2025-02-01", number: "JA", dueOn: "2025-03-01" };
  accepted(await recordSettlement(clerk, id, service, 2024, end));
  const on = async (asOf: string) => (await amounts(clerk, 2024, asOf)).join(" ");
  expect(await on("2025-01-31")).toBe("10000 10000 10000 10000 10000");
  expect(await on("2025-02-01")).toBe("8000 8000 8000 8000 8000");
  const { bound } = (await loadForecast(clerk, 2024, "2025-02-01")).rows[0]!;
  expect(bound.map((amount) => amount.toFixed(0)).join(" ")).toBe("8000 0 0 0 0");

  await planShare(clerk, service, 2025, "9000");
  expect(await on("2025-03-01")).toBe("8000 9000 9000 9000 9000");
  const undo = { reversedOn: "2025-04-01", reason: "falsch" };
  accepted(await reverseDocument(clerk, { kind: "joint_settlement", id }, undo));
  expect(await on("2025-05-01")).toBe("10000 9000 9000 9000 9000");
  expect(await on("2025-03-01")).toBe("8000 9000 9000 9000 9000");
});

test("where we perform, our share is our own contracts and no row of its own", async () => {
  const { clerk } = await createOffice();
  await createPlannedYear(clerk, 2024);
  expect((await loadForecast(clerk, 2024, "2024-06-01")).rows).toEqual([]);
});

async function amounts(clerk: User, firstYear: number, asOf: string) {
  const { rows } = await loadForecast(clerk, firstYear, asOf);
  return rows.flatMap((row) => row.amounts.map((amount) => amount.toFixed(0)));
}

async function planShare(clerk: User, service: string, fiscalYear: number, amount: string) {
  const id = randomUUID();
  accepted(
    await recordPlan(clerk, id, service, {
      fiscalYear,
      reading: "own_share",
      number: "1",
      plannedOn: `${fiscalYear}-01-15`,
      amount: euro(amount),
      appropriationAccountId: await createAppropriation(clerk, fiscalYear, "20000"),
      dueDays: [`${fiscalYear}-03-15`],
    }),
  );
  return id;
}
