/**
 * Until when a person's name stays in the books. Whoever booked, certified or approved must be named as long as
 * the books are kept: ten years, from 1 January after the year (KommHV-Doppik § 69 Abs. 2 for Bavaria; § 147
 * Abs. 3 AO for books). Vouchers may go earlier; what names a person in the journal's log is a book.
 */
import { type Day, yearOf } from "./calendar.ts";

export const yearsOfBooks = 10;

/** The first day on which the name may go; the last deed is the person's own or one about their account. */
export function retainedUntil(lastDeedOn: Day): Day {
  return `${yearOf(lastDeedOn) + yearsOfBooks + 1}-01-01`;
}

export type DuePerson = {
  id: string;
  name: string;
  email: string;
  lastDeedOn: Day;
  dueOn: Day;
};
