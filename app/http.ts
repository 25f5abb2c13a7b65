/** HTTP answers in the house's words, and what goes over the wire. */
import { Decimal } from "decimal.js";
import { refusalTitles } from "./domain/refusal.ts";

/** A thrown answer: a page shows its own for it, a download this sentence. */
function sentence(text: string, status: number): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  return new Response(text, { status, headers });
}

/** Ends the request: not on file, or not of this authority; the difference is nobody's business. */
export function notFound(): never {
  throw sentence("Nicht gefunden.", 404);
}

/** Ends the request: the role does not allow it, or another reason that is told. */
export function forbidden(why: string = refusalTitles.roles): never {
  throw sentence(why, 403);
}

/** Ends the request: the same form was sent before with other content. */
export function conflict(): never {
  throw sentence("Schon mit anderem Inhalt gebucht.", 409);
}

/** Ends the request: what the address asks for can't be shown; the sentence says why. */
export function notPossible(text: string): never {
  throw sentence(text, 422);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A fiscal year from the address. @throws Response 404 when it is none. */
export function yearParam(text: string | undefined): number {
  return /^20\d\d$/.test(text ?? "") ? Number(text) : notFound();
}

export function isId(value: string): boolean {
  return uuid.test(value);
}

/** A key from an address; what is no key is not on file. */
export function idParam(value: string | undefined): string {
  return value && isId(value) ? value : notFound();
}

/** What arrives in the browser: each amount as its exact decimal string. */
export type Wire<T> = T extends Decimal
  ? string
  : T extends Date
    ? string
    : T extends readonly (infer Element)[]
      ? Wire<Element>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T;

/** Stands at a loader's return: single fetch can't carry a Decimal, and a float may not. */
export function wire<T>(value: T): Wire<T> {
  if (value instanceof Date) return value.toISOString() as Wire<T>;
  if (isDecimal(value)) return value.toFixed() as Wire<T>;
  if (Array.isArray(value)) return value.map(wire) as Wire<T>;
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, wire(one)]),
    ) as Wire<T>;
  }
  return value as Wire<T>;
}

/** `instanceof` would not know the amounts of a clone. */
function isDecimal(value: unknown): value is Decimal {
  return Decimal.isDecimal(value);
}

/** Ends the request: what is asked for is on file, but can't be handed out; the sentence says why. */
export function unavailable(text: string): never {
  throw sentence(text, 503);
}

/** A file to keep, with its German name (RFC 6266), or to be looked at in the browser. */
export function download(
  body: ReadableStream | Uint8Array<ArrayBuffer>,
  fileName: string,
  type: string,
  length: number,
  disposition: "attachment" | "inline" = "attachment",
) {
  // A sign that turns the direction of writing shows another ending than the name has.
  const shown = fileName.replace(/\p{C}/gu, "_");
  const plain = shown.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Length": String(length),
      "Content-Disposition": `${disposition}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(shown)}`,
      "Cache-Control": "no-store",
      // What came from outside is never read as something else.
      "X-Content-Type-Options": "nosniff",
    },
  });
}
