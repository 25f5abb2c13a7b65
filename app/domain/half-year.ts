/**
 * The half-yearly report (Halbjahresbericht) at 30.06. and 31.12.: what is bound (Mittelbindung) and
 * what has flowed (Mittelabfluss) of each grant and programme, as it was known on a later day.
 */
import { type Day, yearOf } from "./calendar.ts";
import { isClosing, type NoticeKind } from "./notice.ts";
import { type Money, sum, zero } from "./money.ts";
import { grantDue, termsOn, type TermsVersion } from "./terms.ts";

/** Figures of the day `on`, of whatever was recorded by the end of the day `known`. */
export type HalfYear = { on: Day; known: Day };

const lastDays = ["06-30", "12-31"];

export function isReportingDay(day: Day): boolean {
  return lastDays.includes(day.slice(5));
}

/** Days of report from the one that follows a day to the last that has come, newest first. */
export function reportingDays(from: Day, today: Day): Day[] {
  const [first, last] = [yearOf(from), yearOf(today)];
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return years
    .flatMap((year) => lastDays.map((day) => `${year}-${day}`))
    .filter((day) => from <= day && day <= today)
    .reverse();
}

/** The day of report that was last; the day itself where it is one. */
export function lastReportingDay(today: Day): Day {
  return reportingDays(`${yearOf(today) - 1}-12-31`, today)[0]!;
}

export const reportFigures = [
  /** Mittelbindung: what notices grant, and of it what no closing notice has ended. */
  "granted",
  "running",
  "committed",
  "invoiced",
  /** Mittelabfluss: paid eligible costs, and what the grant pays of them. */
  "paid",
  "due",
  "drawn",
  "received",
] as const;
export type ReportFigure = (typeof reportFigures)[number];
export type ReportFigures = Record<ReportFigure, Money>;

export type KnownGrant = {
  /** Versions of the terms that were known; the first notice at least. */
  versions: (TermsVersion & { kind: "grant" | NoticeKind })[];
  /** Sums of the entries that were known, up to the day of the report. */
  sums: Record<
    "granted" | "approved" | "committed" | "invoiced" | "paid" | "drawn" | "received",
    Money
  >;
};

export function figuresOfGrant({ versions, sums }: KnownGrant, on: Day): ReportFigures {
  const { approved, ...figures } = sums;
  const isClosed = versions.some(
    ({ kind, validFrom }) => kind !== "grant" && isClosing(kind) && validFrom <= on,
  );
  return {
    ...figures,
    running: isClosed ? zero : sums.granted,
    due: grantDue(termsOn(versions, on), sums.paid, approved),
  };
}

export function totalFigures(rows: ReportFigures[]): ReportFigures {
  const total = (figure: ReportFigure) => sum(rows.map((row) => row[figure]));
  return Object.fromEntries(
    reportFigures.map((figure) => [figure, total(figure)]),
  ) as ReportFigures;
}

/** A grant of which nothing was known, or that was undone. */
export function isEmpty(sums: KnownGrant["sums"]): boolean {
  return Object.values(sums).every((amount) => amount.isZero());
}
