/**
 * What the walls between authorities cost: the program as it is, and beside it the same program on a copy of its
 * database without walls, where nobody is told for whom it is asked. Reading by reading in turns, so that whatever
 * else the machine does weighs on both.
 */
import postgres from "postgres";
import { databaseUrl, useDatabase } from "#app/env.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { loadOverview } from "#app/records/overview.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { asRequestOfOne, assumeOutside, askFor } from "#db/authority.ts";
import {
  asked,
  closeDatabase,
  connectionsTo,
  readingFrom,
  type Transaction,
  useNewAddress,
} from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";
import { createGrant, createOffice, spend } from "#tests/support/factories.ts";
import { note, report, timed } from "./measure.ts";

const neighbours = 20;
const pairs = 300;
/** Until all connections are open and know the statements. */
const warmUp = 30;
/** In percent of the time that the database's answers take without walls. */
const most = 15;

type Read = () => Promise<unknown>;

export async function measureWalls(ownerUrl: string): Promise<void> {
  const formerUrl = databaseUrl()!;
  const url = named(formerUrl, "with_walls");
  await onServer(ownerUrl, "create database with_walls");
  await prepareDatabase(url, named(ownerUrl, "with_walls"));
  await useOther(url);
  for (let count = 0; count < neighbours; count++) await createGrant(await createOffice());
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  for (let count = 0; count < 12; count++) await spend(clerk, grantId, lineOf("2.1"), "100");
  const copyUrl = await copyWithoutWalls(ownerUrl, url);

  const [walled, open] = [connectionsTo(url), connectionsTo(copyUrl)];
  // All that the records ask goes there: they ask `db`, which finds it.
  const askedOf = (source: typeof open) => {
    const database = asked(source) as unknown as Transaction;
    return (read: Read) => readingFrom(database, read);
  };
  const [ofWalled, ofOpen] = [askedOf(walled), askedOf(open)];
  const forClerk = (read: Read) =>
    asRequestOfOne(() => {
      askFor(clerk.schoolAuthorityId);
      return read();
    });
  const forNobody = async (read: Read) => {
    assumeOutside(undefined);
    return read().finally(() => assumeOutside("*"));
  };
  for (const [what, read] of [
    ["overview", () => loadOverview(clerk)],
    ["list of invoices", () => listInvoices(clerk, { grantId })],
  ] as const) {
    const plain = () => forNobody(() => ofOpen(read));
    const told = () => forClerk(() => ofOpen(read));
    const behind = () => forClerk(() => ofWalled(read));
    await mustBeTheSame(plain, behind);
    const cost = await compare({ plain, told, behind });
    note(`${what}, without walls, nobody told (median)`, median(cost.plain), "ms");
    note(`${what}, as the program asks it`, median(cost.behind), "ms");
    note(`${what}: telling alone costs`, percent(cost.told, cost.plain), "%");
    note(`${what}: policies alone cost`, percent(cost.behind, cost.told), "%");
    report(`walls: ${what} costs more by`, percent(cost.behind, cost.plain), most, "%");
  }
  await Promise.all([walled.end({ timeout: 1 }), open.end({ timeout: 1 })]);
  await useOther(formerUrl);
}

/** A copy of the books as they stand, without any wall. */
async function copyWithoutWalls(ownerUrl: string, url: string): Promise<string> {
  // Nobody may be connected to what is copied.
  await closeDatabase();
  await onServer(ownerUrl, "create database without_walls template with_walls");
  for (const name of ["with_walls", "without_walls"]) {
    const owner = postgres(named(ownerUrl, name), { max: 1, onnotice() {} });
    await owner`vacuum analyze`;
    if (name === "without_walls") {
      const tables = Object.keys(tableRights);
      const open = tables.map((table) => `alter table ${table} disable row level security`);
      await owner.unsafe(open.join(";"));
    }
    await owner.end();
  }
  return named(url, "without_walls");
}

/** From here on the records ask another database. */
async function useOther(url: string): Promise<void> {
  await closeDatabase();
  useDatabase(url);
  useNewAddress();
}

async function onServer(ownerUrl: string, statement: string): Promise<void> {
  const server = postgres(named(ownerUrl, "template1"), { max: 1, onnotice() {} });
  await server.unsafe(statement);
  await server.end();
}

function named(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

async function compare<Kind extends string>(reads: Record<Kind, Read>) {
  const kinds = Object.keys(reads) as Kind[];
  const times = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]])) as Record<
    Kind,
    number[]
  >;
  for (let round = -warmUp; round < pairs; round++) {
    // Each is as often the first as the last.
    const turn = kinds.map((_, at) => kinds[(at + Math.abs(round)) % kinds.length]!);
    for (const kind of turn) {
      const { milliseconds } = await timed(reads[kind]);
      if (round >= 0) times[kind].push(milliseconds);
    }
  }
  return times;
}

/** What is read without walls and behind them is the same, or the comparison says nothing. */
async function mustBeTheSame(one: Read, other: Read): Promise<void> {
  const [first, second] = [JSON.stringify(await one()), JSON.stringify(await other())];
  if (first !== second || first.length < 100) throw new Error("two different readings");
}

/** Round by round: by how much one takes longer than the other. */
function percent(times: number[], than: number[]): number {
  return (median(times.map((time, round) => time / than[round]!)) - 1) * 100;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
