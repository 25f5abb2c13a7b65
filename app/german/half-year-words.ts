/** The half-yearly report in German: how its address is read, and what its figures are called. */
import {
  type HalfYear,
  isReportingDay,
  lastReportingDay,
  type ReportFigure,
} from "../domain/half-year.ts";
import type { Day } from "../domain/calendar.ts";
import { formatDay, parseDay } from "./notation.ts";

export const reportFigureWords: Record<ReportFigure, string> = {
  granted: "bewilligt",
  running: "davon laufend",
  committed: "gebunden",
  invoiced: "in Rechnung",
  paid: "bezahlt",
  due: "davon Zuwendung",
  drawn: "abgerufen",
  received: "erhalten",
};

export type HalfYearProblems = { on?: string; known?: string };

/** Reads what an address asks for; without a day it is the last day of report, as known today. */
export function readHalfYear(
  asked: { on: string | null; known: string | null },
  today: Day,
): { view: HalfYear; problems: HalfYearProblems } {
  const on = asked.on ? parseDay(asked.on) : lastReportingDay(today);
  const known = asked.known ? parseDay(asked.known) : today;
  const problems: HalfYearProblems = {};
  if (!on || !isReportingDay(on) || on > today) {
    problems.on = "Bitte einen vergangenen 30.06. oder 31.12. wählen.";
  }
  if (!known || known > today) {
    problems.known = "Bitte ein Datum wie 15.08.2021 eingeben, das nicht in der Zukunft liegt.";
  }
  return { view: { on: on ?? today, known: known ?? today }, problems };
}

/** "Stand 30.06.2021, wie am 15.08.2021 bekannt". */
export function halfYearTitle({ on, known }: HalfYear): string {
  return `Stand ${formatDay(on)}, wie am ${formatDay(known)} bekannt`;
}
