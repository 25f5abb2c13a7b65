/** What stands before the pages, as the web server answers by itself: headers, methods, origins, addresses, errors. */
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Handler } from "express";
import { afterEach, expect, test } from "vitest";
import { settings } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";
import { requestAddress } from "#app/request.server.ts";
import { createApp } from "#app/server/web.ts";

log.level = "silent";
const { origin, trustProxy } = settings;
let server: http.Server | undefined;

afterEach(() => {
  Object.assign(settings, { origin, trustProxy });
  server?.close();
  server = undefined;
});

/** Serves one page, or, without one, files and the error of a build that has no pages. */
async function serve(page?: Handler, needs = {}): Promise<number> {
  const build = { routes: {} } as never;
  server = createApp({ build, needs, ...(page && { vite: page }) }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, given: http.RequestOptions = {}) {
  const request = http.request({ port, host: "127.0.0.1", path: "/page", ...given }).end();
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  let body = "";
  for await (const piece of response) body += String(piece);
  return { status: response.statusCode, headers: response.headers, body };
}

const says: Handler = (_request, response) => void response.send("Seite");

test("browsers are told to come by https only where the program is reached that way", async () => {
  settings.origin = "https://paktbuch.example.de";
  const { headers } = await ask(await serve(says));
  expect(headers["strict-transport-security"]).toMatch(/^max-age=(\d{8,}); includeSubDomains$/);
  server!.close();
  settings.origin = undefined;
  expect((await ask(await serve(says))).headers["strict-transport-security"]).toBeUndefined();
});

test("the policy of a page allows nothing from elsewhere, no script without its nonce, none made at run time, and no frame", async () => {
  const { headers } = await ask(await serve());
  const policy = headers["content-security-policy"] as string;
  expect(
    policy
      .replace(/'nonce-[A-Za-z0-9+/=]{24}'/, "'nonce'")
      .split(/; ?/)
      .sort(),
  ).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    "script-src 'nonce' 'strict-dynamic'",
    "script-src-attr 'none'",
    "style-src 'self'",
  ]);
});

test("no foreign page is allowed to read an answer, whatever it says of itself", async () => {
  const headers = { Origin: "https://example.org", "Access-Control-Request-Method": "POST" };
  const port = await serve(says);
  for (const method of ["GET", "OPTIONS"]) {
    const answer = await ask(port, { method, headers });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual(
      [],
    );
  }
});

test.each(["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"])(
  "%s is no way to ask for anything here",
  async (method) => {
    const headers = { Cookie: "session=geheim" };
    const { status, headers: given, body } = await ask(await serve(says), { method, headers });
    expect([status, given.allow]).toEqual([405, "GET, HEAD, POST"]);
    expect(body).not.toContain("geheim");
  },
);

// prettier-ignore
test.each([
  { headers: { Origin: "https://example.org" },                                   status: 403 },
  { headers: { Origin: "null" },                                                  status: 403 },
  { headers: { Origin: "https://example.org", "X-Forwarded-Host": "example.org" }, status: 403 },
  { headers: { "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain" },    status: 403 },
  { headers: { "Sec-Fetch-Site": "same-site" },                                   status: 403 },
  { headers: { Cookie: "session=x" },                                             status: 403 },
  { headers: { "Sec-Fetch-Site": "same-origin", Cookie: "session=x" },            status: 200 },
])("a form with $headers is answered with $status", async ({ headers, status }) => {
  const answer = await ask(await serve(says), { method: "POST", headers: headers as never });
  expect(answer.status).toBe(status);
});

// prettier-ignore
test.each([
  { trusted: 0, told: "127.0.0.1",   because: "without a proxy nobody is believed" },
  { trusted: 1, told: "203.0.113.9", because: "the proxy's word is the last one; what came before it is the client's" },
])("behind $trusted proxies the address is $told: $because", async ({ trusted, told }) => {
  settings.trustProxy = trusted;
  const port = await serve((_request, response) => void response.send(requestAddress()));
  const headers = { "X-Forwarded-For": "198.51.100.1, 203.0.113.9" };
  expect((await ask(port, { headers })).body).toBe(told);
});

test("an error says nothing of the inside: no message, no place, no path", async () => {
  const port = await serve(
    () => {
      throw new Error("relation geheim does not exist at /opt/paktbuch");
    },
    { database: () => Promise.reject(new Error("postgres://konto:geheim@rechner")) },
  );
  const page = await ask(port);
  expect([page.status, page.body]).toEqual([500, "Die Anfrage konnte nicht bearbeitet werden."]);
  const ready = await ask(port, { path: "/ready" });
  expect([ready.status, JSON.parse(ready.body)]).toEqual([
    503,
    { status: "failed", checks: { database: "failed" } },
  ]);
});
