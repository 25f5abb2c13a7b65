/**
 * Useful lives (Nutzungsdauern) by kind of asset, in months. Known are those of the tax table for assets
 * of general use (AfA-Tabelle AV, BMF): computers, notebooks, tablets and their printers three years, fax
 * machines six, copiers seven. The table of the Niedersachsen ministry (§ 49 Abs. 2 KomHKVO) was not found
 * for displays and networks: they are entered with a reason, as is each deviation.
 */
export const assetKinds = [
  "computer",
  "notebook",
  "tablet",
  "printer",
  "fax",
  "copier",
  "display",
  "network",
  "other",
] as const;
export type AssetKind = (typeof assetKinds)[number];

const months: Partial<Record<AssetKind, number>> = {
  computer: 36,
  notebook: 36,
  tablet: 36,
  printer: 36,
  fax: 72,
  copier: 84,
};

/** In months; undefined where no source gives one. */
export function usefulLifeOf(kind: AssetKind): number | undefined {
  return months[kind];
}
