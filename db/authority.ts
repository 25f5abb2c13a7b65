/**
 * For which school authority the database is asked: the second wall between tenants. Whoever answers a request
 * begins with none, and sees no row of anybody, until it is known who asks. Each transaction is told it, and
 * PostgreSQL itself keeps all other rows back (`walls.ts`).
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What transactions are told where work is of no single authority. */
const every = "*";

/** The id of an authority or `*`; undefined where nobody is known yet. */
type Holder = { authority: string | undefined };
type Asking = { holders: AsyncLocalStorage<Holder>; outside: Holder };

/** Kept on `globalThis`: this file is loaded more than once, and all copies shall know who asks. */
const shared = globalThis as { paktbuchAsking?: Asking };
const asking = (shared.paktbuchAsking ??= {
  holders: new AsyncLocalStorage(),
  outside: { authority: undefined },
});

/** The frame of one request: no row is seen in it until `askFor` says for whom. */
export function asRequestOfOne<Result>(work: () => Result): Result {
  return asking.holders.run({ authority: undefined }, work);
}

/**
 * From here on the running request is one of this authority.
 * @throws where it was one of another: a request never changes sides
 */
export function askFor(schoolAuthorityId: string): void {
  const holder = asking.holders.getStore();
  // Outside of a request nothing is opened: that would stay open for whoever comes next.
  if (!holder || holder.authority === every) return;
  if (holder.authority && holder.authority !== checked(schoolAuthorityId)) {
    throw new Error("a request of one authority asks for another");
  }
  holder.authority = checked(schoolAuthorityId);
}

/** Work of one authority that no request does, such as an export in a process of its own. */
export function forAuthority<Result>(
  schoolAuthorityId: string,
  work: () => PromiseLike<Result>,
): Promise<Result> {
  return asking.holders.run({ authority: checked(schoolAuthorityId) }, async () => await work());
}

/**
 * Work that is of no single authority: finding who signs in, commands of the operator, queues. Which files may
 * say so, and why, is a list in `tests/architecture.test.ts`.
 */
export function everyAuthority<Result>(work: () => PromiseLike<Result>): Promise<Result> {
  return asking.holders.run({ authority: every }, async () => await work());
}

/** What holds where nobody said anything. Tests call records without a request; the program never says it. */
export function assumeOutside(authority: typeof every | undefined): void {
  asking.outside.authority = authority;
}

/** The statement that tells a transaction for whom it is; undefined where no row is to be seen. */
export function askingStatement(): string | undefined {
  const { authority } = asking.holders.getStore() ?? asking.outside;
  return authority && `set local paktbuch.authority = '${authority}'`;
}

/** Stands in a statement as it is: nothing but a UUID ever gets there. */
function checked(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw new Error("the id of an authority is a UUID");
}
