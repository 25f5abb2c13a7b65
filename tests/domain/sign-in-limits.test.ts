import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  noteRightPassword,
  noteWrongPassword,
  waitBeforeSignIn,
} from "#app/sign-in-limits.server.ts";

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
    const seconds = await waitBeforeSignIn("A@example.org ");
    waits.push(seconds);
    vi.advanceTimersByTime(seconds * 1000);
    expect(await waitBeforeSignIn("a@example.org")).toBe(0);
  }
  expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
});

test("four wrong tries in a minute cost nothing, and after the minute they are forgotten", async () => {
  await guess("b@example.org", 4);
  expect(await waitBeforeSignIn("b@example.org")).toBe(0);
  vi.advanceTimersByTime(60_001);
  await guess("b@example.org", 4);
  expect(await waitBeforeSignIn("b@example.org")).toBe(0);
});

test("the right password makes the next wait a short one again", async () => {
  await guess("c@example.org", 5);
  vi.advanceTimersByTime(60_000);
  await noteRightPassword("c@example.org");
  await guess("c@example.org", 5);
  expect(await waitBeforeSignIn("c@example.org")).toBe(60);
});

async function guess(email: string, times: number) {
  for (let time = 0; time < times; time += 1) await noteWrongPassword(email);
}
