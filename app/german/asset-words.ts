/** German words for the kinds of assets, and how long they serve. */
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
