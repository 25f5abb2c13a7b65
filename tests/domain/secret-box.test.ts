/** What is sealed with the key of the installation is read by its purpose only, whole or not at all. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "#app/env.server.ts";
import { open, seal } from "#app/secret-box.server.ts";

const { given } = settings.secret;
beforeAll(() => void (settings.secret.given = "x".repeat(32)));
afterAll(() => void (settings.secret.given = given));

test("what was sealed is opened by its purpose, and by no other", () => {
  const sealed = seal("geheim", "second factor of a");
  expect(open(sealed, "second factor of a")).toBe("geheim");
  expect(open(sealed, "second factor of b")).toBeUndefined();
});

test("the same text is sealed to something else each time", () => {
  const sealed = Array.from({ length: 100 }, () => seal("geheim", "p"));
  expect(new Set(sealed.map((one) => one.slice(0, 16))).size).toBe(100);
});

test("one bit that is another, wherever, and what is cut off opens nothing", () => {
  const bytes = Buffer.from(seal("geheim", "p"), "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = Buffer.from(bytes);
    altered[at]! ^= 1;
    expect(open(altered.toString("base64url"), "p")).toBeUndefined();
    expect(open(bytes.subarray(0, at).toString("base64url"), "p")).toBeUndefined();
  }
});

test("another key opens nothing", () => {
  const sealed = seal("geheim", "p");
  settings.secret.given = "y".repeat(32);
  expect(open(sealed, "p")).toBeUndefined();
});
