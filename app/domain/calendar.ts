/** Days as text, YYYY-MM-DD: they sort, compare and print without a time zone. */

export type Day = string;

/** True for a day that exists, in the years that a funding book can meet. */
export function isDay(text: string): text is Day {
  const match = /^((?:19|20|21)\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}

/** So many months later: the same day, or the last of a month that is too short (§ 188 Abs. 3 BGB). */
export function plusMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const counted = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(counted / 12), (counted % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(date, lengthOfMonth(toYear, toMonth)));
}

export function plusDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function endOfYear(year: number): Day {
  return dayOf(year, 12, 31);
}

function dayOf(year: number, month: number, day: number): Day {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Months counted from year 0, so that months can be subtracted: January 2024 is 24288. */
export function monthOf(day: Day): number {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return year * 12 + month - 1;
}
