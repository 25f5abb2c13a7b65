/** What must hold before a PDF is parsed: its packed objects, which a parser unpacks at once, stay small. */
import { inflateSync } from "node:zlib";

/** All packed objects of a PDF of 20 MB; invoices have some hundred kB of them. */
const mostUnpackedBytes = 48 * 1024 * 1024;

/**
 * True where the streams of objects and of cross-references (ISO 32000-2, 7.5.7 and 7.5.8) unpack to no
 * more than is good, by the one filter that programs use for them. Looks at every place that could begin
 * such a stream, so that a PDF can't show it one thing and the parser another.
 */
export function unpacksToLittle(bytes: Uint8Array): boolean {
  const text = latin(bytes);
  let left = mostUnpackedBytes;
  let headStart = 0;
  for (let at = text.indexOf("stream"); at >= 0; at = text.indexOf("stream", at + 6)) {
    const head = plainNames(text.slice(headStart, at));
    headStart = at + 6;
    if (!/\/(ObjStm|XRef)\b/.test(head)) continue;
    if (/LZW|RunLength|\/RL|ASCII|Crypt/.test(head)) return false;
    if (!/\/Fl/.test(head)) continue;
    if ((head.match(/\/Fl/g) ?? []).length > 1) return false;
    const lineEnd = /^(\r\n|\n|\r)?/.exec(text.slice(headStart, headStart + 2))![0];
    const size = unpackedSize(bytes.subarray(headStart + lineEnd.length), left);
    if (size === undefined) return false;
    left -= size;
  }
  return true;
}

/** A locked PDF says so in its trailer, which itself is never locked (7.6). */
export function isLocked(bytes: Uint8Array): boolean {
  return /\/Encrypt\b/.test(latin(bytes));
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** A name may be written with its letters as numbers: /Obj#53tm. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** How much a stream unpacks to; undefined where that is more than `most`, or does not work. */
function unpackedSize(packed: Uint8Array, most: number): number | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(most, 1) }).length;
  } catch {
    return undefined;
  }
}
