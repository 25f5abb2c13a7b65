/** Rows of the audit workbook for money that comes in and for the joint services. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { CostShareRow, DrawdownRow } from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import { negated, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { drawdowns, payouts } from "#db/schema/drawdowns.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, reversals } from "#db/schema/journal.ts";
import { costSharePayments, costShares, jointServices } from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";
import { listCostShares } from "./joint-services.server.ts";

/** Drawdowns, payouts and their reversals, each a row of its own, in the order of days. */
export async function loadDrawdownRows(
  reader: Reader,
  user: User,
  { grantId, asOf }: { grantId?: string; asOf: Day },
): Promise<DrawdownRow[]> {
  const own = and(
    eq(drawdowns.schoolAuthorityId, user.schoolAuthorityId),
    grantId ? eq(drawdowns.grantId, grantId) : undefined,
  );
  const columns = {
    fileNumber: grants.fileNumber,
    number: drawdowns.number,
    purpose: drawdowns.purpose,
    reversedOn: reversals.reversedOn,
    reason: reversals.reason,
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

  const rows = [
    ...asked.map((row) => ({ ...row, deed: "drawdown" as const })),
    ...came.map((row) => ({ ...row, deed: "payout" as const })),
  ].flatMap(({ deed, amount, reversedOn, reason, ...row }): DrawdownRow[] => {
    const figures = (value: typeof amount) =>
      deed === "drawdown" ? { drawn: value, received: zero } : { drawn: zero, received: value };
    const stood: DrawdownRow = { ...row, deed, ...figures(amount) };
    if (!reversedOn || reversedOn > asOf) return [stood];
    return [
      stood,
      {
        ...row,
        deed: `${deed}_reversal`,
        on: reversedOn,
        purpose: reason ?? "",
        ...figures(negated(amount)),
      },
    ];
  });
  return rows.sort((a, b) => a.on.localeCompare(b.on) || a.number - b.number);
}

/** Each member's part in each year's cost; reversed years are shown with nothing booked. */
export async function loadCostShareRows(
  reader: Reader,
  user: User,
  asOf: Day,
): Promise<CostShareRow[]> {
  const services = new Map(
    (
      await reader
        .select({ id: jointServices.id, name: jointServices.name })
        .from(jointServices)
        .where(eq(jointServices.schoolAuthorityId, user.schoolAuthorityId))
    ).map(({ id, name }) => [id, name]),
  );
  const labels = new Map(
    (await listAccounts(user, {}, reader)).map(({ id, label }) => [id, label]),
  );
  const state = await stateOn(reader, user, asOf);
  const shares = await listCostShares(user, undefined, reader);

  return shares.flatMap((share): CostShareRow[] => {
    const known = state.get(share.id);
    if (!known) return [];
    return share.parts.map((part) => ({
      standing: known.stands ? "standing" : "reversed",
      jointService: services.get(share.jointServiceId)!,
      fiscalYear: share.fiscalYear,
      number: share.number,
      demandedOn: share.demandedOn,
      allocationKey: share.allocationKey,
      total: share.amount,
      member: part.member,
      isOwn: part.isOwn,
      weight: part.weight,
      amount: part.amount,
      booked: part.isOwn && known.stands ? part.amount : zero,
      paid: part.isOwn && known.paidOn ? part.amount : zero,
      paidOn: part.isOwn ? known.paidOn : null,
      appropriation: labels.get(share.appropriationAccountId)!,
    }));
  });
}

/** Which cost shares were there on the day, which of them stood, and when each was paid. */
async function stateOn(reader: Reader, user: User, asOf: Day) {
  const rows = await reader
    .select({
      id: costShares.id,
      stands: stands(costShares, asOf),
      paidOn: costSharePayments.paidOn,
    })
    .from(costShares)
    .innerJoin(accounts, eq(accounts.id, costShares.appropriationAccountId))
    .leftJoin(
      costSharePayments,
      and(
        eq(costSharePayments.costShareId, costShares.id),
        stands(costSharePayments, asOf),
        lte(costSharePayments.paidOn, asOf),
      ),
    )
    .where(
      and(
        eq(costShares.schoolAuthorityId, user.schoolAuthorityId),
        lte(costShares.demandedOn, asOf),
      ),
    )
    .orderBy(asc(costShares.fiscalYear), sql`${costShares.createdAt}`);
  return new Map(rows.map((row) => [row.id, row]));
}
