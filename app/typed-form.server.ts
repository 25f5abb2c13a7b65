/**
 * What was typed into a form whose session had ended when it was sent. The browser carries it, sealed, through
 * signing in; the server keeps nothing of somebody it does not know. It is booked only when it is sent once more.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { isFormKeyOf } from "./form-key.server.ts";
import { endedCookie, readSealedCookie, sealedCookie } from "./sealed-cookie.server.ts";

const [name, purpose] = ["typed-form", "a form that was sent without a session"];

/** As long as an idle session, in seconds. */
const lifetime = 30 * 60;

/** Browsers keep cookies of 4,096 bytes; sealing makes four characters of three bytes. */
const mostBytes = 2_700;

/** Of the form as it was sent; nobody inflates more than a form may hold. */
const mostCharacters = 64_000;

/** Fields that are put by nowhere. */
export const unkeptFields = ["currentPassword", "oneTimeCode", "password", "passwordAgain"];

export type TypedForm = {
  /** The address that it was sent to, with what its page was asked for. */
  place: string;
  body: string;
};

/** The cookie that carries the form; undefined for one too large, or with a password in it. */
export function keepTyped({ place, body }: TypedForm): string | undefined {
  if (body.length > mostCharacters) return undefined;
  const fields = new URLSearchParams(body);
  if (unkeptFields.some((one) => fields.has(one))) return undefined;
  const packed = deflateRawSync(body);
  if (packed.length + place.length > (mostBytes * 3) / 4) return undefined;
  const content = { place, packed: packed.toString("base64url") };
  return sealedCookie(name, purpose, content, lifetime);
}

/** What this user typed; undefined where nothing is kept, or it is somebody else's. */
export function readTyped(request: Request, userId: string): TypedForm | undefined {
  const kept = readSealedCookie<{ place: string; packed: string }>(request, name, purpose);
  if (!kept) return undefined;
  const packed = Buffer.from(kept.packed, "base64url");
  const body = inflateRawSync(packed, { maxOutputLength: 4 * mostCharacters }).toString();
  const [key = ""] = (new URLSearchParams(body).get("formKey") ?? "").split(".");
  return isFormKeyOf(userId, key) ? { place: kept.place, body } : undefined;
}

/** The cookie that ends it. */
export function forgetTyped(): string {
  return endedCookie(name);
}
