/**
 * Files in a ZIP archive (APPNOTE 6.3), packed by the browser's own CompressionStream: the container around it is too
 * little to load a library for.
 */

export interface ZipEntry {
  /** Its path in the archive. */
  name: string;
  text: string;
}

interface Packed {
  name: Uint8Array;
  data: Uint8Array<ArrayBuffer>;
  size: number;
  crc: number;
  method: number;
  offset: number;
}

const localHeader = 30;
const centralHeader = 46;
const deflated = 8;
/** Names are UTF-8. */
const utf8 = 0x0800;
/** The first of January 1980, the earliest day there is: the same entries give the same bytes. */
const day = 0x21;

/** An archive with these entries in this order. */
export async function zip(entries: ZipEntry[], type: string): Promise<Blob> {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const packed: Packed[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const bytes = encoder.encode(text);
    const { data, method } = await deflate(bytes);
    const entry = { name: encoder.encode(name), data, size: bytes.length, crc: crc32(bytes), method, offset };
    const header = new Uint8Array(localHeader + entry.name.length);
    const view = new DataView(header.buffer);
    view.setUint32(0, 0x04034b50, true);
    writeFacts(view, 4, entry);
    header.set(entry.name, localHeader);
    parts.push(header, data);
    offset += header.length + data.length;
    packed.push(entry);
  }
  const start = offset;
  for (const entry of packed) {
    const header = new Uint8Array(centralHeader + entry.name.length);
    const view = new DataView(header.buffer);
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(4, 20, true);
    writeFacts(view, 6, entry);
    view.setUint32(42, entry.offset, true);
    header.set(entry.name, centralHeader);
    parts.push(header);
    offset += header.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, packed.length, true);
  end.setUint16(10, packed.length, true);
  end.setUint32(12, offset - start, true);
  end.setUint32(16, start, true);
  return new Blob([...parts, new Uint8Array(end.buffer)], { type });
}

/** What both headers of an entry say of it. */
function writeFacts(
  view: DataView,
  at: number,
  { name, data, size, crc, method }: Omit<Packed, 'offset'>,
): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, utf8, true);
  view.setUint16(at + 4, method, true);
  view.setUint16(at + 8, day, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, data.length, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name.length, true);
}

async function deflate(bytes: Uint8Array<ArrayBuffer>) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return { data: new Uint8Array(await new Response(stream).arrayBuffer()), method: deflated };
}

let table: Uint32Array | undefined;

/** The checksum of ZIP (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
