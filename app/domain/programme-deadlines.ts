/** Deadlines of a programme, for the envelope (Höchstbetrag) that an authority has in it. */
import { type Day, isDay, yearOf } from "./calendar.ts";
import { byProgramme, type Deadline, type DeadlineKind } from "./deadline.ts";
import type { Money } from "./money.ts";
import { type Programme, type ReportRule, rulesOn } from "./programme.ts";

export type EnvelopeFacts = {
  id: string;
  programme: Programme;
  /** Of the ceiling, in euro. */
  notGranted: Money;
  /** Grants under it that no closing notice has ended. */
  runningGrants: number;
};

export function deadlinesOfEnvelope(envelope: EnvelopeFacts, today: Day): Deadline[] {
  const { programme, notGranted } = envelope;
  const { term, firstCome } = programme;
  const due = (kind: DeadlineKind, on: Day | undefined, sources: string[], isDone: boolean) =>
    on === undefined ? [] : [deadline(envelope, { kind, on, sources, isDone })];
  const isIdle = !notGranted.greaterThan(0) || isTooLate(programme, today);

  const isApplied = term.applyUntil !== undefined && term.applyUntil >= today;
  // From its first day on applications come in order of receipt; the first deadline is void then.
  const isFirstCome = firstCome !== undefined && firstCome.from <= today;
  const chances = [
    ...due("application", isFirstCome ? undefined : term.applyUntil, term.sources, isIdle),
    ...due(
      "first_come",
      isApplied ? undefined : firstCome?.until,
      firstCome?.sources ?? [],
      isIdle,
    ),
    ...due("approval", term.approvedUntil, term.sources, isIdle),
  ];
  return [
    ...chances.map((one) => ({ ...one, amount: notGranted })),
    ...due("settlement", term.settledUntil, term.sources, envelope.runningGrants === 0),
    ...nextReport(envelope, today),
  ];
}

/** After the last chance what is not granted is lost: nothing is to be done about it any more. */
function isTooLate({ term, firstCome }: Programme, today: Day): boolean {
  if (term.approvedUntil !== undefined) return term.approvedUntil < today;
  const last = firstCome ? firstCome.until : term.applyUntil;
  return last !== undefined && last < today;
}

/**
 * The next half-yearly report, while the programme runs. Whether an earlier one was delivered is on no
 * record, so that none is called overdue.
 */
function nextReport(envelope: EnvelopeFacts, today: Day): Deadline[] {
  const year = yearOf(today);
  const [next] = [year - 1, year]
    .flatMap((one) => reportsOf(envelope.programme, one))
    .filter(({ dueOn }) => dueOn >= today)
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  if (!next || !runsOn(envelope.programme, next.on)) return [];
  const { dueOn: on, sources } = next;
  return [
    {
      ...deadline(envelope, { kind: "report", on, sources, isDone: false }, next.on),
      detail: next.on,
    },
  ];
}

/** A report: the day whose figures it has, and the day on which it is due. */
export type Report = { on: Day; dueOn: Day; sources: string[] };

/** Reports on the days of a year; the one of its last day is due in the next. */
export function reportsOf(programme: Pick<Programme, "reports">, year: number): Report[] {
  return programme.reports
    .map((rule) => ({ rule, on: `${year}-${rule.on}` }))
    .filter(({ rule, on }) => isDay(on) && rulesOn([rule], on).length > 0)
    .map(({ rule, on }) => ({ on, dueOn: dueAfter(rule, year), sources: rule.sources }));
}

function dueAfter({ on, dueOn }: ReportRule, year: number): Day {
  return `${dueOn > on ? year : year + 1}-${dueOn}`;
}

/** From its first day to the last that any of its rules names; an end that no source gives is open. */
export function runsOn({ term }: Pick<Programme, "term">, day: Day): boolean {
  const { startsOn, runsUntil, completedBy, paidOutUntil, settledUntil } = term;
  const ends = [runsUntil, completedBy, paidOutUntil, settledUntil].filter(
    (one) => one !== undefined,
  );
  const last = ends.sort().at(-1);
  return (startsOn ?? day) <= day && day <= (last ?? day);
}

function deadline(
  { id, programme }: EnvelopeFacts,
  due: { kind: DeadlineKind; on: Day; sources: string[]; isDone: boolean },
  part?: string,
): Deadline {
  const { kind, on, sources, isDone } = due;
  return {
    id: [kind, id, part].filter(Boolean).join("-"),
    kind,
    on,
    subject: { kind: "envelope", id, name: programme.name },
    detail: null,
    amount: null,
    origin: byProgramme(programme, sources),
    isDone,
  };
}
