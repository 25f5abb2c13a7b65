/** The example's contracts: what the funded networks and devices cost year by year. All of them are made up. */
import { randomUUID } from "node:crypto";
import type { ContractDraft } from "#app/domain/contract.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { changeContract } from "#app/records/contract-changes.server.ts";
import { recordContract } from "#app/records/contract-recording.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { accepted } from "./load-demo.server.ts";

const common = {
  vatRate: percent("19"),
  stepOn: "new_year",
  stepRate: null,
  indexName: "",
  indexBase: null,
  expectedRate: null,
  product: "24301",
  costCentre: "",
  servedLineId: null,
  servedNote: "",
} as const;

/** What the council gives the accounts of the contracts; in 2026 the licence is dearer than planned. */
const appropriations = [
  { ledgerAccount: "429100", name: "Lizenzen (Beispiel)", amounts: { 2025: "3200", 2026: "3000" } },
  {
    ledgerAccount: "443100",
    name: "Leitungen (Beispiel)",
    amounts: { 2025: "1400", 2026: "1400" },
  },
  {
    ledgerAccount: "442900",
    name: "Betreuung (Beispiel)",
    amounts: { 2025: "4800", 2026: "4900" },
  },
];

export async function tellContracts(clerk: User, schoolOf: (name: string) => string) {
  const lines = await listAccounts(clerk, { kind: "budget_line" });
  const network = lines.find(({ code, school }) => code === "2.1" && school === "Wiethornschule");
  const contracts: Record<string, ContractDraft> = {
    platform: {
      ...common,
      number: "BSP-V-01",
      name: "Lernplattform, Jahreslizenz (Beispiel)",
      kind: "licence",
      supplier: "Lernwolke eG (Beispiel)",
      schoolId: null,
      signedOn: "2020-06-15",
      startedOn: "2020-08-01",
      endsOn: "2023-07-31",
      noticeMonths: 3,
      renewalMonths: 12,
      amount: euro("2898"),
      rhythm: "year",
      adjustment: "none",
      ledgerAccount: "429100",
    },
    fibre: {
      ...common,
      number: "BSP-V-02",
      name: "Glasfaseranschluss (Beispiel)",
      kind: "line",
      supplier: "Heidenetz GmbH (Beispiel)",
      schoolId: schoolOf("Wiethornschule"),
      signedOn: "2020-09-21",
      startedOn: "2020-11-15",
      endsOn: "2022-11-14",
      noticeMonths: 1,
      renewalMonths: 12,
      amount: euro("116.62"),
      rhythm: "month",
      adjustment: "none",
      ledgerAccount: "443100",
    },
    wireless: {
      ...common,
      number: "BSP-V-03",
      name: "Betreuung der WLAN-Netze (Beispiel)",
      kind: "support",
      supplier: "IT-Service Nord GmbH (Beispiel)",
      schoolId: null,
      signedOn: "2021-01-11",
      startedOn: "2021-02-01",
      endsOn: null,
      noticeMonths: 3,
      renewalMonths: 0,
      amount: euro("1047.20"),
      rhythm: "quarter",
      adjustment: "yearly_step",
      stepRate: percent("2.5"),
      ledgerAccount: "442900",
      servedLineId: network?.id ?? null,
      servedNote: network ? "Betreuung der geförderten Netze (Beispiel)" : "",
    },
  };
  const ids = new Map<string, string>();
  for (const [name, draft] of Object.entries(contracts)) {
    ids.set(name, randomUUID());
    accepted(await recordContract(clerk, ids.get(name)!, draft));
  }
  accepted(
    await changeContract(clerk, randomUUID(), ids.get("platform")!, {
      kind: "price",
      changedOn: "2023-02-20",
      validFrom: "2023-08-01",
      amount: euro("3186.82"),
      indexBase: null,
      reason: "Preisblatt 2023 (Beispiel)",
    }),
  );
  for (const { amounts, ...account } of appropriations) {
    for (const [year, amount] of Object.entries(amounts)) {
      const fiscalYear = Number(year);
      const draft = { ...account, fiscalYear, product: common.product, amount: euro(amount) };
      const decided = { decidedOn: `${fiscalYear - 1}-12-09`, resolutionId: undefined };
      accepted(await recordAppropriation(clerk, randomUUID(), { ...draft, ...decided }));
    }
  }
}
