/** Comparisons of the sheet of assets: with what Paktbuch shows, and of each row with itself. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { AssetRow } from "#app/domain/audit-rows.ts";
import { type Money, sum } from "#app/domain/money.ts";
import { type AssetKey, goneOf, leftOf, wornOf } from "./assets-sheet.ts";
import type { Control } from "./comparison.ts";
import { range, type Table } from "./table.ts";

/** Each reckoned column against what Paktbuch shows on its pages, and that each row adds up. */
export function assetControls(book: AuditBook, table: Table<AssetRow, AssetKey>): Control[] {
  const control = (
    key: AssetKey,
    reckoned: (asset: AssetRow) => Money,
    stored: (asset: AssetRow) => Money,
  ): Control => ({
    what: `Anlagen: ${key} gegen die Werte in Paktbuch`,
    here: {
      amount: sum(book.assets.map(reckoned)),
      formula: `ROUND(SUM(${range(table, key)}),2)`,
    },
    against: { amount: sum(book.assets.map(stored)) },
  });
  /** Worn out, left, and gone with the asset are together what it was. */
  const whole = (key: AssetKey, of: "cost" | "grantShare", parts: AssetKey[]): Control => ({
    what: `Anlagen: ${key} gegen die Summe aus ${parts.map((part) => part.replaceAll("_", " ")).join(", ")}`,
    here: {
      amount: sum(book.assets.map((asset) => asset[of])),
      formula: `ROUND(SUM(${range(table, key)}),2)`,
    },
    against: {
      amount: sum(
        book.assets.flatMap((asset) => [wornOf, leftOf, goneOf].map((part) => part(asset, of))),
      ),
      formula: `ROUND(${parts.map((part) => `SUM(${range(table, part)})`).join("+")},2)`,
    },
  });
  return [
    whole("Anschaffungskosten", "cost", ["AfA", "Buchwert", "Restbuchwert_bei_Abgang"]),
    whole("Zuwendung", "grantShare", ["aufgelöst", "Sonderposten", "Sonderposten_bei_Abgang"]),
    control(
      "AfA",
      (asset) => wornOf(asset, "cost"),
      ({ depreciated }) => depreciated,
    ),
    control(
      "Buchwert",
      (asset) => leftOf(asset, "cost"),
      ({ bookValue }) => bookValue,
    ),
    control(
      "aufgelöst",
      (asset) => wornOf(asset, "grantShare"),
      ({ dissolved }) => dissolved,
    ),
    control(
      "Sonderposten",
      (asset) => leftOf(asset, "grantShare"),
      ({ specialItem }) => specialItem,
    ),
  ];
}
