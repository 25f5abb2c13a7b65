import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { listAuditMarks } from "#app/records/audit-marks.server.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { action as acceptByLink, loader as invitation } from "#app/routes/invitation.$secret.tsx";
import { loader as invoicePage } from "#app/routes/invoices.$invoiceId/route.tsx";
import { action as mark } from "#app/routes/invoices.$invoiceId_.marks.new.tsx";
import { action as answerQuestion } from "#app/routes/marks.$markId_.answer.tsx";
import { action as withdraw } from "#app/routes/marks.$markId_.withdrawal.tsx";
import { loader as marksPage } from "#app/routes/marks._index.tsx";
import { action as draw, loader as samplesPage } from "#app/routes/samples._index/route.tsx";
import { loader as samplePage } from "#app/routes/samples.$sampleId.tsx";
import { action as invite } from "#app/routes/users.invite.tsx";
import { loader as usersPage } from "#app/routes/users._index.tsx";
import { invoiceLine, password } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { invoice, openCase } from "#tests/support/spending-case.ts";

async function openReceipt() {
  const of = await openCase();
  return { of, invoiceId: await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")]) };
}

const text = (body: unknown) => JSON.stringify(body);

test("a cut that is too high comes back with its input, and in German what is possible", async () => {
  const { of, invoiceId } = await openReceipt();
  const form = { id: randomUUID(), kind: "cut", amount: "1.000,01", text: "privat" };
  const { status, body } = await answer(async () =>
    mark(await post(of.auditor, "/", form, { invoiceId })),
  );
  expect(status).toBe(422);
  expect(body).toMatchObject({ initialValue: { amount: "1.000,01", text: "privat" } });
  expect(text(body)).toContain("höchstens 1.000,00\u00a0€");
  expect(await listAuditMarks(of.clerk)).toEqual([]);
});

test("a question is on the officer's overview until it is answered, and both see it at the receipt", async () => {
  const { of, invoiceId } = await openReceipt();
  const id = randomUUID();
  const form = { id, kind: "question", text: "Wo steht sie?" };
  const asked = await answer(async () => mark(await post(of.auditor, "/", form, { invoiceId })));
  expect([asked.status, asked.location]).toEqual([302, `/invoices/${invoiceId}`]);
  expect(await overview(await get(of.clerk, "/"))).toMatchObject({ waiting: { questions: 1 } });
  expect(await overview(await get(of.auditor, "/"))).toMatchObject({ waiting: { questions: 0 } });
  expect(await marksPage(await get(of.clerk, "/marks"))).toMatchObject({
    questions: [{ text: "Wo steht sie?" }],
    receipts: [{ invoiceId, state: "asked" }],
    mayAnswer: true,
  });

  const reply = { id: randomUUID(), text: "In Raum 7." };
  await answer(async () => answerQuestion(await post(of.clerk, "/", reply, { markId: id })));
  expect(await overview(await get(of.clerk, "/"))).toMatchObject({ waiting: { questions: 0 } });
  for (const user of [of.clerk, of.auditor]) {
    const page = await invoicePage(await get(user, "/", { invoiceId }));
    expect(page.audit.marks.map(({ kind }) => kind)).toEqual(["question", "answer"]);
  }
  const reason = { id: randomUUID(), text: "erledigt" };
  await answer(async () => withdraw(await post(of.auditor, "/", reason, { markId: id })));
  expect(await marksPage(await get(of.clerk, "/marks"))).toMatchObject({
    receipts: [{ state: "none" }],
  });
});

test("an auditor draws a sample of the scope in the address and finds it again", async () => {
  const { of, invoiceId } = await openReceipt();
  const page = await samplesPage(
    await get(of.auditor, `/samples?grantId=${of.grantId}&fromYear=2021`),
  );
  expect(page).toMatchObject({ count: 1, receipts: [{ id: invoiceId }], samples: [] });
  const none = await samplesPage(await get(of.auditor, "/samples?fromYear=2022"));
  expect(none).toMatchObject({ count: 0, receipts: [] });

  const form = {
    id: page.id,
    grantId: of.grantId,
    fromYear: "2021",
    method: "random",
    seed: "4711",
  };
  const refused = await answer(async () =>
    draw(await post(of.auditor, "/samples", { ...form, size: "2" })),
  );
  expect(refused.status).toBe(422);
  expect(text(refused.body)).toContain("nur einen Beleg");
  const drawn = await answer(async () =>
    draw(await post(of.auditor, "/samples", { ...form, size: "1" })),
  );
  expect(drawn.location).toBe(`/samples/${page.id}`);
  expect(await samplePage(await get(of.clerk, "/", { sampleId: page.id }))).toMatchObject({
    ...{ seed: 4711, isSame: true, fromYear: 2021, untilYear: null },
    chosen: [{ id: invoiceId, state: "sampled" }],
  });
});

test("the link is told once, sets a password, and says so when it is used up", async () => {
  const { of } = await openReceipt();
  const email = `pruefung-${randomUUID()}@example.org`;
  const person = { role: "auditor", name: "Frau Prüferin", email };
  const form = { ...person, until: "31.12.2026", scope: "chosen", grantIds: of.grantId };
  const late = await answer(async () =>
    invite(await post(of.administrator, "/users/invite", { ...form, until: "1.1.2020" })),
  );
  expect(late.status).toBe(422);
  expect(late.body).toMatchObject({ initialValue: { email, until: "1.1.2020" } });
  const { body } = await answer(async () =>
    invite(await post(of.administrator, "/users/invite", form)),
  );
  const secret = (body as { link: string }).link.split("/invitation/")[1]!;
  const users = await usersPage(await get(of.administrator, "/users"));
  expect(users.accesses).toMatchObject([{ email, state: { kind: "invited" } }]);
  expect(text(users)).not.toContain(secret);

  const typed = { password, passwordAgain: `${password}!` };
  const unequal = await answer(async () =>
    acceptByLink(await post(undefined, "/", typed, { secret })),
  );
  expect(unequal.status).toBe(422);
  expect(await invitation(await get(undefined, "/", { secret }))).toMatchObject({
    invited: { email },
  });
  const set = await answer(async () =>
    acceptByLink(await post(undefined, "/", { password, passwordAgain: password }, { secret })),
  );
  expect([set.status, set.location]).toEqual([302, "/login?done=password"]);
  expect(await invitation(await get(undefined, "/", { secret }))).toEqual({ invited: null });
});
