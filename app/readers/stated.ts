/** What an e-invoice states, read strictly: an amount that is none must not become another one. */
import { type Day, isDay } from "#app/domain/calendar.ts";
import {
  type DecimalText,
  type EInvoiceAdjustment,
  type NeededTerm,
  type OfferedDiscount,
  type VatKind,
} from "#app/domain/e-invoice.ts";
import { factor } from "#app/domain/money.ts";
import type { XmlElement } from "./xml.ts";
import { refusal } from "./xml-text.ts";

/** More digits than any column or cell of a workbook holds are no amount of an office. */
const decimal = /^([+-]?)0*(\d{1,12})?(?:\.(\d{0,10}))?$/;

/** An xs:decimal in plain notation; null where nothing is stated. @throws Refusal */
export function decimalAt(element: XmlElement | undefined, term: string): DecimalText | null {
  const text = element?.text;
  if (!text) return null;
  const match = decimal.exec(text);
  const [, sign = "", whole = "", places = ""] = match ?? [];
  if (!match || (whole === "" && places === "" && !/0/.test(text))) {
    throw refusal({ rule: "e_invoice_not_an_amount", term, found: text.slice(0, 40) });
  }
  return factor(`${sign === "-" ? "-" : ""}${whole || "0"}.${places || "0"}`).toFixed();
}

/** An amount of a document, in whole cents. @throws Refusal */
export function amountAt(element: XmlElement | undefined, term: string): DecimalText | null {
  const amount = decimalAt(element, term);
  if (amount !== null && /\.\d{3}/.test(amount)) {
    throw refusal({ rule: "e_invoice_not_an_amount", term, found: amount.slice(0, 40) });
  }
  return amount;
}

export function needed<Value>(value: Value | null, term: NeededTerm): Value {
  if (value === null) throw refusal({ rule: "e_invoice_lacks", term });
  return value;
}

/** "2026-11-27", with or without time zone, or CII's "20261127". @throws Refusal */
export function dayAt(element: XmlElement | undefined, term: string): Day | null {
  const text = element?.text;
  if (!text) return null;
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:Z|[+-]\d\d:\d\d|T.*)?$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}`;
  if (!isDay(iso)) throw refusal({ rule: "e_invoice_not_a_day", term, found: text.slice(0, 40) });
  return iso;
}

/** A category without rate, such as O (not subject to VAT), has the rate 0. */
export function vatKind(
  tax: XmlElement | undefined,
  names: { category: string; rate: string },
): VatKind {
  const rate = decimalAt(tax?.first(names.rate), "BT-152") ?? "0";
  return { category: tax?.textAt(names.category) ?? "S", rate };
}

export function adjustment(
  element: XmlElement,
  indicator: string | null,
  amountName: string,
  [allowanceTerm, chargeTerm]: ["BT-92", "BT-99"] | ["BT-136", "BT-141"],
): EInvoiceAdjustment {
  const kind = /^(true|1)$/i.test(indicator ?? "") ? "charge" : "allowance";
  const term = kind === "charge" ? chargeTerm : allowanceTerm;
  return {
    kind,
    amount: needed(amountAt(element.first(amountName), term), term),
    reason: element.textAt("AllowanceChargeReason", "Reason", "Description"),
    vat: null,
  };
}

const discountLine =
  /#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,4})?)(?:#BASISBETRAG=(-?\d{1,12}(?:\.\d{1,2})?))?#/g;

/**
 * Parts the machine-readable cash discounts of BT-20 from the rest of its text (XRechnung, BR-DE-18:
 * https://xeinkauf.de/xrechnung/).
 */
export function paymentTermsOf(texts: string[]): {
  paymentTerms: string | null;
  discounts: OfferedDiscount[];
} {
  const text = texts.join("\n");
  const discounts = [...text.matchAll(discountLine)].map(([, days, rate, base]) => {
    return { days: Number(days), rate: rate!, base: base ?? null };
  });
  return { paymentTerms: text.replace(discountLine, "").trim() || null, discounts };
}
