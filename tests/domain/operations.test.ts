/** The page on operations says what the program does: its figures and lists are compared here. */
import page from "../../docs/operations.md?raw";
import { expect, test } from "vitest";
import {
  attachedEndings,
  mostAttachedBytes,
  mostBytesAtOnce,
  mostFilesAtOnce,
} from "#app/domain/attachment.ts";
import { mostXmlBytes, mostXmlElements } from "#app/domain/e-invoice.ts";
import { checkPassword, longestPassword, shortestPassword } from "#app/domain/password.ts";
import { linkMinutes } from "#app/domain/password-link.ts";
import { sessionMinutes } from "#app/domain/session.ts";
import { settingNames } from "#app/env.server.ts";
import { packageLimits } from "#app/readers/package.ts";
import { longestWait, mostTries } from "#app/sign-in-limits.server.ts";

/** The rows of a section's table, without its head. */
function rowsOf(title: string): string[][] {
  const section = page.split(`## ${title}\n`)[1]!.split("\n## ")[0]!;
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

const source = Object.values(
  import.meta.glob<string>("../../{app,db}/**/*.{ts,tsx}", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

test("the limits of passwords, tries, sessions and links are those of the program", () => {
  expect(rowsOf("Signing in").map(([, limit]) => limit)).toEqual([
    `${mostTries.account}`,
    `${mostTries.address}`,
    `${longestWait / 60} minutes`,
    `${shortestPassword} to ${longestPassword}`,
    `${sessionMinutes.idle} minutes`,
    `${sessionMinutes.absolute} minutes`,
    `${sessionMinutes.awaitingCode} minutes`,
    `${linkMinutes.reset} minutes`,
    `${linkMinutes.invitation / 60 / 24} days`,
    "not limited",
  ]);
});

test("sizes and kinds of files are those of the program", () => {
  const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`;
  expect(rowsOf("Files").map(([, limit]) => limit)).toEqual([
    megabytes(mostAttachedBytes),
    `${mostFilesAtOnce}`,
    megabytes(mostBytesAtOnce),
    `${megabytes(mostXmlBytes)}, ${mostXmlElements} elements`,
    megabytes(packageLimits.unpackedBytes),
    attachedEndings.map((ending) => ending.slice(1)).join(", "),
  ]);
});

test("the words of the house that no password may be made of are named, each", () => {
  const words = /on every page here \(([^)]+)\)/.exec(page)![1]!.split(/,\s+/);
  expect(words.length).toBeGreaterThan(4);
  for (const word of words) {
    expect(checkPassword(`${word}-2026-ab`, [], () => false)?.rule).toBe("password_of_context");
  }
});

/** Packages that encipher, hash, sign or make chance. */
const cryptographic =
  /^(@node-rs\/argon2|lucia|otpauth|openid-client|aws4fetch|nodemailer|postgres|jose|bcrypt.*|crypto-js|.*forge.*|jsonwebtoken|oslo.*|argon2)$/;

test("every cryptographic function that is used stands in the inventory, and none that is not", () => {
  const named = rowsOf("Cryptography").flatMap(([names]) => names!.match(/[^`,\s]+/g)!);
  const used = new Set(
    source.flatMap((text) =>
      [...text.matchAll(/import (?!type)([^;]*?) from "([^"]+)"/g)].flatMap(([, names, from]) => {
        if (from !== "node:crypto") return cryptographic.test(from!) ? [from!] : [];
        return names!.replace(/\btype \w+/g, "").match(/\w+/g)!;
      }),
    ),
  );
  expect(named.sort()).toEqual([...used].sort());
});

test("every setting that names another machine stands in the list of what the program talks to", () => {
  const named = rowsOf("What it talks to").flatMap(([, by]) => by!.match(/[A-Z0-9_]+/g)!);
  const addresses = settingNames.filter((name) => /_URL$|_ENDPOINT$|_ISSUER$|_MAIL$/.test(name));
  expect(named.sort()).toEqual([...addresses].sort());
});
