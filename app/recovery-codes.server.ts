/** Hands recovery codes to the page that shows them, once. */
import type { User } from "./domain/permission.ts";
import { endedCookie, readSealedCookie, sealedCookie } from "./sealed-cookie.server.ts";

const name = "recovery-codes";
/** Seconds, for the way to the next page. */
const patience = 120;

export function recoveryCodesCookie(user: User, codes: string[]): string {
  return sealedCookie(name, purposeOf(user), { codes }, patience);
}

/** The codes, and the cookie that ends theirs; undefined where they were shown already. */
export function takeRecoveryCodes(request: Request, user: User) {
  const found = readSealedCookie<{ codes: string[] }>(request, name, purposeOf(user));
  return found && { codes: found.codes, cookie: endedCookie(name) };
}

function purposeOf(user: User): string {
  return `recovery codes of ${user.id}`;
}
