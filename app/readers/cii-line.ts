/** A line of a Cross Industry Invoice. */
import type { EInvoiceLine } from "#app/domain/e-invoice.ts";
import { adjustment, decimalAt, needed, vatKind } from "./stated.ts";
import type { XmlElement } from "./xml.ts";

/** EXTENDED has lines that only group others or tell something: their amounts count elsewhere. */
export function countsByItself(item: XmlElement): boolean {
  const reason = item.textAt("AssociatedDocumentLineDocument/LineStatusReasonCode");
  return reason !== "GROUP" && reason !== "INFORMATION";
}

/** @throws Refusal */
export function ciiLine(item: XmlElement): EInvoiceLine {
  const settlement = item.first("SpecifiedLineTradeSettlement");
  const price = item.first("SpecifiedLineTradeAgreement/NetPriceProductTradePrice");
  const quantity = item.first("SpecifiedLineTradeDelivery/BilledQuantity");
  const total = settlement?.first("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount");
  return {
    number: item.textAt("AssociatedDocumentLineDocument/LineID") ?? "",
    name: item.textAt("SpecifiedTradeProduct/Name", "SpecifiedTradeProduct/Description") ?? "",
    description: item.textAt("SpecifiedTradeProduct/Description"),
    note: item.textAt("AssociatedDocumentLineDocument/IncludedNote/Content"),
    articleNumber: item.textAt("SpecifiedTradeProduct/SellerAssignedID"),
    quantity: decimalAt(quantity, "BT-129"),
    unit: quantity?.attribute("unitCode") ?? null,
    price: decimalAt(price?.first("ChargeAmount"), "BT-146"),
    priceQuantity: decimalAt(price?.first("BasisQuantity"), "BT-149") ?? "1",
    netAmount: needed(decimalAt(total, "BT-131"), "BT-131"),
    vat: vatKind(settlement?.first("ApplicableTradeTax"), {
      category: "CategoryCode",
      rate: "RateApplicablePercent",
    }),
    adjustments: (settlement?.all("SpecifiedTradeAllowanceCharge") ?? []).map((one) => {
      const indicator = one.textAt("ChargeIndicator/Indicator", "ChargeIndicator");
      return adjustment(one, indicator, "ActualAmount", ["BT-136", "BT-141"]);
    }),
    orderLine: item.textAt("SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/LineID"),
  };
}
