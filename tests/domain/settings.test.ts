import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readSettings, settingNames } from "#app/env.server.ts";

test("nothing needs to be set", () => {
  expect(readSettings({})).toMatchObject({ port: 3000, host: "127.0.0.1", trustProxy: 0 });
});

test("an empty setting is one that is not set", () => {
  expect(readSettings({ PORT: "", DATABASE_URL: " ", APP_ORIGIN: "" })).toMatchObject({
    port: 3000,
    origin: undefined,
  });
});

test("all mistakes are named at once, each in one sentence, and no secret among them", () => {
  const wrong = {
    DATABASE_URL: "mysql://konto:geheim@rechner/paktbuch",
    PORT: "dreitausend",
    APP_ORIGIN: "paktbuch.example.de",
    TRUST_PROXY: "-1",
    PAKTBUCH_FILES: "cloud",
    PAKTBUCH_S3_ENDPOINT: "https://s3.example.de",
    PAKTBUCH_S3_SECRET: "auch-geheim",
    PAKTBUCH_EXPORT_DAYS: "ewig",
    PAKTBUCH_HEAD: "/srv/heads",
  };
  const lines = refusal(wrong).split("\n");
  const named = lines.map((line) =>
    settingNames.concat("PAKTBUCH_HEAD").filter((name) => new RegExp(`${name}\\b`).test(line)),
  );
  expect(named.flat().sort()).toEqual(
    [
      ...Object.keys(wrong).filter((name) => !name.startsWith("PAKTBUCH_S3_")),
      "PAKTBUCH_S3_BUCKET",
      "PAKTBUCH_S3_KEY_ID",
      "PAKTBUCH_S3_SECRET",
    ].sort(),
  );
  expect(lines.every((line) => line.endsWith("."))).toBe(true);
  expect(lines.join()).not.toMatch(/geheim/);
});

// prettier-ignore
test.each([
  { env: { PAKTBUCH_DATEN: "/srv" },                       sentence: "Eine Einstellung PAKTBUCH_DATEN gibt es nicht." },
  { env: { DATABASE_OWNER_URL: "postgres://a:b@c/d" },     sentence: "Zur Einstellung DATABASE_OWNER_URL gehört DATABASE_URL." },
  { env: { PORT: "65536" },                                sentence: "Die Einstellung PORT (65536) ist keine ganze Zahl zwischen 0 und 65535." },
  { env: { APP_ORIGIN: "https://a.example.de/paktbuch" },  sentence: "Die Einstellung APP_ORIGIN (https://a.example.de/paktbuch) ist keine Adresse der Form https://paktbuch.example.de." },
])("the setting $env is refused", ({ env, sentence }) => {
  expect(refusal(env)).toBe(sentence);
});

test("the page on operations explains every setting, and none that is not there", async () => {
  const page = await readFile("docs/operations.md", "utf8");
  const rows = page.split("\n").filter((line) => /^\| `[A-Z]/.test(line));
  const explained = rows.map((row) => /^\| `([A-Z0-9_]+)`/.exec(row)![1]!);
  expect(explained.sort()).toEqual([...settingNames].sort());
});

test("every setting that the program reads stands in the list, and each of the list is read", async () => {
  const files = ["app/env.server.ts", "app/sign-in-settings.ts"];
  const sources = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const body = sources.join("").replace(/export const settingNames = \[[^\]]*\];/, "");
  const read = [...body.matchAll(/"((?:DATABASE|PAKTBUCH|APP|TRUST)_[A-Z0-9_]+|PORT|HOST)"/g)];
  // The address of the database is the one that is read by default.
  expect(new Set(read.map(([, name]) => name))).toEqual(new Set(settingNames));
});

function refusal(env: Record<string, string | undefined>): string {
  try {
    readSettings(env);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
