/** Assets (Anlagegüter) on file, with what they cost, what the grant paid, and what is left of them. */
import { and, asc, eq, getTableColumns, lte, or } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { type AssetLine, one, quantityLeft, treatmentOfRecorded } from "#app/domain/asset.ts";
import { costsOfAssets } from "#app/domain/asset-cost.ts";
import type { Day } from "#app/domain/calendar.ts";
import { type Worth, worthOn } from "#app/domain/depreciation.ts";
import { dedicatedUntilOfPaid } from "#app/domain/due-dates.ts";
import { grouped } from "#app/domain/groups.ts";
import { sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { replacementsOf } from "#app/domain/replacement.ts";
import { termsOn } from "#app/domain/terms.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { assetCostLines, assetDisposals, assets } from "#db/schema/assets.ts";
import { schools } from "#db/schema/authorities.ts";
import { loadLineCosts } from "./asset-lines.server.ts";
import { listGrants } from "./grants.server.ts";
import { stands } from "./standing.server.ts";

export type Inventory = Awaited<ReturnType<typeof loadInventory>>;
export type Asset = Inventory["assets"][number];
export type InventoryLine = Inventory["lines"][number];

/**
 * All assets that stand on a day, in the order of their numbers, and the items of invoices with what of
 * them is inventoried. A reversed asset is among them only where it is named; it has no cost.
 */
export async function loadInventory(
  user: User,
  { asOf = today(), reversedId }: { asOf?: Day; reversedId?: string } = {},
  reader: Reader = db,
) {
  const { lines, costs, paidOn } = await loadLineCosts(reader, user, asOf);
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const rows = await loadRows(reader, user, asOf, reversedId);
  const standing = rows.filter((row) => row.stands && lineOf.has(row.lineId));
  const quantityOf = new Map(lines.map(({ id, quantity }) => [id, quantity ?? one]));
  const costOf = costsOfAssets(standing, { quantityOf, costs });
  const grants = new Map((await listGrants(user, "all", reader)).map((grant) => [grant.id, grant]));

  const own = rows.flatMap((row) => {
    const line = lineOf.get(row.lineId);
    if (row.stands && (!line || row.inServiceOn > asOf)) return [];
    const { cost, grantShare } = costOf.get(row.id) ?? { cost: zero, grantShare: zero };
    const grant = line?.grantId ? grants.get(line.grantId) : undefined;
    const asset = {
      ...row,
      invoiceId: line?.invoiceId ?? null,
      invoiceNumber: line?.number ?? "",
      supplier: line?.supplier ?? "",
      grantId: grant?.id ?? null,
      fileNumber: grant?.fileNumber ?? "",
      dedicatedUntil:
        (grant &&
          dedicatedUntilOfPaid(
            termsOn(grant.versions, asOf),
            grant.programme,
            paidOn.get(row.lineId) ?? null,
          )) ??
        null,
      cost,
      grantShare,
    };
    const worth: Worth = worthOn(asset, asOf);
    return [{ ...asset, ...worth }];
  });

  const assetsOf = grouped(standing, ({ lineId }) => lineId);
  const further = new Set(standing.flatMap(({ furtherLineIds }) => furtherLineIds));
  const items = lines.flatMap((line) => {
    const cost = costs.get(line.id)?.cost;
    // What a prepayment pays is bought with the final invoice.
    if (!cost || line.invoice.kind === "prepayment") return [];
    const quantity = line.quantity ?? one;
    const taken = sum((assetsOf.get(line.id) ?? []).map((asset) => asset.quantity));
    const item: AssetLine = {
      id: line.id,
      treatment: treatmentOfRecorded(line),
      quantity,
      taken,
      isFurther: further.has(line.id),
      cost,
      orderedOn: line.orderedOn,
      invoicedOn: line.invoicedOn,
    };
    const { invoiceId, grantId, school, supplier, number, description, costKind } = line;
    const { isSet, grossAmount } = line;
    const left = quantityLeft(quantity, assetsOf.get(line.id) ?? []);
    return [
      {
        ...item,
        ...{ invoiceId, grantId, school, supplier, number, description, costKind, grossAmount },
        isSet: isSet ?? false,
        left,
      },
    ];
  });
  return { assets: own, lines: items };
}

async function loadRows(reader: Reader, user: User, asOf: Day, reversedId: string | undefined) {
  const rows = await reader
    .select({
      ...getTableColumns(assets),
      lineId: assets.invoiceLineId,
      school: schools.name,
      stands: stands(assets, asOf),
      disposalId: assetDisposals.id,
      disposedOn: assetDisposals.disposedOn,
      disposalReason: assetDisposals.reason,
    })
    .from(assets)
    .innerJoin(schools, eq(schools.id, assets.schoolId))
    .leftJoin(
      assetDisposals,
      and(
        eq(assetDisposals.assetId, assets.id),
        stands(assetDisposals, asOf),
        lte(assetDisposals.disposedOn, asOf),
      ),
    )
    .where(
      and(
        eq(assets.schoolAuthorityId, user.schoolAuthorityId),
        or(stands(assets, asOf), reversedId ? eq(assets.id, reversedId) : undefined),
      ),
    )
    .orderBy(asc(assets.numberKey), asc(assets.createdAt));
  const further = await reader
    .select({ assetId: assetCostLines.assetId, lineId: assetCostLines.invoiceLineId })
    .from(assetCostLines)
    .where(eq(assetCostLines.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(assetCostLines.position));
  const furtherOf = grouped(further, ({ assetId }) => assetId);
  return rows.map((row) => {
    const furtherLineIds = (furtherOf.get(row.id) ?? []).map(({ lineId }) => lineId);
    return { ...row, furtherLineIds };
  });
}

/** Investments on invoices that no asset covers wholly yet (noch nicht inventarisiert), oldest first. */
export function uninventoried({ lines }: Pick<Inventory, "lines">): InventoryLine[] {
  return lines
    .filter(
      ({ treatment, isFurther, cost, left }) =>
        treatment === "investment" && !isFurther && cost.greaterThan(0) && left.greaterThan(0),
    )
    .reverse();
}

/** Lines that may be what an asset of this line cost besides: of its invoice, or of its grant and school. */
export function furtherLines({ lines }: Pick<Inventory, "lines">, of: InventoryLine) {
  return lines.filter(
    (line) =>
      line.id !== of.id &&
      line.taken.isZero() &&
      (line.invoiceId === of.invoiceId ||
        (line.grantId === of.grantId && line.school === of.school)),
  );
}

/** One asset, a reversed one too, as of today. */
export async function requireAsset(user: User, id: string, reader: Reader = db) {
  const inventory = await loadInventory(user, { reversedId: id }, reader);
  const asset = inventory.assets.find((one) => one.id === id) ?? notFound();
  const further = inventory.lines.filter((line) => asset.furtherLineIds.includes(line.id));
  return { ...asset, further };
}

export type Replacement = {
  year: number;
  description: string;
  schoolName: string;
  /** In euro, at the prices of that year. */
  amount: ReturnType<typeof replacementsOf>[number]["amount"];
  assetId: string;
};

/**
 * What replacing the authority's assets will cost, year by year up to one (Ersatzbeschaffung): one row for
 * each replacement, by year and number. Part of the follow-up costs that § 12 KomHKVO asks for.
 */
export async function listReplacements(
  user: User,
  { untilYear }: { untilYear: number },
  reader: Reader = db,
): Promise<Replacement[]> {
  const asOf = today();
  const rows = await loadRows(reader, user, asOf, undefined);
  return rows
    .flatMap((row) =>
      replacementsOf(row, { today: asOf, untilYear }).map(({ year, amount }) => ({
        year,
        description: `${row.inventoryNumber} ${row.description}`,
        schoolName: row.school,
        amount,
        assetId: row.id,
      })),
    )
    .sort((a, b) => a.year - b.year);
}
