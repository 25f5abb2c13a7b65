/** Asks routes as the tests of access do: any route by its name, as anybody, with ids or with those of nobody. */
import { sql } from "drizzle-orm";
import { withinAccess } from "#app/audit-access.server.ts";
import type { User } from "#app/domain/permission.ts";
import { startSession } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { answer } from "./request.ts";
import { openParams } from "./route-ids.ts";
import { type Handler, routes } from "./routes.ts";

type Asked = {
  user?: User | undefined;
  path: string;
  params: Record<string, string>;
  body?: Record<string, string>;
};

const cookies = new Map<string, Promise<string>>();

/** One session for each person: signing in anew for each of thousands of requests would take the time. */
function cookieOf(user: User): Promise<string> {
  const known = cookies.get(user.id) ?? startSession(user.id).then((one) => one.split(";")[0]!);
  cookies.set(user.id, known);
  return known;
}

/** What may have ended a person's session: the next request starts another. */
export function forgetSession(user: User): void {
  cookies.delete(user.id);
}

/** How a loader or an action answers to the user, or to nobody. */
export async function ask(handler: Handler, { user, path, params, body }: Asked) {
  const headers = user ? { Cookie: await cookieOf(user) } : undefined;
  const given = body ? { method: "POST", body: new URLSearchParams(body) } : {};
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    ...given,
    ...(headers && { headers }),
  });
  return answer(() => (handler as (args: unknown) => unknown)({ request, params, context: {} }));
}

/** An id that no row has. */
export const ofNobody = "00000000-0000-4000-8000-000000000000";

/** The parameters of a route: an id of nobody, or the given ones; what is no id stands in its list. */
export function paramsOf(names: string[], ids: Record<string, string> = {}) {
  return Object.fromEntries(
    names.map((name) => [name, ids[name] ?? openParams[name]?.value ?? ofNobody]),
  );
}

/** The loader or the action of a route, by the name of its file. */
export function handlerOf(name: string, kind: "loader" | "action"): Handler {
  return routes.find((route) => route.name === name)!.module[kind]!;
}

export async function personOfExample(name: string): Promise<User> {
  return personOf(`${name}@beispiel.de`);
}

export async function personOf(email: string): Promise<User> {
  const [account] = await db.execute<User>(
    sql`select id, name, email, school_authority_id as "schoolAuthorityId" from users where email = ${email}`,
  );
  return (await withinAccess(account!))!;
}
