/**
 * Until when a person's name stays in the books. Whoever booked, certified or approved must be named as long as
 * the books are kept: ten years, from 1 January after the year (KommHV-Doppik § 69 Abs. 2 for Bavaria; § 147
 * Abs. 3 AO for books). For Lower Saxony no paragraph was found that we could read ourselves; the authority names its own
 * basis, and may keep names longer. Vouchers may go earlier; what names a person in the journal's log is a book.
 */
import { type Day, yearOf } from "./calendar.ts";

export const yearsOfBooks = 10;
/** What an authority may lay down: no shorter than books are kept, no longer than anybody could need. */
export const mostYears = 50;

/**
 * The first day on which the name may go; the last deed is the person's own or one about their account.
 * @param years full years after the year of the last deed
 */
export function retainedUntil(lastDeedOn: Day, years = yearsOfBooks): Day {
  return `${yearOf(lastDeedOn) + years + 1}-01-01`;
}

/** How long names are kept, and by what rule as the authority names it; null until it has. */
export type RetentionPeriod = { years: number; basis: string | null };

/**
 * So many days the keys of sent forms are kept: a session ends after twelve hours, and a form that lay open longer than
 * a month is not sent twice by mistake.
 */
export const sentFormDays = 30;

export type DuePerson = {
  id: string;
  name: string;
  email: string;
  lastDeedOn: Day;
  dueOn: Day;
};
