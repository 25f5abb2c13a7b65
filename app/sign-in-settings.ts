/** The settings of mail, of the key for secrets and of the directory, each checked once at the start. */
import path from "node:path";
import { OperatorError } from "./operator-error.ts";

/** The value of a variable; undefined for one that is not set. */
type Given = (name: string) => string | undefined;

export function readMailSettings(given: Given, origin: string | undefined, dataDir: string) {
  const server = given("PAKTBUCH_MAIL");
  const from = given("PAKTBUCH_MAIL_FROM");
  if (server !== undefined) {
    // The value is not repeated: it may hold a password.
    if (!/^smtps?:\/\/[^/]/.test(server) || !URL.canParse(server)) {
      throw new OperatorError(
        "Die Einstellung PAKTBUCH_MAIL ist keine Adresse der Form smtps://benutzer:passwort@mail.example.de.",
      );
    }
    if (!from) throw new OperatorError("Zur Einstellung PAKTBUCH_MAIL gehört PAKTBUCH_MAIL_FROM.");
    if (!origin) {
      throw new OperatorError(
        "Zur Einstellung PAKTBUCH_MAIL gehört APP_ORIGIN: Links in Mails brauchen die Adresse von Paktbuch.",
      );
    }
  }
  if (from !== undefined && !/^[^\s@<>]+@[^\s@<>]+$/.test(from)) {
    throw new OperatorError(
      `Die Einstellung PAKTBUCH_MAIL_FROM (${from}) ist keine Mail-Adresse der Form paktbuch@example.de.`,
    );
  }
  return {
    /** Undefined for the mailbox of files. */
    server,
    from: from ?? "paktbuch@localhost",
    folder: path.join(dataDir, "mail"),
  };
}

/** What secrets in the database are sealed with: as given, or a file that is made at the first start. */
export function readSecretSettings(given: Given, dataDir: string) {
  const secret = given("PAKTBUCH_SECRET");
  if (secret !== undefined && secret.length < 32) {
    throw new OperatorError("Die Einstellung PAKTBUCH_SECRET braucht mindestens 32 Zeichen.");
  }
  return { given: secret, file: path.join(dataDir, "secret.key") };
}

export function readDirectorySettings(given: Given, origin: string | undefined) {
  const issuer = given("PAKTBUCH_OIDC_ISSUER");
  const clientId = given("PAKTBUCH_OIDC_CLIENT_ID");
  const clientSecret = given("PAKTBUCH_OIDC_CLIENT_SECRET");
  const name = given("PAKTBUCH_OIDC_NAME");
  if (!issuer && !clientId && !clientSecret && !name) return undefined;
  if (!issuer || !clientId || !clientSecret) {
    throw new OperatorError(
      "Für das Verzeichnis gehören PAKTBUCH_OIDC_ISSUER, PAKTBUCH_OIDC_CLIENT_ID und PAKTBUCH_OIDC_CLIENT_SECRET zusammen.",
    );
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (!url || !isSafe || url.search || url.hash) {
    throw new OperatorError(
      `Die Einstellung PAKTBUCH_OIDC_ISSUER (${issuer}) ist keine Adresse der Form https://anmeldung.example.de.`,
    );
  }
  if (!origin && !isLoopback(url)) {
    throw new OperatorError(
      "Zur Einstellung PAKTBUCH_OIDC_ISSUER gehört APP_ORIGIN: Das Verzeichnis muss wissen, wohin es zurückführt.",
    );
  }
  return { issuer, clientId, clientSecret, name: name ?? "das Verzeichnis" };
}

/** What never leaves this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
