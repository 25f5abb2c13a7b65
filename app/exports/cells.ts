/**
 * What goes into a cell of a workbook: text that stays the text it was, amounts that stay exact, days
 * that stay the day.
 */
import type { CellFormulaValue } from "exceljs";
import type { Day } from "#app/domain/calendar.ts";
import type { Factor, Money, Percent } from "#app/domain/money.ts";

export type Content = string | number | Date | CellFormulaValue | null;

/** The most that a cell holds; a workbook with more is refused as damaged. */
const mostCharacters = 32_767;
const cutMark = " … [gekürzt]";

/** What XML forbids or no reader shows: controls but tab and line feed, and the noncharacters. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

/**
 * Text as a cell can hold it. Written as text, "=1+1" is no formula and needs no mark before it.
 * What can't be written becomes "�", so that a reader sees that something was there.
 */
export function safeText(text: string): string {
  const readable = text.toWellFormed().replace(/\r\n?/g, "\n").replace(unwritable, "\ufffd");
  if (readable.length <= mostCharacters) return readable;
  return shortened(readable, mostCharacters - cutMark.length) + cutMark;
}

/** Never cuts a surrogate pair in two. */
function shortened(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** A cell is a double, which keeps every decimal of up to 15 digits. @throws RangeError for one of more digits */
export function amount(money: Money): number {
  if (money.precision() > 15) throw new RangeError(`not exact in a cell: ${money.toFixed()}`);
  const cell = money.toNumber();
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
  if (on === null) return null;
  let date = days.get(on);
  if (date === undefined) {
    if (days.size > 10_000) days.clear();
    days.set(on, (date = new Date(`${on}T00:00:00Z`)));
  }
  return date;
}

/** A long journal has few days, and parsing each anew costs more than all else of its cell. */
const days = new Map<Day, Date>();

/** The moment in coordinated universal time (UTC), to the second. Takes ISO 8601. */
export function utcMoment(at: string): Date {
  return new Date(Math.floor(Date.parse(at) / 1_000) * 1_000);
}

/**
 * The clock on the wall in Berlin; a cell knows no time zone. Takes ISO 8601, gives whole seconds: a cell is no
 * place for thousandths.
 */
export function moment(at: string): Date {
  const time = Math.floor(Date.parse(at) / 1000) * 1000;
  return new Date(time + berlinOffset(time));
}

const hour = 3_600_000;
const offsets = new Map<number, number>();

/** By how much Berlin is ahead of UTC. Clocks are changed at a full hour: asked once for each. */
function berlinOffset(time: number): number {
  const key = Math.floor(time / hour);
  let offset = offsets.get(key);
  if (offset === undefined) {
    const [, sign, hours] = /^GMT([+-])(\d\d):00$/.exec(
      berlinClock.formatToParts(key * hour).find(({ type }) => type === "timeZoneName")!.value,
    )!;
    offset = Number(`${sign}${hours}`) * hour;
    if (offsets.size > 10_000) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

const berlinClock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  timeZoneName: "longOffset",
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
