/** Pages in the past: one way for all loaders that can show what was known at a moment (`?stand=`). */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { now } from "./clock.server.ts";
import type { Permission, User } from "./domain/permission.ts";
import { isDayOnly, parseMoment } from "./german/moment.ts";
import { standSentences } from "./german/known-words.ts";
import { notPossible } from "./http.ts";
import { readKnown } from "./records/known.server.ts";
import { requireUser } from "./session.server.ts";

/**
 * A loader that asks first who it is, and then reads either the books of now or, where the address names a
 * moment, those of then. Nothing can be recorded in the past: there everybody is a reader. The data says
 * with `knownOn` that the page can show the past, and in it of which moment it is (ISO 8601 in UTC).
 */
export function asKnown<Result extends object>(
  permission: Permission,
  read: (args: LoaderFunctionArgs, user: User) => Promise<Result>,
): (args: LoaderFunctionArgs) => Promise<Result> {
  return async (args) => {
    const user = await requireUser(args.request, permission);
    const moment = momentOf(args.request);
    const result = moment
      ? await readKnown(user, moment, () => read(args, asReader(user)))
      : await read(args, user);
    if (!result) return notPossible(standSentences.future);
    return result instanceof Response ? result : { ...result, knownOn: moment?.toISOString() };
  };
}

/** The moment that an address asks for; today's date means up to now. @throws Response 422 for no moment */
export function momentOf(request: Request): Date | undefined {
  const stand = new URL(request.url).searchParams.get("stand")?.trim();
  if (!stand) return undefined;
  const moment = parseMoment(stand);
  if (!moment) return notPossible(standSentences.unreadable);
  const isRunning = isDayOnly(stand) && moment > now() && +moment - +now() < 25 * 3_600_000;
  return isRunning ? now() : moment;
}

function asReader(user: User): User {
  return { ...user, readsOnly: true };
}
