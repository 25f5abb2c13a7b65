/** Assets are inventoried and go: the two deeds of the inventory. */
import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type AssetDraft,
  type AssetViolation,
  checkAsset,
  checkDisposal,
  type DisposalDraft,
  type DisposalViolation,
  inventoryNumbers,
  numberKeyOf,
} from "#app/domain/asset.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Transaction } from "#db/client.ts";
import { assetCostLines, assetDisposals, assets } from "#db/schema/assets.ts";
import { furtherLines, loadInventory, requireAsset } from "./assets.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, post, postMany } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/**
 * Inventories one or several equal assets of an invoice line, or says which rule stands against it. The
 * form's id becomes that of the first.
 */
export function recordAssets(
  user: User,
  id: string,
  lineId: string,
  draft: AssetDraft,
): Promise<AssetViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { lineId, ...draft })) return undefined;
    const inventory = await loadInventory(user, {}, tx);
    const line = inventory.lines.find((one) => one.id === lineId) ?? notFound();
    const earlier = await loadEarlier(tx, user, draft);
    const taken = [...earlier].filter(([, one]) => one.stands).map(([key]) => key);
    const checked = checkAsset(draft, {
      line,
      further: furtherLines(inventory, line),
      taken: new Set(taken),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;
    const own = await listSchools(user, tx);
    if (!own.some((school) => school.id === draft.schoolId)) {
      return { field: "schoolId", rule: "asset_school_missing" };
    }

    const { count: _, inventoryNumber: __, furtherLineIds, ...shared } = draft;
    const rows = checked.numbers.map((inventoryNumber, index) => ({
      ...shared,
      id: index === 0 ? id : randomUUID(),
      schoolAuthorityId,
      invoiceLineId: lineId,
      inventoryNumber,
      numberKey: numberKeyOf(inventoryNumber),
      usefulLifeMonths: checked.usefulLifeMonths,
      replacementPrice: draft.isReplaced ? draft.replacementPrice : null,
      pricedOn: today(),
      supersedesId: earlier.get(numberKeyOf(inventoryNumber))?.id ?? null,
    }));
    await tx.insert(assets).values(rows);
    const further = rows.flatMap((asset) =>
      furtherLineIds.map((invoiceLineId, position) => {
        return { schoolAuthorityId, assetId: asset.id, position, invoiceLineId };
      }),
    );
    if (further.length > 0) await tx.insert(assetCostLines).values(further);
    await postMany(
      tx,
      user,
      rows.map((asset) => ({ kind: "asset" as const, id: asset.id })),
    );
    await rememberSent(tx, user, id, { lineId, ...draft });
    const text = [checked.numbers[0], checked.numbers.slice(1).at(-1)].filter(Boolean);
    await logChange(tx, user, "assets_recorded", {
      id,
      text: `${text.join(" bis ")}, ${draft.description}`,
    });
  });
}

/** The last asset of each number that the draft asks for. */
async function loadEarlier(tx: Transaction, user: User, draft: AssetDraft) {
  const numbers = inventoryNumbers(draft.inventoryNumber, draft.count) ?? [draft.inventoryNumber];
  const rows = await tx
    .select({ id: assets.id, numberKey: assets.numberKey, stands: stands(assets) })
    .from(assets)
    .where(
      and(
        eq(assets.schoolAuthorityId, user.schoolAuthorityId),
        inArray(assets.numberKey, numbers.map(numberKeyOf)),
      ),
    )
    .orderBy(desc(assets.createdAt));
  return new Map(rows.toReversed().map((row) => [row.numberKey, row]));
}

/** Records that an asset is gone, or says which rule stands against it. */
export function disposeOfAsset(
  user: User,
  id: string,
  assetId: string,
  draft: DisposalDraft,
): Promise<DisposalViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { assetId, ...draft })) return undefined;
    const asset = await requireAsset(user, assetId, tx);
    if (!asset.stands) notFound();
    const violation = checkDisposal(draft, asset, today());
    if (violation) return violation;
    const [earlier] = await tx
      .select({ id: assetDisposals.id })
      .from(assetDisposals)
      .where(
        and(
          eq(assetDisposals.assetId, assetId),
          eq(assetDisposals.schoolAuthorityId, schoolAuthorityId),
        ),
      )
      .orderBy(desc(assetDisposals.createdAt))
      .limit(1);
    await tx.insert(assetDisposals).values({
      id,
      schoolAuthorityId,
      assetId,
      ...draft,
      supersedesId: earlier?.id ?? null,
    });
    const moved = await post(tx, user, { kind: "asset_disposal", id });
    await rememberSent(tx, user, id, { assetId, ...draft });
    const text = `${asset.inventoryNumber}: ${draft.reason}`;
    await logChange(tx, user, "asset_disposed", {
      ...{ id: assetId, text, moved },
      before: { Bestand: "vorhanden" },
      after: { Bestand: "abgegangen" },
    });
  });
}
