import { crc32, deflateRawSync } from "node:zlib";

export interface ZipLies {
  /** The size that the directory claims each entry to unpack to. */
  readonly unpacked?: number;
  readonly flags?: number;
}

/** A zip file of these entries, for files that no writer would write. */
export function zipOf(entries: Readonly<Record<string, string | Buffer>>, lies: ZipLies = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(lies.flags ?? 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lies.unpacked ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    locals.push(Buffer.from("PK\x03\x04"), common, path, packed);
    centrals.push(Buffer.from("PK\x01\x02\x14\x00"), common, rest, path);
    offset += 30 + path.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(locals.length / 4, 8);
  end.writeUInt16LE(locals.length / 4, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
