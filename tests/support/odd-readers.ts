/** A thread of readers that behave as no reader should. */
import { work } from "#app/readers/work.ts";

work({
  length: (bytes) => bytes.length,
  throwing: () => {
    throw new Error("no such file format");
  },
  endless: () => {
    for (;;);
  },
  greedy: () => {
    const kept: number[][] = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  leaving: () => process.exit(1),
});
