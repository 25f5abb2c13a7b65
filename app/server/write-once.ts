/**
 * A form does what it does once, however often it is sent. Each carries a key that its page made (`FormKey`);
 * repeats get the answer of the first, and the same key with other content is refused with 409.
 *
 * What a form did is remembered in the transaction that does it (`rememberForm`). The answer is kept after
 * it: where the program ends between the two, a repeat learns that the form is recorded, and nothing is
 * done twice. What leaves no line in the change log (a draft, a choice) can be repeated by itself.
 */
import { createHash, randomUUID } from "node:crypto";
import { data, redirect } from "@remix-run/node";
import type { User } from "#app/domain/permission.ts";
import { conflict } from "#app/http.ts";
import { keptForm } from "#app/kept-form.ts";
import { findSentForm, keepAnswer, SentBefore } from "#app/records/sent-forms.server.ts";
import { noteForm, requestId, type SentForm } from "#app/request.server.ts";
import { findUser } from "#app/session.server.ts";
import { withoutKey } from "./without-key.ts";

type Action = (args: { request: Request }) => unknown;
/** `isDone`: it is recorded, or leads on; else the same key may be sent again with a mended form. */
type Outcome = { isThrown: boolean; value: unknown; isDone?: boolean };
type Sent = { contentHash: string; outcome: Promise<Outcome> };

/** How long the answers of the last forms are at hand, in milliseconds; a redirect is kept for good. */
const atHand = 60_000;

/** By session, address and key: the repeats that come while the first is being answered wait for it. */
const lastSent = new Map<string, Sent>();

export function writeOnce(routeId: string, action: Action): Action {
  if (routeId.replace(/^routes\//, "").replace(/\/route$/, "") in withoutKey) return action;
  return async (args) => {
    const { request } = args;
    const body = await request.text();
    const key = new URLSearchParams(body).get("formKey") ?? "";
    if (!/^[0-9a-f-]{36}\.[\w-]{1,80}$/.test(key)) throw notOurs();
    const { pathname } = new URL(request.url);
    const id = idOf(pathname, key);
    const contentHash = hashOf(body);

    const place = hashOf(`${request.headers.get("Cookie")} ${id}`);
    const earlier = lastSent.get(place);
    if (earlier && earlier.contentHash !== contentHash) return otherContent(key, body);
    if (earlier) return given(await earlier.outcome);
    const again = () => action({ ...args, request: withBody(request, body) });
    const outcome = runOnce(request, { id, contentHash, key, body }, again);
    lastSent.set(place, { contentHash, outcome });
    const { isDone } = await outcome;
    if (isDone) setTimeout(() => lastSent.delete(place), atHand).unref();
    else lastSent.delete(place);
    return given(await outcome);
  };
}

/**
 * Where the same form led to when its user sent it before, with the same content; undefined where it did nothing, something
 * else, or its answer was not kept.
 */
export async function ledBefore(user: User, place: string, body: string) {
  const key = new URLSearchParams(body).get("formKey") ?? "";
  const found = await findSentForm(user, ownId(user, idOf(place, key)));
  return found?.contentHash === hashOf(body) ? (found.location ?? undefined) : undefined;
}

/** @param place the address that it was sent to; what its page was asked for does not count */
function idOf(place: string, key: string): string {
  return hashOf(`${place.split("?")[0]} ${key}`);
}

/** Of this person: who learns another's key can't send their form. */
function ownId(user: Pick<User, "id"> | undefined, id: string): string {
  return hashOf(`${user?.id} ${id}`);
}

type Form = { id: string; contentHash: string; key: string; body: string };

async function runOnce(request: Request, form: Form, action: () => unknown): Promise<Outcome> {
  const user = await findUser(request);
  const { contentHash, key, body } = form;
  const id = ownId(user, form.id);
  const replayed = async (): Promise<Outcome | undefined> => {
    const found = user && (await findSentForm(user, id));
    if (!found || found.requestId === requestId()) return undefined;
    if (found.contentHash !== contentHash) return outcomeOf(() => otherContent(key, body));
    const answer = await outcomeOf(() => (found.location ? redirect(found.location) : conflict()));
    return { ...answer, isDone: true };
  };
  const before = await replayed();
  if (before) return before;

  const sent: SentForm = { id, contentHash };
  noteForm(sent);
  const outcome = await outcomeOf(action);
  noteForm(undefined);
  const { value } = outcome;
  if (value instanceof SentBefore) return (await replayed()) ?? outcome;
  const location = value instanceof Response && value.headers.get("Location");
  if (location && user) await keepAnswer(user, id, requestId() ?? "", location);
  // Refused for what the same form did in another process a moment ago.
  if (!location && isRefusal(value)) {
    const since = await replayed();
    if (since) return since;
  }
  // A document that the form's other content made before: the form stays as it was typed.
  if (value instanceof Response && value.status === 409) {
    return outcomeOf(() => otherContent(key, body));
  }
  // Strangers' answers are not kept: nobody counts how many forms they send.
  const hasDone = Boolean(location) || sent.isRemembered;
  return { ...outcome, isDone: Boolean(user) && hasDone && !isRefusal(value) };
}

async function outcomeOf(work: () => unknown): Promise<Outcome> {
  try {
    return { isThrown: false, value: await work() };
  } catch (value) {
    return { isThrown: true, value };
  }
}

/** Each asker gets an answer of their own: a body is read once. */
function given({ isThrown, value }: Outcome): unknown {
  const own = value instanceof Response ? value.clone() : value;
  if (isThrown) throw own;
  return own;
}

function isRefusal(value: unknown): boolean {
  if (value instanceof Error) return true;
  if (value instanceof Response) return value.status >= 400;
  return ((value as { init?: { status?: number } } | null)?.init?.status ?? 200) >= 400;
}

/** The form again as it was typed, with a new key; a page of buttons only says that it is done already. */
function otherContent(key: string, body: string) {
  if (key.endsWith("-button")) return conflict();
  return data(keptForm(body, randomUUID()), { status: 409 });
}

function notOurs() {
  return data("Diese Eingabe kommt aus keinem Formular von Paktbuch.", { status: 400 });
}

function withBody({ url, method, headers, signal }: Request, body: string): Request {
  return new Request(url, { method, headers, body, signal });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
