/** Requests as a browser would send them, signed in as a user. */
import { randomUUID } from "node:crypto";
import type { ActionFunctionArgs } from "@remix-run/node";
import type { User } from "#app/domain/permission.ts";
import { asRequest, requestId } from "#app/request.server.ts";
import { startSession } from "#app/session.server.ts";
import { asRequestOfOne, askFor } from "#db/authority.ts";

const origin = "http://127.0.0.1:3000";

type Params = Record<string, string>;

/** Arguments of a loader. */
export async function get(user: User | undefined, path: string, params: Params = {}) {
  return {
    request: new Request(origin + path, { headers: await signedIn(user) }),
    ...rest(params),
  };
}

/** Arguments of an action with a submitted form. */
export async function post(
  user: User | undefined,
  path: string,
  form: Record<string, string>,
  params: Params = {},
) {
  const body = new URLSearchParams(form);
  const headers = await signedIn(user);
  return {
    request: new Request(origin + path, { method: "POST", body, headers }),
    ...rest(params),
  };
}

function rest(params: Params): Pick<ActionFunctionArgs, "params" | "context"> {
  return { params, context: {} };
}

async function signedIn(user: User | undefined): Promise<Record<string, string>> {
  if (!user) return {};
  return { Cookie: (await startSession(user.id)).split(";")[0]! };
}

type Answer = { status: number; location: string | null; body: unknown };

/** Runs as the web server runs a request: the database shows nothing until it is known who asks. */
export function asWebRequest<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  const inFrame = () => asRequestOfOne(async () => await run());
  return requestId() ? inFrame() : asRequest(randomUUID(), inFrame);
}

/**
 * How a loader or action answers to a request, thrown or returned: status, redirect, data.
 * @param by whose request it is, where a record function is asked without the route that would find that out
 */
export async function answer(run: () => unknown, by?: User): Promise<Answer> {
  let result: unknown;
  try {
    result = await asWebRequest(() => {
      if (by) askFor(by.schoolAuthorityId);
      return run();
    });
  } catch (thrown) {
    result = thrown;
  }
  if (result instanceof Error) throw result;
  if (result instanceof Response) {
    return { status: result.status, location: result.headers.get("Location"), body: result };
  }
  const wrapped = result as { type?: string; data?: unknown; init?: { status?: number } } | null;
  if (wrapped?.type === "DataWithResponseInit") {
    return { status: wrapped.init?.status ?? 200, location: null, body: wrapped.data };
  }
  return { status: 200, location: null, body: result };
}
