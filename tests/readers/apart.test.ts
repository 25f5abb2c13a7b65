/** Files of others are read in a thread that may die alone. */
import { describe, expect, test } from "vitest";
import { readApart, threadFor } from "#app/readers/apart.server.ts";

const file = Buffer.from("Lieferant;Betrag\n");
const unreadable = { problem: { field: "file", rule: "file_unreadable" } };

test("a file is read by the program's own readers", async () => {
  expect(await readApart("table", file)).toEqual({
    rows: [{ number: 1, cells: ["Lieferant", "Betrag"] }],
  });
});

describe("whatever a file does to its reader, it is a refusal, and the next file is read", () => {
  const thread = threadFor("tests/support/odd-readers.ts", {
    megabytes: 32,
    milliseconds: 3_000,
  });

  test.each([
    { reader: "throwing", answer: unreadable },
    { reader: "greedy", answer: unreadable },
    { reader: "leaving", answer: unreadable },
    { reader: "endless", answer: { problem: { field: "file", rule: "file_takes_too_long" } } },
  ])("a reader that is $reader", async ({ reader, answer }) => {
    expect(await thread.read(reader, file)).toEqual(answer);
    expect(await thread.read("length", file)).toBe(file.length);
  });

  test("files that come at once are read one after another, each with its own answer", async () => {
    const answers = await Promise.all([
      thread.read("leaving", file),
      thread.read("length", file),
      thread.read("throwing", file),
      thread.read("length", Buffer.from("ab")),
    ]);
    expect(answers).toEqual([unreadable, file.length, unreadable, 2]);
  });
});
