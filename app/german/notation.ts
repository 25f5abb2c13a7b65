/** How amounts and days are written in German: read from forms, shown on pages. */
import { type Day, isDay } from "../domain/calendar.ts";
import { euro, type Factor, factor, type Money, type Percent, percent } from "../domain/money.ts";

/** Largest amount that any column and any spreadsheet cell holds exactly: 999.999.999.999,99. */
const mostDigits = 12;

/**
 * Reads "1234", "1234,5", "1.234,50", "1 234,50", "-12,00", "12,00-", "€ 5" and "5 EUR". Undefined for
 * anything else, and for what can be read in two ways: "1.234" (half of the world reads one and a
 * bit) and "12,345".
 */
export function parseEuro(text: string): Money | undefined {
  const bare = text
    .trim()
    .replace(/^(€|EUR)\s*|\s*(€|EUR)$/gi, "")
    .trim();
  const match =
    /^(-?)((?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?=,)|\d+)(?:,(\d{1,2}))?(-?)$/.exec(
      bare,
    );
  if (!match) return undefined;
  const [, minusBefore, whole = "", cents = "", minusAfter] = match;
  if (minusBefore && minusAfter) return undefined;
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  if (digits.length > mostDigits) return undefined;
  return euro(`${minusBefore || minusAfter}${digits}.${cents.padEnd(2, "0")}`);
}

/**
 * An amount in euro as German readers know it: "1.234,50 €", with a no-break space. Takes the exact
 * decimal string that a loader sends, or the amount; no cent passes through a float.
 */
export function formatEuro(amount: Money | string): string {
  return euroFormat.format(String(amount) as `${number}`);
}

/** The same without the sign of the currency, for tables whose heading has it. */
export function formatAmount(amount: Money | string): string {
  return amountFormat.format(String(amount) as `${number}`);
}

/** As a form proposes it: "1.234,50". */
export const amountInput = formatAmount;

const signDisplay = "negative" as const; // no "-0,00 €"
const euroFormat = new Intl.NumberFormat("de-DE", {
  style: "currency",
  currency: "EUR",
  signDisplay,
});
const twoPlaces = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay };
const amountFormat = new Intl.NumberFormat("de-DE", twoPlaces);

/** "90", "90 %" or "12,5": a share in percent. Undefined for anything else, "1.5" too. */
export function parsePercent(text: string): Percent | undefined {
  const bare = text.trim().replace(/\s*%$/, "");
  return /^\d{1,3}(,\d{1,2})?$/.test(bare) ? percent(bare.replace(",", ".")) : undefined;
}

/** A weight of an allocation key: "675" or "0,5". Undefined for anything else. */
export function parseFactor(text: string): Factor | undefined {
  const bare = text.trim();
  return /^\d{1,9}(,\d{1,4})?$/.test(bare) ? factor(bare.replace(",", ".")) : undefined;
}

export function formatPercent(share: Percent | string): string {
  return `${formatFactor(share)} %`;
}

export function formatFactor(value: Factor | string): string {
  return factorFormat.format(String(value) as `${number}`);
}

const factorFormat = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 6 });

/**
 * An exact quota in euro to six places, the rest cut off, never rounded: beside the amount rounded down it
 * must not look as if a cent were missing ("1.640,109999", not "1.640,11"). The same on pages and papers.
 */
export function formatQuota(quota: Factor | string): string {
  return quotaFormat.format((typeof quota === "string" ? quota : quota.toFixed()) as `${number}`);
}

const quotaFormat = new Intl.NumberFormat("de-DE", {
  minimumFractionDigits: 6,
  maximumFractionDigits: 6,
  roundingMode: "trunc",
});

/** As a form proposes a number: "1250,5", without points between thousands. */
export function plainFactor(value: Factor): string {
  return value.toFixed().replace(".", ",");
}

/** "31.12.2024", "1.6.24", "31122024", or the ISO form. Undefined for a day that does not exist. */
export function parseDay(text: string): Day | undefined {
  const bare = text.trim();
  const german =
    /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/.exec(bare) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(bare);
  if (!german) return isDay(bare) ? bare : undefined;
  const [, day = "", month = "", year = ""] = german;
  const iso = `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(iso) ? iso : undefined;
}

export function formatDay(day: Day): string {
  return day.split("-").reverse().join(".");
}

/** The size of a file, as file managers show it: "12 Byte", "340 kB", "1,2 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} Byte`;
  if (bytes < 1_024 * 1_024) return `${Math.round(bytes / 1_024)} kB`;
  return `${sizeFormat.format(bytes / 1_024 / 1_024)} MB`;
}

const sizeFormat = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 1 });

/** A moment in Berlin time: "24.11.2026, 13:05:09". Takes an ISO string. */
export function formatMoment(moment: Date | string): string {
  return momentFormat.format(new Date(moment));
}

/** The same moment in UTC, as the database and other programs have it. */
export function formatUtc(moment: Date | string): string {
  return `${utcFormat.format(new Date(moment))} UTC`;
}

const utcFormat = new Intl.DateTimeFormat("de-DE", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
});

const momentFormat = new Intl.DateTimeFormat("de-DE", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/Berlin",
});

/** An IBAN in groups of four, as it stands on paper; other account numbers as they are. */
export function formatAccount(account: string): string {
  return /^[A-Z]{2}\d{2}/.test(account) ? account.replace(/(.{4})(?=.)/g, "$1 ") : account;
}
