/** The only room that looks at the clock. */
import type { Day } from "./domain/calendar.ts";

/** Today in Berlin, whatever the server's time zone. */
export function today(): Day {
  return dayIn(new Date());
}

/** The day of a moment, in Berlin. */
export function dayIn(moment: Date): Day {
  return berlinDay.format(moment);
}

/** This moment, to the millisecond, as the journal keeps it. */
export function now(): Date {
  return new Date();
}

// Swedish writes a day as YYYY-MM-DD.
const berlinDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" });
