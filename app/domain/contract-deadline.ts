/** The day until which a contract (Vertrag) is terminated, or it runs on for a whole term more. */
import { costBetween } from "./accrual.ts";
import { type Day, plusDays, plusMonths } from "./calendar.ts";
import type { RunningContract } from "./contract.ts";
import { nextNotice } from "./contract-run.ts";
import type { Deadline } from "./deadline.ts";

/**
 * The next notice day of a contract that renews itself. One without term can be terminated at any time:
 * nothing is missed there. At stake is what it costs in the twelve months after its end.
 */
export function deadlinesOfContract(
  contract: RunningContract & { id: string; number: string; name: string; signedOn: Day },
  today: Day,
): Deadline[] {
  const notice = contract.renewalMonths > 0 ? nextNotice(contract, today) : null;
  if (!notice) return [];
  const from = plusDays(notice.endsOn, 1);
  return [
    {
      id: `contract_notice-${contract.id}-${notice.endsOn}`,
      kind: "contract_notice",
      on: notice.noticeBy,
      subject: { kind: "contract", id: contract.id, name: `${contract.number} ${contract.name}` },
      detail: notice.endsOn,
      amount: costBetween(contract, from, plusDays(plusMonths(from, 12), -1)),
      origin: { by: "contract", contractId: contract.id, on: contract.signedOn },
      isDone: false,
    },
  ];
}
