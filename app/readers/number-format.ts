/** The numbers of a workbook as a German reader sees them: days, amounts, shares. */
import { Decimal } from "decimal.js";
import { formatDay } from "#app/german/notation.ts";

/** The format of a cell, as far as it decides what its number means. */
export type NumberFormat = {
  isDay: boolean;
  isPercent: boolean;
  /** Places behind the comma that are shown; undefined where the format leaves it open. */
  places: number | undefined;
  /** "00000" shows 17 as 00017. */
  leastDigits: number;
};

/** Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30). */
const builtIn: Record<number, string> = {
  ...{ 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd.mm.yyyy" },
  ...{ 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd.mm.yyyy h:mm" },
  ...{ 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 43: "#,##0.00", 44: "#,##0.00" },
};

export function numberFormat(id: number, custom: Map<number, string>): NumberFormat {
  const code = custom.get(id) ?? builtIn[id] ?? "General";
  // Of the parts for positive and negative numbers the first decides; texts and colours are not code.
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, "").split(";")[0]!;
  const isDay = /[dy]/i.test(bare) && !/general/i.test(bare);
  const places = /0(?:\.(0+))?(?!.*0)/.exec(bare)?.[1]?.length;
  const leastDigits = /^0+$/.test(bare) ? bare.length : 1;
  return { isDay, isPercent: bare.includes("%"), places, leastDigits };
}

/** A double of Excel has 15 digits worth keeping; what comes behind is how it was reckoned. */
const digitsKept = 15;

/**
 * The number of a cell from its text in the file, such as "1.1499999999999999". Where the format
 * shows two places or more, what is shown is meant: the same that Excel gives to the clipboard.
 */
export function numberText(raw: string, format: NumberFormat, startsIn1904: boolean): string {
  const value = new Decimal(raw);
  if (format.isDay) return dayText(value, startsIn1904) ?? plain(value);
  if (format.isPercent) return `${plain(value.times(100))} %`;
  const { places } = format;
  if (places !== undefined && places >= 2) {
    return german(
      value
        .toSignificantDigits(digitsKept)
        .toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
        .toFixed(places),
    );
  }
  return plain(value).padStart(format.leastDigits, "0");
}

function plain(value: Decimal): string {
  return german(value.toSignificantDigits(digitsKept).toFixed());
}

function german(decimal: string): string {
  return decimal.replace(".", ",");
}

/**
 * Excel counts days from 1 January 1900 as day 1 and knows a 29 February 1900 that never was; old
 * Macs count from 1904. Undefined for what is no day.
 */
function dayText(value: Decimal, startsIn1904: boolean): string | undefined {
  const count = value.floor().plus(startsIn1904 ? 1_462 : 0);
  if (count.lessThan(1) || count.greaterThan(2_958_465)) return undefined;
  const days = count.lessThan(60) ? count.plus(1) : count;
  const moment = new Date(Number(days.minus(25_569).times(86_400_000)));
  return formatDay(moment.toISOString().slice(0, 10));
}
