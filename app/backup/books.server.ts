/** What the books of each authority come to: the figures by which a backup and its restore are compared. */
import type { AuthorityBooks } from "./manifest.ts";
import type { Books } from "./transaction.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";

/** Ends of both chains and control sums; read from any state of the schema that has seals. */
export async function readFigures(books: Books): Promise<Omit<AuthorityBooks, "findings">[]> {
  const { sql } = books;
  const rows = await sql<
    { id: string; name: string; entry: string; hash: string; seal: string; seal_hash: string }[]
  >`
    select a.id, a.name, coalesce(e.number, 0) as entry, coalesce(e.hash, '') as hash,
      coalesce(s.number, 0) as seal, coalesce(s.hash, '') as seal_hash
    from school_authorities a
    left join lateral (select number, hash from entries where school_authority_id = a.id
      order by number desc limit 1) e on true
    left join lateral (select number, hash from seals where school_authority_id = a.id
      order by number desc limit 1) s on true
    order by a.id`;
  const sums = await sql<{ id: string; figure: string; sum: string }[]>`
    select school_authority_id as id, figure::text, sum(amount)::text as sum from entries
    group by 1, 2 order by 1, 2`;
  return rows.map(({ id, name, entry, hash, seal, seal_hash }) => ({
    id,
    name,
    entry: { number: Number(entry), hash },
    seal: { number: Number(seal), hash: seal_hash },
    sums: Object.fromEntries(
      sums.filter((one) => one.id === id).map(({ figure, sum }) => [figure, sum]),
    ),
  }));
}

/** What the five proofs find in the books of an authority, each with its proof. */
export async function findDifferences({ reader }: Books, authority: string): Promise<string[]> {
  const verdicts = await verifyJournal(authority, reader);
  return verdicts.flatMap(({ proof, findings }) => findings.map((one) => `${proof}: ${one}`));
}
