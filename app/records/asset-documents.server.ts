/** Assets and their disposals, as the journal sees them: they move no money, see `domain/depreciation.ts`. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { assetCostLines, assetDisposals, assets } from "#db/schema/assets.ts";
import type { Loaded, Within } from "./documents.server.ts";

export async function loadAssetDocument(reader: Reader, within: Within, id: string): Loaded {
  const [asset] = await reader
    .select()
    .from(assets)
    .where(within(assets, assets.id, id));
  if (!asset) return undefined;
  const further = await reader
    .select()
    .from(assetCostLines)
    .where(within(assetCostLines, assetCostLines.assetId, id))
    .orderBy(asc(assetCostLines.position));
  return {
    postings: [],
    content: [asset, further],
    bookedOn: asset.inServiceOn,
    title: `Anlage ${asset.inventoryNumber}, ${asset.description}`,
  };
}

export async function loadAssetDisposalDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [disposal] = await reader
    .select({ ...getTableColumns(assetDisposals), inventoryNumber: assets.inventoryNumber })
    .from(assetDisposals)
    .innerJoin(assets, eq(assets.id, assetDisposals.assetId))
    .where(within(assetDisposals, assetDisposals.id, id));
  if (!disposal) return undefined;
  return {
    postings: [],
    content: [disposal],
    bookedOn: disposal.disposedOn,
    title: `Abgang der Anlage ${disposal.inventoryNumber}`,
  };
}
