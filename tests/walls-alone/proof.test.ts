/** That the first wall is really down here, and that the second is what keeps others' rows back then. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { loader as grants } from "#app/routes/grants._index.tsx";
import { tableRights } from "#db/table-rights.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { answer, get } from "#tests/support/request.ts";
import { takenFilters } from "#tests/support/walls-alone.ts";

let clerk: User;
let own: string;
let others: string;

beforeAll(async () => {
  const [office, other] = [await createOffice(), await createOffice()];
  own = (await createGrant(office)).grantId;
  others = (await createGrant(other)).grantId;
  clerk = office.clerk;
});

async function listed(): Promise<string[]> {
  const { body } = await answer(async () => grants((await get(clerk, "/grants")) as never));
  return (body as { grants: { id: string }[] }).grants.map(({ id }) => id);
}

test("without their own filter the pages show the own rows, and nobody else's", async () => {
  const before = takenFilters();
  expect(await listed()).toEqual([own]);
  expect(takenFilters()).toBeGreaterThan(before);
});

test("with the second wall down too, another authority's rows are seen: it was the only one left", async () => {
  const alter = (table: string, what: string) =>
    ownerDb.execute(sql.raw(`alter table ${table} ${what}`));
  const each = async (what: string) => {
    for (const table of Object.keys(tableRights)) await alter(table, what);
  };
  await each("disable row level security");
  try {
    expect((await listed()).sort()).toEqual([own, others].sort());
  } finally {
    await each("enable row level security");
  }
});
