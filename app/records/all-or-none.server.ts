/** Deeds of many parts (carry-overs, moved orders, the start of a year): posted all or none. */
import { db, type Transaction } from "#db/client.ts";

/** Ends the transaction with a refusal, so that nothing is kept of what was posted before it. */
class Refusal<Violation> extends Error {
  readonly violation: Violation;
  constructor(violation: Violation) {
    super("refused");
    this.violation = violation;
  }
}

/** Ends the deed where there is a violation; `field` is the field of the form where that of the part is another. */
export type Refuse<Violation> = (violation: Violation | undefined, field?: string) => void;

/** Does all parts of a deed in one transaction; answers the first refusal, after which none is done. */
export function allOrNone<Violation extends { field: string }>(
  deed: (tx: Transaction, refuse: Refuse<Violation>) => Promise<void>,
): Promise<Violation | undefined> {
  const refuse: Refuse<Violation> = (violation, field = violation?.field) => {
    if (violation) throw new Refusal({ ...violation, field });
  };
  return db
    .transaction(async (tx) => {
      await deed(tx, refuse);
      return undefined;
    })
    .catch((error: unknown) => {
      if (error instanceof Refusal) return error.violation as Violation;
      throw error;
    });
}
