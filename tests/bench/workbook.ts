/**
 * How fast a long journal gets from the database into a finished sheet, and with how much memory, beside the streaming
 * of exceljs with the same rows. Each in a process of its own; the ratio is that of the same run.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { note, report, reportRate } from "./measure.ts";

const bars = { ratio: 3.5, megabytes: 160 };

type Taken = { rows: number; seconds: number; megabytes: number; columns: number };

export async function measureWorkbook(url: string, count: number): Promise<void> {
  const office = await createOffice();
  await createGrant(office);
  await prolong(office.clerk.schoolAuthorityId, count);
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-bench-"));
  try {
    const write = async (way: "own" | "exceljs") => {
      const file = path.join(folder, `${way}.xlsx`);
      const program = ["--import", "tsx", "tests/bench/workbook-writing.ts"];
      const args = [...program, way, url, JSON.stringify(office.clerk), file];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const taken = JSON.parse(stdout.trim().split("\n").at(-1)!) as Taken;
      const { size } = await stat(file);
      return { ...taken, rate: taken.rows / taken.seconds, size: size / 1e6 };
    };
    const own = await write("own");
    const other = await write("exceljs");
    if (own.rows < count || own.rows !== other.rows) throw new Error("rows were lost");
    const what = `${own.rows} entries × ${own.columns} columns as a sheet`;
    note(`${what}: by exceljs streaming`, other.rate, "rows/s");
    note("  memory of that process at most", other.megabytes, "MB");
    note("  file", other.size, "MB");
    note(what, own.rate, "rows/s");
    note("  file", own.size, "MB");
    reportRate("  times as fast as exceljs", own.rate / other.rate, bars.ratio, "times");
    report("  memory of the process at most", own.megabytes, bars.megabytes, "MB");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lengthens a journal by rows like those in it; its chain is not asked for here. */
export async function prolong(authority: string, count: number): Promise<void> {
  await db.execute(sql`
    with model as (
      select *, row_number() over (order by number) - 1 as place, count(*) over () as models,
        max(number) over () as last
      from entries where school_authority_id = ${authority}
    )
    insert into entries (school_authority_id, number, account_id, account_kind, figure, amount, booked_on,
      recorded_at, recorded_by, document_kind, document_id, document_hash, text, previous_hash, hash)
    select m.school_authority_id, m.last + n, m.account_id, m.account_kind, m.figure,
      (n::bigint * 7919 % 999983 + 1) / 100.0 * (case when n % 2 = 0 then 1 else -1 end), m.booked_on + (n % 300)::int,
      m.recorded_at + n * interval '1.234 seconds', m.recorded_by, m.document_kind, ${randomUUID()}::uuid,
      m.document_hash, 'Rechnung RE-' || n || ', Lieferant „' || n % 50 || '“', encode(sha256((n - 1)::text::bytea), 'hex'),
      encode(sha256(n::text::bytea), 'hex')
    from generate_series(1, ${count}) as n join model m on m.place = n % m.models`);
  await db.execute(sql`analyze entries`).catch(() => {});
}
