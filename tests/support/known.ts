/** Everything that is read of the books, so that two readings of one moment can be compared. */
import { sql } from "drizzle-orm";
import { livingIn, today } from "#app/clock.server.ts";
import { yearOf } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { loadInventory } from "#app/records/assets.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { listContracts } from "#app/records/contracts.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { loadHalfYear } from "#app/records/half-year.server.ts";
import { listJointServices } from "#app/records/joint-services.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { listMissingReceipts } from "#app/records/missing-receipts.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";
import { loadOverview, loadRemaining } from "#app/records/overview.server.ts";
import { listProofs } from "#app/records/proofs.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db, readingFrom } from "#db/client.ts";

/** All reports, as text: equal texts are equal to the cent and in the same order. */
export async function lookAtAll(user: User): Promise<string> {
  const grants = await listGrants(user, "all");
  const services = await listJointServices(user);
  const accounts = await listAccounts(user);
  const years = [...new Set(accounts.flatMap(({ fiscalYear }) => fiscalYear ?? []))].sort();
  const { knownOn: _, mark: __, ...book } = await loadAuditBook(user, { asOf: today() }, "1");
  const all: Record<string, unknown> = {
    overview: await loadOverview(user),
    remaining: await loadRemaining(user, today()),
    accounts: accounts.sort((a, b) => a.id.localeCompare(b.id)),
    closings: await Promise.all(years.map((year) => findYearClosing(user, year))),
    book,
    forecast: await loadForecast(user, yearOf(today()), today()),
    deadlines: await loadDeadlines(user, today()),
    halfYear: await loadHalfYear(user, { on: today(), known: today() }),
    missing: await listMissingReceipts(user),
    contracts: await listContracts(user),
    inventory: await loadInventory(user),
    orders: await listOrderLines(user),
    proofs: await Promise.all(grants.map(({ id }) => listProofs(user, id))),
    joint: await Promise.all(
      services.flatMap(({ id }) => years.map((year) => loadJointYear(user, id, year))),
    ),
    verdicts: await verifyJournal(user.schoolAuthorityId),
  };
  return JSON.stringify(all, (_key, value: unknown) => value, 1);
}

/** What the tables themselves say while nobody writes, and the moment of it. */
export async function lookWhileHeld(user: User) {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select 1 from journal_heads where school_authority_id = ${user.schoolAuthorityId} for share`,
    );
    const [clock] = await tx.execute<{ ms: string }>(
      sql`select floor(extract(epoch from clock_timestamp()) * 1000)::text as ms`,
    );
    const moment = new Date(Number(clock!.ms));
    return { moment, seen: await readingFrom(tx, () => livingIn(moment, () => lookAtAll(user))) };
  });
}
