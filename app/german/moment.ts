/** Moments (Zeitpunkte) as people write them, in Berlin time. */
import { isDay } from "#app/domain/calendar.ts";
import { parseDay } from "./notation.ts";

const summer = 2 * 3_600_000;
const winter = 3_600_000;

/**
 * "01.03.2026", "01.03.2026 12:00", "01.03.2026, 12:00:05" or the ISO forms, such as 2026-03-01T12:00 or with a
 * Z at the end for UTC. A day alone means its end; of an hour that the clock shows twice the first is meant.
 * Undefined for what is no moment, such as an hour that the clock left out.
 */
export function parseMoment(text: string): Date | undefined {
  const bare = text.trim();
  const parts = /^(\S+?)(?:(?:,? |T)(\d{1,2}:\d\d)(:\d\d)?(\.\d{1,3})?(Z)?)?$/.exec(bare);
  if (!parts) return undefined;
  const [, dayText = "", time, seconds = ":00", fraction = "", zone] = parts;
  const day = parseDay(dayText);
  if (!day || !isDay(day)) return undefined;
  const clock = time
    ? `${time.padStart(5, "0")}${seconds}.${fraction.slice(1).padEnd(3, "0")}`
    : "23:59:59.999";
  const local = Date.parse(`${day}T${clock}Z`);
  if (Number.isNaN(local)) return undefined;
  if (zone) return new Date(local);
  const moment = [summer, winter].map((ahead) => new Date(local - ahead)).find(isShownAs(local));
  return moment;
}

/** True for a text that names a day and no time. */
export function isDayOnly(text: string): boolean {
  return parseDay(text.trim()) !== undefined;
}

/** "01.03.2026, 12:00:05,123 Uhr": to the millisecond, so that it can be asked for again. */
export function formatExactMoment(moment: Date): string {
  const milliseconds = String(moment.getUTCMilliseconds()).padStart(3, "0");
  return `${berlin.format(moment)},${milliseconds} Uhr`;
}

/** "2026-03-01 1200": as part of a file's name, in which no colon may stand. */
export function fileMoment(moment: Date): string {
  return iso.format(moment).slice(0, 16).replace(":", "");
}

function isShownAs(local: number) {
  return (moment: Date) => {
    const shown = Date.parse(`${iso.format(moment).replace(" ", "T")}Z`);
    return shown === local - (local % 1_000);
  };
}

const berlin = new Intl.DateTimeFormat("de-DE", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/Berlin",
});

// Swedish writes a moment as YYYY-MM-DD HH:MM:SS.
const iso = new Intl.DateTimeFormat("sv-SE", {
  dateStyle: "short",
  timeStyle: "medium",
  timeZone: "Europe/Berlin",
});
