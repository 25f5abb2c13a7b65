import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { assetKinds } from "#app/domain/useful-life.ts";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  percentage,
  withinAuthority,
} from "../columns.ts";
import { schoolAuthorities, schools } from "./authorities.ts";
import { invoiceLines } from "./invoices.ts";

export const assetKind = pgEnum("asset_kind", assetKinds);

/** Asset (Anlagegut) that an invoice line bought. Its cost is not kept: it follows from the invoice. */
export const assets = pgTable(
  "assets",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    invoiceLineId: uuid().notNull(),
    inventoryNumber: text().notNull(),
    /** The number without case and spaces. */
    numberKey: text().notNull(),
    kind: assetKind().notNull(),
    description: text().notNull(),
    schoolId: uuid().notNull(),
    place: text().notNull(),
    /** Of the line's quantity. */
    quantity: exactFactor().notNull(),
    inServiceOn: date().notNull(),
    usefulLifeMonths: integer().notNull(),
    lifeReason: text().notNull(),
    isReplaced: boolean().notNull(),
    /** At the prices of the day below. */
    replacementPrice: euroAmount(),
    priceChangeRate: percentage().notNull(),
    pricedOn: date().notNull(),
    /** The reversed asset of the same number that this one replaces. */
    supersedesId: uuid().unique("asset_is_superseded_once"),
    createdAt: createdAt(),
  },
  (asset) => [
    unique("asset_is_of_one_authority").on(asset.id, asset.schoolAuthorityId),
    unique("inventory_number_is_given_once")
      .on(asset.schoolAuthorityId, asset.numberKey, asset.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_asset_is_of_the_same_authority",
      [asset.supersedesId, asset.schoolAuthorityId],
      [asset.id, asset.schoolAuthorityId],
    ),
    withinAuthority(
      "asset_was_bought_by_its_authority",
      [asset.invoiceLineId, asset.schoolAuthorityId],
      [invoiceLines.id, invoiceLines.schoolAuthorityId],
    ),
    withinAuthority(
      "asset_is_at_a_school_of_its_authority",
      [asset.schoolId, asset.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    index("assets_by_invoice_line").on(asset.invoiceLineId),
    check("inventory_number_is_something", sql`${asset.numberKey} <> ''`),
    check("asset_quantity_is_positive", sql`${asset.quantity} > 0`),
    check("useful_life_is_positive", sql`${asset.usefulLifeMonths} > 0`),
    check(
      "expected_replacement_has_a_price",
      sql`not ${asset.isReplaced} or (${asset.replacementPrice} is not null and ${asset.replacementPrice} > 0)`,
    ),
  ],
);

/** Further lines of invoices that are part of an asset's cost (Nebenkosten). */
export const assetCostLines = pgTable(
  "asset_cost_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    assetId: uuid().notNull(),
    position: integer().notNull(),
    invoiceLineId: uuid().notNull(),
  },
  (line) => [
    unique("further_cost_is_named_once").on(line.assetId, line.invoiceLineId),
    withinAuthority(
      "further_cost_belongs_to_its_asset",
      [line.assetId, line.schoolAuthorityId],
      [assets.id, assets.schoolAuthorityId],
    ),
    withinAuthority(
      "further_cost_is_of_the_same_authority",
      [line.invoiceLineId, line.schoolAuthorityId],
      [invoiceLines.id, invoiceLines.schoolAuthorityId],
    ),
    index("asset_cost_lines_by_invoice_line").on(line.invoiceLineId),
  ],
);

/** Disposal (Abgang) of an asset. */
export const assetDisposals = pgTable(
  "asset_disposals",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    assetId: uuid().notNull(),
    disposedOn: date().notNull(),
    reason: text().notNull(),
    /** The reversed disposal that this one replaces. */
    supersedesId: uuid().unique("disposal_is_superseded_once"),
    createdAt: createdAt(),
  },
  (disposal) => [
    unique("disposal_is_of_one_authority").on(disposal.id, disposal.schoolAuthorityId),
    unique("asset_is_disposed_of_once")
      .on(disposal.assetId, disposal.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_disposal_is_of_the_same_authority",
      [disposal.supersedesId, disposal.schoolAuthorityId],
      [disposal.id, disposal.schoolAuthorityId],
    ),
    withinAuthority(
      "disposal_ends_its_asset",
      [disposal.assetId, disposal.schoolAuthorityId],
      [assets.id, assets.schoolAuthorityId],
    ),
    check("disposal_has_a_reason", sql`${disposal.reason} <> ''`),
  ],
);
