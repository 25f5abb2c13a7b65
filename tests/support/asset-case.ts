/** Assets of a case's invoice lines, for tests of the inventory. */
import { randomUUID } from "node:crypto";
import type { AssetDraft } from "#app/domain/asset.ts";
import { factor, percent } from "#app/domain/money.ts";
import { recordAssets } from "#app/records/asset-recording.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import type { User } from "#app/domain/permission.ts";
import { accepted } from "./factories.ts";

type Case = { clerk: User; schools: { id: string; name: string }[] };

export function assetDraft({ schools }: Case, given: Partial<AssetDraft> = {}): AssetDraft {
  return {
    inventoryNumber: "TAB-001",
    count: 1,
    quantity: factor("1"),
    kind: "tablet",
    description: "Tablet",
    schoolId: schools[0]!.id,
    place: "Raum 3",
    inServiceOn: "2021-06-15",
    usefulLifeMonths: null,
    lifeReason: "",
    furtherLineIds: [],
    isReplaced: false,
    replacementPrice: null,
    priceChangeRate: percent("0"),
    ...given,
  };
}

export async function lineOf({ clerk }: Case, invoiceId: string, position = 0): Promise<string> {
  return (await requireInvoice(clerk, invoiceId)).lines[position]!.id;
}

/** Inventories the first line of an invoice; gives the id of the first asset. */
export async function inventory(of: Case, invoiceId: string, given: Partial<AssetDraft> = {}) {
  const id = randomUUID();
  accepted(await recordAssets(of.clerk, id, await lineOf(of, invoiceId), assetDraft(of, given)));
  return id;
}
