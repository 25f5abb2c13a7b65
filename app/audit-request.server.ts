/** What the form of the audit workbook (Prüfbuch) asks for: scope, day and known moment. */
import { dayIn } from "./clock.server.ts";
import { type BookScope, scopeOf } from "./domain/audit-scope.ts";
import type { User } from "./domain/permission.ts";
import { scopeSentences, standSentences } from "./german/known-words.ts";
import { parseMoment } from "./german/moment.ts";
import { parseDay } from "./german/notation.ts";
import { momentOf } from "./known.server.ts";
import { listGrants } from "./records/grants.server.ts";
import { momentOfBooks, readKnown } from "./records/known.server.ts";

export type AskedBook =
  | { scope: BookScope; moment: Date }
  | { problems: Partial<Record<"grant" | "year" | "on" | "stand", string>> };

/** Reads the query; what is wrong with it comes back as a sentence for its field. */
export async function askedBook(user: User, request: Request): Promise<AskedBook> {
  const { searchParams } = new URL(request.url);
  const stand = searchParams.get("stand")?.trim() ?? "";
  if (stand && !parseMoment(stand)) return { problems: { stand: standSentences.unreadable } };
  const moment = momentOf(request) ?? (await momentOfBooks(user));
  const grants = await readKnown(user, moment, () => listGrants(user, "all"));
  if (!grants) return { problems: { stand: standSentences.future } };

  const [on, year] = [searchParams.get("on")?.trim(), searchParams.get("year")?.trim()];
  const scope = scopeOf(
    {
      grantIds: searchParams.getAll("grant").filter((id) => id !== ""),
      fiscalYear: year ? (/^20\d\d$/.test(year) ? Number(year) : undefined) : null,
      asOf: on ? parseDay(on) : dayIn(moment),
    },
    {
      grantIds: grants.map(({ id }) => id),
      fiscalYears: user.limits?.fiscalYears,
      today: dayIn(moment),
    },
  );
  if ("rule" in scope) return { problems: { [scope.field]: scopeSentences[scope.rule] } };
  return { scope: { ...scope, knownOn: moment.toISOString() }, moment };
}
