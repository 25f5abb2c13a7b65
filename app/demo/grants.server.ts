/** The example's two grants: networks first, then displays and devices. All vouchers are made up. */
import { randomUUID } from "node:crypto";
import { euro, percent, sum } from "#app/domain/money.ts";
import { categoryOf } from "#app/domain/programme.ts";
import type { User } from "#app/domain/permission.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { recordGrant } from "#app/records/grants.server.ts";
import { bookOf, type Clerks, type Ground, type Line } from "./book.server.ts";
import { accepted } from "./load-demo.server.ts";

const netbuilder = "Musterfirma Netzbau GmbH (Beispiel)";
const wirelessShop = "Musterfirma Funknetz GmbH (Beispiel)";
const displayMaker = "Musterfirma Tafeltechnik AG (Beispiel)";
const deviceShop = "Musterfirma Endgeräte GmbH (Beispiel)";

export async function tellGrants(clerks: Clerks, ground: Ground) {
  const networks = await tellGrant(clerks.clerk, ground, {
    title: "Vernetzung und WLAN (Beispiel)",
    submittedOn: "2020-05-20",
    fileNumber: "DP-NI 2020/0417 (Beispiel)",
    noticeOn: "2020-08-17",
    lines: [
      ["GS Hankensbüttel", "2.1", "34000"],
      ["GS Hankensbüttel", "2.2", "12500"],
      ["GS Steinhorst", "2.1", "14000"],
      ["GS Steinhorst", "2.2", "6000"],
      ["GS Sprakensehl", "2.1", "11500"],
      ["GS Sprakensehl", "2.2", "5200"],
      ["Wiethornschule", "2.1", "38000"],
      ["Wiethornschule", "2.2", "14800"],
    ],
  });
  await tellNetworks(clerks, ground, networks);

  const devices = await tellGrant(clerks.clerk, ground, {
    title: "Anzeigegeräte und mobile Endgeräte (Beispiel)",
    submittedOn: "2021-09-10",
    fileNumber: "DP-NI 2021/1288 (Beispiel)",
    noticeOn: "2021-12-03",
    lines: [
      ["GS Hankensbüttel", "2.4", "28000"],
      ["GS Hankensbüttel", "2.6", "4000"],
      ["GS Steinhorst", "2.4", "7500"],
      ["GS Sprakensehl", "2.4", "5000"],
      ["Wiethornschule", "2.4", "32000"],
      ["Wiethornschule", "2.6", "12000"],
    ],
  });
  await tellDevices(clerks, ground, devices);
}

async function tellNetworks(clerks: Clerks, ground: Ground, grantId: string) {
  const book = bookOf(clerks, ground, grantId);
  await book.order("A-2020-01", netbuilder, "2020-10-05", "V-2020-07 (Beispiel)", [
    ["GS Hankensbüttel", "2.1", "33500.00"],
    ["GS Steinhorst", "2.1", "13200.50"],
    ["GS Sprakensehl", "2.1", "11180.00"],
    ["Wiethornschule", "2.1", "37950.00"],
  ]);
  const first = await book.invoice("BSP-2021-0117", netbuilder, "2021-02-12", "A-2020-01", [
    ["GS Hankensbüttel", "2.1", "33500.00"],
    ["GS Steinhorst", "2.1", "13112.41"],
  ]);
  // Two per cent, taken.
  await book.pay(first, "2021-02-24", "932.25", "45680.16");
  const second = await book.invoice("BSP-2021-0158", netbuilder, "2021-04-19", "A-2020-01", [
    ["GS Sprakensehl", "2.1", "11180.00"],
    ["Wiethornschule", "2.1", "37950.00"],
  ]);
  await book.pay(second, "2021-05-10", "0", "49130.00");
  await book.close("A-2020-01", "2021-06-01", "Leistung vollständig erbracht (Beispiel)");

  await book.order(
    "A-2021-04",
    wirelessShop,
    "2021-03-01",
    "",
    [
      ["GS Hankensbüttel", "2.2", "12376.00"],
      ["GS Steinhorst", "2.2", "5831.00"],
      ["GS Sprakensehl", "2.2", "4950.40"],
      ["Wiethornschule", "2.2", "14637.00"],
    ],
    "Erleichterungen bis 31.03.2021 (Beispiel)",
  );
  const wrongSchool = await book.invoice("BSP-W-3301", wirelessShop, "2021-07-05", "A-2021-04", [
    ["GS Sprakensehl", "2.2", "4950.40"],
  ]);
  await book.reverse("invoice", wrongSchool, "2021-07-08", "falscher Schule zugeordnet (Beispiel)");
  const corrected = await book.invoice("BSP-W-3301", wirelessShop, "2021-07-05", "A-2021-04", [
    ["GS Hankensbüttel", "2.2", "12376.00"],
    ["GS Steinhorst", "2.2", "5831.00"],
  ]);
  await book.pay(corrected, "2021-07-30", "0", "18207.00");

  const drawdown = await book.draw(
    "2021-09-01",
    "94810.16",
    "Vernetzung, bezahlte Rechnungen (Beispiel)",
  );
  await book.payout(drawdown, "2021-10-14", "94810.16");
  await book.draw("2024-11-04", "18207.00", "WLAN, bezahlte Rechnungen (Beispiel)");
}

