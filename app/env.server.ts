/**
 * The settings (Einstellungen), each checked once. This is the only file that reads or writes
 * `process.env`. Mistakes end the program, all at once, each with a German sentence.
 */
import path from "node:path";
import { OperatorError, sentenceFor } from "./operator-error.ts";
import { readDirectorySettings, readMailSettings, readSecretSettings } from "./sign-in-settings.ts";

/** Every setting there is; docs/operations.md explains them, and a test compares the two. */
export const settingNames = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "PORT",
  "HOST",
  "APP_ORIGIN",
  "TRUST_PROXY",
  "PAKTBUCH_DATA",
  "PAKTBUCH_HEADS",
  "PAKTBUCH_FILES",
  "PAKTBUCH_FILES_FOLDER",
  "PAKTBUCH_S3_ENDPOINT",
  "PAKTBUCH_S3_BUCKET",
  "PAKTBUCH_S3_REGION",
  "PAKTBUCH_S3_KEY_ID",
  "PAKTBUCH_S3_SECRET",
  "PAKTBUCH_EXPORTS",
  "PAKTBUCH_EXPORT_DAYS",
  "PAKTBUCH_MAIL",
  "PAKTBUCH_MAIL_FROM",
  "PAKTBUCH_SECRET",
  "PAKTBUCH_OIDC_ISSUER",
  "PAKTBUCH_OIDC_CLIENT_ID",
  "PAKTBUCH_OIDC_CLIENT_SECRET",
  "PAKTBUCH_OIDC_NAME",
  "PAKTBUCH_STATEMENT_SECONDS",
  "PAKTBUCH_LOG",
];

export const settings = checkedSettings();

/**
 * Asked late, not once: the start script learns the address of the embedded database only after
 * this file was loaded, and the built program carries a copy of this file of its own.
 */
export function databaseUrl(): string | undefined {
  return readDatabaseUrl(process.env);
}

/** The role that owns the tables and migrates them, where it is another than the one that serves. */
export function databaseOwnerUrl(): string | undefined {
  return readDatabaseUrl(process.env, "DATABASE_OWNER_URL");
}

/** Tells everything that is loaded from now on, the built program too, which database to use. */
export function useDatabase(url: string): void {
  process.env.DATABASE_URL = url;
}

/**
 * A page never keeps the database busy for longer than this; commands and exports take their time. Told
 * before the pool is made, as its address is.
 */
export function limitStatements(): void {
  process.env.PAKTBUCH_STATEMENT_SECONDS ??= "30";
}

/** In milliseconds; 0 is no limit. */
export function statementLimit(env: Environment = process.env): number {
  const range = { otherwise: 0, most: 3_600 };
  return 1_000 * wholeNumber(env, "PAKTBUCH_STATEMENT_SECONDS", range);
}

/** React and Express choose their mode by this variable when they are loaded. */
export function declareMode(mode: "production" | "development"): void {
  process.env.NODE_ENV = mode;
}
/** Where people use the program; elsewhere a mistake of ours ends the work that makes it. */
export const isInUse = () => process.env.NODE_ENV === "production";

/**
 * What a process that makes an export is to know: the same settings, with a name for its connections to the
 * database. Its days are written in one time zone, so that the same export is the same file anywhere.
 */
export function exporterEnvironment(connectionName: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PAKTBUCH_HEADS: settings.headsFolder,
    PAKTBUCH_EXPORTS: settings.exports.folder,
    PAKTBUCH_FILES: settings.files.store,
    PAKTBUCH_FILES_FOLDER: settings.files.folder,
    PAKTBUCH_STATEMENT_SECONDS: "0",
    PGAPPNAME: connectionName,
    TZ: "Europe/Berlin",
  };
}

type Environment = Record<string, string | undefined>;

function checkedSettings() {
  try {
    return readSettings(process.env);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exit(1);
  }
}

