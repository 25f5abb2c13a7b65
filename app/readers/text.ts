/** The text of a file in one of the encodings that German office programs write. */
import { isUtf8 } from "node:buffer";

/**
 * UTF-8 with or without mark, UTF-16 by its mark or by its zero bytes, otherwise Windows-1252, in
 * which any bytes are some text. Line ends become "\n".
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decoderFor(bytes).decode(bytes);
  return text.replace(/\r\n?/g, "\n");
}

function decoderFor(bytes: Uint8Array): TextDecoder {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
  // Without a mark: in German text nearly every second byte of UTF-16 is zero, and none of the others.
  const start = bytes.subarray(0, 1_000);
  const zeros = [0, 1].map(
    (odd) => start.filter((byte, at) => at % 2 === odd && byte === 0).length,
  );
  if (zeros[1]! > start.length / 4 && zeros[0] === 0) return new TextDecoder("utf-16le");
  if (zeros[0]! > start.length / 4 && zeros[1] === 0) return new TextDecoder("utf-16be");
  return isUtf8(bytes) ? new TextDecoder("utf-8") : new TextDecoder("windows-1252");
}
