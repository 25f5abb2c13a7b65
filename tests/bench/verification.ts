/**
 * How fast the chain of the journal is verified, beside PostgreSQL reading and hashing the same bytes. Counted
 * in seconds of the processor that the server spends, where Linux tells them: a busy machine is not a slow one.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { euro } from "#app/domain/money.ts";
import { insertAll } from "#app/records/bulk.server.ts";
import { proveJournal } from "#app/records/chain-proof.server.ts";
import { entryHash } from "#app/records/journal.server.ts";
import { db, type Transaction } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { note, peakMegabytes, report, reportRate, timed } from "./measure.ts";

const chained = 200_000;
const rounds = 3;
const bars = { rate: 100_000, ratio: 2.5, megabytes: 20 };

export async function measureVerification(): Promise<void> {
  const { clerk } = await createOffice().then(async (office) => ({
    ...office,
    ...(await createGrant(office)),
  }));
  const authority = clerk.schoolAuthorityId;
  const count = await prolong(authority);
  await db.execute(sql`analyze entries`).catch(() => {});
  const before = peakMegabytes();
  const times = { chain: Infinity, hashing: Infinity, node: Infinity };
  for (let round = 0; round < rounds; round++) {
    const bare = await ofServer((tx) => hashAlone(tx, authority));
    const proof = await ofServer((tx) => proveJournal(tx, authority));
    const findings = proof.result.flatMap((verdict) => verdict.findings);
    if (findings.length > 0) throw new Error(findings[0]);
    times.hashing = Math.min(times.hashing, bare.milliseconds);
    times.chain = Math.min(times.chain, proof.milliseconds);
  }
  report("verifying grows the process by at most", peakMegabytes() - before, bars.megabytes, "MB");
  times.node = (await timed(() => inNode(authority))).milliseconds;
  const rate = (milliseconds: number) => (count / milliseconds) * 1_000;
  note(`${count} entries read and hashed by PostgreSQL alone`, rate(times.hashing), "entries/s");
  note("the same chain read by a cursor and hashed in Node", rate(times.node), "entries/s");
  reportRate("the chain of the journal verified", rate(times.chain), bars.rate, "entries/s");
  report(
    "verifying beside reading and hashing alone",
    times.chain / times.hashing,
    bars.ratio,
    "times",
  );
}

/** Lengthens the journal of the authority by entries that fit, and gives how many it has then. */
export async function prolong(authority: string): Promise<number> {
  const all = await db
    .select()
    .from(entries)
    .where(sql`school_authority_id = ${authority}`)
    .orderBy(entries.number);
  const last = all.at(-1)!;
  const model = all.find(({ figure }) => figure === "approved")!;
  let { number, hash } = last;
  const more = Array.from({ length: chained }, (_, at) => {
    const entry = {
      ...model,
      number: ++number,
      amount: euro(at % 2 ? "-1234.56" : "1234.56"),
      documentId: randomUUID(),
      text: `Rechnung RE-${at}, Lieferant „${at % 50}“`,
      previousHash: hash,
    };
    hash = entryHash(entry);
    return { ...entry, hash };
  });
  await db.transaction(async (tx) => {
    await insertAll(tx, entries, more);
    await tx.execute(
      sql`update journal_heads set number = ${number}, hash = ${hash} where school_authority_id = ${authority}`,
    );
  });
  return number;
}

/** Milliseconds that the server computes for the work; by the clock where the system does not tell. */
async function ofServer<Result>(work: (tx: Transaction) => Promise<Result>) {
  return db.transaction(async (tx) => {
    const [session] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const before = computedBy(session!.pid);
    const { result, milliseconds } = await timed(() => work(tx));
    const after = computedBy(session!.pid);
    const isTold = before !== undefined && after !== undefined;
    return { result, milliseconds: isTold ? after - before : milliseconds };
  });
}

/** Of the process so far, in milliseconds: Linux counts in hundredths of a second. */
function computedBy(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

function hashAlone(tx: Transaction, authority: string) {
  return tx.execute(sql`
    select count(sha256(convert_to(e::text, 'UTF8'))) from entries e where school_authority_id = ${authority}`);
}

/** What a program that reads the rows has to do at least. */
async function inNode(authority: string): Promise<void> {
  await db.$client.begin(async (tx) => {
    const cursor = tx`
      select * from entries where school_authority_id = ${authority} order by number`.cursor(5_000);
    for await (const rows of cursor) {
      for (const row of rows)
        createHash("sha256")
          .update(JSON.stringify(Object.values(row)))
          .digest("hex");
    }
  });
}
