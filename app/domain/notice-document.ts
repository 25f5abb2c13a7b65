/** A later notice as the journal sees it: what it does to lines, income and pots. */
import { type PotCharged, postingsOfPots } from "./application.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import type { Money } from "./money.ts";

export type NoticeDocument = {
  title: string;
  validFrom: Day;
  grantedChange: Money;
  reclaimedAmount: Money;
  incomeAccountId: string;
  lines: (PotCharged & { budgetLineId: string; change: Money })[];
};

export function postingsOfNotice(notice: NoticeDocument): Posting[] {
  const { incomeAccountId, validFrom: bookedOn, title: text } = notice;
  return [
    ...notice.lines.map(({ budgetLineId, change }): Posting => {
      return { accountId: budgetLineId, figure: "approved", amount: change, bookedOn, text };
    }),
    { accountId: incomeAccountId, figure: "granted", amount: notice.grantedChange, bookedOn, text },
    {
      accountId: incomeAccountId,
      figure: "reclaimed",
      amount: notice.reclaimedAmount,
      bookedOn,
      text,
    },
    ...postingsOfPots(notice.lines, "granted", bookedOn, text),
  ];
}
