import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { loader } from "#app/routes/deadlines.tsx";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

type Shown = { kind: string; subject: { id: string }; amount: string | null; isDone: boolean };
type Body = { deadlines: Shown[]; doneCount: number; mayReadBooks: boolean };

async function shown(user: User, query = "") {
  const { status, body } = await answer(async () => loader(await get(user, `/deadlines${query}`)));
  return { status, ...(body as Body) };
}

test("the list shows what is open, all of it when asked, and one grant when asked", async () => {
  const office = await createOffice();
  const { grantId, envelopeId } = await createGrant(office);
  const open = await shown(office.clerk);
  expect(open.deadlines.map(({ kind }) => kind)).toEqual(["period", "completion"]);
  // Nothing was spent in the period that is over: nothing is to be drawn.
  expect(open.doneCount).toBe(3);

  const all = await shown(office.clerk, "?done=on");
  expect(all.deadlines.filter(({ isDone }) => isDone).map(({ kind }) => kind)).toEqual([
    "first_come",
    "approval",
    "draw",
  ]);
  const ofEnvelope = await shown(office.clerk, `?done=on&grant=${envelopeId}`);
  expect(ofEnvelope.deadlines.map(({ subject }) => subject.id)).toEqual([envelopeId, envelopeId]);
  const ofGrant = await shown(office.clerk, `?grant=${grantId}`);
  expect(ofGrant.deadlines).toHaveLength(2);
});

test("a grant of another authority filters everything out, a senseless one is not found", async () => {
  const office = await createOffice();
  await createGrant(office);
  const other = await createGrant(await createOffice());
  expect((await shown(office.clerk, `?grant=${other.grantId}`)).deadlines).toEqual([]);
  expect((await shown(office.clerk, "?grant=x")).status).toBe(404);
});

test("the school board sees until when, without links into the books", async () => {
  const office = await createOffice();
  await createGrant(office);
  const { deadlines, mayReadBooks } = await shown(office.board);
  expect(mayReadBooks).toBe(false);
  expect(deadlines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["period", "20000"],
    ["completion", null],
  ]);
});

test("the overview shows the next of them and how many there are", async () => {
  const office = await createOffice();
  await createGrant(office);
  const { body } = await answer(async () => overview(await get(office.clerk, "/")));
  expect(body).toMatchObject({
    openCount: 2,
    deadlines: [{ kind: "period" }, { kind: "completion" }],
  });
});
