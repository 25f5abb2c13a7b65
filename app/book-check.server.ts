/**
 * Checks a copy of an audit workbook (Nachprüfung): the book that its mark names is made again from the books, and
 * both are compared cell by cell. The mark is only believed as far as whoever asks may see.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeAuditBook } from "./audit-book.server.ts";
import { isWithin } from "./domain/audit-access.ts";
import type { BookCheckRefusal, BookCheckViolation, BookFindings } from "./domain/book-check.ts";
import { type BookMark, parseMark } from "./domain/book-mark.ts";
import type { User } from "./domain/permission.ts";
import { readApart } from "./readers/apart.server.ts";
import { packed, readBookDifferences, readBookMark } from "./readers/book.ts";
import { nameOfMaker } from "./records/book-makers.server.ts";

export type BookCheck = { mark: BookMark; findings: BookFindings } | { problem: BookCheckRefusal };

/** For a file of others: read apart from the service. With the authority and the limits of the user who asks. */
export function checkUploadedBook(
  user: User,
  file: Buffer,
  signal?: AbortSignal,
): Promise<BookCheck> {
  return checkBook(file, {
    user,
    signal,
    readMark: () => readApart("bookMark", file),
    compare: (expected) => readApart("bookDifferences", packed(expected, file)),
  });
}

/** For whoever runs the program, who may see all: a book of any length, of any authority. */
export function checkOwnBook(file: Buffer): Promise<BookCheck> {
  const limits = { unpackedBytes: 16 * 1024 ** 3 };
  return checkBook(file, {
    readMark: () => readBookMark(file, limits),
    compare: (expected) => readBookDifferences(packed(expected, file), limits),
  });
}

type Refused = { problem: BookCheckRefusal };

type Ways = {
  user?: User;
  signal?: AbortSignal | undefined;
  readMark: () => Promise<{ mark: string | undefined } | Refused>;
  compare: (expected: Buffer) => Promise<BookFindings | Refused>;
};

async function checkBook(file: Buffer, ways: Ways): Promise<BookCheck> {
  const { user, signal } = ways;
  const read = await ways.readMark();
  if ("problem" in read) return read;
  const mark = parseMark(read.mark ?? "");
  if (!mark) return refused("book_without_mark");
  const { schoolAuthorityId } = mark;
  if (user && user.schoolAuthorityId !== schoolAuthorityId) {
    return refused("book_of_another_authority");
  }
  // The book made again would be cut to the limits of who asks, and every cell beyond them named as changed.
  if (!isWithin(mark.limits, user?.limits)) {
    const { grantId, grantIds = grantId ? [grantId] : [] } = mark.scope;
    const isSeen = isWithin({ grantIds, fiscalYears: [] }, user?.limits);
    return refused(isSeen ? "book_beyond_access" : "book_of_unseen_grant");
  }
  const name = await nameOfMaker(schoolAuthorityId, mark.madeBy);
  if (name === undefined) return refused("book_of_unknown_maker");
  const { limits } = mark;
  const maker: User = {
    id: mark.madeBy,
    schoolAuthorityId,
    name,
    email: "",
    roles: ["auditor"],
    schoolIds: [],
    ...(limits ? { limits } : {}),
  };
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-"));
  try {
    const again = path.join(folder, "book.xlsx");
    const made = await makeAuditBook(maker, mark.scope, again, { signal }).catch(asNotFound);
    if (made === "not_found") return refused("book_of_unseen_grant");
    if (!made) return refused("book_of_the_future");
    const findings = await ways.compare(await readFile(again));
    return "problem" in findings ? findings : { mark, findings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A grant of nobody, or one outside the limits, is answered as a page that is not there. */
function asNotFound(error: unknown): "not_found" {
  const status = (error as { status?: number; init?: { status?: number } } | undefined) ?? {};
  if ((status.status ?? status.init?.status) === 404) return "not_found";
  throw error;
}

function refused(rule: BookCheckViolation["rule"]): Refused {
  return { problem: { field: "file", rule } };
}
