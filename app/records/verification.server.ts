/**
 * The five proofs of the books: balances are the sums of the entries; each document's entries follow from the
 * document; the journal's numbers have no gap and its chain closes; every other row keeps its seal.
 */
import { asc, sql } from "drizzle-orm";
import { figures, type Verdict } from "#app/domain/journal.ts";
import { db, type Reader } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { proveJournal } from "./chain-proof.server.ts";
import { proveDocuments } from "./document-proof.server.ts";
import { proveSeals } from "./seal-proof.server.ts";

/** Runs the proofs for one authority, on one snapshot of the database unless a reader is given. */
export function verifyJournal(schoolAuthorityId: string, reader?: Reader): Promise<Verdict[]> {
  if (reader) return proveAll(reader, schoolAuthorityId);
  return db.transaction((tx) => proveAll(tx, schoolAuthorityId), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function proveAll(reader: Reader, schoolAuthorityId: string): Promise<Verdict[]> {
  return [
    await proveBalances(reader, schoolAuthorityId),
    await proveDocuments(reader, schoolAuthorityId),
    ...(await proveJournal(reader, schoolAuthorityId)),
    await proveSeals(reader, schoolAuthorityId),
  ];
}

export function listAuthorities() {
  return db.select().from(schoolAuthorities).orderBy(asc(schoolAuthorities.name));
}

async function proveBalances(tx: Reader, schoolAuthorityId: string): Promise<Verdict> {
  const balanceColumns = sql.join(
    figures.map((figure) => sql`(${sql.raw(`'${figure}'`)}, ${sql.identifier(figure)})`),
    sql`, `,
  );
  const rows = await tx.execute<{ account: string; figure: string; kept: string; summed: string }>(
    sql`
    with kept as (
      select b.account_id, f.figure, f.amount from balances b
      cross join lateral (values ${balanceColumns}) as f(figure, amount)
      where b.school_authority_id = ${schoolAuthorityId}
    ), summed as (
      select account_id, figure::text as figure, sum(amount) as amount from entries
      where school_authority_id = ${schoolAuthorityId} group by 1, 2
    )
    select coalesce(k.account_id, s.account_id)::text as account, coalesce(k.figure, s.figure) as figure,
      coalesce(k.amount::text, 'fehlt') as kept, coalesce(s.amount, 0)::text as summed
    from kept k full join summed s using (account_id, figure)
    where k.amount is null or k.amount <> coalesce(s.amount, 0)`,
  );
  const [count] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from balances where school_authority_id = ${schoolAuthorityId}`,
  );
  return {
    proof: "balances_equal_entries",
    checked: count!.count,
    findings: rows.map(
      ({ account, figure, kept, summed }) =>
        `Konto ${account}, ${figure}: Saldo ${kept}, Summe der Buchungen ${summed}`,
    ),
  };
}
