/**
 * Deadlines (Fristen): everything that is due by a notice or by a rule of its programme, soonest
 * first. What neither of them says is no deadline.
 */
import { type Day, daysBetween } from "./calendar.ts";
import type { Money } from "./money.ts";
import type { NoticeKind } from "./notice.ts";
import { mayUser, type User } from "./permission.ts";
import { addressesOf, type Programme } from "./programme.ts";

/** How near a deadline is: over, within 90 days, or later. */
export type Urgency = "over" | "soon" | "later";

export function urgencyOf(day: Day, today: Day): Urgency {
  const days = daysBetween(today, day);
  if (days < 0) return "over";
  return days <= 90 ? "soon" : "later";
}

export const deadlineKinds = [
  /** Applications (Antragsfrist), then in order of receipt (Windhundverfahren), then their approval. */
  "application",
  "first_come",
  "approval",
  /** End of the approval period (Bewilligungszeitraum), and of the measures (Abschluss). */
  "period",
  "completion",
  /** The grant is drawn (Auszahlungsfrist), what came is spent (Verwendungsfrist). */
  "draw",
  "spend_by",
  "interim_proof",
  "proof",
  /** The state's report (Halbjahresbericht) and its settlement with the federation (Abrechnung). */
  "report",
  "settlement",
  "dedication",
  "retention",
  /** A contract is terminated, or it is renewed (Kündigungstag). */
  "contract_notice",
  /** Money carried over is spent by its last day (Haushaltsrest). */
  "carryover",
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** Where the day comes from: a document that was recorded, or a rule of the programme. */
export type Origin =
  | {
      by: "notice";
      documentKind: "grant" | "notice" | "payout";
      documentId: string;
      /** What kind of notice; a payout has none. */
      notice: "grant" | NoticeKind | null;
      on: Day;
    }
  | { by: "contract"; contractId: string; on: Day }
  | { by: "carryover"; carryoverId: string; on: Day }
  | { by: "programme"; key: string; name: string; addresses: string[] };

/**
 * What it is about: a grant by its file number, an envelope by the name of its programme, a contract, an account
 * of the municipal budget.
 */
export type Subject = {
  kind: "grant" | "envelope" | "contract" | "account";
  id: string;
  name: string;
};

export type Deadline = {
  /** The same as long as it is the same duty, also when a notice moves its day. */
  id: string;
  kind: DeadlineKind;
  on: Day;
  subject: Subject;
  /** What of it is meant: the day of a report, the number of a drawdown. */
  detail: string | null;
  /** What is lost when it is missed, in euro; null where no sum is at stake. */
  amount: Money | null;
  origin: Origin;
  /** Met, without money left, or over without anything to do. */
  isDone: boolean;
};

export function byProgramme(programme: Programme, sources: string[]): Origin {
  const { key, name } = programme;
  return { by: "programme", key, name, addresses: addressesOf(programme, { sources }) };
}

/** Soonest first; on one day in the order in which a grant meets them. */
export function inOrder(deadlines: Deadline[]): Deadline[] {
  return deadlines.toSorted(
    (a, b) =>
      a.on.localeCompare(b.on) ||
      deadlineKinds.indexOf(a.kind) - deadlineKinds.indexOf(b.kind) ||
      a.subject.name.localeCompare(b.subject.name, "de"),
  );
}

/** Sums that everybody may read who may read what is left; the rest belongs to the books. */
const openAmounts: DeadlineKind[] = ["application", "first_come", "approval", "period"];

/** The deadline as a person may read it: the school board sees until when, and its own sums. */
export function asReadBy(user: Pick<User, "roles" | "limits">, deadline: Deadline): Deadline {
  const isReadable = mayUser(user, "read_books") || openAmounts.includes(deadline.kind);
  return isReadable ? deadline : { ...deadline, amount: null };
}
