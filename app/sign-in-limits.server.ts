/**
 * How often a secret may be guessed: five wrong tries a minute for an account, twenty for an address, then waits
 * that grow to a quarter of an hour (ASVS 5.0, 6.3.1). What is counted is the e-mail address as typed, whether an
 * account has it or not: the answer tells nobody which exist. Codes, links and mails that somebody asks for are each
 * counted apart, mails all as wrong: who asks for many of one kind is still heard with the others.
 *
 * A network from which the secret was right before is known to the account and has a count of its own there; all
 * others share the account's. So a right try forgets the wrong ones of its own network and nobody else's, and who
 * guesses from elsewhere keeps nobody out of the network from which they always come. Who comes from a new one while
 * somebody guesses is let in by a link to a new password, which makes that network known. Kept in memory, since one
 * process answers all.
 */
import { RateLimiterMemory } from "rate-limiter-flexible";
import { requestAddress } from "./request.server.ts";

const minute = 60;
/** In seconds. */
export const longestWait = 15 * minute;
const day = 24 * 60 * minute;

/** Wrong tries in a minute. */
export const mostTries = { account: 5, address: 20 };
/** Points are wrong tries; the one that uses up the last one begins a wait. */
const tries = {
  account: limiter("account", mostTries.account),
  address: limiter("address", mostTries.address),
};
/** How many waits there were: each is twice as long as the one before. */
const waits = new RateLimiterMemory({ keyPrefix: "waits", points: 1_000_000, duration: day });
/** From which networks an account's secret was right, two weeks long. */
const known = new RateLimiterMemory({ keyPrefix: "known", points: 1_000_000, duration: 14 * day });

type Kind = keyof typeof tries;
type What = "sign-in" | "code" | "link" | "mail" | "offer";

function limiter(keyPrefix: string, points: number) {
  return new RateLimiterMemory({ keyPrefix, points, duration: minute });
}

/** A try that is heard, to be told whether its password was right. */
export type Try = { isRight: () => Promise<void>; isWrong: () => Promise<void> };

/**
 * Counts a try before its password is compared: that takes a while, and whoever sends many at once would have them
 * all heard before the first is wrong. Gives the seconds to wait where it is not heard.
 */
export function beginSignIn(email: string): Promise<Try | { seconds: number }> {
  return begin("sign-in", email);
}

/**
 * The same for the code of an account's second factor, for a link's secret, for a mail to an address, and for the code of
 * an offer between authorities. What strangers type counts for kinds of their own: nobody keeps a user out by it.
 */
export function beginTry(
  kind: Exclude<What, "sign-in">,
  of: string,
): Promise<Try | { seconds: number }> {
  return begin(kind, of);
}

/** Makes the network of the request known to an account, whose owner has just shown to read its mail. */
export function letInFromHere(email: string): Promise<void> {
  const here = placesOf("sign-in", email);
  return inTurn(() => remember(here));
}

/** What a try is counted for: its account, and the network that it comes from. */
type Places = { account: string; network: string | undefined; address: string };

function placesOf(what: What, of: string): Places {
  const address = requestAddress();
  const network = address && networkOf(address);
  return { account: `${what} ${of.trim().toLowerCase()}`, network, address: `${what} ${network}` };
}

const pairOf = ({ account, network }: Places) => `${account} from ${network}`;

type Keys = [[Kind, string], ...[Kind, string][]];

async function keysOf(places: Places): Promise<Keys> {
  const { account, network, address } = places;
  if (!network) return [["account", account]];
  const isKnown = (await known.get(pairOf(places))) !== null;
  return [
    ["account", isKnown ? pairOf(places) : account],
    ["address", address],
  ];
}

function begin(what: What, of: string): Promise<Try | { seconds: number }> {
  const places = placesOf(what, of);
  return inTurn(async () => {
    const keys = await keysOf(places);
    const used = await Promise.all(keys.map(([kind, key]) => tries[kind].get(key)));
    const full = used.map((one, index) =>
      one && one.consumedPoints >= tries[keys[index]![0]].points ? one.msBeforeNext : 0,
    );
    const seconds = Math.ceil(Math.max(0, ...full) / 1000);
    if (seconds > 0) return { seconds };
    const last: [Kind, string][] = [];
    for (const [kind, key] of keys) {
      const { consumedPoints } = await tries[kind].penalty(key);
      if (consumedPoints === tries[kind].points) last.push([kind, key]);
    }
    return {
      isRight: () => inTurn(() => forget(keys, places)),
      isWrong: () => inTurn(() => wait(last)),
    };
  });
}

/** Takes the try itself back; the wrong ones before it are forgotten only where they came from a known network. */
async function forget(keys: Keys, places: Places): Promise<void> {
  for (const [kind, key] of keys) {
    if (key === pairOf(places)) {
      await tries[kind].delete(key);
      await waits.delete(`${kind}:${key}`);
      continue;
    }
    const used = await tries[kind].get(key);
    // A wait that has begun meanwhile goes on.
    if (used && used.consumedPoints <= tries[kind].points) await tries[kind].reward(key);
  }
  await remember(places);
}

async function remember(places: Places): Promise<void> {
  if (!places.network) return;
  // Anew each time: the two weeks are counted from the last right one.
  await known.delete(pairOf(places));
  await known.penalty(pairOf(places));
}

/** Begins a wait where it was the last try, and wrong. */
async function wait(last: [Kind, string][]): Promise<void> {
  for (const [kind, key] of last) {
    const { consumedPoints: count } = await waits.penalty(`${kind}:${key}`);
    await tries[kind].block(key, Math.min(longestWait, minute * 2 ** Math.min(count - 1, 10)));
  }
}

let turn: Promise<unknown> = Promise.resolve();

/** One after the other, so that nobody counts between another's looking and counting. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = turn.then(work);
  turn = result.catch(() => {});
  return result;
}

/** An IPv6 client has a network of addresses (/64) of its own: the network is counted. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const [before, after] = [head, tail].map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - before!.length - after!.length)).fill("0");
  return [...before!, ...zeros, ...after!].slice(0, 4).join(":");
}
