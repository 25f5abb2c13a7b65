/**
 * The example's joint service (IKZ). The paper says "jährlich folgend ca. 10.000 €" and leaves open whose
 * money that is: the first years read it as the own share, two later ones as a joint total with a key.
 */
import { randomUUID } from "node:crypto";
import { type CostShareDraft } from "#app/domain/cost-share.ts";
import { proposedServices } from "#app/domain/joint-service.ts";
import { euro, factor } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordAgreement } from "#app/records/joint-agreements.server.ts";
import {
  recordCostShare,
  recordCostSharePayment,
  requireJointService,
} from "#app/records/joint-services.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { tellJointSupport } from "./joint-support.server.ts";
import { accepted } from "./load-demo.server.ts";

type Year = Pick<CostShareDraft, "allocationKey" | "amount"> & { isPaid: boolean };

const years: Record<number, Year> = {
  2020: { allocationKey: "own_share", amount: euro("10000"), isPaid: true },
  2021: { allocationKey: "own_share", amount: euro("10000"), isPaid: true },
  2022: { allocationKey: "own_share", amount: euro("9850.40"), isPaid: true },
  2023: { allocationKey: "own_share", amount: euro("10000"), isPaid: true },
  2024: { allocationKey: "by_weight", amount: euro("48300"), isPaid: true },
  2025: { allocationKey: "equal_parts", amount: euro("49999.98"), isPaid: true },
  2026: { allocationKey: "own_share", amount: euro("10000"), isPaid: false },
};

/** Members other than the authority are made up, and so are the pupils that weigh them. */
const members = [
  { name: "Samtgemeinde Hankensbüttel", isOwn: true, pupils: "483" },
  { name: "Mitglied A (Beispiel)", isOwn: false, pupils: "612" },
  { name: "Mitglied B (Beispiel)", isOwn: false, pupils: "540" },
  { name: "Mitglied C (Beispiel)", isOwn: false, pupils: "377" },
  { name: "Mitglied D (Beispiel)", isOwn: false, pupils: "388" },
];

export async function tellJointService(clerk: User, resolutionId: string) {
  await tellJointSupport(clerk);
  const id = randomUUID();
  accepted(
    await recordAgreement(clerk, id, {
      name: "IKZ Digitalisierung und Medienentwicklungsplanung",
      legalForm: "special_purpose_agreement",
      legalFormNote: "",
      endsOn: null,
      noticeMonths: 12,
      services: proposedServices,
      startedOn: "2020-01-01",
      resolutionId,
      note: "Vorlage SG/256/19: einmalig ca. 0 €, jährlich folgend ca. 10.000 €. Ob das der eigene Anteil oder die Summe ist, lässt sie offen.",
      members: members.map(({ name, isOwn }, index) => ({
        name,
        isOwn,
        address: `Rathausplatz ${index + 1}\n00000 Beispielort`,
        isPerforming: index === 1,
        resolution: isOwn ? "" : `Beispiel-${index}/2019`,
      })),
    }),
  );
  const service = await requireJointService(clerk, id);
  const weights = service.members.map((member) => ({
    memberId: member.id,
    weight: factor(members.find(({ name }) => name === member.name)!.pupils),
  }));

  for (const [key, { isPaid, ...cost }] of Object.entries(years)) {
    const fiscalYear = Number(key);
    accepted(
      await recordAppropriation(clerk, randomUUID(), {
        fiscalYear,
        product: "24301",
        ledgerAccount: "445200",
        name: "IKZ-Umlage Schul-IT (Beispiel)",
        amount: euro("10000"),
        decidedOn: fiscalYear === 2020 ? "2019-12-11" : `${fiscalYear - 1}-12-09`,
        resolutionId: fiscalYear === 2020 ? resolutionId : undefined,
      }),
    );
    const appropriation = (await listAccounts(clerk, { kind: "appropriation" })).find(
      (account) => account.fiscalYear === fiscalYear,
    )!;
    const costShareId = randomUUID();
    accepted(
      await recordCostShare(clerk, costShareId, id, {
        fiscalYear,
        appropriationAccountId: appropriation.id,
        demandedOn: `${fiscalYear}-03-02`,
        number: `BSP-IKZ-${fiscalYear}`,
        weights: cost.allocationKey === "by_weight" ? weights : [],
        ...cost,
      }),
    );
    if (!isPaid) continue;
    const paidOn = `${fiscalYear}-03-30`;
    accepted(await recordCostSharePayment(clerk, randomUUID(), costShareId, { paidOn }));
  }
}
