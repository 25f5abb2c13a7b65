import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beginSignIn } from "#app/sign-in-limits.server.ts";
import { asRequest } from "#app/request.server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

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

test("the right password makes the next wait a short one again", async () => {
  await guess("c@example.org", 5);
  vi.advanceTimersByTime(60_000);
  await (await heard("c@example.org")).isRight();
  await guess("c@example.org", 5);
  expect(await refusedFor("c@example.org")).toBe(60);
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

async function guess(email: string, times: number) {
  for (let time = 0; time < times; time += 1) await (await heard(email)).isWrong();
}

async function heard(email: string) {
  const begun = await beginSignIn(email);
  if ("seconds" in begun) throw new Error(`not heard for ${begun.seconds} seconds`);
  return begun;
}

async function refusedFor(email: string): Promise<number> {
  const begun = await beginSignIn(email);
  return "seconds" in begun ? begun.seconds : 0;
}
