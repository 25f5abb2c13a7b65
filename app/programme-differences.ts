/** What differs between two versions of a programme file, line by line. */
import { diffLines } from "diff";

export type Difference = {
  /** Line of the later file at which it stands, from 1. */
  line: number;
  removed: string[];
  added: string[];
};

/** Longer than this nobody waits for a page; two files without anything in common take long. */
const patience = { timeout: 300 };

/** Places that differ, in their order; undefined where the files have too little in common to tell. */
export function differencesBetween(before: string, after: string): Difference[] | undefined {
  const parts = diffLines(before, after, patience) as ReturnType<typeof diffLines> | undefined;
  if (!parts) return undefined;
  const found: Difference[] = [];
  let line = 1;
  let open: Difference | undefined;
  for (const { added, removed, value, count } of parts) {
    if (!added && !removed) open = undefined;
    else {
      if (!open) found.push((open = { line, removed: [], added: [] }));
      open[added ? "added" : "removed"].push(...value.replace(/\n$/, "").split("\n"));
    }
    if (!removed) line += count;
  }
  return found;
}
