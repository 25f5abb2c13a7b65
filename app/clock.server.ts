/** The only room that looks at the clock. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Day } from "./domain/calendar.ts";

/** The past moment for which a reading answers. */
const past = new AsyncLocalStorage<Date>();

/** Runs a reading that answers for a past moment: its today is the day of that moment. */
export function livingIn<Result>(moment: Date, read: () => Promise<Result>): Promise<Result> {
  return past.run(moment, read);
}

/** Today in Berlin, whatever the server's time zone; the day of the past moment that is read. */
export function today(): Day {
  return dayIn(past.getStore() ?? new Date());
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
