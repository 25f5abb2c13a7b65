/** Passwords: argon2id, off the event loop (OWASP: 19 MiB, two passes). */
import { hash, verify } from "@node-rs/argon2";
import commonPasswords from "fxa-common-password-list";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two keyboards may write the same letter in two ways: what is hashed is its composed form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), cost);
}

/** Takes as long for an unknown account as for a known one: without a hash it compares with nobody's. */
export async function isPassword(password: string, storedHash: string | undefined) {
  nobodysHash ??= hash("nobody's password", cost);
  const matches = await verify(storedHash ?? (await nobodysHash), password.normalize("NFC"));
  return matches && storedHash !== undefined;
}

let nobodysHash: Promise<string> | undefined;

/** Whether a hash was made at a lower cost than is asked for today. */
export function isWeaklyHashed(storedHash: string): boolean {
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),/.exec(storedHash) ?? [];
  return !(Number(memory) >= cost.memoryCost && Number(time) >= cost.timeCost);
}

/** Whether the shipped list of breached passwords has it (Mozilla's, for accounts of Firefox). */
export function isKnownPassword(password: string): boolean {
  return commonPasswords.test(password);
}
