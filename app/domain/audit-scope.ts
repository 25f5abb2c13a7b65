/** Which part of the books an audit workbook (Prüfbuch) is of. */
import type { Day } from "./calendar.ts";

/** All of the authority, some grants or a fiscal year of the municipal budget, as of a day. */
export type BookScope = {
  grantId?: string;
  /** More than one; a single one is `grantId`. */
  grantIds?: string[];
  fiscalYear?: number;
  asOf: Day;
  /** As known on: ISO 8601 in UTC. The books are read as they were known then; here it is for print. */
  knownOn?: string;
};

export type ScopeViolation =
  | { field: "grant"; rule: "scope_of_grants_and_year" | "scope_grant_unknown" }
  | { field: "year"; rule: "scope_year_unreadable" | "scope_year_not_in_access" }
  | { field: "on"; rule: "scope_day_unreadable" | "scope_day_not_over" };

/** What a scope is made of, as it was asked for; undefined where it could not be read. */
export type AskedScope = {
  grantIds: string[];
  fiscalYear: number | null | undefined;
  asOf: Day | undefined;
};

/**
 * The scope, or what is wrong with it: grants are not in the municipal budget, and no day is over that is later
 * than the one on which the books are read.
 */
export function scopeOf(
  { grantIds, fiscalYear, asOf }: AskedScope,
  known: {
    grantIds: string[];
    /** Undefined where all years are seen. */
    fiscalYears?: number[] | undefined;
    today: Day;
  },
): BookScope | ScopeViolation {
  if (!asOf) return { field: "on", rule: "scope_day_unreadable" };
  if (asOf > known.today) return { field: "on", rule: "scope_day_not_over" };
  if (fiscalYear === undefined) return { field: "year", rule: "scope_year_unreadable" };
  if (fiscalYear && grantIds.length > 0)
    return { field: "grant", rule: "scope_of_grants_and_year" };
  if (!grantIds.every((id) => known.grantIds.includes(id))) {
    return { field: "grant", rule: "scope_grant_unknown" };
  }
  if (fiscalYear && known.fiscalYears && !known.fiscalYears.includes(fiscalYear)) {
    return { field: "year", rule: "scope_year_not_in_access" };
  }
  const own = [...new Set(grantIds)];
  if (fiscalYear) return { fiscalYear, asOf };
  if (own.length === 0) return { asOf };
  return own.length === 1 ? { grantId: own[0]!, asOf } : { grantIds: own.toSorted(), asOf };
}

/** True for a scope that is all of the authority. */
export function isWhole({ grantId, grantIds, fiscalYear }: BookScope): boolean {
  return !grantId && !grantIds && !fiscalYear;
}

/** True for what belongs to the scope: an account or a document of a grant or of the municipal budget. */
export function covers(
  scope: BookScope,
  { grantId, fiscalYear }: { grantId?: string | null; fiscalYear?: number | null },
): boolean {
  if (scope.fiscalYear) return fiscalYear === scope.fiscalYear;
  const own = scope.grantIds ?? (scope.grantId ? [scope.grantId] : undefined);
  return !own || (grantId != null && own.includes(grantId));
}
