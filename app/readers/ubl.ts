/** E-invoices in UBL 2.1: Invoice and CreditNote (https://docs.peppol.eu/poacc/billing/3.0/). */
import type {
  EInvoice,
  EInvoiceAdjustment,
  EInvoiceLine,
  EInvoiceParty,
  EInvoiceTotals,
  EInvoiceVat,
  ReadEInvoice,
} from "#app/domain/e-invoice.ts";
import { attached } from "./e-invoice-files.ts";
import {
  adjustment,
  amountAt,
  dayAt,
  decimalAt,
  needed,
  paymentTermsOf,
  vatKind,
} from "./stated.ts";
import type { XmlElement } from "./xml.ts";

const vatNames = { category: "ID", rate: "Percent" };

/** @throws Refusal */
export function readUbl(root: XmlElement): ReadEInvoice {
  const isCreditNote = root.name === "CreditNote";
  const files = root.all("AdditionalDocumentReference").filter(isSupporting).map(attachment);
  const currency = root.textAt("DocumentCurrencyCode");
  const period = root.first("InvoicePeriod");
  const invoice: EInvoice = {
    syntax: "ubl",
    profile: root.textAt("CustomizationID"),
    number: needed(root.textAt("ID"), "BT-1"),
    issuedOn: needed(dayAt(root.first("IssueDate"), "BT-2"), "BT-2"),
    typeCode:
      root.textAt("InvoiceTypeCode", "CreditNoteTypeCode") ?? (isCreditNote ? "381" : "380"),
    dueOn: dayAt(root.first("DueDate") ?? root.first("PaymentMeans/PaymentDueDate"), "BT-9"),
    buyerReference: root.textAt("BuyerReference"),
    contractReference: root.textAt("ContractDocumentReference/ID"),
    orderReference: root.textAt("OrderReference/ID"),
    precedingInvoices: root
      .all("BillingReference/InvoiceDocumentReference")
      .flatMap((preceding) => {
        const number = preceding.textAt("ID");
        return number ? { number, issuedOn: dayAt(preceding.first("IssueDate"), "BT-26") } : [];
      }),
    deliveredOn: dayAt(root.first("Delivery/ActualDeliveryDate"), "BT-72"),
    periodFrom: dayAt(period?.first("StartDate"), "BT-73"),
    periodUntil: dayAt(period?.first("EndDate"), "BT-74"),
    notes: root.textsAt("Note"),
    ...paymentTermsOf(root.textsAt("PaymentTerms/Note")),
    seller: party(root.first("AccountingSupplierParty/Party"), true),
    buyer: party(root.first("AccountingCustomerParty/Party"), false),
    payee: root.textAt("PayeeParty/PartyName/Name"),
    accounts: root.all("PaymentMeans/PayeeFinancialAccount").flatMap((account) => {
      const iban = account.textAt("ID");
      return iban ? { iban, holder: account.textAt("Name") } : [];
    }),
    lines: root.all(isCreditNote ? "CreditNoteLine" : "InvoiceLine").map(line),
    adjustments: root.all("AllowanceCharge").map(documentAdjustment),
    vat: taxTotal(root, currency)?.all("TaxSubtotal").map(subtotal) ?? [],
    totals: totals(root, currency),
    attachments: files.map(({ attachment }) => attachment),
  };
  return { invoice, files: files.map(({ bytes }) => bytes) };
}

function line(element: XmlElement): EInvoiceLine {
  const quantity = element.first("InvoicedQuantity") ?? element.first("CreditedQuantity");
  const basis = decimalAt(element.first("Price/BaseQuantity"), "BT-149");
  return {
    number: element.textAt("ID") ?? "",
    name: element.textAt("Item/Name", "Item/Description") ?? "",
    description: element.textAt("Item/Description"),
    note: element.textAt("Note"),
    articleNumber: element.textAt("Item/SellersItemIdentification/ID"),
    quantity: decimalAt(quantity, "BT-129"),
    unit: quantity?.attribute("unitCode") ?? null,
    price: decimalAt(element.first("Price/PriceAmount"), "BT-146"),
    priceQuantity: basis ?? "1",
    netAmount: needed(decimalAt(element.first("LineExtensionAmount"), "BT-131"), "BT-131"),
    vat: vatKind(element.first("Item/ClassifiedTaxCategory"), vatNames),
    adjustments: element
      .all("AllowanceCharge")
      .map((one) => adjustment(one, one.textAt("ChargeIndicator"), "Amount", ["BT-136", "BT-141"])),
    orderLine: element.textAt("OrderLineReference/LineID"),
  };
}

