/**
 * The example's second agreement, which the authority performs itself: 2025 planned, paid in instalments,
 * settled by what it really cost, with a member who joined in mid-year; 2026 planned. All of it is made up.
 */
import { randomUUID } from "node:crypto";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { recordAgreement, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { recordKey } from "#app/records/joint-keys.server.ts";
import { recordJointCost, recordJointPayment } from "#app/records/joint-payments.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { accepted } from "./load-demo.server.ts";

const members = ["Samtgemeinde Hankensbüttel", "Mitglied E (Beispiel)", "Mitglied F (Beispiel)"];
const pupils = ["483", "415", "298", "176"];

export async function tellJointSupport(clerk: User) {
  const id = randomUUID();
  accepted(
    await recordAgreement(clerk, id, {
      name: "Gemeinsamer Schul-IT-Support (Beispiel)",
      legalForm: "special_purpose_agreement",
      legalFormNote: "",
      startedOn: "2025-01-01",
      endsOn: null,
      noticeMonths: 12,
      resolutionId: undefined,
      note: "Wir stellen eine halbe Stelle für alle.",
      members: members.map((name, index) => ({
        name,
        address: `Marktstraße ${index + 1}\n00000 Beispielort`,
        isPerforming: index === 0,
        isOwn: index === 0,
        resolution: `Beispiel-${index + 1}/2024`,
      })),
      services: [{ title: "Zweiter Ansprechpartner bei Störungen (Second Level)", points: "" }],
    }),
  );
  accepted(
    await recordMembership(clerk, randomUUID(), id, {
      kind: "joined",
      changedOn: "2025-07-01",
      reason: "neu in der Zusammenarbeit",
      resolution: "Beispiel-4/2025",
      memberId: undefined,
      name: "Mitglied G (Beispiel)",
      address: "Marktstraße 4\n00000 Beispielort",
    }),
  );
  await planYear(clerk, id, 2025, "36000");
  await payInstalments(clerk, id, 2025, "2025-12-31");
  const cost = { reference: "", invoiceId: undefined, amount: undefined, rate: euro("52.40") };
  for (const [quarter, hours] of ["165", "188.5", "171.25", "194"].entries()) {
    accepted(
      await recordJointCost(clerk, randomUUID(), id, 2025, {
        ...cost,
        kind: "staff_hours",
        incurredOn: `2025-${["03-31", "06-30", "09-30", "12-31"][quarter]}`,
        description: `Support im ${quarter + 1}. Quartal`,
        hours: factor(hours),
      }),
    );
  }
  accepted(
    await recordSettlement(clerk, randomUUID(), id, 2025, {
      settledOn: "2026-01-29",
      number: "BSP-JA-2025",
      dueOn: "2026-02-27",
    }),
  );
  await planYear(clerk, id, 2026, "38500");
  await payInstalments(clerk, id, 2026, "2026-02-15");
}

async function planYear(clerk: User, serviceId: string, fiscalYear: number, amount: string) {
  const agreement = await requireAgreement(clerk, serviceId);
  accepted(
    await recordKey(clerk, randomUUID(), serviceId, {
      fiscalYear,
      components: [
        { basis: "equal_parts", percent: percent("30"), countedOn: null, source: "" },
        {
          basis: "pupils",
          percent: percent("70"),
          countedOn: `${fiscalYear - 1}-09-01`,
          source: "Schulstatistik (Beispiel)",
        },
      ],
      figures: agreement.members.map((member, index) => {
        return { basis: "pupils", memberId: member.id, value: factor(pupils[index]!) };
      }),
    }),
  );
  accepted(
    await recordPlan(clerk, randomUUID(), serviceId, {
      fiscalYear,
      reading: "joint_total",
      number: `BSP-JP-${fiscalYear}`,
      plannedOn: `${fiscalYear}-01-15`,
      amount: euro(amount),
      appropriationAccountId: undefined,
      dueDays: ["02-15", "05-15", "08-15", "11-15"].map((day) => `${fiscalYear}-${day}`),
    }),
  );
}

/** What was due by a day, paid on time. */
async function payInstalments(clerk: User, serviceId: string, fiscalYear: number, until: string) {
  const year = await loadJointYear(clerk, serviceId, fiscalYear);
  const paying = year.members.filter(({ paysHere }) => paysHere).map((member) => member.id);
  for (const { memberId, dueOn, amount } of year.instalments) {
    if (dueOn > until || !paying.includes(memberId)) continue;
    const draft = { memberId, paidOn: dueOn, amount, note: "" };
    accepted(await recordJointPayment(clerk, randomUUID(), serviceId, fiscalYear, draft));
  }
}
