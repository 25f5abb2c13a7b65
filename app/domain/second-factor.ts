/** The second factor at sign-in: who needs one, what counts as one, how its codes are written. */
import type { Role } from "./permission.ts";

/** Seconds that a code of the app stands for (RFC 6238). */
export const codePeriod = 30;

/** So many recovery codes are given out at once, each of which can be used once. */
export const recoveryCodeCount = 10;

/** Letters of five random bits each: 120 bits, so that a plain hash keeps them (ASVS 5.0, 6.5.2: at least 112). */
export const recoveryCodeLetters = 24;
/** Of codes that were given before: they hold until they are used. */
const formerLetters = 16;

/** Whether one of the roles that somebody has is among those for which the authority demands a second factor. */
export function demandsSecondFactor(own: readonly Role[], demanding: readonly Role[]): boolean {
  return own.some((role) => demanding.includes(role));
}

/** What was typed as a code: six digits of the app, or a recovery code; undefined for anything else. */
export function readCode(
  typed: string,
): { kind: "app"; code: string } | { kind: "recovery"; code: string } | undefined {
  const code = typed.replace(/[\s-]/g, "").toLowerCase();
  if (/^\d{6}$/.test(code)) return { kind: "app", code };
  const isLong = code.length === recoveryCodeLetters || code.length === formerLetters;
  if (isLong && /^[a-z2-7]+$/.test(code)) return { kind: "recovery", code };
}

/** "abcd-efgh-ijkl-mnop-qrst-uvwx" */
export function writeRecoveryCode(code: string): string {
  return code.match(/.{4}/g)!.join("-");
}

/** Ways to be recognised (RFC 8176), by what they rest on: what one knows, has, or is. */
const methods: Record<string, "known" | "had" | "been"> = {
  ...{ pwd: "known", pin: "known", kba: "known" },
  ...{ otp: "had", hwk: "had", swk: "had", sc: "had", sms: "had", tel: "had", pop: "had" },
  ...{ fpt: "been", face: "been", iris: "been", retina: "been", vbm: "been" },
};

/** Classes of sign-in that are at least two factors, wherever they are written down. */
const twoFactorClasses = [
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
  "https://refeds.org/profile/mfa",
  "http://eidas.europa.eu/LoA/substantial",
  "http://eidas.europa.eu/LoA/high",
];

/** Whether a directory says that it asked for two factors; what it does not say it did not ask. */
export function isTwoFactor({ acr, amr }: { acr?: string; amr?: readonly string[] }): boolean {
  if (acr && twoFactorClasses.includes(acr)) return true;
  if (amr?.includes("mfa")) return true;
  const bases = (amr ?? []).flatMap((one) => (Object.hasOwn(methods, one) ? [methods[one]] : []));
  return new Set(bases).size >= 2;
}
