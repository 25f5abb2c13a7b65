/** Reads copies of audit workbooks (Prüfbücher) that come back: their mark, and where they differ. */
import type { BookFindings } from "#app/domain/book-check.ts";
import type { ReadingViolation, TableViolation } from "#app/domain/reading.ts";
import { compareBooks, markOf } from "./book-compare.ts";
import { openBook } from "./book-rows.ts";
import type { PackageLimits } from "./package.ts";
import { Refusal } from "./refusal.ts";

type Problem = { problem: ReadingViolation | TableViolation };

/** The text of the mark; undefined for a workbook without one. */
export function readBookMark(
  bytes: Uint8Array,
  limits?: Partial<PackageLimits>,
): Promise<{ mark: string | undefined } | Problem> {
  return answered(async () => ({ mark: await markOf(await openBook(asBuffer(bytes), limits)) }));
}

/** Of two workbooks in one: see `packed`. */
export function readBookDifferences(
  bytes: Uint8Array,
  limits?: Partial<PackageLimits>,
): Promise<BookFindings | Problem> {
  const both = asBuffer(bytes);
  const length = Number(both.readBigUInt64LE(0));
  return answered(async () =>
    compareBooks(
      await openBook(both.subarray(8, 8 + length), limits),
      await openBook(both.subarray(8 + length), limits),
    ),
  );
}

/** The expected workbook and the found one as one job for the thread. */
export function packed(expected: Uint8Array, found: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(expected.length));
  return Buffer.concat([length, expected, found]);
}

async function answered<Result>(read: () => Promise<Result>): Promise<Result | Problem> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) {
      return { problem: error.problem as ReadingViolation | TableViolation };
    }
    throw error;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
