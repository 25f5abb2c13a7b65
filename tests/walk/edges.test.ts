/** The rim of the running program, by HTTP alone: headers, origins, keys, versions, limits, its log. */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { withoutKey } from "#app/server/without-key.ts";
import { addressOf, cleanUp, newDataFolder, type Program, startProgram } from "./program.ts";
import { oneStage, Visitor, written } from "./visitor.ts";

let program: Program;
let address: string;

beforeAll(async () => {
  program = startProgram({ PAKTBUCH_DATA: newDataFolder() });
  address = await addressOf(program);
});

afterAll(cleanUp);

const clerkEmail = "finanzen@beispiel.de";
const administratorEmail = "verwaltung@beispiel.de";

async function signedIn(email: string): Promise<Visitor> {
  const visitor = new Visitor(address);
  await visitor.signIn(email);
  return visitor;
}

/** The addresses of all routes, as the build names them; what stands for an id is one of nobody. */
async function everyAddress() {
  // The build asks where its database is; nothing is asked of it here.
  vi.stubEnv("DATABASE_URL", "postgres://niemand@127.0.0.1:1/keine");
  const { routes } = (await import(`${process.cwd()}/build/server/index.js`)) as {
    routes: Record<string, { id: string; parentId?: string; path?: string; module: object }>;
  };
  const pathOf = (id: string | undefined): string => {
    const route = id ? routes[id] : undefined;
    if (!route) return "";
    return [pathOf(route.parentId), route.path].filter(Boolean).join("/");
  };
  return Object.values(routes)
    .filter(({ id }) => id !== "root")
    .map(({ id, module }) => ({
      name: id.replace(/^routes\//, "").replace(/\/route$/, ""),
      path: `/${pathOf(id)}`
        .replace(":year", "2024")
        .replace(":kind", "invoice")
        .replace(/:\w+/g, randomUUID()),
      hasAction: "action" in module,
    }));
}

const always: Record<string, RegExp> = {
  "content-security-policy": /frame-ancestors 'none'|sandbox/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^(strict-origin(-when-cross-origin)?|same-origin)$/,
  "permissions-policy": /camera=\(\)/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "x-request-id": /^[0-9a-f-]{36}$/,
};

function missingIn({ headers }: Response, cache: RegExp): string[] {
  const wanted = { ...always, "cache-control": cache };
  return Object.entries(wanted)
    .filter(([name, value]) => !value.test(headers.get(name) ?? ""))
    .map(([name]) => `${name}: ${headers.get(name)}`);
}

test("every route answers with all protective headers, to strangers and to the office, and is kept nowhere", async () => {
  const addresses = (await everyAddress()).map(({ path }) => path);
  expect(addresses.length).toBeGreaterThan(130);
  const paths = [
    ...addresses,
    "/health",
    "/ready",
    "/nirgends",
    "/../../etc/passwd",
    "/login.data",
  ];
  const clerk = await signedIn(clerkEmail);
  const faults: string[] = [];
  for (const path of paths) {
    for (const visitor of [new Visitor(address), clerk]) {
      const answer = await visitor.get(path);
      faults.push(...missingIn(answer, /^no-store$/).map((fault) => `${path} ${fault}`));
      const policy = answer.headers.get("content-security-policy") ?? "";
      if (/unsafe-(inline|eval)/.test(policy.replace(/style-src 'unsafe-inline'; .*sandbox/, "")))
        faults.push(`${path} ${policy}`);
    }
  }
  expect(faults).toEqual([]);
});

test("by plain http nothing asks browsers for https, which nobody answers there", async () => {
  for (const path of ["/login", "/nirgends", "/favicon.svg", "/health"]) {
    const { headers } = await new Visitor(address).get(path);
    expect(headers.get("Strict-Transport-Security"), path).toBeNull();
  }
});

test("files of the program carry the headers too, and may be kept; their policy names a new nonce each time", async () => {
  const visitor = new Visitor(address);
  const script = fs.readdirSync("build/client/assets").find((name) => name.endsWith(".js"))!;
  expect(missingIn(await visitor.get(`/assets/${script}`), /immutable/)).toEqual([]);
  expect(missingIn(await visitor.get("/favicon.svg"), /max-age/)).toEqual([]);
  const policies = await Promise.all(
    [1, 2].map(async () => (await visitor.get("/login")).headers.get("content-security-policy")),
  );
  expect(policies[0]).toMatch(/script-src 'nonce-[^']{24}' 'strict-dynamic';/);
  expect(policies[0]).not.toBe(policies[1]);
});

test("no folder lists what is in it, and none but the files of the browser are given", async () => {
  const visitor = await signedIn(clerkEmail);
  for (const path of [
    "/assets/",
    "/build/",
    "/build/client/assets/",
    "/app/",
    "/data/",
    "/.git/",
  ]) {
    const text = await (await visitor.get(path)).text();
    // The folder of scripts is a page too: the inventory.
    expect(text, path).not.toMatch(/Index of|Directory listing|\.\.\/?<|\.server\.ts|PG_VERSION/);
    expect(text, path).not.toContain(fs.readdirSync("build/client/assets").at(-1)!);
  }
  for (const file of ["/package.json", "/app/root.tsx", "/build/server/index.js", "/.git/config"]) {
    expect((await visitor.get(file)).status, file).toBe(404);
  }
});

test.each([
  { from: "a foreign page", headers: { Origin: "https://example.org" } },
  { from: "a frame without origin", headers: { Origin: "null" } },
  { from: "a sibling of the same domain", headers: { "Sec-Fetch-Site": "same-site" } },
  { from: "a foreign page by its site alone", headers: { "Sec-Fetch-Site": "cross-site" } },
  { from: "nowhere, with a session", headers: {} },
  {
    from: "a foreign page that names us as the forwarding host",
    headers: { Origin: "https://example.org", "X-Forwarded-Host": "example.org" },
  },
])("a write from $from is refused, at each kind of address", async ({ headers }) => {
  const administrator = await signedIn(administratorEmail);
  for (const path of [
    "/settings",
    "/settings.data",
    "/settings?_data=routes%2Fsettings",
    "/logout",
  ]) {
    const answer = await administrator.send(
      path,
      { formKey: "x" },
      headers as Record<string, string>,
    );
    expect(answer.status, path).toBe(403);
    expect(await answer.text()).toBe(
      "Die Anfrage kommt von einer fremden Seite und wird abgelehnt.",
    );
  }
  expect((await administrator.get("/settings")).status).toBe(200);
});

test("every form that writes asks for its key; those without have a reason", async () => {
  const clerk = await signedIn(clerkEmail);
  const writing = (await everyAddress()).filter(({ hasAction }) => hasAction);
  expect(writing.length).toBeGreaterThan(75);
  expect(
    Object.keys(withoutKey).filter((name) => !writing.some((one) => one.name === name)),
  ).toEqual([]);
  for (const { name, path } of writing.filter(({ name }) => !(name in withoutKey))) {
    const answer = await clerk.post(path, { title: "x" });
    expect({ name, status: answer.status }).toEqual({ name, status: 400 });
  }
});

/** Where an answer leads, and what it says. */
async function whole(answer: Response) {
  const body = (await answer.text()).replaceAll(/nonce="[^"]*"/g, "");
  return { status: answer.status, location: answer.headers.get("Location"), length: body.length };
}

async function fifty(send: () => Promise<Response>) {
  const answers = await Promise.all(Array.from({ length: 50 }, async () => whole(await send())));
  return [...new Set(answers.map((answer) => JSON.stringify(answer)))].map(
    (answer) => JSON.parse(answer) as Awaited<ReturnType<typeof whole>>,
  );
}

async function deedsNamed(text: string): Promise<number> {
  const auditor = await signedIn("pruefung@beispiel.de");
  const page = await (await auditor.get("/changes")).text();
  return page.split(text).length - 1;
}

test("fifty posts of one form that records a document: one document, fifty equal answers; other content is refused and kept", async () => {
  const clerk = await signedIn(clerkEmail);
  const form = oneStage(await clerk.formOf("/resolutions/new"));
  const content = {
    ...form,
    number: "V/2026/050",
    title: "Fünfzigmal beschlossen",
    "stages[0].committee": "Rat",
    "stages[0].kind": "decision",
    "stages[0].heldOn": "11.12.2025",
    "stages[0].outcome": "beschlossen",
  };
  const answers = await fifty(() => clerk.post("/resolutions/new", content));
  expect(answers).toEqual([{ status: 302, location: `/resolutions/${form.id}`, length: 0 }]);
  expect(await deedsNamed("V/2026/050")).toBe(1);

  const other = { ...content, title: "Etwas anderes getippt" };
  const refused = await clerk.post("/resolutions/new", other);
  expect(refused.status).toBe(409);
  const page = await refused.text();
  expect(page).toContain("Dieses Formular wurde schon mit anderem Inhalt gebucht; das gilt.");
  expect(page).toContain('value="Etwas anderes getippt"');
  // As a form of its own it can go on.
  const renewed = Visitor.fieldsIn(page);
  expect(renewed.formKey).not.toBe(form.formKey);
  expect(renewed.id).not.toBe(form.id);
});

test("fifty posts of one form without a document of its own: one user, one line in the log, one link in all fifty answers", async () => {
  const administrator = await signedIn(administratorEmail);
  const form = await administrator.formOf("/users/new");
  const content = {
    ...form,
    name: "Frieda Fünfzig",
    email: "frieda@beispiel.de",
    roles: "clerk",
  };
  const links = await Promise.all(
    Array.from({ length: 50 }, async () => {
      return invitationIn(await administrator.post("/users/new", content));
    }),
  );
  expect(new Set(links).size).toBe(1);
  expect((await new Visitor(address).get(links[0]!)).status).toBe(200);
  const users = written(await (await administrator.get("/users")).text());
  expect(users.split("frieda@beispiel.de").length - 1).toBe(1);
  expect(await deedsNamed("Frieda Fünfzig, ")).toBe(1);
  const other = await administrator.post("/users/new", { ...content, name: "Frieda Andere" });
  expect(other.status).toBe(409);
  expect(await other.text()).toContain('value="Frieda Andere"');
});

/** The way to the page of an invitation, as the administrator is shown it. */
async function invitationIn(answer: Response): Promise<string> {
  return /\/invitation\/[\w-]+/.exec(await answer.text())![0];
}

test("fifty posts of one button: one secret address, the same in all fifty answers", async () => {
  const clerk = await signedIn(clerkEmail);
  const form = await clerk.formOf("/account/calendar");
  const secrets = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const answer = await clerk.post("/account/calendar", form);
      return /\/calendar\/[\w-]+\.ics/.exec(await answer.text())?.[0];
    }),
  );
  expect(new Set(secrets).size).toBe(1);
  expect((await new Visitor(address).get(secrets[0]!)).status).toBe(200);
});

