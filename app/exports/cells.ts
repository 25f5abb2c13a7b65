/**
 * What goes into a cell of a workbook: text that stays the text it was, amounts that stay exact, days
 * that stay the day. exceljs does not look after that by itself.
 */
import type { CellFormulaValue, CellRichTextValue } from "exceljs";
import type { Day } from "#app/domain/calendar.ts";
import type { Factor, Money, Percent } from "#app/domain/money.ts";

export type Content = string | number | Date | CellFormulaValue | null;

/** The most that a cell holds; a workbook with more is refused as damaged. */
const mostCharacters = 32_767;
const cutMark = " … [gekürzt]";

/** What XML forbids or no reader shows: controls but tab and line feed, and the noncharacters. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** In a text, office programs read "_x0041_" as "A"; its underscore, escaped, keeps it as typed. */
const lookalike = /_(?=x[0-9a-f]{4}_)/gi;

/**
 * Text as a cell can hold it. Written as text, "=1+1" is no formula and needs no mark before it.
 * What can't be written becomes "�", so that a reader sees that something was there.
 */
export function safeText(text: string): string {
  const readable = text.toWellFormed().replace(/\r\n?/g, "\n").replace(unwritable, "\ufffd");
  if (readable.length <= mostCharacters) return readable;
  return shortened(readable, mostCharacters - cutMark.length) + cutMark;
}

/**
 * The cell of a text. exceljs writes a plain string as if it were a formula's result, where one
 * program reads "_x0041_" as "A" and another does not, and where spaces at the ends may be lost. A
 * rich text is written as text, with one meaning for all.
 */
export function textCell(text: string): string | CellRichTextValue {
  const safe = safeText(text);
  if (safe.search(lookalike) === -1 && safe.trim() === safe) return safe;
  return { richText: [{ text: safe.replace(lookalike, "_x005F_") }] };
}

/** Never cuts a surrogate pair in two. */
function shortened(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** A cell is a double, exact up to 15 digits. @throws RangeError for an amount that would change. */
export function amount(money: Money): number {
  const cell = money.toNumber();
  if (money.precision() > 15 || !money.eq(cell)) {
    throw new RangeError(`not exact in a cell: ${money.toFixed()}`);
  }
  return cell === 0 ? 0 : cell; // no negative zero
}

/** A weight need not be exact to the last place: nothing is reckoned with it here. */
export function weight(factor: Factor): number {
  return factor.toNumber();
}

/** Midnight UTC, which exceljs writes as a whole number: the same day in every time zone. */
export function day(on: Day): Date;
export function day(on: Day | null): Date | null;
export function day(on: Day | null): Date | null {
  return on === null ? null : new Date(`${on}T00:00:00Z`);
}

/** The moment in coordinated universal time (UTC), to the second. Takes ISO 8601. */
export function utcMoment(at: string): Date {
  return new Date(Math.floor(Date.parse(at) / 1_000) * 1_000);
}

/** The clock on the wall in Berlin; a cell knows no time zone. Takes ISO 8601. */
export function moment(at: string): Date {
  const part = Object.fromEntries(
    berlinClock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  return new Date(
    `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`,
  );
}

const twoDigits = "2-digit" as const;
const berlinClock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  hourCycle: "h23",
  year: "numeric",
  month: twoDigits,
  day: twoDigits,
  hour: twoDigits,
  minute: twoDigits,
  second: twoDigits,
});

/** A live formula with its result, for readers that do not reckon. */
export function formula(expression: string, result: Money | string): CellFormulaValue {
  return { formula: expression, result: typeof result === "string" ? result : amount(result) };
}

/**
 * As `shareOf` reckons it: whole cents, half away from zero. In cents every step is a whole number or
 * ends in an exact half, so that no binary fraction decides about a cent.
 */
export function shareFormula(cell: string, rate: Percent): string {
  const places = rate.decimalPlaces();
  const parts = rate.times(10 ** places).toFixed(0);
  return `ROUND(ROUND(${cell}*100,0)*${parts}/1${"0".repeat(places + 2)},0)/100`;
}
