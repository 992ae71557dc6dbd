/** Files as pictures: as they are, wherever models take them so. Nothing is changed in silence. */

import { AppError } from '../errors';
import { pictureFacts } from '../files/picture-size';
import type { PendingImage } from './images';

/** Makes a PNG or a JPEG of a picture, upright; see utils/browser/picture.ts. */
export type ConvertPicture = (
  file: Blob,
  name: string,
) => Promise<{ mediaType: string; bytes: Uint8Array; width: number; height: number }>;

/**
 * A file as a picture, byte for byte where models take its kind and it lies upright; else as `convert` makes it, which
 * is said. What it is is told by its first bytes; names and declared types may be wrong.
 * @throws AppError image-kind
 */
export async function readImage(
  file: Blob & { name?: string },
  fallbackName: string,
  convert?: ConvertPicture,
): Promise<PendingImage> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const facts = pictureFacts(bytes);
  const name = file.name || fallbackName;
  const isTurned = facts !== undefined && facts.orientation !== 1;
  if (convert && (!facts || isTurned)) {
    // What was a picture already goes as it is when this browser cannot turn it.
    const drawn = await convert(file, name).catch((error) => {
      if (facts) return undefined;
      throw error;
    });
    if (drawn) {
      const { mediaType, width, height } = drawn;
      const change = isTurned ? { turned: true } : { from: kindWord(file.type, name) };
      return { type: 'image', mediaType, data: toBase64(drawn.bytes), name, width, height, ...change };
    }
  }
  if (!facts) throw new AppError('image-kind', { name });
  const { mediaType, width, height } = facts;
  return {
    type: 'image',
    mediaType,
    data: toBase64(bytes),
    name,
    ...(width && height ? { width, height } : {}),
  };
}

/** `AVIF`, from the media type or the ending of the name. */
const kindWord = (mediaType: string, name: string): string =>
  (
    /^image\/(?:x-)?([a-z0-9]+)/i.exec(mediaType)?.[1] ??
    /\.([a-z0-9]{2,5})$/i.exec(name)?.[1] ??
    ''
  ).toUpperCase();

/** In pieces, because a function takes only so many arguments; their length is a multiple of three. */
export function toBase64(bytes: Uint8Array): string {
  const piece = 0x6000;
  let text = '';
  for (let at = 0; at < bytes.length; at += piece) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + piece)));
  }
  return text;
}
