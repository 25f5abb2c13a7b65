/**
 * The access by invitation, of an auditor (Prüfzugang) or a granting authority: until a day, for chosen grants and fiscal years, or for
 * the whole authority where none is chosen. A grant is seen whole, whatever its years: its figures are sums
 * that a part would break. A fiscal year is that of the municipal budget.
 */
import { type Day, plusMonths } from "./calendar.ts";

/** What a limited user sees, and nothing else of the authority. */
export type AccessLimits = { grantIds: string[]; fiscalYears: number[] };

/** For whom an access until a day is. */
export const invitedRoles = ["auditor", "granting_authority"] as const;
export type InvitedRole = (typeof invitedRoles)[number];

export type InvitationDraft = {
  role: InvitedRole;
  name: string;
  /** Lower case. */
  email: string;
  /** The last day of the access. */
  until: Day;
  grantIds: string[];
  fiscalYears: number[];
};

export type InvitationViolation =
  | { field: "until"; rule: "access_ends_in_the_past" }
  | { field: "until"; rule: "access_runs_too_long"; latest: Day }
  | { field: "grantIds"; rule: "granting_authority_without_grants" }
  | { field: "fiscalYears"; rule: "granting_authority_without_budget" }
  | { field: "email"; rule: "email_of_another_account" };

/** An audit comes once and ends; who needs longer is invited again. */
const mostMonths = 24;

export function checkInvitation(
  draft: InvitationDraft,
  today: Day,
): InvitationViolation | undefined {
  const { until } = draft;
  if (until < today) return { field: "until", rule: "access_ends_in_the_past" };
  const latest = plusMonths(today, mostMonths);
  if (until > latest) return { field: "until", rule: "access_runs_too_long", latest };
  if (draft.role !== "granting_authority") return undefined;
  // Without a choice it would be for all, and the municipal budget is none of its business.
  if (draft.grantIds.length === 0) {
    return { field: "grantIds", rule: "granting_authority_without_grants" };
  }
  if (draft.fiscalYears.length > 0) {
    return { field: "fiscalYears", rule: "granting_authority_without_budget" };
  }
}

/** The limits of an access; undefined where it is for the whole authority. */
export function limitsOf({ grantIds, fiscalYears }: AccessLimits): AccessLimits | undefined {
  return grantIds.length + fiscalYears.length === 0 ? undefined : { grantIds, fiscalYears };
}

/** Whether whoever sees at most `own` sees all of `limits`; without any both are all of the authority. */
export function isWithin(limits: AccessLimits | undefined, own: AccessLimits | undefined): boolean {
  if (!own) return true;
  if (!limits) return false;
  return (
    limits.grantIds.every((id) => own.grantIds.includes(id)) &&
    limits.fiscalYears.every((year) => own.fiscalYears.includes(year))
  );
}

/** Whether an access lets in on a day, and if not, why. */
export function accessState(
  access: { until: Day; isWithdrawn: boolean },
  today: Day,
): "open" | "withdrawn" | "over" {
  if (access.isWithdrawn) return "withdrawn";
  return access.until < today ? "over" : "open";
}
