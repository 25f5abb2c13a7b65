import { expect, test } from "vitest";
import { readSettings } from "#app/env.server.ts";

const origin = { APP_ORIGIN: "https://paktbuch.example.de" };
const mail = {
  PAKTBUCH_MAIL: "smtps://u:geheim@mail.example.de",
  PAKTBUCH_MAIL_FROM: "p@example.de",
};
const directory = {
  PAKTBUCH_OIDC_ISSUER: "https://anmeldung.example.de",
  PAKTBUCH_OIDC_CLIENT_ID: "paktbuch",
  PAKTBUCH_OIDC_CLIENT_SECRET: "geheim",
};

test("without settings mail is kept in files, and nobody is asked for a directory", () => {
  const { mail, directory, secret } = readSettings({ PAKTBUCH_DATA: "/srv/paktbuch" });
  expect(mail).toMatchObject({ server: undefined, folder: "/srv/paktbuch/mail" });
  expect(directory).toBeUndefined();
  expect(secret).toEqual({ given: undefined, file: "/srv/paktbuch/secret.key" });
});

test("with settings there are a server, a directory and a key", () => {
  const settings = readSettings({
    ...origin,
    ...mail,
    ...directory,
    PAKTBUCH_SECRET: "x".repeat(32),
  });
  expect(settings.mail.server).toBe(mail.PAKTBUCH_MAIL);
  expect(settings.directory?.name).toBe("das Verzeichnis");
  expect(settings.secret.given).toHaveLength(32);
});

// prettier-ignore
test.each([
  [{ ...origin, ...mail, PAKTBUCH_MAIL: "mail.example.de:geheim" },            /PAKTBUCH_MAIL ist keine Adresse/],
  [{ ...origin, PAKTBUCH_MAIL: mail.PAKTBUCH_MAIL },                           /gehört PAKTBUCH_MAIL_FROM/],
  [{ ...mail },                                                                /gehört APP_ORIGIN/],
  [{ PAKTBUCH_MAIL_FROM: "Paktbuch <p@example.de>" },                          /keine Mail-Adresse/],
  [{ PAKTBUCH_SECRET: "geheim" },                                              /PAKTBUCH_SECRET braucht mindestens 32/],
  [{ ...origin, PAKTBUCH_OIDC_ISSUER: directory.PAKTBUCH_OIDC_ISSUER },        /gehören .* zusammen/],
  [{ ...origin, ...directory, PAKTBUCH_OIDC_ISSUER: "http://anmeldung.de" },   /PAKTBUCH_OIDC_ISSUER \(http:/],
  [{ ...directory },                                                           /PAKTBUCH_OIDC_ISSUER gehört APP_ORIGIN/],
])("%o is refused with one sentence that tells no secret", (env, sentence) => {
  let said = "";
  try {
    readSettings(env);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toMatch(sentence);
  expect(said).not.toContain("geheim");
});
