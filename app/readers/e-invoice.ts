/** Reads an e-invoice: XRechnung in UBL or CII, or a ZUGFeRD or Factur-X PDF with one inside. */
import type { EInvoiceRefusal, ReadEInvoice } from "#app/domain/e-invoice.ts";
import { readCii } from "./cii.ts";
import { filesInPdf } from "./pdf-files.ts";
import { Refusal } from "./refusal.ts";
import { readUbl } from "./ubl.ts";
import { parseXml, type XmlElement } from "./xml.ts";
import { refusal, xmlText } from "./xml-text.ts";

/** The invoice as its seller states it, or why the file is not taken for one. */
export async function readEInvoice(
  bytes: Uint8Array,
): Promise<ReadEInvoice | { problem: EInvoiceRefusal }> {
  try {
    return readXml(isPdf(bytes) ? await xmlInPdf(bytes) : bytes);
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem as EInvoiceRefusal };
    throw error;
  }
}

function readXml(bytes: Uint8Array): ReadEInvoice {
  const root = parseXml(xmlText(bytes));
  const read = readerOf(root);
  const currency = root.textAt(
    "DocumentCurrencyCode",
    "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/InvoiceCurrencyCode",
  );
  if (!currency) throw refusal({ rule: "e_invoice_lacks", term: "BT-5" });
  if (currency !== "EUR") {
    throw refusal({ rule: "e_invoice_other_currency", currency: currency.slice(0, 10) });
  }
  return read(root);
}

function readerOf({ name }: XmlElement) {
  if (name === "Invoice" || name === "CreditNote") return readUbl;
  if (name === "CrossIndustryInvoice") return readCii;
  if (name === "CrossIndustryDocument") throw refusal({ rule: "e_invoice_zugferd_1" });
  throw refusal({ rule: "e_invoice_unknown_kind" });
}

/** A PDF may have some bytes before its first line. */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-");
}

/** Names that ZUGFeRD and Factur-X lay down, newest first. */
const invoiceNames = ["factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml"];

async function xmlInPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const files = await filesInPdf(bytes);
  const named = invoiceNames.map((name) => files.find((file) => file.name.toLowerCase() === name));
  const invoice = named.find(Boolean) ?? files.find(({ name }) => /\.xml$/i.test(name));
  if (!invoice) throw refusal({ rule: "pdf_without_e_invoice" });
  try {
    return invoice.bytes();
  } catch {
    throw refusal({ rule: "pdf_broken" });
  }
}
