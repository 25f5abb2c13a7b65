/** How long a contract (Vertrag) runs, and by when it is terminated. */
import { type Day, plusDays, plusMonths } from "./calendar.ts";
import { monthsOf, type RunningContract } from "./contract.ts";

type Run = Pick<
  RunningContract,
  "startedOn" | "endsOn" | "noticeMonths" | "renewalMonths" | "rhythm" | "changes"
>;

/** The last day, once it is settled: it was terminated, or ends by itself. Null while it runs on. */
export function lastDayOf(contract: Run): Day | null {
  return terminatedTo(contract) ?? (contract.renewalMonths > 0 ? null : termEnd(contract));
}

/** To which day it was terminated; null where it was not. */
export function terminatedTo({ changes }: Pick<Run, "changes">): Day | null {
  return changes.findLast(({ kind }) => kind === "termination")?.validFrom ?? null;
}

/** The end of the (first) term as agreed last; null where it runs until it is terminated. */
function termEnd({ endsOn, changes }: Run): Day | null {
  return changes.findLast(({ kind }) => kind === "end")?.validFrom ?? endsOn;
}

/** The period of its rhythm that begins so many periods after the start (counted from the start: 31 January is safe). */
export function periodOf({ startedOn, rhythm }: Pick<Run, "startedOn" | "rhythm">, index: number) {
  const begin = (at: number) => plusMonths(startedOn, at * monthsOf[rhythm]);
  return { from: begin(index), until: plusDays(begin(index + 1), -1) };
}

/** By when notice is given, and on which day the contract ends then. */
export type NoticeDay = { noticeBy: Day; endsOn: Day };

/**
 * The next day until which it can be terminated, from a day on. A term ends with its last day and the
 * periods by which it is renewed; a contract without term ends with a period of its rhythm. Months of
 * notice are counted back from the day after the end (§ 187, § 188 BGB): three months to 31 December are
 * 30 September. Null where it is terminated already or ends by itself.
 */
export function nextNotice(contract: Run, today: Day): NoticeDay | null {
  if (lastDayOf(contract) !== null) return null;
  const notice = contract.noticeMonths ?? 0;
  for (let index = 0; ; index += 1) {
    const endsOn = possibleEnd(contract, index);
    const noticeBy = plusDays(plusMonths(plusDays(endsOn, 1), -notice), -1);
    if (noticeBy >= today) return { noticeBy, endsOn };
  }
}

function possibleEnd(contract: Run, index: number): Day {
  const term = termEnd(contract);
  if (term === null) return periodOf(contract, index).until;
  return plusDays(plusMonths(plusDays(term, 1), index * contract.renewalMonths), -1);
}

/** Until when it binds, whatever is done today: its last day, or the earliest end that notice can reach. */
export function boundUntil(contract: Run, today: Day): Day {
  return lastDayOf(contract) ?? nextNotice(contract, today)!.endsOn;
}
