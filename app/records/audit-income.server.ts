/** Rows of the audit workbook for money that is drawn, comes in and goes back. */
import { and, eq, gt, lte } from "drizzle-orm";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import type { DrawdownRow, IncomeDeed } from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import { type Money, negated, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { drawdowns, payouts, repayments } from "#db/schema/drawdowns.ts";
import { grants } from "#db/schema/grants.ts";
import { reversals } from "#db/schema/journal.ts";
import { notices } from "#db/schema/notices.ts";
import { grantSeenBy } from "./seen.server.ts";

type Income = Pick<DrawdownRow, "drawn" | "received" | "reclaimed" | "repaid" | "interest">;

const nothing: Income = {
  drawn: zero,
  received: zero,
  reclaimed: zero,
  repaid: zero,
  interest: zero,
};

type Deed = Omit<DrawdownRow, keyof Income | "deed"> & {
  grantId: string;
  deed: IncomeDeed;
  money: Partial<Income>;
  reversedOn: Day | null;
  reason: string | null;
};

/** Each deed and each reversal is a row of its own, in the order of days. */
export async function loadDrawdownRows(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<DrawdownRow[]> {
  const all = [
    ...(await loadDrawn(reader, user, scope)),
    ...(await loadReturned(reader, user, scope)),
  ];
  const deeds = all.filter((deed) => covers(scope, deed));
  const rows = deeds.flatMap(
    ({ grantId: _, deed, money, reversedOn, reason, ...row }): DrawdownRow[] => {
      const stood: DrawdownRow = { ...row, deed, ...nothing, ...money };
      if (!reversedOn || reversedOn > scope.asOf) return [stood];
      const undone = Object.fromEntries(
        Object.entries(money).map(([figure, amount]) => [figure, negated(amount as Money)]),
      );
      const undoing = { deed: `${deed}_reversal` as const, on: reversedOn, purpose: reason ?? "" };
      return [stood, { ...stood, ...undoing, ...undone }];
    },
  );
  return rows.sort((a, b) => a.on.localeCompare(b.on) || (a.number ?? 0) - (b.number ?? 0));
}

const reversal = { reversedOn: reversals.reversedOn, reason: reversals.reason };

async function loadDrawn(
  reader: Reader,
  user: User,
  { grantId, asOf }: BookScope,
): Promise<Deed[]> {
  const own = and(
    eq(drawdowns.schoolAuthorityId, user.schoolAuthorityId),
    grantSeenBy(user, drawdowns.grantId),
    grantId ? eq(drawdowns.grantId, grantId) : undefined,
  );
  const columns = {
    grantId: drawdowns.grantId,
    fileNumber: grants.fileNumber,
    number: drawdowns.number,
    purpose: drawdowns.purpose,
    ...reversal,
  };
  const asked = await reader
    .select({ ...columns, on: drawdowns.requestedOn, amount: drawdowns.amount })
    .from(drawdowns)
    .innerJoin(grants, eq(grants.id, drawdowns.grantId))
    .leftJoin(reversals, eq(reversals.documentId, drawdowns.id))
    .where(and(own, lte(drawdowns.requestedOn, asOf)));
  const came = await reader
    .select({ ...columns, on: payouts.receivedOn, amount: payouts.amount })
    .from(payouts)
    .innerJoin(drawdowns, eq(drawdowns.id, payouts.drawdownId))
    .innerJoin(grants, eq(grants.id, drawdowns.grantId))
    .leftJoin(reversals, eq(reversals.documentId, payouts.id))
    .where(and(own, lte(payouts.receivedOn, asOf)));
  return [
    ...asked.map(({ amount, ...row }) => {
      return { ...row, deed: "drawdown" as const, money: { drawn: amount } };
    }),
    ...came.map(({ amount, ...row }) => {
      return { ...row, deed: "payout" as const, money: { received: amount } };
    }),
  ];
}

async function loadReturned(
  reader: Reader,
  user: User,
  { grantId, asOf }: BookScope,
): Promise<Deed[]> {
  const claimed = await reader
    .select({
      grantId: notices.grantId,
      fileNumber: grants.fileNumber,
      purpose: notices.reason,
      on: notices.validFrom,
      reclaimed: notices.reclaimedAmount,
      ...reversal,
    })
    .from(notices)
    .innerJoin(grants, eq(grants.id, notices.grantId))
    .leftJoin(reversals, eq(reversals.documentId, notices.id))
    .where(
      and(
        eq(notices.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, notices.grantId),
        grantId ? eq(notices.grantId, grantId) : undefined,
        lte(notices.validFrom, asOf),
        gt(notices.reclaimedAmount, zero),
      ),
    );
  const returned = await reader
    .select({
      grantId: repayments.grantId,
      fileNumber: grants.fileNumber,
      purpose: repayments.reason,
      on: repayments.repaidOn,
      repaid: repayments.amount,
      interest: repayments.interestAmount,
      ...reversal,
    })
    .from(repayments)
    .innerJoin(grants, eq(grants.id, repayments.grantId))
    .leftJoin(reversals, eq(reversals.documentId, repayments.id))
    .where(
      and(
        eq(repayments.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, repayments.grantId),
        grantId ? eq(repayments.grantId, grantId) : undefined,
        lte(repayments.repaidOn, asOf),
      ),
    );
  return [
    ...claimed.map(({ reclaimed, ...row }) => {
      return { ...row, number: null, deed: "reclaim" as const, money: { reclaimed } };
    }),
    ...returned.map(({ repaid, interest, ...row }) => {
      return { ...row, number: null, deed: "repayment" as const, money: { repaid, interest } };
    }),
  ];
}
