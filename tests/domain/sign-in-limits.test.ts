import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beginSignIn, beginTry, letInFromHere } from "#app/sign-in-limits.server.ts";
import { asRequest } from "#app/request.server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The network of the office, and one of somebody who guesses. */
const [office, elsewhere] = ["192.0.2.10", "198.51.100.66"];

test("who goes on guessing waits twice as long each time, up to a quarter of an hour", async () => {
  const waits: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    await guess("a@example.org", 5);
    const seconds = await refusedFor("A@example.org ");
    waits.push(seconds);
    vi.advanceTimersByTime(seconds * 1000);
  }
  expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
});

test("four wrong tries in a minute cost nothing, and after the minute they are forgotten", async () => {
  await guess("b@example.org", 4);
  vi.advanceTimersByTime(60_001);
  await guess("b@example.org", 4);
  await (await heard("b@example.org")).isRight();
});

test("the right password makes the next wait a short one again, at the network that it came from", async () => {
  const email = "c@example.org";
  await (await heard(email, office)).isRight();
  for (const wait of [60, 120]) {
    await guess(email, 5, office);
    expect(await refusedFor(email, office)).toBe(wait);
    vi.advanceTimersByTime(wait * 1000);
  }
  await (await heard(email, office)).isRight();
  await guess(email, 5, office);
  expect(await refusedFor(email, office)).toBe(60);
});

test("a right password elsewhere shortens no wait of somebody who guesses", async () => {
  const email = "e@example.org";
  await (await heard(email, office)).isRight();
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await guess(email, 5, elsewhere);
    await (await heard(email, office)).isRight();
    const seconds = await refusedFor(email, elsewhere);
    waits.push(seconds);
    vi.advanceTimersByTime(seconds * 1000);
  }
  expect(waits).toEqual([60, 120, 240]);
});

test("the first right password from a new network forgets no wrong tries from others", async () => {
  const email = "f@example.org";
  await guess(email, 4, elsewhere);
  await (await heard(email, office)).isRight();
  await guess(email, 1, elsewhere);
  expect(await refusedFor(email, elsewhere)).toBe(60);
});

test("nobody who guesses from elsewhere keeps an account out of a network that it signed in from, nor out of one where its owner read the mail", async () => {
  const email = "g@example.org";
  await (await heard(email, office)).isRight();
  await guess(email, 5, elsewhere);
  await (await heard(email, office)).isRight();
  const home = "203.0.113.5";
  expect(await refusedFor(email, home)).toBe(60);
  await asRequest("a", () => letInFromHere(email), home);
  await (await heard(email, home)).isRight();
  // It is known there and nowhere else.
  expect(await refusedFor(email, "203.0.113.6")).toBe(60);
});

test("after two weeks without a right password a network is a new one again", async () => {
  const email = "h@example.org";
  await (await heard(email, office)).isRight();
  vi.advanceTimersByTime(14 * 86_400_000 + 1);
  await guess(email, 5, elsewhere);
  expect(await refusedFor(email, office)).toBe(60);
});

test("who asks for mails, links and codes in great number may still sign in at the same address", async () => {
  for (const kind of ["mail", "link", "code"] as const) {
    const from = (at: number) =>
      asRequest("a", () => beginTry(kind, `${kind} ${at}`), "192.0.2.99");
    for (let at = 0; at < 20; at += 1) await ((await from(at)) as Heard).isWrong();
    expect(await from(20)).toEqual({ seconds: 60 });
  }
  await (await heard("i@example.org", "192.0.2.99")).isRight();
});

test("of many tries at once five are heard, however long their passwords take to compare", async () => {
  const begun = await Promise.all(Array.from({ length: 200 }, () => beginSignIn("d@example.org")));
  const some = begun.flatMap((one) => ("isWrong" in one ? [one] : []));
  expect(some).toHaveLength(5);
  await Promise.all(some.map((one) => one.isWrong()));
  expect(await refusedFor("d@example.org")).toBe(60);
});

test("of many tries at once from one address twenty are heard, whatever the accounts; right ones do not count", async () => {
  const from = (email: string) => asRequest("a", () => beginSignIn(email), "192.0.2.77");
  for (let time = 0; time < 60; time += 1) {
    const one = await from(`right-${time}@example.org`);
    if ("isRight" in one) await one.isRight();
    else expect(one).toBe("heard");
  }
  const begun = await Promise.all(
    Array.from({ length: 200 }, (_, time) => from(`${time}@example.net`)),
  );
  expect(begun.filter((one) => "isWrong" in one)).toHaveLength(20);
});

type Heard = Exclude<Awaited<ReturnType<typeof beginSignIn>>, { seconds: number }>;

/** @param from the network address that asks; none outside of a request */
function tryIt(email: string, from?: string) {
  return from ? asRequest("a", () => beginSignIn(email), from) : beginSignIn(email);
}

async function guess(email: string, times: number, from?: string) {
  for (let time = 0; time < times; time += 1) await (await heard(email, from)).isWrong();
}

async function heard(email: string, from?: string): Promise<Heard> {
  const begun = await tryIt(email, from);
  if ("seconds" in begun) throw new Error(`not heard for ${begun.seconds} seconds`);
  return begun;
}

async function refusedFor(email: string, from?: string): Promise<number> {
  const begun = await tryIt(email, from);
  return "seconds" in begun ? begun.seconds : 0;
}
