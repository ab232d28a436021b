import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { tooLarge, unreadable } from "./unreadable-file.ts";

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** More than a sheet of 200,000 rows needs; a file that unpacks to more is a mistake or an attack. */
const MAX_UNPACKED = 600_000_000;
const MAX_ENTRIES = 2_000;
/** Spreadsheets pack well, but not like a file made of nothing. */
const MAX_RATIO = 500;
const SMALL = 5_000_000;

/** A zip file opened by its directory (APPNOTE 4.3): sizes are looked at before anything is unpacked, and held to then. */
export class ZipArchive {
  readonly #path: string;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#entries = entries;
  }

  /** @throws Problem `unsupported` when it is no zip file, `tooLarge` when it unpacks to too much */
  static async open(path: string): Promise<ZipArchive> {
    const entries = await readDirectory(path);
    const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
    const isBomb = entries.some((entry) => entry.unpacked > SMALL && entry.unpacked > entry.packed * MAX_RATIO);
    if (entries.length > MAX_ENTRIES || unpacked > MAX_UNPACKED || isBomb) {
      throw tooLarge(
        "The file unpacks to far more than a table of this size would.",
        "该文件解压后的体积异常，已拒绝读取。",
      );
    }
    return new ZipArchive(path, new Map(entries.map((entry) => [entry.name, entry])));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of an entry, piece by piece. Ends with a problem when it turns out larger than its directory said. */
  async *read(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (!entry) throw unreadable(name, name);
    const start = await dataStart(this.#path, entry);
    const packed = createReadStream(this.#path, { start, end: start + Math.max(entry.packed, 1) - 1 });
    const unpacked = entry.method === 0 ? packed : packed.pipe(createInflateRaw());
    let size = 0;
    const limit = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length;
        done(size > entry.unpacked ? unreadable(entry.name, entry.name) : null, chunk);
      },
    });
    packed.on("error", (error) => limit.destroy(error));
    unpacked.on("error", () => limit.destroy(unreadable(entry.name, entry.name)));
    const decoder = new TextDecoder("utf-8");
    if (entry.packed === 0) return;
    for await (const chunk of unpacked.pipe(limit)) yield decoder.decode(chunk as Buffer, { stream: true });
  }

  /** An entry that is known to be small, whole; null when it is not there. */
  async text(name: string): Promise<string | null> {
    if (!this.has(name)) return null;
    let whole = "";
    for await (const piece of this.read(name)) whole += piece;
    return whole;
  }
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

async function readDirectory(path: string): Promise<Entry[]> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = lastIndexOf(tail, END);
    if (end < 0) throw unreadable("no zip directory", "缺少压缩目录");
    const count = tail.readUInt16LE(end + 10);
    const length = tail.readUInt32LE(end + 12);
    const start = tail.readUInt32LE(end + 16);
    if (count > MAX_ENTRIES || start + length > size) throw unreadable("zip directory", "压缩目录");
    const directory = Buffer.alloc(length);
    await file.read(directory, 0, length, start);
    return parseDirectory(directory);
  } finally {
    await file.close();
  }
}

function parseDirectory(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    if (directory.readUInt16LE(at + 8) & 1) {
      throw unreadable("it is protected by a password", "文件有密码保护");
    }
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function dataStart(path: string, entry: Entry): Promise<number> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(30);
    await file.read(head, 0, 30, entry.offset);
    if (head.readUInt32LE(0) !== LOCAL) throw unreadable(entry.name, entry.name);
    return entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

function lastIndexOf(buffer: Buffer, signature: number): number {
  for (let at = buffer.length - 22; at >= 0; at--) if (buffer.readUInt32LE(at) === signature) return at;
  return -1;
}
