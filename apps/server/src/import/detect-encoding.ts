import { open } from "node:fs/promises";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

const CHUNK = 1_048_576;

/**
 * The encoding of a text file: by its byte order mark; else UTF-8 when every byte of it is valid; else UTF-16 when half
 * of it is zeros; else GB18030, which contains GBK and GB2312: what spreadsheets in China write.
 */
export async function detectEncoding(path: string): Promise<{ encoding: Encoding; isGuess: boolean }> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(CHUNK);
    const { bytesRead } = await file.read(buffer, 0, CHUNK, 0);
    const head = buffer.subarray(0, bytesRead);
    const marked = byMark(head);
    if (marked) return { encoding: marked, isGuess: false };
    const zeros = zeroShare(head);
    if (zeros) return { encoding: zeros, isGuess: true };
    return (await isUtf8(path)) ? { encoding: "utf-8", isGuess: false } : { encoding: "gb18030", isGuess: true };
  } finally {
    await file.close();
  }
}

function byMark(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

/** Text in UTF-16 has zeros for the upper half of each ASCII letter, and commas and line ends are always ASCII. */
function zeroShare(head: Buffer): Encoding | null {
  const sample = head.subarray(0, 4_096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const enough = sample.length / 50;
  if (odd > enough && even === 0) return "utf-16le";
  if (even > enough && odd === 0) return "utf-16be";
  return null;
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const file = await open(path, "r");
  const buffer = Buffer.alloc(CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 });
      if (bytesRead === 0) return true;
    }
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}
