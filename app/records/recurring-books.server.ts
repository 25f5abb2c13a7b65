/**
 * What the books hold of recurring costs: each part is read when it is asked for the first time, and once
 * for all contracts. What is posted changes the accounts of its year only, see `forget`.
 */
import { and, eq, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import { accountNamed } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { listContractFigures } from "./contract-figures.server.ts";
import { listContractOrders } from "./contract-orders.server.ts";
import type { Contract } from "./contracts.server.ts";
import { isYearClosed, listYearAccounts } from "./fiscal-years.server.ts";
import { loadMeans } from "./funding.server.ts";

export type RecurringBooks = ReturnType<typeof openRecurringBooks>;

export function openRecurringBooks(user: User, reader: Reader) {
  const orders = once(async () => {
    const own = (await listContractOrders(user, reader)).filter(({ isCarried }) => !isCarried);
    return grouped(own, ({ contractId, fiscalYear }) => `${contractId} ${fiscalYear}`);
  });
  const figures = once(async () => {
    const own = await listContractFigures(user, {}, reader);
    return new Map(own.map((one) => [one.orderId, one]));
  });
  const closed = byKey((year: number) => isYearClosed(reader, user, year));
  const accountsOf = byKey((year: number) => listYearAccounts(user, year, reader));
  const means = byKey((key: `${number} ${Day}`) => {
    const [fiscalYear, day] = key.split(" ") as [string, Day];
    return loadMeans(reader, user, { fiscalYear: Number(fiscalYear) }, day, "recurring");
  });
  const firstDays = once(() => loadFirstDays(user, reader));

  return {
    user,
    reader,
    /** The orders of a contract in a year, oldest first, reversed ones too; no carried ones. */
    ordersOf: async (contractId: string, year: number) =>
      (await orders()).get(`${contractId} ${year}`) ?? [],
    /** Ordered, committed and invoiced of a standing order. */
    figuresOf: async (orderId: string) => (await figures()).get(orderId)!,
    isClosed: closed.of,
    meansOf: (year: number, day: Day) => means.of(`${year} ${day}`),
    /** The account of the contract's product, cost centre and Sachkonto; one with money goes first. */
    accountOf: async (contract: Contract, year: number) => {
      const account = accountNamed(contract, await accountsOf.of(year));
      return account ? { id: account.id, label: account.label } : undefined;
    },
    /** The first day on which something was booked on the account; null where nothing ever was. */
    firstDayOf: async (accountId: string) => (await firstDays()).get(accountId) ?? null,
    /** After something was posted: what is left of the year is to be read anew. */
    forget: () => {
      means.forget();
      accountsOf.forget();
    },
  };
}

async function loadFirstDays(user: User, reader: Reader) {
  const rows = await reader
    .select({ id: entries.accountId, day: sql<Day>`min(${entries.bookedOn})::text` })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        eq(accounts.kind, "appropriation"),
      ),
    )
    .groupBy(entries.accountId);
  return new Map(rows.map(({ id, day }) => [id, day]));
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => (known ??= read());
}

function byKey<Key, Value>(read: (key: Key) => Promise<Value>) {
  const known = new Map<Key, Promise<Value>>();
  const of = (key: Key) => {
    const value = known.get(key) ?? read(key);
    known.set(key, value);
    return value;
  };
  return { of, forget: () => known.clear() };
}