test("fifty posts of a change of password: one change, and each answer leads on with one new session", async () => {
  const treasurer = await signedIn("kasse@beispiel.de");
  const form = await treasurer.formOf("/account");
  const content = {
    ...form,
    currentPassword: "paktbuch-beispiel",
    password: "ein neues langes Passwort",
    passwordAgain: "ein neues langes Passwort",
  };
  const cookies = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const answer = await treasurer.post("/account", content);
      return `${answer.headers.get("Location")} ${answer.headers.get("Set-Cookie")}`;
    }),
  );
  expect(new Set(cookies).size).toBe(1);
  expect(cookies[0]).toMatch(/^\/account\?changed /);
  expect((await treasurer.get("/account")).status).toBe(302);
});

test("a refused form may be mended and sent again with the same key", async () => {
  const administrator = await signedIn(administratorEmail);
  const form = await administrator.formOf("/users/new");
  const draft = { ...form, name: "Kurz", email: "kurz@beispiel.de" };
  expect((await administrator.post("/users/new", draft)).status).toBe(422);
  const mended = { ...draft, roles: "clerk" };
  expect((await administrator.post("/users/new", mended)).status).toBe(200);
  expect(await deedsNamed("Kurz, kurz@beispiel.de")).toBe(1);
});

test("two tabs at the settings: the second sees both versions, and saves over or takes the other", async () => {
  const administrator = await signedIn(administratorEmail);
  const [first, second] = [
    await administrator.formOf("/settings"),
    await administrator.formOf("/settings"),
  ];
  const save = (form: Record<string, string>) => administrator.post("/settings", form);
  expect((await save({ ...first, signatory: "Im Auftrag Erste" })).status).toBe(302);
  const stale = await save({ ...second, signatory: "Im Auftrag Zweite" });
  expect(stale.status).toBe(409);
  const page = await stale.text();
  expect(page).toMatch(/Gespeichert ist.*Im Auftrag Erste.*Im Auftrag Zweite/s);
  expect(page).toContain('value="Im Auftrag Zweite"');
  const kept = await administrator.formOf("/settings");
  expect(kept.signatory).toBe("Im Auftrag Erste");
  expect((await save(Visitor.fieldsIn(page))).status).toBe(302);
  expect((await administrator.formOf("/settings")).signatory).toBe("Im Auftrag Zweite");
});

