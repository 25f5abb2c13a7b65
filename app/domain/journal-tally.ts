/**
 * What is remembered of a journal that is walked through once: its sums, its ends, and the entries that another
 * sheet shows. A long journal is never in memory as a whole.
 */
import type { BookEntry } from "./audit-book.ts";
import { type AccountKind, type Figure } from "./journal.ts";
import { type Money, zero } from "./money.ts";

/** The exact sums of the entries, in euro. */
export type JournalSums = {
  of: (figure: Figure) => Money;
  ofKind: (kind: AccountKind, figure: Figure) => Money;
  ofAccount: (accountId: string, figure: Figure) => Money;
};

type Account = { kind: AccountKind; sums: Map<Figure, Money> };

export class JournalTally implements JournalSums {
  count = 0;
  /** The least and the highest number; 0 without entries. */
  least = 0;
  most = 0;
  /** The last entry: its seal holds all before it. */
  last: Pick<BookEntry, "number" | "hash"> | undefined;
  /** Entries that spend on accounts of the municipal budget, for their own sheet. */
  readonly spending: BookEntry[] = [];
  private readonly accounts = new Map<string, Account>();

  /** Hands the portions on, each counted; `onCount` is told how many entries they were so far. */
  async *through(
    portions: Iterable<BookEntry[]> | AsyncIterable<BookEntry[]>,
    onCount?: (count: number) => void,
  ): AsyncGenerator<BookEntry[]> {
    for await (const entries of portions) {
      for (const entry of entries) this.add(entry);
      yield entries;
      onCount?.(this.count);
    }
  }

  add(entry: BookEntry): void {
    const { number, accountId, accountKind, figure, amount } = entry;
    let account = this.accounts.get(accountId);
    if (!account) this.accounts.set(accountId, (account = { kind: accountKind, sums: new Map() }));
    const before = account.sums.get(figure);
    account.sums.set(figure, before ? before.plus(amount) : amount);
    this.least = this.count === 0 ? number : Math.min(this.least, number);
    this.most = Math.max(this.most, number);
    this.count += 1;
    this.last = entry;
    if (accountKind === "appropriation" && isSpending(figure)) this.spending.push(entry);
  }

  of = (figure: Figure): Money => this.sumWhere(figure, () => true);

  ofKind = (kind: AccountKind, figure: Figure): Money =>
    this.sumWhere(figure, (account) => account.kind === kind);

  ofAccount = (accountId: string, figure: Figure): Money =>
    this.accounts.get(accountId)?.sums.get(figure) ?? zero;

  private sumWhere(figure: Figure, isMeant: (account: Account) => boolean): Money {
    let total = zero;
    for (const account of this.accounts.values()) {
      if (isMeant(account)) total = total.plus(account.sums.get(figure) ?? zero);
    }
    return total;
  }
}

function isSpending(figure: Figure): boolean {
  return figure === "committed" || figure === "invoiced" || figure === "paid";
}

/** The tally of a whole journal. */
export async function tallyOf(
  portions: Iterable<BookEntry[]> | AsyncIterable<BookEntry[]>,
): Promise<JournalTally> {
  const tally = new JournalTally();
  for await (const entries of portions) for (const entry of entries) tally.add(entry);
  return tally;
}
