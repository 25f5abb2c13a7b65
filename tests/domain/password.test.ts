import { expect, test } from "vitest";
import { checkPassword } from "#app/domain/password.ts";
import { hashPassword, isPassword } from "#app/password.server.ts";

const known = ["correct horse battery", "wellknownpassword"];
const context = [
  "Frieda Finanzen",
  "finanzen@rathaus-musterstadt.de",
  "Samtgemeinde Hankensbüttel",
];

// prettier-ignore
test.each([
  { password: "zu kurz heute",                    verdict: undefined,             because: "thirteen characters are enough" },
  { password: "elf Zeichen",                      verdict: "password_too_short",  because: "eleven are not" },
  { password: "ü".repeat(3) + "ßñõêïkl42",        verdict: undefined,             because: "letters of any language count" },
  { password: "u\u0308".repeat(6),                verdict: "password_too_short",  because: "a letter of two parts is one letter" },
  { password: "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧",                verdict: undefined,             because: "twelve pictures are twelve characters" },
  { password: "sehr lang ".repeat(12) + "und mehr", verdict: undefined,           because: "128 characters are taken" },
  { password: "sehr lang ".repeat(12) + "und noch mehr", verdict: "password_too_long", because: "more are not" },
  { password: "correct horse battery",            verdict: "password_known",      because: "others use it" },
  { password: "WellKnownPassword",                verdict: "password_known",      because: "capitals change little" },
  { password: "frieda.finanzen1",                 verdict: "password_of_context", because: "it is the name" },
  { password: "hankensbüttel2026",                verdict: "password_of_context", because: "it is the authority" },
  { password: "Hankensbuettel2026",               verdict: "password_of_context", because: "ue is ü, and capitals change little" },
  { password: "hankensbuttel2026",                verdict: "password_of_context", because: "u is written for ü where there is no ü" },
  { password: "förderbücher sind keine Bücher",   verdict: undefined,             because: "a sentence may have umlauts" },
  { password: "Musterstadt-2026",                 verdict: "password_of_context", because: "it is the mail's domain" },
  { password: "paktbuch-beispiel",                verdict: "password_of_context", because: "it stands in the README" },
  { password: "Finanzen sind kein Hexenwerk",     verdict: undefined,             because: "a sentence may have such a word" },
  { password: "aaaaaaaaaaaaaaaa",                 verdict: "password_too_plain",  because: "one letter" },
  { password: "1234567890123456",                 verdict: "password_too_plain",  because: "a sequence" },
  { password: "qwertzuiopasdfgh",                 verdict: "password_too_plain",  because: "rows of the keyboard" },
  { password: "zyxwvutsrqponmlk",                 verdict: "password_too_plain",  because: "the alphabet backwards" },
  { password: "hallohallohallo",                  verdict: "password_too_plain",  because: "one short word again and again" },
  { password: "aaaabbbbcccc1111",                 verdict: "password_too_plain",  because: "four letters" },
  { password: "kein Sonderzeichen",               verdict: undefined,             because: "nobody asks for kinds of characters" },
])("$password: $verdict, $because", ({ password, verdict }) => {
  const violation = checkPassword(password, context, (one) => known.includes(one));
  expect(violation?.rule).toBe(verdict);
});

test("a password is compared as a whole and as it was typed", async () => {
  const password = `${"lang und länger ".repeat(7)}Ende`;
  const stored = await hashPassword(password);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(password, stored)).toBe(true);
  for (const other of [
    password.slice(0, -1),
    password.toLowerCase(),
    ` ${password}`,
    `${password} `,
  ]) {
    expect(await isPassword(other, stored)).toBe(false);
  }
});

const pages = import.meta.glob<string>("../../app/{routes,components}/**/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});

test("each field for a password hides it, is known to programs that keep passwords, and takes what is pasted", () => {
  const fields = Object.values(pages)
    .flatMap((source) => source.match(/<TextField\b[^]*?\/>/g) ?? [])
    .filter((field) => /field=\{\w+\.\w*password\w*\}/i.test(field));
  expect(fields.length).toBeGreaterThanOrEqual(5);
  for (const field of fields) {
    expect(field).toContain('type="password"');
    expect(field).toMatch(/autoComplete="(current|new)-password"/);
    expect(field).not.toMatch(/onPaste|onBeforeInput|onKeyDown/);
  }
});
