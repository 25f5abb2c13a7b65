/** E-invoices in UN/CEFACT Cross Industry Invoice D16B, which ZUGFeRD and Factur-X put into a PDF. */
import type {
  EInvoice,
  EInvoiceAdjustment,
  EInvoiceVat,
  ReadEInvoice,
} from "#app/domain/e-invoice.ts";
import { ciiLine, countsByItself } from "./cii-line.ts";
import { ciiParty } from "./cii-party.ts";
import { attached } from "./e-invoice-files.ts";
import { adjustment, amountAt, dayAt, needed, paymentTermsOf, vatKind } from "./stated.ts";
import { XmlElement } from "./xml.ts";

const vatNames = { category: "CategoryCode", rate: "RateApplicablePercent" };
const nothing = new XmlElement("nothing", {});

/** @throws Refusal */
export function readCii(root: XmlElement): ReadEInvoice {
  const document = root.first("ExchangedDocument") ?? nothing;
  const trade = root.first("SupplyChainTradeTransaction") ?? nothing;
  const agreement = trade.first("ApplicableHeaderTradeAgreement") ?? nothing;
  const delivery = trade.first("ApplicableHeaderTradeDelivery") ?? nothing;
  const settlement = trade.first("ApplicableHeaderTradeSettlement") ?? nothing;
  const files = agreement.all("AdditionalReferencedDocument").filter(isSupporting).map(attachment);
  const terms = settlement.all("SpecifiedTradePaymentTerms");
  const day = (from: XmlElement | undefined, path: string, term: string) =>
    dayAt(from?.first(`${path}/DateTimeString`) ?? from?.first(path), term);
  const invoice: EInvoice = {
    syntax: "cii",
    profile: root.textAt("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"),
    number: needed(document.textAt("ID"), "BT-1"),
    issuedOn: needed(day(document, "IssueDateTime", "BT-2"), "BT-2"),
    typeCode: needed(document.textAt("TypeCode"), "BT-3"),
    dueOn: day(
      terms.find((one) => one.first("DueDateDateTime")),
      "DueDateDateTime",
      "BT-9",
    ),
    buyerReference: agreement.textAt("BuyerReference"),
    contractReference: agreement.textAt("ContractReferencedDocument/IssuerAssignedID"),
    orderReference: agreement.textAt("BuyerOrderReferencedDocument/IssuerAssignedID"),
    precedingInvoices: settlement.all("InvoiceReferencedDocument").flatMap((preceding) => {
      const number = preceding.textAt("IssuerAssignedID");
      return number ? { number, issuedOn: day(preceding, "FormattedIssueDateTime", "BT-26") } : [];
    }),
    deliveredOn: day(
      delivery.first("ActualDeliverySupplyChainEvent"),
      "OccurrenceDateTime",
      "BT-72",
    ),
    periodFrom: day(settlement.first("BillingSpecifiedPeriod"), "StartDateTime", "BT-73"),
    periodUntil: day(settlement.first("BillingSpecifiedPeriod"), "EndDateTime", "BT-74"),
    notes: document.textsAt("IncludedNote/Content"),
    ...paymentTermsOf(terms.flatMap((one) => one.textsAt("Description"))),
    seller: ciiParty(agreement.first("SellerTradeParty"), true),
    buyer: ciiParty(agreement.first("BuyerTradeParty"), false),
    payee: settlement.textAt("PayeeTradeParty/Name"),
    accounts: settlement
      .all("SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount")
      .flatMap((account) => {
        const iban = account.textAt("IBANID", "ProprietaryID");
        return iban ? { iban, holder: account.textAt("AccountName") } : [];
      }),
    lines: trade.all("IncludedSupplyChainTradeLineItem").filter(countsByItself).map(ciiLine),
    adjustments: [
      ...settlement.all("SpecifiedTradeAllowanceCharge").map(documentAdjustment),
      ...settlement.all("SpecifiedLogisticsServiceCharge").map(logisticsCharge),
    ],
    vat: settlement.all("ApplicableTradeTax").map(breakdown),
    totals: totals(settlement),
    attachments: files.map(({ attachment }) => attachment),
  };
  return { invoice, files: files.map(({ bytes }) => bytes) };
}

function documentAdjustment(element: XmlElement): EInvoiceAdjustment {
  const indicator = element.textAt("ChargeIndicator/Indicator", "ChargeIndicator");
  return {
    ...adjustment(element, indicator, "ActualAmount", ["BT-92", "BT-99"]),
    vat: vatKind(element.first("CategoryTradeTax"), vatNames),
  };
}

/** EXTENDED parts freight from other charges; in the totals it is one of them. */
function logisticsCharge(element: XmlElement): EInvoiceAdjustment {
  return {
    ...adjustment(element, "true", "AppliedAmount", ["BT-92", "BT-99"]),
    vat: vatKind(element.first("AppliedTradeTax"), vatNames),
  };
}

function breakdown(element: XmlElement): EInvoiceVat {
  return {
    ...vatKind(element, vatNames),
    taxable: needed(amountAt(element.first("BasisAmount"), "BT-116"), "BT-116"),
    tax: needed(amountAt(element.first("CalculatedAmount"), "BT-117"), "BT-117"),
    exemption: element.textAt("ExemptionReason", "ExemptionReasonCode"),
  };
}

function totals(settlement: XmlElement): EInvoice["totals"] {
  const sums = settlement.first("SpecifiedTradeSettlementHeaderMonetarySummation");
  const currency = settlement.textAt("InvoiceCurrencyCode");
  const at = (name: string, term: string) => amountAt(sums?.first(name), term);
  // A second total of VAT is in the currency in which the seller owes it (BT-111).
  const taxes = sums?.all("TaxTotalAmount") ?? [];
  const tax = taxes.find((one) => one.attribute("currencyID") === currency) ?? taxes[0];
  return {
    lines: at("LineTotalAmount", "BT-106"),
    allowances: at("AllowanceTotalAmount", "BT-107"),
    charges: at("ChargeTotalAmount", "BT-108"),
    net: needed(at("TaxBasisTotalAmount", "BT-109"), "BT-109"),
    vat: amountAt(tax, "BT-110"),
    gross: needed(at("GrandTotalAmount", "BT-112"), "BT-112"),
    prepaid: at("TotalPrepaidAmount", "BT-113"),
    rounding: at("RoundingAmount", "BT-114"),
    due: needed(at("DuePayableAmount", "BT-115"), "BT-115"),
  };
}

/** 916 is a supporting document; 130 names what the invoice is about, 50 a tender. */
function isSupporting(reference: XmlElement): boolean {
  return !["130", "50"].includes(reference.textAt("TypeCode") ?? "");
}

function attachment(reference: XmlElement) {
  return attached(reference.first("AttachmentBinaryObject"), {
    reference: reference.textAt("IssuerAssignedID") ?? "",
    description: reference.textAt("Name"),
    address: reference.textAt("URIID"),
  });
}
