/** Pictures that go with a question: as they are, wherever the model takes them so. Nothing is changed in silence. */

import { AppError } from '../errors';
import { pictureFacts } from '../files/picture-size';
import { pictureLimits } from '../models/picture-limits';
import type { Connection, ImagePart } from '../models/types';
import type { DraftImage, TurnRecord } from '../store/records';

/** A picture that waits in the composer. */
export type PendingImage = DraftImage;

const megabyte = 2 ** 20;

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

/**
 * Refuses what the model could not see, before anything is sent. Pictures of earlier questions go along too. What is
 * too large is made smaller on its way to the model (see `fitPictures`), or refused where nothing can draw.
 * @throws AppError no-vision, image-too-large, images-too-many
 */
export function checkImages(
  turns: Pick<TurnRecord, 'id' | 'images'>[],
  turn: Pick<TurnRecord, 'id' | 'images'>,
  { provider, model }: Connection,
  canDraw = typeof OffscreenCanvas !== 'undefined',
): void {
  const isBuiltIn = provider.wire === 'excerpts';
  // The built-in reader is asked about the documents alone; what was asked before does not go along.
  const earlier = isBuiltIn ? [] : turns.filter(({ id }) => id !== turn.id);
  const sent = [...earlier, turn].flatMap(({ images = [] }) => images);
  if (sent.length === 0) return;
  if (isBuiltIn || !model.vision) throw new AppError('no-vision', { model: model.name, images: sent.length });
  const limits = pictureLimits(provider);
  const { count = Number.POSITIVE_INFINITY } = limits;
  if (sent.length > count) {
    const facts = { images: sent.length, limit: count, provider: provider.name, model: model.name };
    throw new AppError('images-too-many', facts);
  }
  if (canDraw) return;
  for (const image of sent) {
    const bytes = bytesOf(image);
    if (bytes <= limits.bytes) continue;
    throw new AppError('image-too-large', {
      name: image.mediaType.replace('image/', '').toUpperCase(),
      provider: provider.name,
      model: model.name,
      megabytes: Math.ceil((bytes / megabyte) * 10) / 10,
      limit: Math.floor((limits.bytes / megabyte) * 10) / 10,
    });
  }
}

/** Size of a picture in bytes, from the length of its Base64. */
export const bytesOf = ({ data }: ImagePart) =>
  (data.length / 4) * 3 - (data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0);

/** A picture as something an element can show; the caller releases it with `URL.revokeObjectURL`. */
export const imageUrl = ({ data, mediaType }: ImagePart): string =>
  URL.createObjectURL(imageBlob({ data, mediaType }));

export const imageBlob = ({ data, mediaType }: Pick<ImagePart, 'data' | 'mediaType'>): Blob =>
  new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type: mediaType });

/** In pieces, because a function takes only so many arguments; their length is a multiple of three. */
export function toBase64(bytes: Uint8Array): string {
  const piece = 0x6000;
  let text = '';
  for (let at = 0; at < bytes.length; at += piece) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + piece)));
  }
  return text;
}
