/** An agreement of three authorities with a key for each year, as a clerk would set it up. */
import { randomUUID } from "node:crypto";
import type { KeyBasis } from "#app/domain/joint-key.ts";
import type { AgreementDraft } from "#app/domain/joint-service.ts";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordAgreement, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordKey } from "#app/records/joint-keys.server.ts";
import { recordJointCost, recordJointPayment } from "#app/records/joint-payments.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { accepted } from "./factories.ts";

/** Terms of an agreement of the members named, one of whom performs; A is ours. */
export function agreementDraft(names: string[], performing: string): AgreementDraft {
  return {
    name: "IKZ Schul-IT",
    legalForm: "special_purpose_agreement",
    legalFormNote: "",
    startedOn: "2023-01-01",
    endsOn: null,
    noticeMonths: 12,
    resolutionId: undefined,
    note: "",
    members: names.map((name) => ({
      name,
      address: `Rathausplatz 1\n12345 ${name}`,
      isPerforming: name === performing,
      isOwn: name === "A",
      resolution: `V/${name} vom 11.12.2022`,
    })),
    services: [{ title: "Dialoggespräche mit den Schulen", points: "" }],
  };
}

export async function createAgreement(clerk: User, performing: "A" | "B") {
  const id = randomUUID();
  accepted(await recordAgreement(clerk, id, agreementDraft(["A", "B", "C"], performing)));
  return id;
}

/** A key of one basis or of two halves; a figure for each member in the order of the agreement. */
export async function giveKey(
  clerk: User,
  serviceId: string,
  fiscalYear: number,
  bases: Partial<Record<KeyBasis, string[]>>,
) {
  const { members } = await requireAgreement(clerk, serviceId);
  const entries = Object.entries(bases) as [KeyBasis, string[]][];
  const counted = entries.filter(([basis]) => basis !== "fixed_sum");
  return recordKey(clerk, randomUUID(), serviceId, {
    fiscalYear,
    components: entries.map(([basis]) => ({
      basis,
      percent: basis === "fixed_sum" ? null : percent("100").div(counted.length),
      countedOn:
        basis === "equal_parts" || basis === "fixed_sum" ? null : `${fiscalYear - 1}-09-01`,
      source: basis === "equal_parts" ? "" : "Statistik",
    })),
    figures: entries.flatMap(([basis, values]) =>
      values.map((value, index) => {
        return { basis, memberId: members[index]!.id, value: factor(value) };
      }),
    ),
  });
}

export async function createAppropriation(clerk: User, fiscalYear: number, amount: string) {
  const name = `Umlage ${amount}`;
  accepted(
    await recordAppropriation(clerk, randomUUID(), {
      fiscalYear,
      product: "24301",
      ledgerAccount: "445200",
      name,
      amount: euro(amount),
      decidedOn: `${fiscalYear - 1}-12-09`,
      resolutionId: undefined,
    }),
  );
  const accounts = await listAccounts(clerk, { kind: "appropriation" });
  return accounts.find((one) => one.fiscalYear === fiscalYear)!.id;
}

/** An agreement with a year of the joint total planned. */
export async function createPlannedYear(clerk: User, fiscalYear: number): Promise<string> {
  const serviceId = await createAgreement(clerk, "A");
  accepted(await giveKey(clerk, serviceId, fiscalYear, { equal_parts: [] }));
  accepted(
    await recordPlan(clerk, randomUUID(), serviceId, {
      fiscalYear,
      reading: "joint_total",
      number: "P-1",
      plannedOn: `${fiscalYear}-01-15`,
      amount: euro("30000"),
      appropriationAccountId: undefined,
      dueDays: [`${fiscalYear}-03-15`, `${fiscalYear}-09-15`],
    }),
  );
  return serviceId;
}

/** 2024 of three authorities, planned 30.000,01 €, really 31.234,57 €; each instalment that runs here is paid. */
export async function settledYear(clerk: User, performing: "A" | "B") {
  const service = await createAgreement(clerk, performing);
  accepted(await giveKey(clerk, service, 2024, { pupils: ["483", "612", "540"] }));
  const account = performing === "B" && (await createAppropriation(clerk, 2024, "20000.00"));
  accepted(
    await recordPlan(clerk, randomUUID(), service, {
      fiscalYear: 2024,
      reading: "joint_total",
      number: "IKZ-2024",
      plannedOn: "2024-01-15",
      amount: euro("30000.01"),
      appropriationAccountId: account || undefined,
      dueDays: ["2024-03-15", "2024-09-15"],
    }),
  );
  const { members } = await loadJointYear(clerk, service, 2024);
  for (const member of members.filter((one) => one.paysHere)) {
    for (const { dueOn, amount } of member.instalments) {
      const draft = { memberId: member.id, paidOn: dueOn, amount, note: "" };
      accepted(await recordJointPayment(clerk, randomUUID(), service, 2024, draft));
    }
  }
  accepted(
    await recordJointCost(clerk, randomUUID(), service, 2024, {
      kind: "other",
      incurredOn: "2024-11-30",
      description: "Koordination",
      reference: "R 1",
      invoiceId: undefined,
      hours: undefined,
      rate: undefined,
      amount: euro("31234.57"),
    }),
  );
  const end = { settledOn: "2025-02-03", number: "IKZ-2024-A", dueOn: "2025-03-03" };
  accepted(await recordSettlement(clerk, randomUUID(), service, 2024, end));
  return { service, members };
}
