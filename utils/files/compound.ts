/** Compound files (OLE2): old Office documents, and new ones that are locked with a password. */

/** A bound for chains of sectors in a damaged file. */
const mostSectors = 1 << 20;

export const isCompound = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, index) => bytes[index] === byte);

/**
 * What lies at the root of a compound file, by name ([MS-CFB] 2.6): what is embedded deeper does not say what the file
 * is. As far as it can be read; a damaged directory gives the names that are there.
 */
export function rootNames(bytes: Uint8Array): Set<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 1 << Math.min(view.byteLength > 32 ? view.getUint16(30, true) : 9, 16);
  const at = (sector: number) => (sector + 1) * size;
  const numbers = (sector: number): number[] =>
    Array.from({ length: size / 4 }, (_, index) => {
      const place = at(sector) + index * 4;
      return place + 4 <= view.byteLength ? view.getUint32(place, true) : end;
    });

  const tables: number[] = [];
  for (let place = 76; place < 512 && place + 4 <= view.byteLength; place += 4)
    tables.push(view.getUint32(place, true));
  let more = view.byteLength >= 72 ? view.getUint32(68, true) : end;
  for (let step = 0; isSector(more) && at(more) < view.byteLength && step < mostSectors; step++) {
    const list = numbers(more);
    more = list.pop() ?? end;
    tables.push(...list);
  }
  const nextOf = (sector: number): number => {
    const table = tables[Math.floor(sector / (size / 4))] ?? end;
    const place = at(table) + (sector % (size / 4)) * 4;
    return isSector(table) && place + 4 <= view.byteLength ? view.getUint32(place, true) : end;
  };

  const entries: Entry[] = [];
  const seen = new Set<number>();
  let sector = view.byteLength >= 52 ? view.getUint32(48, true) : end;
  while (isSector(sector) && !seen.has(sector) && at(sector) < view.byteLength) {
    seen.add(sector);
    for (
      let place = at(sector);
      place + 128 <= at(sector) + size && place + 128 <= view.byteLength;
      place += 128
    )
      entries.push(entryAt(view, place));
    sector = nextOf(sector);
  }

  const names = new Set<string>();
  const visited = new Set<number>();
  const waiting = [entries[0]?.child ?? end];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = entries[id];
    if (!entry || visited.has(id)) continue;
    visited.add(id);
    names.add(entry.name);
    waiting.push(entry.left, entry.right);
  }
  return names;
}

/** Numbers from here on mean no sector. */
const end = 0xfffffffa;
const isSector = (sector: number) => sector < end;

interface Entry {
  name: string;
  left: number;
  right: number;
  child: number;
}

function entryAt(view: DataView, place: number): Entry {
  const length = Math.min(view.getUint16(place + 64, true), 64);
  const letters = Array.from({ length: Math.max(0, length / 2 - 1) }, (_, index) =>
    view.getUint16(place + index * 2, true),
  );
  return {
    name: String.fromCharCode(...letters),
    left: view.getUint32(place + 68, true),
    right: view.getUint32(place + 72, true),
    child: view.getUint32(place + 76, true),
  };
}
