/**
 * The canonical text of a sheet, of which its seal is made: UTF-8, a line for each row with its heading, each ended by
 * CR LF, cells between semicolons and quoted as in RFC 4180. Numbers and days as a cell keeps them, and as they stand
 * in that text.
 */

/** Where the mark of a workbook stands on its cover, by which a copy is checked (`book-mark.ts`). */
export const markLabel = "Kennung für die Nachprüfung";
/** On the cover before the name of the sheet that is sealed. */
export const sealLabel = "Siegel (SHA-256) ";

/** Columns of a sheet that stay empty for whoever audits: what is written there changes nothing of the book. */
export const handColumns = {
  sheet: "Belegliste",
  titles: { accepted: "anerkannt", cut: "Kürzung", reason: "Kürzungsgrund" },
};

const needsQuotes = /[;"\r\n]/;

/** RFC 4180, with the semicolon of German tables. */
export function quoted(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const dayLength = 86_400_000;
/** Day 0 of a workbook, 30 December 1899, in days before 1970. */
const dayZero = 25_569;

/** Days since day 0 of a workbook, to the 15 digits that every program keeps of a number. */
export function serialOf(date: Date): number {
  const serial = dayZero + date.getTime() / dayLength;
  return Number.isInteger(serial) ? serial : Number(serial.toPrecision(15));
}

/** The moment of a cell's number, to the whole second. */
export function dateOf(serial: number): Date {
  return new Date(Math.round((serial - dayZero) * 86_400) * 1000);
}

/** The shortest decimal of up to 15 digits that is the cell's number, with a comma. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const text = String(value);
  // Behind 15 digits stands how a number was reckoned; no program keeps it.
  return (text.length > 16 ? String(Number(value.toPrecision(15))) : text).replace(".", ",");
}

/** "31.12.2025", with " 14:05:09" where it is no whole day. */
export function dateText(value: Date): string {
  const time = value.getTime();
  const midnight = Math.floor(time / dayLength) * dayLength;
  const day = dayText(midnight);
  if (time === midnight) return day;
  const second = Math.floor((time - midnight) / 1000);
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  return `${day} ${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[second % 60]}`;
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
const dayTexts = new Map<number, string>();

/** A long journal has few days. */
function dayText(midnight: number): string {
  let text = dayTexts.get(midnight);
  if (text === undefined) {
    if (dayTexts.size > 10_000) dayTexts.clear();
    const iso = new Date(midnight).toISOString();
    text = `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;
    dayTexts.set(midnight, text);
  }
  return text;
}
