/** The text of a file in one of the encodings that German office programs write. */
import { isUtf8 } from "node:buffer";

/**
 * UTF-8 with or without mark, UTF-16 by its mark or by its zero bytes, otherwise Windows-1252, in
 * which any bytes are some text. Line ends become "\n".
 */
export function decodeText(bytes: Uint8Array): string {
  const text = isUtf8(bytes) && !utf16(bytes) ? utf8.decode(bytes) : decodeOther(bytes);
  return text.replace(/\r\n?/g, "\n");
}

const utf8 = new TextDecoder();

function decodeOther(bytes: Uint8Array): string {
  const encoding = utf16(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  const latin1 = Buffer.from(bytes).toString("latin1");
  return latin1.replace(/[\x80-\x9f]/g, (sign) => signsOfWindows[sign.charCodeAt(0) - 0x80]!);
}

/** What Windows-1252 has where Latin-1 has nothing; Node 20's own decoder for it decodes Latin-1. */
const signsOfWindows = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: of German text nearly every second byte is zero, and none of the others.
  const start = bytes.subarray(0, 1_000);
  const zerosAt = (odd: number) => start.filter((byte, at) => at % 2 === odd && byte === 0).length;
  const many = start.length / 4;
  if (zerosAt(1) > many && zerosAt(0) === 0) return "utf-16le";
  if (zerosAt(0) > many && zerosAt(1) === 0) return "utf-16be";
  return undefined;
}