test("two tabs at a school: the second sees both versions and loses nothing", async () => {
  const clerk = await signedIn(clerkEmail);
  const list = await (await clerk.get("/schools")).text();
  const path = /\/schools\/[0-9a-f-]{36}/.exec(list)![0];
  const [first, second] = [await clerk.formOf(path), await clerk.formOf(path)];
  expect((await clerk.post(path, { ...first, number: "11111" })).status).toBe(302);
  const stale = await clerk.post(path, { ...second, number: "22222" });
  expect(stale.status).toBe(409);
  const page = await stale.text();
  expect(page).toMatch(/Schulnummer.*11111.*22222/s);
  expect((await clerk.post(path, Visitor.fieldsIn(page))).status).toBe(302);
  expect((await clerk.formOf(path)).number).toBe("22222");
});

test("a body, a name, a field and a number of fields beyond any form are refused with a sentence", async () => {
  const clerk = await signedIn(clerkEmail);
  const { formKey } = await clerk.formOf("/resolutions/new");
  const send = (fields: Record<string, string>) => clerk.post("/resolutions/new", fields);
  const big = await send({ formKey: formKey!, title: "x".repeat(3 * 1024 * 1024) });
  expect([big.status, await big.text()]).toEqual([
    413,
    "Die Anfrage ist größer als 2 MB und wird abgelehnt.",
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 1_100 }, (_, at) => [`f${"a".repeat(at % 40)}`, "x"]),
  );
  const tooMany = new URLSearchParams({ formKey: formKey! });
  for (let at = 0; at < 1_100; at += 1) tooMany.append("title", "x");
  expect((await clerk.sendBody("/resolutions/new", tooMany)).status).toBe(400);
  expect((await send({ formKey: formKey!, ["n".repeat(100)]: "x", ...many })).status).toBe(400);
  expect((await send({ formKey: formKey!, "a[0].b[0].c[0].d": "x" })).status).toBe(400);
  expect((await send({ formKey: formKey!, "stages[999].committee": "x" })).status).toBe(400);
  expect((await send({ formKey: formKey!, title: "x".repeat(30_000) })).status).toBe(400);
  const long = await send({ formKey: formKey!, title: "x".repeat(600) });
  expect(long.status).toBe(422);
  expect(await long.text()).toContain("höchstens 500 Zeichen");
});

