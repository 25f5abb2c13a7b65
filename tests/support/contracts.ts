/** Contracts that are valid by default: 100 € a month from 2023 on, without end. */
import { randomUUID } from "node:crypto";
import type { ContractDraft } from "#app/domain/contract.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { recordContract } from "#app/records/contract-recording.server.ts";
import { accepted } from "./factories.ts";

export function contractDraft(given: Partial<ContractDraft> = {}): ContractDraft {
  return {
    number: "V-1",
    name: "WLAN",
    kind: "support",
    supplier: "Netzbau GmbH",
    schoolId: null,
    signedOn: "2022-12-01",
    startedOn: "2023-01-01",
    endsOn: null,
    noticeMonths: 1,
    renewalMonths: 0,
    amount: euro("100"),
    vatRate: percent("19"),
    rhythm: "month",
    adjustment: "none",
    stepOn: "new_year",
    stepRate: null,
    indexName: "",
    indexBase: null,
    expectedRate: null,
    product: "24301",
    costCentre: "",
    ledgerAccount: "442900",
    servedLineId: null,
    servedNote: "",
    ...given,
  };
}

export async function createContract(clerk: User, given: Partial<ContractDraft> = {}) {
  const id = randomUUID();
  accepted(await recordContract(clerk, id, contractDraft(given)));
  return id;
}
