import type { Readable } from "node:stream";
import { Problem } from "@formwright/model";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { tooLarge, unreadable } from "./unreadable-file.ts";

/** More than a sheet of 500,000 rows needs; a file that unpacks to more is a mistake or an attack. */
const MAX_UNPACKED = 600_000_000;
const MAX_ENTRIES = 2_000;
/** Spreadsheets pack well, but not like a file made of nothing. */
const MAX_RATIO = 500;
const SMALL = 5_000_000;

/** A zip file opened by its directory: sizes are looked at before anything is unpacked, and held to then. */
export class ZipArchive {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /**
   * Whoever opens it closes it.
   *
   * @throws Problem `unsupported` when it is no zip file, `tooLarge` when it unpacks to too much
   */
  static async open(path: string): Promise<ZipArchive> {
    const where = ["zip directory", "压缩目录"] as const;
    const file = await openPromise(path, { autoClose: false, validateEntrySizes: true }).catch(broken(...where));
    try {
      return new ZipArchive(file, await readDirectory(file).catch(broken(...where)));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of an entry, piece by piece. Ends with a problem when it is larger than its directory said. */
  async *read(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (!entry) throw unreadable(name, name);
    const decoder = new TextDecoder("utf-8");
    const chunks: Readable = await this.#file.openReadStreamPromise(entry).catch(broken(name, name));
    try {
      for await (const chunk of chunks) yield decoder.decode(chunk as Buffer, { stream: true });
    } catch (error) {
      broken(name, name)(error);
    }
    yield decoder.decode();
  }

  close(): void {
    this.#file.close();
  }
}

async function readDirectory(file: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  if (file.entryCount > MAX_ENTRIES) throw bomb();
  for await (const entry of file.eachEntry()) {
    if (entry.isEncrypted()) throw unreadable("it is protected by a password", "文件有密码保护");
    unpacked += entry.uncompressedSize;
    const isDense = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MAX_RATIO;
    if (isDense || unpacked > MAX_UNPACKED) throw bomb();
    entries.set(entry.fileName, entry);
  }
  return entries;
}

function bomb(): Problem {
  return tooLarge(
    "The file unpacks to far more than a table of this size would.",
    "该文件解压后的体积异常，已拒绝读取。",
  );
}

/** A broken archive is the sender's problem; a disk that cannot be read is ours. */
function broken(where: string, whereZh: string): (error: unknown) => never {
  return (error) => {
    const { code = "" } = error as { code?: string };
    if (error instanceof Problem || /^E[A-Z]+$/.test(code)) throw error;
    throw unreadable(where, whereZh);
  };
}
