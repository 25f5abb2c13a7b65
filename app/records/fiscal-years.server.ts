/** Fiscal years (Haushaltsjahre): which have accounts, which are closed. */
import { and, desc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { budgetFigures } from "#app/domain/budget-view.ts";
import {
  checkClosing,
  type ClosedYearViolation,
  type ClosingDraft,
  type ClosingViolation,
} from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { yearClosings } from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { logChange } from "./changes.server.ts";
import { listUnsettled } from "./joint-planned.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** The closing that stands of a year of the user's authority. */
export async function findClosing(reader: Reader, user: User, fiscalYear: number) {
  const [closing] = await reader
    .select()
    .from(yearClosings)
    .where(
      and(
        eq(yearClosings.schoolAuthorityId, user.schoolAuthorityId),
        eq(yearClosings.fiscalYear, fiscalYear),
        stands(yearClosings),
      ),
    );
  return closing;
}

/** The same for a page. */
export function findYearClosing(user: User, fiscalYear: number) {
  return findClosing(db, user, fiscalYear);
}

/** True where the fiscal year is closed: from then on it takes reversals only. */
export async function isYearClosed(reader: Reader, user: User, fiscalYear: number) {
  return (await findClosing(reader, user, fiscalYear)) !== undefined;
}

/** The refusal of a document on a closed year; undefined where the year is open, or none is touched. */
export async function refusedByYear(
  reader: Reader,
  user: User,
  fiscalYear: number | null,
  field: string,
): Promise<ClosedYearViolation | undefined> {
  if (fiscalYear === null || !(await isYearClosed(reader, user, fiscalYear))) return undefined;
  return { field, rule: "fiscal_year_closed", fiscalYear };
}

/** Accounts of the municipal budget of one year, with their figures. */
export async function listYearAccounts(user: User, fiscalYear: number, reader: Reader = db) {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  return accounts.filter((account) => account.fiscalYear === fiscalYear);
}

/** What still keeps the year open: unpaid invoices, open orders, joint years that it pays for, older open years. */
export async function loadYearState(user: User, fiscalYear: number, reader: Reader = db) {
  const accounts = await listYearAccounts(user, fiscalYear, reader);
  return {
    isClosed: await isYearClosed(reader, user, fiscalYear),
    unpaid: accounts.filter(({ invoiced, paid }) => invoiced.greaterThan(paid)),
    open: accounts.filter(({ committed }) => committed.greaterThan(0)),
    unsettled: await listUnsettled(user, fiscalYear, reader),
    earlierOpen: await listOpenYearsBefore(user, fiscalYear, reader),
  };
}

/** Years before this one that have figures and are not closed, the oldest first. */
async function listOpenYearsBefore(user: User, fiscalYear: number, reader: Reader) {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  const used = accounts.filter((account) => budgetFigures.some((one) => !account[one].isZero()));
  const years = new Set(used.map((account) => account.fiscalYear!));
  const open: number[] = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    if (year < fiscalYear && !(await isYearClosed(reader, user, year))) open.push(year);
  }
  return open;
}

/** Closes a fiscal year; the reversal of the document opens it again. */
export function closeYear(
  user: User,
  id: string,
  fiscalYear: number,
  draft: ClosingDraft,
): Promise<ClosingViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, { fiscalYear, ...draft })) return undefined;
    const { isClosed, unpaid, open, unsettled, earlierOpen } = await loadYearState(
      user,
      fiscalYear,
      tx,
    );
    const labels = (accounts: { label: string }[]) => accounts.map(({ label }) => label);
    const jointServices = unsettled.map(({ name }) => name);
    const state = {
      ...{ isClosed, unpaid: labels(unpaid), open: labels(open) },
      ...{ unsettled: jointServices, earlierOpen },
    };
    const violation = checkClosing(draft, fiscalYear, state, today());
    if (violation) return violation;
    const [earlier] = await tx
      .select({ id: yearClosings.id })
      .from(yearClosings)
      .where(
        and(
          eq(yearClosings.schoolAuthorityId, schoolAuthorityId),
          eq(yearClosings.fiscalYear, fiscalYear),
        ),
      )
      .orderBy(desc(yearClosings.createdAt))
      .limit(1);
    const supersedesId = earlier?.id ?? null;
    await tx
      .insert(yearClosings)
      .values({ id, schoolAuthorityId, fiscalYear, ...draft, supersedesId });
    const moved = await post(tx, user, { kind: "year_closing", id });
    await rememberSent(tx, user, id, { fiscalYear, ...draft });
    await logChange(tx, user, "fiscal_year_closed", {
      ...{ id, text: String(fiscalYear), moved },
      before: { Haushaltsjahr: "offen" },
      after: { Haushaltsjahr: "abgeschlossen" },
    });
  });
}