function documentAdjustment(element: XmlElement): EInvoiceAdjustment {
  const indicator = element.textAt("ChargeIndicator");
  return {
    ...adjustment(element, indicator, "Amount", ["BT-92", "BT-99"]),
    vat: vatKind(element.first("TaxCategory"), vatNames),
  };
}

/** A second one is in the currency in which the seller owes the tax (BT-111): it is not for us. */
function taxTotal(root: XmlElement, currency: string | null): XmlElement | undefined {
  const all = root.all("TaxTotal");
  const own = all.filter((one) => one.first("TaxAmount")?.attribute("currencyID") === currency);
  return own.find((one) => one.first("TaxSubtotal")) ?? own[0] ?? all[0];
}

function subtotal(element: XmlElement): EInvoiceVat {
  const category = element.first("TaxCategory");
  return {
    ...vatKind(category, vatNames),
    taxable: needed(amountAt(element.first("TaxableAmount"), "BT-116"), "BT-116"),
    tax: needed(amountAt(element.first("TaxAmount"), "BT-117"), "BT-117"),
    exemption: category?.textAt("TaxExemptionReason", "TaxExemptionReasonCode") ?? null,
  };
}

function totals(root: XmlElement, currency: string | null): EInvoiceTotals {
  const sums = root.first("LegalMonetaryTotal");
  const at = (name: string, term: string) => amountAt(sums?.first(name), term);
  return {
    lines: at("LineExtensionAmount", "BT-106"),
    allowances: at("AllowanceTotalAmount", "BT-107"),
    charges: at("ChargeTotalAmount", "BT-108"),
    net: needed(at("TaxExclusiveAmount", "BT-109"), "BT-109"),
    vat: amountAt(taxTotal(root, currency)?.first("TaxAmount"), "BT-110"),
    gross: needed(at("TaxInclusiveAmount", "BT-112"), "BT-112"),
    prepaid: at("PrepaidAmount", "BT-113"),
    rounding: at("PayableRoundingAmount", "BT-114"),
    due: needed(at("PayableAmount", "BT-115"), "BT-115"),
  };
}

function party(element: XmlElement | undefined, isSeller: boolean): EInvoiceParty {
  const name = element?.textAt("PartyLegalEntity/RegistrationName", "PartyName/Name") ?? null;
  const registrations = element?.all("PartyTaxScheme") ?? [];
  const vat = registrations.find((one) => one.textAt("TaxScheme/ID")?.toUpperCase() === "VAT");
  const other = registrations.find((one) => one !== vat);
  const address = element?.first("PostalAddress");
  return {
    name: isSeller ? needed(name, "BT-27") : (name ?? ""),
    vatId: vat?.textAt("CompanyID") ?? null,
    taxNumber: other?.textAt("CompanyID") ?? null,
    address: [
      address?.textAt("StreetName"),
      address?.textAt("AdditionalStreetName"),
      address?.textAt("AddressLine/Line"),
      [address?.textAt("PostalZone"), address?.textAt("CityName")].filter(Boolean).join(" "),
      address?.textAt("Country/IdentificationCode"),
    ].filter((text): text is string => Boolean(text)),
    contact: ["Name", "Telephone", "ElectronicMail"]
      .map((what) => element?.textAt(`Contact/${what}`))
      .filter((text): text is string => Boolean(text)),
  };
}

/** 130 names what the invoice is about, 50 a tender: neither is a document for the reader. */
function isSupporting(reference: XmlElement): boolean {
  return !["130", "50"].includes(reference.textAt("DocumentTypeCode") ?? "");
}

function attachment(reference: XmlElement) {
  return attached(reference.first("Attachment/EmbeddedDocumentBinaryObject"), {
    reference: reference.textAt("ID") ?? "",
    description: reference.textAt("DocumentDescription"),
    address: reference.textAt("Attachment/ExternalReference/URI"),
  });
}
