/** The deadlines as an iCalendar file (RFC 5545) for Outlook, Thunderbird and the like. */
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } from "ical-generator";
import type { Deadline } from "../domain/deadline.ts";
import { deadlineTitle, deadlineWords, originText } from "../german/deadline-words.ts";
import { formatEuro } from "../german/notation.ts";

export type CalendarFacts = {
  name: string;
  deadlines: Deadline[];
  /** Of the program: "https://paktbuch.example.de". */
  origin: string;
  madeAt: Date;
};

const secondsPerDay = 86_400;
const alarmDaysBefore = [30, 7];
/** How often a calendar program asks again. */
const refreshSeconds = 6 * 60 * 60;

export function writeCalendar({ name, deadlines, origin, madeAt }: CalendarFacts): string {
  const calendar = ical({
    name,
    prodId: { company: "Paktbuch", product: "Fristen", language: "DE" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  });
  const { hostname } = new URL(origin);
  for (const deadline of deadlines) {
    const summary = `${deadlineTitle(deadline)}: ${deadline.subject.name}`;
    const event = calendar.createEvent({
      // The same when a notice moves the day: the calendar moves its entry and does not keep two.
      id: `${deadline.id}@${hostname}`,
      start: new Date(`${deadline.on}T00:00:00Z`),
      allDay: true,
      stamp: madeAt,
      summary,
      description: descriptionOf(deadline),
      url: `${origin}/deadlines?${new URLSearchParams({ grant: deadline.subject.id })}`,
      // A deadline takes no working time.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    for (const days of alarmDaysBefore) {
      event.createAlarm({
        type: ICalAlarmType.display,
        triggerBefore: days * secondsPerDay,
        description: `In ${days} Tagen: ${summary}`,
      });
    }
  }
  return calendar.toString();
}

function descriptionOf({ kind, amount, origin }: Deadline): string {
  const words = deadlineWords[kind];
  const addresses = origin.by === "programme" ? origin.addresses : [];
  const lines = [
    words.rule,
    originText(origin),
    ...addresses.map((address) => `Quelle: ${address}`),
    ...(amount === null ? [] : [`${formatEuro(amount)} ${words.amount}`]),
  ];
  return lines.join("\n");
}
