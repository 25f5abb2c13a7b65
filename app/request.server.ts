/**
 * Which request (Anfrage) is being answered: the server gives each an id, the answer bears it in its header,
 * the server's log beside each error, and the change log beside each deed.
 */
import { AsyncLocalStorage } from "node:async_hooks";

export const requestIdHeader = "X-Request-Id";

/** Kept on `globalThis`: the start script and the built program each have a copy of this file. */
const shared = globalThis as { paktbuchRequests?: AsyncLocalStorage<string> };
const requests = (shared.paktbuchRequests ??= new AsyncLocalStorage<string>());

/** Whatever the work starts knows the id, however long it takes. */
export function asRequest<Result>(id: string, work: () => Result): Result {
  return requests.run(id, work);
}

/** Undefined outside of a request: in a command, or in what the server does by itself. */
export function requestId(): string | undefined {
  return requests.getStore();
}
