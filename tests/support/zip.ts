/** Zip files as no program writes them: with names, sizes and numbers of parts that are lies. */
import zlib from "node:zlib";

export type Part = {
  name: string;
  content: string | Repeated[];
  /** What the directory says instead of the true size. */
  declaredSize?: number;
};

/** A block that stands so many times in a row; packed once only. */
export type Repeated = { block: string | Buffer; times: number };

export function zip(parts: Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const { packed, size, crc } = pack(part);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4); // deflated
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(part.declaredSize ?? size, 18);
    fields.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), fields, name, packed);

    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, rest, name);
    offset += 30 + name.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, entries, end]);
}

function pack({ content }: Part) {
  const pieces = typeof content === "string" ? [{ block: content, times: 1 }] : content;
  const packed: Buffer[] = [];
  let size = 0;
  let crc = 0;
  for (const { block, times } of pieces) {
    const plain = Buffer.from(block as string);
    // What ends with a full flush can stand many times; an empty last block ends the whole.
    const deflated = zlib.deflateRawSync(plain, { finishFlush: zlib.constants.Z_FULL_FLUSH });
    size += plain.length * times;
    for (let time = 0; time < times; time += 1) {
      packed.push(deflated);
      crc = zlib.crc32(plain, crc);
    }
  }
  return { packed: Buffer.concat([...packed, Buffer.from([3, 0])]), size, crc };
}
