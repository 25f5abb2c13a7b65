/**
 * What the walls between authorities cost: the same readings with them and without, in turns, all else equal;
 * and what it costs to tell each statement for whom it is.
 */
import postgres from "postgres";
import { listInvoices } from "#app/records/invoices.server.ts";
import { loadOverview } from "#app/records/overview.server.ts";
import { asRequestOfOne, assumeOutside, askFor } from "#db/authority.ts";
import { db, readingFrom } from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";
import { createGrant, createOffice, spend } from "#tests/support/factories.ts";
import { note, report, timed } from "./measure.ts";

const neighbours = 20;
const rounds = 21;
const readings = 5;
/** In percent of the database's work without walls. */
const most = 15;

export async function measureWalls(ownerUrl: string): Promise<void> {
  for (let count = 0; count < neighbours; count++) await createGrant(await createOffice());
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  for (let count = 0; count < 12; count++) await spend(clerk, grantId, lineOf("2.1"), "100");
  const owner = postgres(ownerUrl, { max: 1, onnotice() {} });
  await owner`analyze`;
  const overview = () => loadOverview(clerk);
  const invoices = () => listInvoices(clerk, { grantId });
  const asked = (read: () => Promise<unknown>) => () =>
    asRequestOfOne(() => {
      askFor(clerk.schoolAuthorityId);
      return read();
    });
  const together = (read: () => Promise<unknown>) =>
    asked(() => db.transaction((tx) => readingFrom(tx, read)));

  const times: Record<string, number[]> = {};
  const measure = async (what: string, read: () => Promise<unknown>) => {
    await read();
    const { milliseconds } = await timed(async () => {
      for (let count = 0; count < readings; count++) await read();
    });
    (times[what] ??= []).push(milliseconds / readings);
  };
  for (let round = 0; round < rounds; round++) {
    for (const walls of round % 2 ? [true, false] : [false, true]) {
      await build(owner, walls);
      const how = walls ? "with" : "without";
      await measure(`overview ${how}`, together(overview));
      await measure(`invoices ${how}`, together(invoices));
      await measure(`overview alone ${how}`, asked(overview));
      if (walls) continue;
      // Nothing told, nothing kept back: as it was before there were walls.
      assumeOutside(undefined);
      await measure("overview plain", overview);
      await measure("invoices plain", invoices);
      assumeOutside("*");
    }
  }
  await build(owner, true);
  await owner.end();

  const of = (what: string) => median(times[what]!);
  // Round by round: what else the machine does weighs on both.
  const cost = (what: string, than: string) =>
    (median(times[what]!.map((time, round) => time / times[than]![round]!)) - 1) * 100;
  note("overview, nobody told (median)", of("overview plain"), "ms");
  note("overview, each statement told by itself", of("overview alone without"), "ms");
  note("overview, all told once in one transaction", of("overview without"), "ms");
  note("list of invoices, nobody told", of("invoices plain"), "ms");
  note("list of invoices, told in one transaction", of("invoices without"), "ms");
  report("walls: overview costs more by", cost("overview with", "overview without"), most, "%");
  report("walls: invoices cost more by", cost("invoices with", "invoices without"), most, "%");
  note("telling each statement costs", cost("overview alone without", "overview plain"), "%");
  note("telling once, in one transaction, costs", cost("overview without", "overview plain"), "%");
}

/** Builds the walls, or takes them away for a while. */
async function build(owner: postgres.Sql, walls: boolean): Promise<void> {
  const verb = walls ? "enable" : "disable";
  await owner.unsafe(
    Object.keys(tableRights)
      .map((table) => `alter table ${table} ${verb} row level security`)
      .join(";"),
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
