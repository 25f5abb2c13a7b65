/**
 * Which request (Anfrage) is being answered: the server gives each an id, the answer bears it in its header,
 * the server's log beside each error, and the change log beside each deed.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** A form that the request sent: by whose key it is recorded once, what it says, whether it did anything. */
export type SentForm = { id: string; contentHash: string; isRemembered?: boolean };

type Asking = { id: string; schoolAuthorityId: string };

type Request = {
  id: string;
  address: string | undefined;
  user?: Asking;
  form?: SentForm | undefined;
  /** What was found for it once; see `foundOnce`. */
  found: Map<string, Promise<unknown>>;
};

export const requestIdHeader = "X-Request-Id";

/** Kept on `globalThis`: the start script and the built program each have a copy of this file. */
const shared = globalThis as { paktbuchRequests?: AsyncLocalStorage<Request> };
const requests = (shared.paktbuchRequests ??= new AsyncLocalStorage<Request>());

/** Whatever the work starts knows the id, however long it takes, and the network address that asks. */
export function asRequest<Result>(id: string, work: () => Result, address?: string): Result {
  return requests.run({ id, address, found: new Map() }, work);
}

/** Undefined outside of a request: in a command, or in what the server does by itself. */
export function requestId(): string | undefined {
  return requests.getStore()?.id;
}

/** Of the client, or of the last proxy that is not trusted; undefined outside of a request. */
export function requestAddress(): string | undefined {
  return requests.getStore()?.address;
}

/** Who asks, once the session has told. */
export function noteUser({ id, schoolAuthorityId }: Asking): void {
  const request = requests.getStore();
  if (request) request.user = { id, schoolAuthorityId };
}

/** By ids only, for the log; undefined for strangers. */
export function requestUser(): Asking | undefined {
  return requests.getStore()?.user;
}

/** The form that is being answered; undefined ends it, for what is written down beside it. */
export function noteForm(form: SentForm | undefined): void {
  const request = requests.getStore();
  if (request) request.form = form;
}

export function requestForm(): SentForm | undefined {
  return requests.getStore()?.form;
}

/**
 * Finds it once for the running request, whoever of its loaders asks first; outside of a request each time. What
 * failed is looked for again.
 */
export function foundOnce<Found>(key: string, find: () => Promise<Found>): Promise<Found> {
  const found = requests.getStore()?.found;
  const earlier = found?.get(key);
  if (earlier) return earlier as Promise<Found>;
  const finding = find();
  found?.set(key, finding);
  finding.catch(() => found?.delete(key));
  return finding;
}

/** Whatever was found before a deed may be otherwise since: it is looked for again. */
export function forgetFound(): void {
  requests.getStore()?.found.clear();
}
