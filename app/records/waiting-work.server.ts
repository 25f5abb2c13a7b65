/** What waits for the user (Arbeitsvorrat): the first page of each who has something to do says it. */
import { openQuestions } from "#app/domain/audit-mark.ts";
import type { Day } from "#app/domain/calendar.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { marksByReceipt } from "./audit-marks.server.ts";
import { listUncertified } from "./certifications.server.ts";
import { listPayable } from "./open-invoices.server.ts";
import { listWishes } from "./school-wishes.server.ts";

/** By what the user may do: what nobody but others can do is not theirs. */
export async function loadWaitingWork(user: User, today: Day) {
  const mayRecord = mayUser(user, "record");
  const [uncertified, marks, wishes, payable] = await Promise.all([
    mayUser(user, "certify") ? listUncertified(user) : [],
    mayRecord ? marksByReceipt(user) : new Map<string, never[]>(),
    mayRecord && mayUser(user, "read_all_books") ? listWishes(user) : [],
    mayUser(user, "pay") ? listPayable(user) : [],
  ]);
  return {
    /** Invoices to certify, other than the user's own. */
    certifications: uncertified.filter(({ isOwn }) => !isOwn).length,
    /** Questions of the audit to answer. */
    questions: [...marks.values()].flatMap((one) => openQuestions(one)).length,
    /** Wishes of schools to answer. */
    wishes: wishes.filter(({ end }) => end === null).length,
    /** Certified invoices to pay, the soonest due first; those without a day last. */
    payable: payable.map((one) => ({ ...one, isOverdue: one.dueOn !== null && one.dueOn < today })),
  };
}
