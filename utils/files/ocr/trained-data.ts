import { AppError } from '../../errors';

/** Bytes of unpacked data; the largest of Tesseract's own has 60 MB. */
const largestData = 128 * 2 ** 20;

/** The parts that a file of trained data may have (`TESSDATA_NUM_ENTRIES` of Tesseract 5). */
const mostParts = 24;
/** `TESSDATA_LSTM`: the network, without which the engine that we ship reads nothing. */
const networkPart = 17;

/**
 * Trained data as Tesseract takes them, unpacked where they are packed. They are data and no program, but a parser in
 * WebAssembly takes them: what has not their form does not get there.
 * @throws AppError ocr-language
 */
export async function unpackTrainedData(
  bytes: Uint8Array<ArrayBuffer>,
  language: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? await inflated(bytes) : bytes;
  if (!unpacked || !isTrainedData(unpacked)) throw new AppError('ocr-language', { name: language });
  return unpacked;
}

/** A count of parts, the place of each (-1: there is none), and the network among them. */
export function isTrainedData(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = view.getInt32(0, true);
  if (parts <= networkPart || parts > mostParts || bytes.length < 4 + parts * 8) return false;
  let last = 0n;
  for (let part = 0; part < parts; part++) {
    const place = view.getBigInt64(4 + part * 8, true);
    if (place === -1n) {
      if (part === networkPart) return false;
      continue;
    }
    if (place < last || place >= BigInt(bytes.length)) return false;
    last = place;
  }
  return true;
}

/** Unpacked, or undefined where that is damaged or more than any language has. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > largestData) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
  } catch {
    return undefined;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
