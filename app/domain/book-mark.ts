/**
 * The mark of an audit workbook (Kennung): what it is of, as one line of text on its cover. Whoever has a copy of the
 * book can have it made again from the books, and compare.
 */
import type { AccessLimits } from "./audit-access.ts";
import type { BookScope } from "./audit-scope.ts";
import { isDay } from "./calendar.ts";

export type BookMark = {
  schoolAuthorityId: string;
  madeBy: string;
  /** What the maker could see at most; undefined where it was all. */
  limits?: AccessLimits | undefined;
  scope: BookScope & { knownOn: string };
};

/** The part of an address that asks for the scope. */
export function scopeQuery({ grantId, grantIds, fiscalYear, asOf, knownOn }: BookScope): string {
  const query = new URLSearchParams({ on: asOf });
  if (knownOn) query.set("stand", knownOn);
  if (fiscalYear) query.set("year", String(fiscalYear));
  for (const id of grantIds ?? (grantId ? [grantId] : [])) query.append("grant", id);
  return readable(query);
}

export function markText({ schoolAuthorityId, madeBy, limits, scope }: BookMark): string {
  const query = new URLSearchParams({ authority: schoolAuthorityId, by: madeBy });
  if (limits) query.set("limits", [...limits.grantIds, ...limits.fiscalYears].join(" "));
  return `${readable(query)}&${scopeQuery(scope)}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const moment = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The mark that a text is; undefined where it is none. */
export function parseMark(text: string): BookMark | undefined {
  const query = new URLSearchParams(text);
  const [schoolAuthorityId, madeBy, asOf, knownOn] = ["authority", "by", "on", "stand"].map(
    (name) => query.get(name) ?? "",
  ) as [string, string, string, string];
  const [year, grantIds] = [query.get("year"), query.getAll("grant")];
  const limits = query.get("limits")?.split(/[ +]/).filter(Boolean);
  const isReadable =
    [schoolAuthorityId, madeBy, ...grantIds].every((id) => uuid.test(id)) &&
    isDay(asOf) &&
    moment.test(knownOn) &&
    !Number.isNaN(Date.parse(knownOn)) &&
    (year === null || /^20\d\d$/.test(year)) &&
    (limits ?? []).every((limit) => uuid.test(limit) || /^20\d\d$/.test(limit));
  if (!isReadable) return undefined;
  return {
    schoolAuthorityId,
    madeBy,
    limits: limits && {
      grantIds: limits.filter((limit) => uuid.test(limit)),
      fiscalYears: limits.filter((limit) => !uuid.test(limit)).map(Number),
    },
    scope: {
      asOf,
      knownOn,
      ...(year ? { fiscalYear: Number(year) } : {}),
      ...(grantIds.length === 1 ? { grantId: grantIds[0]! } : {}),
      ...(grantIds.length > 1 ? { grantIds: grantIds.toSorted() } : {}),
    },
  };
}

/** Colons stay: the text is read by people, and every program takes them. */
function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%3A", ":");
}
