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
    const given = await answer(() =>
      (form ? module.action : module.loader)({ request, params, context: {} }),
    );
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
  orderedOn: "01.02.2021",
  "lines[0].description": "Zwölf Tablets, blau",
  "lines[0].grossAmount": "1.234,50",
});

async function sentWithoutSession() {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const tab = browser();
  await tab.signIn(office.clerk);
  await endAllSessions(office.clerk.id);
  const place = `/grants/${grantId}/orders/new`;
  const form = typedFields(office.clerk);
  const sent = await tab.ask("routes/grants.$grantId.orders.new", place, form, { grantId });
  const reopen = () =>
    tab.ask(
      "routes/grants.$grantId.orders.new",
      place,
      { formKey: `${randomUUID()}.open-button`, openTyped: "yes" },
      { grantId },
    );
  return { office, tab, sent, place, grantId, form, reopen };
}

test("what was typed when the session ended is shown again after signing in, with a key of its own, and nothing is booked", async () => {
  const { office, tab, sent, place, grantId, form, reopen } = await sentWithoutSession();
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
  expect((initialValue as { id: string }).id).not.toBe(form.id);
  expect(JSON.stringify(error)).toContain("noch nichts gespeichert");
  // Opened twice it is one form: sent twice, it books once.
  const { initialValue: opened } = (await reopen()).body as { initialValue: object };
  expect(opened).toEqual(initialValue);
  const booked = await answer(async () => listOrderLines(office.clerk, { grantId }), office.clerk);
  expect(booked.body).toEqual([]);
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
