/** What a browser carries to the next page without being able to read or change it, for some minutes. */
import { now } from "./clock.server.ts";
import { settings } from "./env.server.ts";
import { open, seal } from "./secret-box.server.ts";

const isSecure = settings.origin?.startsWith("https:") ?? false;

function nameOf(name: string): string {
  return isSecure ? `__Host-${name}` : name;
}

/** @param purpose what it is for, and for whom: read by another purpose it is nothing */
export function sealedCookie(name: string, purpose: string, content: object, seconds: number) {
  const until = now().getTime() + seconds * 1000;
  return written(name, seal(JSON.stringify({ ...content, until }), purpose), seconds);
}

/** Undefined for a cookie that is absent, altered, for something else, or too old. */
export function readSealedCookie<Content>(
  request: Request,
  name: string,
  purpose: string,
): Content | undefined {
  const start = `${nameOf(name)}=`;
  const cookies = (request.headers.get("Cookie") ?? "").split("; ");
  const own = cookies.find((one) => one.startsWith(start));
  const text = own && open(own.slice(start.length), purpose);
  if (!text) return undefined;
  const { until, ...content } = JSON.parse(text) as { until: number };
  return until > now().getTime() ? (content as Content) : undefined;
}

export function endedCookie(name: string): string {
  return written(name, "", 0);
}

function written(name: string, value: string, seconds: number): string {
  // Lax: whoever comes back from another site comes with it.
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return `${nameOf(name)}=${value}; ${attributes}${isSecure ? "; Secure" : ""}`;
}
