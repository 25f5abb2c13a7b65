/**
 * Tells those who answer for money and accounts, by mail, that somebody's rights have changed: an administrator could
 * otherwise give the treasury to an account of their own unseen. Told after the fact, since small offices have one
 * administrator and nobody who could confirm; what was done stands in the change log and on the pages as well.
 */
import { type Role, type User } from "./domain/permission.ts";
import { rightsChange } from "./domain/roles.ts";
import { rightsMail } from "./german/mails.ts";
import { roleWords } from "./german/words.ts";
import { sendLater } from "./mail.server.ts";
import { requireAuthority } from "./records/authorities.server.ts";
import { listHoldersOfRights } from "./records/rights.server.ts";

/**
 * Does what changes the account of an address, and tells of what has changed by it.
 * @param email the account's, which may not be there yet
 */
export async function tellingRights<Result>(
  user: User,
  email: string,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await listHoldersOfRights(user);
  const result = await change();
  const changed = rightsChange(before, await listHoldersOfRights(user), email);
  if (!changed) return result;
  const { name: authority } = await requireAuthority(user);
  const { person, given, taken, told } = changed;
  const said = (roles: Role[]) => roles.map((role) => roleWords[role]).join(", ");
  const words = { by: user.name, person: person.name, given: said(given), taken: said(taken) };
  for (const { name, email } of told) {
    sendLater({ to: email, ...rightsMail({ name, authority }, words) });
  }
  return result;
}
