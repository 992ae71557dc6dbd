/** What the first bytes of a picture say: its kind, its size, and which way is up. Nothing is decoded. */

export interface PictureFacts {
  mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels as they are stored; absent where the file does not say. */
  width?: number;
  height?: number;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  orientation: number;
}

export function pictureFacts(bytes: Uint8Array): PictureFacts | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sized = (mediaType: PictureFacts['mediaType'], read: () => [number, number] | undefined) => {
    const facts: PictureFacts = { mediaType, orientation: 1 };
    try {
      const [width, height] = read() ?? [];
      return width && height ? { ...facts, width, height } : facts;
    } catch {
      // It ends before it has said so.
      return facts;
    }
  };
  if (start.startsWith('\x89PNG\r\n\x1a\n'))
    return sized('image/png', () => [view.getUint32(16), view.getUint32(20)]);
  if (/^GIF8[79]a/.test(start))
    return sized('image/gif', () => [view.getUint16(6, true), view.getUint16(8, true)]);
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return sized('image/webp', () => webpSize(view));
  if (!start.startsWith('\xff\xd8\xff')) return undefined;
  let orientation = 1;
  const facts = sized('image/jpeg', () => {
    for (let at = 2; ; ) {
      // Markers may have any number of filling bytes before them.
      while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
      const marker = view.getUint16(at);
      if (marker === 0xffda || marker === 0xffd9) return undefined;
      const length = view.getUint16(at + 2);
      const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
      if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
      if (marker === 0xffe1) orientation = exifOrientation(view, at + 4, length) ?? orientation;
      at += 2 + length;
    }
  });
  return { ...facts, orientation };
}

function webpSize(view: DataView): [number, number] | undefined {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (kind === 'VP8X') {
    const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return [three(24) + 1, three(27) + 1];
  }
  if (kind === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** The tag 0x0112 of the first directory. */
function exifOrientation(view: DataView, start: number, length: number): number | undefined {
  const head = String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(start + at)));
  if (head !== 'Exif') return undefined;
  const tiff = start + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory > start + length) return undefined;
  const entries = Math.min(view.getUint16(directory, little), 200);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > start + length) return undefined;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
