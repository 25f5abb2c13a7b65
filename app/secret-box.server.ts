/**
 * Seals what is kept or handed out and may be read by this installation only: AES-256-GCM, with a key that stands in
 * the setting PAKTBUCH_SECRET, or in a file beside the database that is made at the first start.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { settings } from "./env.server.ts";
import { OperatorError } from "./operator-error.ts";

const algorithm = "aes-256-gcm";
const [nonceBytes, tagBytes] = [12, 16];

/**
 * Seals a text. `purpose` says what for and whom: it is not kept with it, and only who names the same opens it, so
 * that what was sealed for one account is of no use in the row of another.
 */
export function seal(text: string, purpose: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key(), nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** The text that was sealed for this purpose; undefined for what was altered, made up, or sealed with another key. */
export function open(sealed: string, purpose: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key(), bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** What only this installation can say of a text (HMAC-SHA-256), for one purpose. */
export function markOf(text: string, purpose: string): Buffer {
  return createHmac("sha256", key()).update(`${purpose}\0${text}`).digest();
}

/** Finds or makes the key. @throws OperatorError where its file can't be kept, or others may read it. */
export function prepareSecret(): void {
  key();
}

let known: { source: string; key: Buffer } | undefined;

function key(): Buffer {
  const source = settings.secret.given ?? settings.secret.file;
  if (known?.source !== source) {
    const secret = settings.secret.given ?? secretIn(settings.secret.file);
    known = { source, key: Buffer.from(hkdfSync("sha256", secret, "", "paktbuch", 32)) };
  }
  return known.key;
}

function secretIn(file: string): string {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // Of two that start at once one makes it, and both read it.
    const made = `${randomBytes(32).toString("base64url")}\n`;
    fs.writeFileSync(file, made, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new OperatorError(`Der Schlüssel für Geheimnisse kann nicht angelegt werden: ${file}`);
    }
  }
  if ((fs.statSync(file).mode & 0o077) !== 0) {
    throw new OperatorError(
      `Den Schlüssel für Geheimnisse darf nur das eigene Konto lesen: chmod 600 ${file}`,
    );
  }
  const secret = fs.readFileSync(file, "utf8").trim();
  if (secret.length < 32) {
    throw new OperatorError(`Der Schlüssel für Geheimnisse ist unvollständig: ${file}`);
  }
  return secret;
}
