/** Transactions that are none of ours (nicht von uns): set aside, and taken back. */
import { and, eq, inArray } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { bankTransactions, foreignTransactions } from "#db/schema/bank-statements.ts";
import { requireBankStatement } from "./bank-transactions.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";

/** Sets aside those of a statement that wait; what is matched or set aside already is left as it is. */
export function setAside(user: User, statementId: string, transactionIds: string[]): Promise<void> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const statement = await requireBankStatement(user, statementId, tx);
    const waiting = statement.transactions.filter(
      ({ id, state, left, amount }) =>
        transactionIds.includes(id) && state === "open" && left.eq(amount.abs()),
    );
    if (waiting.length === 0) return;
    const { schoolAuthorityId, id: setAsideBy } = user;
    await tx
      .insert(foreignTransactions)
      .values(waiting.map(({ id }) => ({ transactionId: id, schoolAuthorityId, setAsideBy })));
    const text = `${statement.statementId}: ${waiting.length}`;
    await logChange(tx, user, "transactions_set_aside", {
      id: statementId,
      text,
      after: Object.fromEntries(
        waiting.map(({ position }) => [`Umsatz ${position + 1}`, "abgelegt"]),
      ),
    });
  });
}

export function takeBack(user: User, statementId: string, transactionId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const statement = await requireBankStatement(user, statementId, tx);
    const own = tx
      .select({ id: bankTransactions.id })
      .from(bankTransactions)
      .where(eq(bankTransactions.statementId, statement.id));
    const removed = await tx
      .delete(foreignTransactions)
      .where(
        and(
          eq(foreignTransactions.transactionId, transactionId),
          eq(foreignTransactions.schoolAuthorityId, user.schoolAuthorityId),
          inArray(foreignTransactions.transactionId, own),
        ),
      )
      .returning({ id: foreignTransactions.transactionId });
    if (removed.length === 0) return;
    const text = statement.statementId;
    const place = statement.transactions.find(({ id }) => id === transactionId)!.position + 1;
    await logChange(tx, user, "transaction_taken_back", {
      id: statementId,
      text,
      before: { [`Umsatz ${place}`]: "abgelegt" },
      after: { [`Umsatz ${place}`]: "offen" },
    });
  });
}
