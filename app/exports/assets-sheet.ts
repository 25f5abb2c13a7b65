/** Sheet "Anlagen": what was bought with investments, its depreciation and its special item (Sonderposten). */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { AssetRow } from "#app/domain/audit-rows.ts";
import { type Money, partsOf, zero } from "#app/domain/money.ts";
import { amount, day, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type AssetKey =
  | "lfd_Nr"
  | "Anschaffungskosten"
  | "Zuwendung"
  | "Nutzungsdauer"
  | "Monate"
  | "Abgang"
  | "AfA"
  | "Buchwert"
  | "Restbuchwert_bei_Abgang"
  | "aufgelöst"
  | "Sonderposten"
  | "Sonderposten_bei_Abgang";

export function assetsTable(book: AuditBook): Table<AssetRow, AssetKey> {
  return {
    sheet: "Anlagen",
    rows: book.assets,
    frozenColumns: 2,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      {
        title: "Inventarnummer",
        width: 14.5,
        style: styles.number,
        content: (asset) => asset.inventoryNumber,
      },
      { title: "Was", width: 24, style: styles.text, content: (asset) => asset.description },
      { title: "Schule", width: 17, style: styles.text, content: (asset) => asset.school },
      { title: "Ort", width: 12, style: styles.text, content: (asset) => asset.place || null },
      {
        title: "Aktenzeichen",
        width: 15,
        style: styles.number,
        content: (asset) => asset.fileNumber || null,
      },
      {
        title: "Rechnungsnummer",
        width: 15,
        style: styles.number,
        content: (asset) => asset.invoiceNumber,
      },
      {
        title: "in Betrieb seit",
        width: 12,
        style: styles.day,
        content: (asset) => day(asset.inServiceOn),
      },
      {
        key: "Nutzungsdauer",
        title: "Nutzungsdauer (Monate)",
        width: 12,
        style: styles.count,
        content: (asset) => asset.usefulLifeMonths,
      },
      {
        key: "Monate",
        title: "davon abgeschrieben (Monate)",
        width: 13,
        style: styles.count,
        content: (asset) => asset.months,
      },
      {
        key: "Anschaffungskosten",
        title: "Anschaffungskosten",
        width: 15,
        style: styles.amount,
        content: (asset) => amount(asset.cost),
      },
      {
        key: "Zuwendung",
        title: "davon Zuwendung",
        width: 14,
        style: styles.amount,
        content: (asset) => amount(asset.grantShare),
      },
      {
        title: "davon eigene Mittel",
        width: 14,
        style: styles.amount,
        content: ({ cost, grantShare }, { at }) =>
          formula(
            `ROUND(${at("Anschaffungskosten")}-${at("Zuwendung")},2)`,
            cost.minus(grantShare),
          ),
      },
      {
        key: "AfA",
        title: "Abschreibung bis Stichtag",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) => formula(worn(at, "Anschaffungskosten"), wornOf(asset, "cost")),
      },
      {
        key: "Buchwert",
        title: "Buchwert",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) =>
          formula(left(at, "Anschaffungskosten", "AfA"), leftOf(asset, "cost")),
      },
      {
        key: "Restbuchwert_bei_Abgang",
        title: "Restbuchwert bei Abgang",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) =>
          formula(gone(at, "Anschaffungskosten", "AfA"), goneOf(asset, "cost")),
      },
      {
        key: "aufgelöst",
        title: "Sonderposten aufgelöst",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) => formula(worn(at, "Zuwendung"), wornOf(asset, "grantShare")),
      },
      {
        key: "Sonderposten",
        title: "Sonderposten",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) =>
          formula(left(at, "Zuwendung", "aufgelöst"), leftOf(asset, "grantShare")),
      },
      {
        key: "Sonderposten_bei_Abgang",
        title: "Sonderposten bei Abgang",
        width: 14,
        style: styles.amount,
        content: (asset, { at }) =>
          formula(gone(at, "Zuwendung", "aufgelöst"), goneOf(asset, "grantShare")),
      },
      {
        title: "Zweckbindung bis",
        width: 13,
        style: styles.day,
        content: (asset) => day(asset.dedicatedUntil),
      },
      {
        key: "Abgang",
        title: "Abgang am",
        width: 12,
        style: styles.day,
        content: (asset) => day(asset.disposedOn),
      },
      {
        title: "Grund des Abgangs",
        width: 18,
        style: styles.text,
        content: (asset) => asset.disposalReason,
      },
      {
        title: "Begründung der Nutzungsdauer",
        width: 22,
        style: styles.text,
        content: (asset) => asset.lifeReason || null,
      },
    ],
  };
}

type At = (key: AssetKey) => string;

/** `partsOf` as a formula: in cents, so that no binary fraction decides about a cent. */
function worn(at: At, of: AssetKey): string {
  return `ROUND(ROUND(${at(of)}*100,0)*${at("Monate")}/${at("Nutzungsdauer")},0)/100`;
}

/** What is gone has nothing left. */
function left(at: At, of: AssetKey, less: AssetKey): string {
  return `IF(${at("Abgang")}="",ROUND(${at(of)}-${at(less)},2),0)`;
}

/** What left with it, so that the row adds up. */
function gone(at: At, of: AssetKey, less: AssetKey): string {
  return `IF(${at("Abgang")}="",0,ROUND(${at(of)}-${at(less)},2))`;
}

/** As the formulas of the row reckon it, not as it is stored: a difference shows among the controls. */
export function wornOf(asset: AssetRow, of: "cost" | "grantShare"): Money {
  return partsOf(asset[of], { count: asset.months, of: asset.usefulLifeMonths });
}

export function leftOf(asset: AssetRow, of: "cost" | "grantShare"): Money {
  return asset.disposedOn === null ? asset[of].minus(wornOf(asset, of)) : zero;
}

export function goneOf(asset: AssetRow, of: "cost" | "grantShare"): Money {
  return asset.disposedOn === null ? zero : asset[of].minus(wornOf(asset, of));
}