async function tellDevices(clerks: Clerks, ground: Ground, grantId: string) {
  const book = bookOf(clerks, ground, grantId);
  await book.order("A-2022-02", displayMaker, "2022-03-14", "V-2022-01 (Beispiel)", [
    ["GS Hankensbüttel", "2.4", "27846.00"],
    ["GS Steinhorst", "2.4", "6961.50"],
    ["Wiethornschule", "2.4", "31535.00"],
  ]);
  const displays = await book.invoice("BSP-T-778", displayMaker, "2022-06-20", "A-2022-02", [
    ["GS Hankensbüttel", "2.4", "27846.00"],
    ["GS Steinhorst", "2.4", "6961.50"],
  ]);
  await book.pay(displays, "2022-07-01", "1044.23", "33763.27");
  const tablets = await book.invoice("BSP-E-20230042", deviceShop, "2023-03-02", "", [
    ["Wiethornschule", "2.6", "9996.00"],
  ]);
  await book.pay(tablets, "2023-03-16", "0", "9996.00");
  await book.order("A-2024-03", deviceShop, "2024-09-02", "", [
    ["GS Hankensbüttel", "2.6", "3570.00"],
  ]);
  const drawdown = await book.draw(
    "2023-04-17",
    "40000.00",
    "Anzeigegeräte, Teilbetrag (Beispiel)",
  );
  await book.payout(drawdown, "2023-06-02", "40000.00");
}

async function tellGrant(
  clerk: User,
  { envelopeId, resolutionId, schoolOf }: Ground,
  story: {
    title: string;
    submittedOn: string;
    fileNumber: string;
    noticeOn: string;
    lines: Line[];
  },
): Promise<string> {
  const [applicationId, grantId] = [randomUUID(), randomUUID()];
  const { programme } = await requireEnvelope(clerk, envelopeId);
  accepted(
    await recordApplication(clerk, applicationId, envelopeId, {
      title: story.title,
      resolutionId,
      submittedOn: story.submittedOn,
      profile: "Anforderungsprofil aus den Medienbildungskonzepten der vier Schulen (Beispiel)",
      followUpCosts:
        "Betrieb, Wartung und Ersatz trägt die Samtgemeinde aus dem Ergebnishaushalt (Beispiel)",
      infrastructure:
        "Vernetzung und WLAN sind bewilligt und werden vor den Endgeräten fertig (Beispiel)",
      measures: story.lines.map(([school, code, amount]) => ({
        schoolId: schoolOf(school),
        code,
        description: `${categoryOf(programme, code).name} (Beispiel)`,
        amount: euro(amount),
      })),
    }),
  );
  accepted(
    await recordGrant(clerk, grantId, applicationId, {
      fileNumber: story.fileNumber,
      grantingAuthority: "RLSB Osnabrück (bis 30.11.2020 Landesschulbehörde)",
      noticeOn: story.noticeOn,
      spendFrom: "2019-05-17",
      spendUntil: "2024-12-31",
      fundingRate: percent("100"),
      grantAmount: sum(story.lines.map(([, , amount]) => euro(amount))),
      financingKind: "full",
      thirdPartyAmount: euro("0"),
      lineTolerance: percent("0"),
      drawUntil: null,
      advanceRate: percent("0"),
      spendWithinMonths: null,
      interimProofDueOn: null,
      proofDueOn: null,
      dedicatedUntil: null,
      lines: story.lines.map(([school, code, amount]) => {
        return { schoolId: schoolOf(school), code, approved: euro(amount) };
      }),
    }),
  );
  return grantId;
}
