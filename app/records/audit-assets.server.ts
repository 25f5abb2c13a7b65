/** The inventory in the audit workbook: its own sheet, and two columns of the list of receipts. */
import type { Receipt } from "#app/domain/audit-book.ts";
import type { AssetRow } from "#app/domain/audit-rows.ts";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import { grouped } from "#app/domain/groups.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { loadInventory } from "./assets.server.ts";

type InventoryRow = AssetRow & { lineIds: string[] };

/** Assets that stand on the day, of all the authority or of grants; an asset belongs to no year. */
export async function loadAssetRows(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<InventoryRow[]> {
  const { assets } = await loadInventory(user, { asOf: scope.asOf }, reader);
  return assets
    .filter((asset) => covers(scope, asset))
    .map((asset) => ({ ...asset, lineIds: [asset.lineId, ...asset.furtherLineIds] }));
}

/** Receipts with the numbers of what they bought, and until when it is dedicated. */
export function withInventory(receipts: Receipt[], inventory: InventoryRow[]): Receipt[] {
  const naming = inventory.flatMap((asset) => asset.lineIds.map((lineId) => ({ lineId, asset })));
  const assetsOf = grouped(naming, ({ lineId }) => lineId);
  return receipts.map((receipt) => {
    const own = (assetsOf.get(receipt.invoiceLineId) ?? []).map(({ asset }) => asset);
    if (own.length === 0 || receipt.standing !== "standing") return receipt;
    const days = own.flatMap(({ dedicatedUntil }) => dedicatedUntil ?? []).sort();
    return {
      ...receipt,
      inventoryNumbers: own.map(({ inventoryNumber }) => inventoryNumber),
      dedicatedUntil: days.at(-1) ?? null,
    };
  });
}
