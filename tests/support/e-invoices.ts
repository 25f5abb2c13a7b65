/**
 * E-invoices written by a library other than ours (@e-invoice-eu/core), in every syntax and dress: what
 * our reader has to understand. A test states only what it is about.
 */
import { type Invoice, InvoiceService } from "@e-invoice-eu/core";
import { PDFDocument } from "@cantoo/pdf-lib";

export const formats = ["XRECHNUNG-UBL", "XRECHNUNG-CII", "Factur-X-XRechnung"] as const;
export type Format = (typeof formats)[number];

type Content = Invoice["ubl:Invoice"];
type File = { buffer: Uint8Array; filename: string; mimetype: string; description?: string };

const service = new InvoiceService({ log() {}, warn() {}, error() {} });

export async function write(
  format: string,
  content: Content,
  attachments: File[] = [],
): Promise<Buffer> {
  const pdf = await emptyPdf();
  const written = await service.generate(
    { "ubl:Invoice": content },
    {
      format,
      lang: "de-de",
      attachments,
      noWarnings: true,
      ...(/^Factur/.test(format) && { pdf }),
    },
  );
  return Buffer.from(written as string);
}

async function emptyPdf() {
  const document = await PDFDocument.create();
  document.addPage();
  return { buffer: await document.save(), filename: "rechnung.pdf", mimetype: "application/pdf" };
}

type LineGiven = {
  net: string;
  rate?: string;
  name?: string;
  quantity?: string;
  price?: string;
  adjustments?: Content["cac:InvoiceLine"][0]["cac:AllowanceCharge"];
};

export function line(
  index: number,
  { net, rate = "19", name, quantity, price, adjustments }: LineGiven,
) {
  return {
    "cbc:ID": String(index),
    "cbc:InvoicedQuantity": quantity ?? "1",
    "cbc:InvoicedQuantity@unitCode": "H87",
    "cbc:LineExtensionAmount": net,
    "cbc:LineExtensionAmount@currencyID": "EUR",
    ...(adjustments && { "cac:AllowanceCharge": adjustments }),
    "cac:Item": {
      "cbc:Name": name ?? `Gerät ${index}`,
      "cac:ClassifiedTaxCategory": vatCategory(rate),
    },
    "cac:Price": { "cbc:PriceAmount": price ?? net, "cbc:PriceAmount@currencyID": "EUR" },
  } as Content["cac:InvoiceLine"][0];
}

export function vatCategory(rate: string) {
  return {
    "cbc:ID": rate === "0" ? "Z" : "S",
    "cbc:Percent": rate,
    "cac:TaxScheme": { "cbc:ID": "VAT" },
  };
}

export function adjustment(
  kind: "allowance" | "charge",
  amount: string,
  reason: string,
  rate?: string,
) {
  return {
    "cbc:ChargeIndicator": kind === "charge" ? "true" : "false",
    "cbc:AllowanceChargeReason": reason,
    "cbc:Amount": amount,
    "cbc:Amount@currencyID": "EUR" as const,
    ...(rate && { "cac:TaxCategory": vatCategory(rate) }),
  };
}

export function vat(rate: string, taxable: string, tax: string) {
  return {
    "cbc:TaxableAmount": taxable,
    "cbc:TaxableAmount@currencyID": "EUR",
    "cbc:TaxAmount": tax,
    "cbc:TaxAmount@currencyID": "EUR",
    "cac:TaxCategory": vatCategory(rate),
  };
}

type Totals = Partial<
  Record<
    "lines" | "net" | "tax" | "gross" | "allowances" | "charges" | "prepaid" | "rounding" | "due",
    string
  >
>;

/** Two tablets and a licence: 1 000,00 net at 19 %, 1 190,00 to be paid. */
export function content(given: Record<string, unknown> = {}, totals: Totals = {}): Content {
  const { lines = "1000.00", net = lines, tax = "190.00", gross = "1190.00" } = totals;
  const { allowances, charges, prepaid, rounding, due = gross } = totals;
  const money = (name: string, amount?: string) =>
    amount === undefined ? {} : { [`cbc:${name}`]: amount, [`cbc:${name}@currencyID`]: "EUR" };
  return {
    "cbc:CustomizationID": "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "cbc:ProfileID": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    "cbc:ID": "RE-2021/17",
    "cbc:IssueDate": "2021-06-01",
    "cbc:DueDate": "2021-07-01",
    "cbc:InvoiceTypeCode": "380",
    "cbc:DocumentCurrencyCode": "EUR",
    "cbc:BuyerReference": "03151-0001-42",
    "cac:AccountingSupplierParty": {
      "cac:Party": {
        "cbc:EndpointID": "buero@netzbau.example",
        "cbc:EndpointID@schemeID": "EM",
        "cac:PostalAddress": address("Lindenweg 3", "Gifhorn", "38518"),
        "cac:PartyTaxScheme": [
          { "cbc:CompanyID": "DE123456789", "cac:TaxScheme": { "cbc:ID": "VAT" } },
        ],
        "cac:PartyLegalEntity": { "cbc:RegistrationName": "Netzbau GmbH" },
        "cac:Contact": {
          "cbc:Name": "Jo Öhler",
          "cbc:Telephone": "05371 123",
          "cbc:ElectronicMail": "buero@netzbau.example",
        },
      },
    },
    "cac:AccountingCustomerParty": {
      "cac:Party": {
        "cbc:EndpointID": "rechnung@stadt.example",
        "cbc:EndpointID@schemeID": "EM",
        "cac:PostalAddress": address("Marktplatz 1", "Musterstadt", "12345"),
        "cac:PartyLegalEntity": { "cbc:RegistrationName": "Stadt Musterstadt" },
      },
    },
    "cac:PaymentMeans": [
      {
        "cbc:PaymentMeansCode": "58",
        "cac:PayeeFinancialAccount": { "cbc:ID": "DE12500105170648489890", "cbc:Name": "Netzbau" },
      },
    ],
    "cac:PaymentTerms": { "cbc:Note": "#SKONTO#TAGE=14#PROZENT=2.00#\nZahlbar in 30 Tagen" },
    "cac:TaxTotal": [{ ...money("TaxAmount", tax), "cac:TaxSubtotal": [vat("19", net, tax)] }],
    "cac:LegalMonetaryTotal": {
      ...money("LineExtensionAmount", lines),
      ...money("TaxExclusiveAmount", net),
      ...money("TaxInclusiveAmount", gross),
      ...money("AllowanceTotalAmount", allowances),
      ...money("ChargeTotalAmount", charges),
      ...money("PrepaidAmount", prepaid),
      ...money("PayableRoundingAmount", rounding),
      ...money("PayableAmount", due),
    },
    "cac:InvoiceLine": [
      line(1, { net: "900.00", quantity: "2", price: "450.00", name: "Tablet" }),
      line(2, { net: "100.00", name: "Lizenz" }),
    ],
    ...given,
  } as unknown as Content;
}

function address(street: string, city: string, postcode: string) {
  return {
    "cbc:StreetName": street,
    "cbc:CityName": city,
    "cbc:PostalZone": postcode,
    "cac:Country": { "cbc:IdentificationCode": "DE" },
  };
}
