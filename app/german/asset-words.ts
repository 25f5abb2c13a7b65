/** German words for the kinds of assets, and how long they serve. */
import { inventoryNumbers } from "../domain/asset.ts";
import { type AssetKind, usefulLifeOf } from "../domain/useful-life.ts";

export const assetKindWords: Record<AssetKind, string> = {
  computer: "Arbeitsplatzrechner",
  notebook: "Notebook",
  tablet: "Tablet",
  printer: "Drucker am Rechner",
  fax: "Faxgerät",
  copier: "Kopierer",
  display: "Anzeigegerät, Tafel",
  network: "Netz und WLAN",
  other: "anderes",
};

/** "Tablet (36 Monate)": for the list of choices. */
export function assetKindChoice(kind: AssetKind): string {
  const months = usefulLifeOf(kind);
  return months ? `${assetKindWords[kind]} (${months} Monate)` : assetKindWords[kind];
}

/** "TAB-001 bis TAB-030, W-7": numbers that follow each other in short. In the order in which they come. */
export function numberRanges(numbers: string[]): string {
  const runs: string[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    const next = run && inventoryNumbers(run.at(-1)!, 2)?.[1];
    if (run && next === number) run.push(number);
    else runs.push([number]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${run[0]} bis ${run.at(-1)}` : run.join(", ")))
    .join(", ");
}
