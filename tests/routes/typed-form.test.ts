/** A form that is sent when its session has ended: what was typed is carried through signing in, and booked by nobody. */
import { randomUUID } from "node:crypto";
import type { ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { makeFormKey } from "#app/form-key.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";
import * as typedPage from "#app/routes/account_.typed.tsx";
import * as changePassword from "#app/routes/account.tsx";
import * as ordersNew from "#app/routes/grants.$grantId.orders.new.tsx";
import { action as signOut } from "#app/routes/logout.ts";
import * as withdrawal from "#app/routes/own-school_.wishes.$wishId.withdrawal.ts";
import { guarded } from "#app/server/guarded-build.ts";
import { endAllSessions, startSession } from "#app/session.server.ts";
import { unkeptFields } from "#app/typed-form.server.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer } from "#tests/support/request.ts";

const modules = {
  "routes/grants.$grantId.orders.new": ordersNew,
  "routes/account_.typed": typedPage,
  "routes/account": changePassword,
  "routes/own-school_.wishes.$wishId.withdrawal": withdrawal,
};
const { routes } = guarded({
  routes: Object.fromEntries(
    Object.entries(modules).map(([id, module]) => [id, { id, module, path: "" }]),
  ),
} as unknown as ServerBuild) as unknown as {
  routes: Record<string, { module: Record<"loader" | "action", (args: object) => unknown> }>;
};

/** A browser with its cookies, at the guarded pages. */
function browser() {
  const cookies = new Map<string, string>();
  const ask = async (
    route: keyof typeof modules,
    path: string,
    form?: Record<string, string> | URLSearchParams,
    params: object = {},
  ) => {
    const headers: Record<string, string> = {
      Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      Referer: "http://127.0.0.1:3000/from?here=1",
    };
    const sent = form && { method: "POST", body: new URLSearchParams(form as never) };
    const request = new Request(`http://127.0.0.1:3000${path}`, { headers, ...sent });
    const { module } = routes[route]!;
    const handler = form ? module.action : module.loader;
    const given = await answer(async () => {
      const result = await handler({ request, params, context: {} });
      // Cookies also come with answers that show the form again.
      const { headers } = (result as { init?: ResponseInit } | null)?.init ?? {};
      new Headers(headers).getSetCookie().forEach(take);
      return result;
    });
    if (given.body instanceof Response) given.body.headers.getSetCookie().forEach(take);
    return given;
  };
  const take = (line: string) => {
    const [name, value] = line.split(";")[0]!.split("=");
    cookies.set(name!, value!);
  };
  const signIn = async (user: User) => take(await startSession(user.id));
  return { ask, signIn, cookies, take };
}

const typedFields = (user: User) => ({
  formKey: `${makeFormKey(user.id)}.order`,
  id: randomUUID(),
  supplier: "Muster GmbH",
  number: "A-77",
  orderedOn: "01.03.2021",
  awardKind: "direct",
  awardReason: "drei Angebote eingeholt",
  "lines[0].costKind": "investment",
  "lines[0].description": "Zwölf Tablets, blau",
  "lines[0].grossAmount": "1.234,50",
});

/** @param isBooked whether the same form had been sent and booked before its session ended */
async function sentWithoutSession(isBooked = false) {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  const tab = browser();
  await tab.signIn(office.clerk);
  const place = `/grants/${grantId}/orders/new`;
  const form = { ...typedFields(office.clerk), "lines[0].budgetLineId": lineOf("2.1") };
  const send = (given: Record<string, string> = form) =>
    tab.ask("routes/grants.$grantId.orders.new", place, given, { grantId });
  const booked = isBooked ? await send() : undefined;
  // Of a session that ended since: what a running one sent a moment ago is still at hand.
  if (isBooked) await tab.signIn(office.clerk);
  await endAllSessions(office.clerk.id);
  const sent = await send();
  const orders = async () =>
    (await answer(async () => listOrderLines(office.clerk, { grantId }), office.clerk))
      .body as object[];
  const reopen = () =>
    tab.ask(
      "routes/grants.$grantId.orders.new",
      place,
      { formKey: `${randomUUID()}.open-button`, openTyped: "yes" },
      { grantId },
    );
  return { office, tab, sent, place, grantId, form, reopen, send, booked, orders };
}

test("what was typed when the session ended is shown again after signing in, with the key and the id that it had, and nothing is booked", async () => {
  const { office, tab, sent, place, form, reopen, orders } = await sentWithoutSession();
  expect(sent).toMatchObject({
    status: 302,
    location: "/login?done=typed&then=%2Faccount%2Ftyped",
  });
  await tab.signIn(office.clerk);
  const page = await tab.ask("routes/account_.typed", "/account/typed");
  expect(page.body).toEqual({ place });

  const again = await reopen();
  expect(again.status).toBe(422);
  const { initialValue, error } = again.body as { initialValue: object; error: object };
  expect(initialValue).toMatchObject({
    supplier: "Muster GmbH",
    lines: [{ description: "Zwölf Tablets, blau", grossAmount: "1.234,50" }],
  });
  const [renewedKey] = form.formKey.split(".");
  expect(again.body).toMatchObject({
    renewedKey,
    renewedId: form.id,
    initialValue: { id: form.id },
  });
  expect(JSON.stringify(error)).toContain("prüft Paktbuch beim Absenden");
  // Opened twice it is the same form.
  expect((await reopen()).body).toEqual(again.body);
  expect(await orders()).toEqual([]);
});

test("sent again it is booked once, and then it is carried no longer", async () => {
  const { office, tab, form, reopen, send, orders } = await sentWithoutSession();
  await tab.signIn(office.clerk);
  await reopen();
  const [first, second] = [await send(), await send()];
  expect(first).toMatchObject({ status: 302, location: second.location });
  expect(tab.cookies.get("typed-form")).toBe("");
  expect(await reopen()).toMatchObject({ status: 302, location: "/account/typed" });
  expect(await orders()).toHaveLength(1);
  // Its id is that of its document: under another key it is not booked either.
  const again = await send({
    ...form,
    formKey: `${makeFormKey(office.clerk.id)}.order`,
    number: "B",
  });
  expect(again.status).toBe(409);
  expect(await orders()).toHaveLength(1);
});

test("sent again with a mistake in it, it is in the page once more and carried no longer", async () => {
  const { office, tab, form, reopen, send } = await sentWithoutSession();
  await tab.signIn(office.clerk);
  await reopen();
  expect((await send({ ...form, supplier: "" })).status).toBe(422);
  expect(tab.cookies.get("typed-form")).toBe("");
});

test("a form that was booked before its session ended leads to what was booked, and is not booked twice", async () => {
  const { office, tab, booked, reopen, send, orders } = await sentWithoutSession(true);
  expect(booked!.status).toBe(302);
  await tab.signIn(office.clerk);
  expect(await reopen()).toMatchObject({ status: 302, location: booked!.location });
  expect(tab.cookies.get("typed-form")).toBe("");
  expect((await send()).location).toBe(booked!.location);
  expect(await orders()).toHaveLength(1);
});

test("booked before with other content, it is shown, and sent again it says so and books nothing", async () => {
  const { office, tab, form, reopen, send, orders } = await sentWithoutSession(true);
  const other = { ...form, number: "A-78" };
  await send(other);
  await tab.signIn(office.clerk);
  expect((await reopen()).body).toMatchObject({ renewedId: form.id });
  const sent = await send(other);
  expect(sent.status).toBe(409);
  expect(JSON.stringify(sent.body)).toContain("schon mit anderem Inhalt gebucht");
  expect(await orders()).toHaveLength(1);
});

test("nobody else who signs in at this browser sees it", async () => {
  const { office, tab, reopen } = await sentWithoutSession();
  await tab.signIn(office.administrator);
  expect((await tab.ask("routes/account_.typed", "/account/typed")).body).toEqual({ place: null });
  expect(await reopen()).toMatchObject({ status: 302, location: "/account/typed" });
});

test("signing out ends it, and so does throwing it away", async () => {
  const { office, tab } = await sentWithoutSession();
  await tab.signIn(office.clerk);
  const form = { formKey: `${makeFormKey(office.clerk.id)}.discard-button` };
  await tab.ask("routes/account_.typed", "/account/typed", form);
  expect(tab.cookies.get("typed-form")).toBe("");

  const request = new Request("http://127.0.0.1:3000/logout", { method: "POST" });
  const out = (await answer(() => signOut({ request, params: {}, context: {} }))).body as Response;
  expect(out.headers.getSetCookie().join()).toMatch(/typed-form=;.*Max-Age=0/);
});

test("passwords are put by nowhere, and what does not fit into a cookie is said to be lost", async () => {
  const { tab, place, grantId, form } = await sentWithoutSession();
  tab.cookies.delete("typed-form");
  const sent = (route: keyof typeof modules, path: string, more: object) =>
    tab.ask(route, path, { ...form, ...more }, { grantId });
  for (const field of unkeptFields) {
    const { location } = await sent("routes/account", "/account", { [field]: "x" });
    expect(location).toBe("/login?done=lost&then=%2Ffrom%3Fhere%3D1");
  }
  const noise = Array.from({ length: 200 }, () => randomUUID()).join();
  const { location } = await sent("routes/grants.$grantId.orders.new", place, { supplier: noise });
  expect(location).toMatch(/done=lost/);
  expect(tab.cookies.has("typed-form")).toBe(false);
});

test("no field for a password has a name that would be put by", () => {
  const sources = import.meta.glob<string>(["/app/routes/**/*.tsx", "/app/components/*.tsx"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const found = Object.values(sources).flatMap((text) =>
    [
      ...text.matchAll(/field=\{fields\.(\w+)\}(?:(?!\/>)[^])*?(?:type="password"|one-time-code)/g),
    ].map(([, name]) => name!),
  );
  expect(new Set(found)).toEqual(new Set(unkeptFields));
});

test("a button leads back to the page it stood on, and a page that was open says why it asks to sign in", async () => {
  const { tab } = await sentWithoutSession();
  const wishId = randomUUID();
  const sent = await tab.ask(
    "routes/own-school_.wishes.$wishId.withdrawal",
    `/own-school/wishes/${wishId}/withdrawal`,
    { formKey: `${randomUUID()}.the-button` },
    { wishId },
  );
  expect(sent.location).toBe("/login?done=lost&then=%2Ffrom%3Fhere%3D1");
  expect((await tab.ask("routes/account", "/account?a=b")).location).toBe(
    "/login?done=ended&then=%2Faccount%3Fa%3Db",
  );
  tab.cookies.clear();
  expect((await tab.ask("routes/account", "/account")).location).toBe("/login?then=%2Faccount");
});
