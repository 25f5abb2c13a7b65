import { expect, test } from "vitest";
import { differencesBetween } from "#app/programme-differences.ts";

const before = ["a", "b", "c", "d", "e", ""].join("\n");

// prettier-ignore
test.each([
  { what: "nothing",          after: "a\nb\nc\nd\ne\n",    found: [] },
  { what: "a changed line",   after: "a\nb\nX\nd\ne\n",    found: [{ line: 3, removed: ["c"], added: ["X"] }] },
  { what: "a new line",       after: "a\nb\nX\nc\nd\ne\n", found: [{ line: 3, removed: [], added: ["X"] }] },
  { what: "a line less",      after: "a\nc\nd\ne\n",       found: [{ line: 2, removed: ["b"], added: [] }] },
  { what: "two places",       after: "X\nb\nc\nd\nY\n",    found: [{ line: 1, removed: ["a"], added: ["X"] }, { line: 5, removed: ["e"], added: ["Y"] }] },
])("$what", ({ after, found }) => {
  expect(differencesBetween(before, after)).toEqual(found);
});

test("two long files without anything in common don't keep the page waiting", () => {
  const long = (sign: string) => Array.from({ length: 25_000 }, (_, index) => `${sign}${index}`);
  const start = performance.now();
  differencesBetween(long("a").join("\n"), long("b").join("\n"));
  expect(performance.now() - start).toBeLessThan(5_000);
});