test("what is no HTTP is answered with a sentence, and headers without end too", async () => {
  expect(await raw("KEIN HTTP\r\n\r\n")).toMatch(
    /^HTTP\/1.1 400 .*Die Anfrage ist nicht lesbar\.$/s,
  );
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX-Lang: ${"x".repeat(20_000)}\r\n\r\n`;
  expect(await raw(long)).toMatch(/^HTTP\/1.1 431 .*x-request-id: .*zu lang\.$/is);
});

test("health answers without the database, readiness names its checks and nothing else", async () => {
  const visitor = new Visitor(address);
  expect(await (await visitor.get("/health")).json()).toEqual({ status: "ok" });
  expect(await (await visitor.get("/ready")).json()).toEqual({
    status: "ok",
    checks: { database: "ok", exports: "ok" },
  });
});

test("an error page names its request, and a refused write stands in the change log", async () => {
  const board = await signedIn("ausschuss@beispiel.de");
  const form = await board.formOf("/account/calendar");
  const answer = await board.post("/schools/new", form);
  expect(answer.status).toBe(403);
  const requestId = answer.headers.get("X-Request-Id")!;
  expect(await answer.text()).toContain(requestId);
  const auditor = await signedIn("pruefung@beispiel.de");
  const log = await (await auditor.get("/changes")).text();
  expect(log).toContain("Schritt abgewiesen");
  expect(log).toContain(requestId.slice(0, 8));
});

test("the log names requests, routes and users by ids, and nothing that anybody typed or is called", async () => {
  const canaries = {
    name: "Kanaria Vogel",
    email: "kanaria@beispiel.de",
    password: "Zeisig-Passwort-4711",
    iban: "DE02120300000000202051",
    query: "geheimesuche",
    secret: "kanariengeheimnis4711",
  };
  const administrator = await signedIn(administratorEmail);
  const user = await administrator.formOf("/users/new");
  const { name, email, password } = canaries;
  const invited = await administrator.post("/users/new", { ...user, name, email, roles: "clerk" });
  const invitation = await invitationIn(invited);
  await administrator.post("/settings", {
    ...(await administrator.formOf("/settings")),
    iban: canaries.iban,
    bankName: "Kanarienbank",
  });
  const stranger = new Visitor(address);
  const chosen = { ...(await stranger.formOf(invitation)), password, passwordAgain: password };
  expect((await stranger.post(invitation, chosen)).status).toBe(302);
  await stranger.get(`/invitation/${canaries.secret}`);
  await stranger.get(`/calendar/${canaries.secret}.ics`);
  await stranger.get(`/login?then=/${canaries.query}`);
  await stranger.post("/login", { email, password: `${password}-falsch` });
  await stranger.signIn(email, password);
  await stranger.post(`/invitation/${canaries.secret}`, { formKey: `${randomUUID()}.x`, password });
  await stranger.get("/%E0%A4%A");
  const clerk = await signedIn(clerkEmail);
  const files = new FormData();
  files.append("file", new File(["kein Auszug"], "Kanarienakte.xml"));
  await clerk.sendBody("/bank-statements", files);

  const { out, err } = program.said();
  const said = out.slice(out.indexOf("Paktbuch läuft")) + err;
  const words = [...Object.values(canaries), invitation, "Kanarien", "Kanaria", "@beispiel.de"];
  expect(words.filter((word) => said.includes(word))).toEqual([]);
  const lines = out.split("\n").filter((line) => line.startsWith("{"));
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed.every(({ requestId }) => requestId !== undefined)).toBe(true);
  expect(parsed.some(({ route }) => route === "/invitation/:secret")).toBe(true);
  expect(parsed.some(({ userId, authorityId }) => userId && authorityId)).toBe(true);
});

/** Sends bytes as they are and gives all that comes back. */
function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.on("data", (part) => (answer += part));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
