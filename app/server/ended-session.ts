/**
 * What a request answers whose session has ended meanwhile: the sign-in page says so, leads back to where it came
 * from, and what was typed is carried along (`typed-form.server.ts`).
 */
import { data, redirect } from "@remix-run/node";
import { typedWords } from "#app/german/sign-in-words.ts";
import { sameForm } from "#app/kept-form.ts";
import { findUser } from "#app/session.server.ts";
import { forgetTyped, keepTyped, readTyped } from "#app/typed-form.server.ts";
import { ledBefore } from "./write-once.ts";

type Handler = (args: { request: Request }) => unknown;
type Place = { isPage: boolean; isIndex: boolean };

/** Where a form that was kept is opened again. */
export const typedPage = "/account/typed";

/** A page that asks to sign in says why, where the browser had a session. */
export function sayingEnd(loader: Handler): Handler {
  return async (args) => {
    try {
      return await loader(args);
    } catch (thrown) {
      const location = leadsToSignIn(thrown);
      if (!location || !hadSession(args.request)) throw thrown;
      const { searchParams } = new URL(location, args.request.url);
      throw redirect(`/login?${new URLSearchParams({ done: "ended", ...once(searchParams) })}`);
    }
  };
}

/** A form that was sent without a session is not lost; and opened again, it is shown and does nothing yet. */
export function keepingTyped(place: Place, action: Handler): Handler {
  return async (args) => {
    const { request } = args;
    const isTyped = request.headers.get("Content-Type")?.startsWith(urlEncoded) ?? false;
    const body = isTyped ? await request.clone().text() : "";
    const typed = { place: placeOf(request, place), body };
    if (new URLSearchParams(body).has(openTyped)) return openedAgain(request, typed.place);
    try {
      return await endingTyped(request, body, await action(args));
    } catch (thrown) {
      const isRedirect = thrown instanceof Response && thrown.status < 400;
      if (!leadsToSignIn(thrown))
        throw isRedirect ? await endingTyped(request, body, thrown) : thrown;
      return signInFirst(request, isTyped && place.isPage ? typed : undefined);
    }
  };
}

const urlEncoded = "application/x-www-form-urlencoded";

/** The field by which a form is opened again instead of done. */
export const openTyped = "openTyped";

async function openedAgain(request: Request, place: string) {
  const user = await findUser(request);
  const typed = user && readTyped(request, user.id);
  if (!user || typed?.place !== place) return redirect(typedPage);
  const booked = await ledBefore(user, place, typed.body);
  if (booked) return redirect(booked, { headers: { "Set-Cookie": forgetTyped() } });
  return data(sameForm(typed.body, typedWords.again), { status: 422 });
}

/**
 * Ends what is carried with the first answer to it, whatever that says: what was typed is in the page again, or is done.
 * Kept longer, it would be opened once more as if nobody had sent it.
 */
async function endingTyped(request: Request, body: string, answer: unknown): Promise<unknown> {
  const user = await findUser(request);
  const typed = user && readTyped(request, user.id);
  const keyOf = (text: string) => new URLSearchParams(text).get("formKey");
  if (!typed || keyOf(typed.body) !== keyOf(body)) return answer;
  if (answer instanceof Response) {
    answer.headers.append("Set-Cookie", forgetTyped());
    return answer;
  }
  const isWrapped = (answer as { type?: string } | null)?.type === "DataWithResponseInit";
  const wrapped = isWrapped ? (answer as ReturnType<typeof data>) : data(answer);
  const headers = new Headers(wrapped.init?.headers);
  headers.append("Set-Cookie", forgetTyped());
  return data(wrapped.data, { ...wrapped.init, headers });
}

function signInFirst(request: Request, typed: { place: string; body: string } | undefined) {
  const key = new URLSearchParams(typed?.body ?? "").get("formKey") ?? "";
  const cookie = typed && !key.endsWith("-button") ? keepTyped(typed) : undefined;
  const done = cookie ? "typed" : hadSession(request) ? "lost" : "";
  const then = cookie ? typedPage : cameFrom(request);
  const search = new URLSearchParams({ ...(done && { done }), then });
  return redirect(`/login?${search}`, { headers: cookie ? { "Set-Cookie": cookie } : {} });
}

/** Remix takes from the address of an action what names a page that lies at its parent's address. */
function placeOf(request: Request, { isIndex }: Place): string {
  const { pathname, search } = new URL(request.url);
  return pathname + (isIndex ? `?index${search.replace(/^\?/, "&")}` : search);
}

/** The page that a form stood on, as the browser says; the first page where it does not. */
function cameFrom(request: Request): string {
  const referrer = request.headers.get("Referer") ?? "";
  const url = URL.canParse(referrer) ? new URL(referrer) : undefined;
  return url?.host === new URL(request.url).host ? url.pathname + url.search : "/";
}

function leadsToSignIn(thrown: unknown): string | undefined {
  const location = thrown instanceof Response && thrown.headers.get("Location");
  return location && /^\/login(\?|$)/.test(location) ? location : undefined;
}

/** The browser forgets its session when somebody signs out; else it has ended by itself. */
function hadSession(request: Request): boolean {
  return /(^|; )(__Host-)?session=[^;]/.test(request.headers.get("Cookie") ?? "");
}

function once(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(params);
}
