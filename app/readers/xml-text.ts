/** The text of an XML file, in the encoding that it declares (https://www.w3.org/TR/xml/#charencoding). */
import { type EInvoiceRefusal, mostXmlBytes, mostXmlElements } from "#app/domain/e-invoice.ts";
import { Refusal } from "./refusal.ts";

/** Encodings that XML invoices come in; every label of them that the web knows. */
const known = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15"];

/**
 * The text of the file. Nothing is expanded that a document may define for itself: a DOCTYPE, which no
 * e-invoice needs, ends the reading, and with it every bomb made of entities.
 * @throws Refusal
 */
export function xmlText(bytes: Uint8Array): string {
  if (bytes.length > mostXmlBytes) throw refusal({ rule: "e_invoice_xml_too_large" });
  const text = decoded(bytes, encodingOf(bytes));
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(text)) throw refusal({ rule: "e_invoice_with_doctype" });
  if (hasMoreTags(text, mostXmlElements * 2)) {
    throw refusal({ rule: "e_invoice_too_many_elements" });
  }
  return text;
}

/** By its mark, by zero bytes of its first characters, or by what its first line declares. */
function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0x3c && b === 0 && d === 0) return "utf-16le";
  if (a === 0 && b === 0x3c && c === 0) return "utf-16be";
  const start = new TextDecoder("windows-1252").decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  // Programs declare the encoding of their memory, and write bytes all the same.
  return !declared || /^utf-?16$/i.test(declared) ? "utf-8" : declared;
}

function decoded(bytes: Uint8Array, encoding: string): string {
  let decoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw refusal({ rule: "e_invoice_encoding_unknown", encoding });
  }
  if (!known.includes(decoder.encoding)) {
    throw refusal({ rule: "e_invoice_encoding_unknown", encoding });
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw refusal({ rule: "e_invoice_encoding_wrong", encoding });
  }
}

function hasMoreTags(text: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    if (++count > most) return true;
  }
  return false;
}

type Bare<Each> = Each extends { field: "file" } ? Omit<Each, "field"> : never;

export function refusal(why: Bare<EInvoiceRefusal>): Refusal {
  return new Refusal({ field: "file", ...why } as EInvoiceRefusal);
}
