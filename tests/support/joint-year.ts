/** An agreement of three authorities with a key for each year, as a clerk would set it up. */
import { randomUUID } from "node:crypto";
import type { KeyBasis } from "#app/domain/joint-key.ts";
import type { AgreementDraft } from "#app/domain/joint-service.ts";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordAgreement, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordKey } from "#app/records/joint-keys.server.ts";
import { recordPlan } from "#app/records/joint-year-recording.server.ts";
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