/** @throws OperatorError with a line for each mistake */
export function readSettings(env: Environment) {
  const mistakes = unknownNames(env);
  const checked = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      mistakes.push(error.message);
      // Never used: what has a mistake is not handed out.
      return undefined as Value;
    }
  };
  const url = checked(() => readDatabaseUrl(env));
  const ownerUrl = checked(() => readDatabaseUrl(env, "DATABASE_OWNER_URL"));
  if (ownerUrl && !url && !given(env, "DATABASE_URL")) {
    mistakes.push("Zur Einstellung DATABASE_OWNER_URL gehört DATABASE_URL.");
  }
  checked(() => statementLimit(env));
  const variable = (name: string) => given(env, name);
  const [origin, dataDir] = [checked(() => readOrigin(env)), dataDirOf(env)];
  const read = {
    port: checked(() => wholeNumber(env, "PORT", { otherwise: 3000, most: 65_535 })),
    host: given(env, "HOST") ?? "127.0.0.1",
    /** Where browsers reach the program when a proxy stands before it. */
    origin,
    /** How many proxies before the program may be believed. */
    trustProxy: checked(() => wholeNumber(env, "TRUST_PROXY", { otherwise: 0, most: 10 })),
    /** From which weight on the log takes lines: the line of each request is "info". */
    logLevel: checked(() => readLogLevel(env)),
    isUnderNpm: given(env, "npm_lifecycle_event") !== undefined,
    dataDir,
    /** Where the heads of the journals are kept outside the database. */
    headsFolder: path.resolve(given(env, "PAKTBUCH_HEADS") ?? path.join(dataDirOf(env), "heads")),
    mail: checked(() => readMailSettings(variable, origin, dataDir)),
    secret: checked(() => readSecretSettings(variable, dataDir)),
    /** The directory (OpenID Connect) by which people sign in too; undefined where there is none. */
    directory: checked(() => readDirectorySettings(variable, origin)),
    files: {
      ...checked(() => readFileSettings(env)),
      bucket: checked(() => readBucket(env, given(env, "PAKTBUCH_FILES") === "s3")),
    },
    exports: {
      /** Where the files of finished exports lie until their day is over. */
      folder: path.resolve(given(env, "PAKTBUCH_EXPORTS") ?? path.join(dataDirOf(env), "exports")),
      /** How many days they are kept. */
      days: checked(() => wholeNumber(env, "PAKTBUCH_EXPORT_DAYS", { otherwise: 7, most: 3650 })),
    },
  };
  if (mistakes.length > 0) throw new OperatorError(mistakes.join("\n"));
  return read;
}

/** A name with a typing error would be no setting at all, and nobody would notice. */
function unknownNames(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith("PAKTBUCH_") && !settingNames.includes(name))
    .map((name) => `Eine Einstellung ${name} gibt es nicht.`);
}

function dataDirOf(env: Environment): string {
  return path.resolve(given(env, "PAKTBUCH_DATA") ?? "data");
}

/** Where attached files are kept. What is set of S3 is read with any store: old files may lie there. */
function readFileSettings(env: Environment) {
  const wanted = given(env, "PAKTBUCH_FILES") ?? "database";
  const store = (["database", "folder", "s3"] as const).find((one) => one === wanted);
  if (!store) {
    throw new OperatorError(
      `Die Einstellung PAKTBUCH_FILES (${wanted}) kennt nur database, folder und s3.`,
    );
  }
  const folder = given(env, "PAKTBUCH_FILES_FOLDER") ?? path.join(dataDirOf(env), "files");
  return { store, folder: path.resolve(folder) };
}

function readBucket(env: Environment, isNeeded: boolean) {
  const endpoint = given(env, "PAKTBUCH_S3_ENDPOINT");
  const bucket = given(env, "PAKTBUCH_S3_BUCKET");
  const keyId = given(env, "PAKTBUCH_S3_KEY_ID");
  const secret = given(env, "PAKTBUCH_S3_SECRET");
  if (!endpoint && !bucket && !keyId && !secret && !isNeeded) return undefined;
  if (!endpoint || !/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new OperatorError(
      "Die Einstellung PAKTBUCH_S3_ENDPOINT ist keine Adresse der Form https://s3.example.de.",
    );
  }
  if (!bucket || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || !keyId || !secret) {
    throw new OperatorError(
      "Für S3 gehören PAKTBUCH_S3_BUCKET, PAKTBUCH_S3_KEY_ID und PAKTBUCH_S3_SECRET dazu.",
    );
  }
  const region = given(env, "PAKTBUCH_S3_REGION") ?? "us-east-1";
  return { endpoint: endpoint.replace(/\/+$/, ""), bucket, region, keyId, secret };
}

function readDatabaseUrl(env: Environment, name = "DATABASE_URL"): string | undefined {
  const url = given(env, name);
  if (url === undefined) return undefined;
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  // The value is not repeated: it may hold a password.
  throw new OperatorError(
    `Die Einstellung ${name} ist keine gültige Adresse der Form ` +
      "postgres://benutzer:passwort@rechner:5432/datenbank.",
  );
}

function readLogLevel(env: Environment) {
  const wanted = given(env, "PAKTBUCH_LOG") ?? "info";
  const level = (["info", "warn", "error", "silent"] as const).find((one) => one === wanted);
  if (level) return level;
  throw new OperatorError(
    `Die Einstellung PAKTBUCH_LOG (${wanted}) kennt nur info, warn, error und silent.`,
  );
}

function readOrigin(env: Environment): string | undefined {
  const value = given(env, "APP_ORIGIN");
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (url && isWeb && [url.origin, `${url.origin}/`].includes(value.toLowerCase())) {
    return url.origin;
  }
  throw new OperatorError(
    `Die Einstellung APP_ORIGIN (${value}) ist keine Adresse der Form https://paktbuch.example.de.`,
  );
}

function wholeNumber(env: Environment, name: string, range: { otherwise: number; most: number }) {
  const value = given(env, name);
  if (value === undefined) return range.otherwise;
  if (/^\d{1,9}$/.test(value) && Number(value) <= range.most) return Number(value);
  throw new OperatorError(
    `Die Einstellung ${name} (${value}) ist keine ganze Zahl zwischen 0 und ${range.most}.`,
  );
}

/** An empty variable counts as not set: that is how `.env` files and containers unset one. */
function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}
