/** Codes of an authenticator app (TOTP, RFC 6238), and the picture by which the app learns its secret. */
import { Secret, TOTP } from "otpauth";
import qrcode from "qrcode";
import { now } from "./clock.server.ts";
import { codePeriod } from "./domain/second-factor.ts";

/** 160 random bits, as every app takes them. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * The step of half a minute whose code this is, the present one or the one before; undefined for a wrong code. Which
 * steps were used before is for the caller to know.
 */
export function stepOfCode(secret: string, code: string): number | undefined {
  const timestamp = now().getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  if (delta === null || delta > 0) return undefined;
  return TOTP.counter({ period: codePeriod, timestamp }) + delta;
}

/** What an app reads from the picture: the secret, and the name under which it keeps it. */
export function setUpAddress(secret: string, email: string): string {
  const totp = totpOf(secret);
  totp.label = email;
  return totp.toString();
}

/** A QR code as one path on a grid, which needs no style and no picture file. */
export function qrCode(text: string): { size: number; path: string } {
  const { size, data } = qrcode.create(text, { errorCorrectionLevel: "M" }).modules;
  const dots = [...data].flatMap((isDark, at) =>
    isDark ? [`M${at % size} ${Math.floor(at / size)}h1v1h-1z`] : [],
  );
  return { size, path: dots.join("") };
}

function totpOf(secret: string): TOTP {
  return new TOTP({
    issuer: "Paktbuch",
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: codePeriod,
  });
}
