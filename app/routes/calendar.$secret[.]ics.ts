/** A user's deadlines as iCalendar, for a calendar program that has no session: the secret opens it. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { now, today } from "#app/clock.server.ts";
import { settings } from "#app/env.server.ts";
import { writeCalendar } from "#app/exports/calendar.server.ts";
import { notFound } from "#app/http.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { findCalendarReader } from "#app/records/calendars.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  // Wrong, withdrawn, of a closed account: the answer is the same.
  const user = (await findCalendarReader(params.secret)) ?? notFound();
  const authority = await requireAuthority(user);
  const deadlines = await loadDeadlines(user, today());
  const calendar = writeCalendar({
    name: `Fristen ${authority.name}`,
    deadlines: deadlines.filter(({ isDone }) => !isDone),
    origin: settings.origin ?? new URL(request.url).origin,
    madeAt: now(),
  });
  return new Response(calendar, {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="fristen.ics"',
      "Cache-Control": "no-store",
    },
  });
}
