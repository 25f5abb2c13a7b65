/**
 * How often a password may be guessed: five wrong tries a minute for an account, twenty for an address, then waits
 * that grow to a quarter of an hour (ASVS 5.0, 6.3.1). What is counted is the e-mail address as typed, whether an
 * account has it or not: the answer tells nobody which exist. Kept in memory, since one process answers all.
 */
import { RateLimiterMemory } from "rate-limiter-flexible";
import { requestAddress } from "./request.server.ts";

const minute = 60;
const longestWait = 15 * minute;
const day = 24 * 60 * minute;

/** Points are wrong tries; the one that uses up the last one begins a wait. */
const tries = {
  account: new RateLimiterMemory({ keyPrefix: "account", points: 5, duration: minute }),
  address: new RateLimiterMemory({ keyPrefix: "address", points: 20, duration: minute }),
};
/** How many waits there were: each is twice as long as the one before. */
const waits = new RateLimiterMemory({ keyPrefix: "waits", points: 1_000_000, duration: day });

type Kind = keyof typeof tries;

/** Seconds until the next try is heard; 0 when it is heard now. */
export async function waitBeforeSignIn(email: string): Promise<number> {
  const found = await Promise.all(
    keysOf(email).map(async ([kind, key]) => {
      const used = await tries[kind].get(key);
      return used && used.consumedPoints > tries[kind].points ? used.msBeforeNext : 0;
    }),
  );
  return Math.ceil(Math.max(0, ...found) / 1000);
}

/** Counts a wrong password, and begins a wait where it was one too many. */
export async function noteWrongPassword(email: string): Promise<void> {
  for (const [kind, key] of keysOf(email)) {
    const used = await tries[kind].penalty(key);
    if (used.consumedPoints < tries[kind].points) continue;
    const { consumedPoints: count } = await waits.penalty(`${kind}:${key}`);
    const seconds = Math.min(longestWait, minute * 2 ** Math.min(count - 1, 10));
    await tries[kind].block(key, seconds);
  }
}

/** Forgets the wrong tries of an account whose password was right; those of the address stay. */
export async function noteRightPassword(email: string): Promise<void> {
  const [[, key]] = keysOf(email);
  await tries.account.delete(key);
  await waits.delete(`account:${key}`);
}

function keysOf(email: string): [[Kind, string], ...[Kind, string][]] {
  const address = requestAddress();
  const account: [Kind, string] = ["account", email.trim().toLowerCase()];
  return address ? [account, ["address", address]] : [account];
}
