/** Passwords: argon2id, off the event loop (OWASP: 19 MiB, two passes). */
import { hash, verify } from "@node-rs/argon2";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Takes as long for an unknown account as for a known one: without a hash it compares with nobody's. */
export async function isPassword(password: string, storedHash: string | undefined) {
  nobodysHash ??= hash("nobody's password", cost);
  const matches = await verify(storedHash ?? (await nobodysHash), password);
  return matches && storedHash !== undefined;
}

let nobodysHash: Promise<string> | undefined;
