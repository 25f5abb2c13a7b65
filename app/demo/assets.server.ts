/** The example's inventory: some of what was bought is inventoried, one thing is gone, the rest waits. */
import { randomUUID } from "node:crypto";
import type { AssetDraft } from "#app/domain/asset.ts";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { disposeOfAsset, recordAssets } from "#app/records/asset-recording.server.ts";
import { loadInventory, uninventoried } from "#app/records/assets.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { accepted } from "./load-demo.server.ts";

const lifeReason = "wie bei den vorhandenen Anlagen dieser Art (Beispiel)";

export async function tellAssets(clerk: User) {
  await tell(clerk, "BSP-2021-0117", "GS Hankensbüttel", {
    ...{ inventoryNumber: "NETZ-001", kind: "network", description: "Schulnetz (Beispiel)" },
    ...{ inServiceOn: "2021-02-12", usefulLifeMonths: 120, lifeReason },
  });
  await tell(clerk, "BSP-T-778", "GS Hankensbüttel", {
    ...{ inventoryNumber: "TAF-001", kind: "display", description: "Tafeln (Beispiel)" },
    ...{ inServiceOn: "2022-06-20", usefulLifeMonths: 96, lifeReason },
    ...{ isReplaced: true, replacementPrice: euro("29000"), priceChangeRate: percent("2") },
  });
  const display = await tell(clerk, "BSP-T-778", "GS Steinhorst", {
    ...{ inventoryNumber: "TAF-002", kind: "display", description: "Tafel (Beispiel)" },
    ...{ inServiceOn: "2022-06-20", usefulLifeMonths: 96, lifeReason },
  });
  accepted(
    await disposeOfAsset(clerk, randomUUID(), display, {
      disposedOn: "2024-03-11",
      reason: "Wasserschaden (Beispiel)",
    }),
  );
  await tell(clerk, "BSP-E-20230042", "Wiethornschule", {
    ...{
      inventoryNumber: "TAB-001",
      kind: "tablet",
      description: "Klassensatz Tablets (Beispiel)",
    },
    ...{ inServiceOn: "2023-03-02", place: "Medienraum" },
    ...{ isReplaced: true, replacementPrice: euro("10500"), priceChangeRate: percent("3") },
  });
}

/** One asset of a school's line of an invoice. */
async function tell(clerk: User, number: string, school: string, given: Partial<AssetDraft>) {
  const id = randomUUID();
  const schools = await listSchools(clerk);
  const line = uninventoried(await loadInventory(clerk)).find(
    (one) => one.number === number && one.school === school,
  )!;
  accepted(
    await recordAssets(clerk, id, line.id, {
      inventoryNumber: "",
      count: 1,
      quantity: factor("1"),
      kind: "other",
      description: "",
      schoolId: schools.find(({ name }) => name === school)!.id,
      place: "",
      inServiceOn: line.invoicedOn,
      usefulLifeMonths: null,
      lifeReason: "",
      furtherLineIds: [],
      isReplaced: false,
      replacementPrice: null,
      priceChangeRate: percent("0"),
      ...given,
    }),
  );
  return id;
}
