/** Pictures that go with a question: taken as they are, or refused with a sentence. Never made smaller in silence. */

import { AppError } from '../errors';
import type { Connection, ImagePart, WireId } from '../models/types';
import type { TurnRecord } from '../store/records';

/** A picture that waits in the composer. */
export interface PendingImage extends ImagePart {
  name: string;
}

const megabyte = 2 ** 20;

/**
 * What a vendor takes per picture, in bytes. Anthropic: 5 MB (docs, “Vision”); Google: 20 MB for a request with
 * everything in it (docs, “Image understanding”); others: OpenAI's 20 MB, which most took over.
 */
const limits: Partial<Record<WireId, number>> = { anthropic: 5 * megabyte };
const usualLimit = 20 * megabyte;

/**
 * A file as a picture, byte for byte. What it is is told by its first bytes; names and declared types may be wrong.
 * @throws AppError image-kind
 */
export async function readImage(file: Blob & { name?: string }, fallbackName: string): Promise<PendingImage> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mediaType = kindOf(bytes);
  const name = file.name || fallbackName;
  if (!mediaType) throw new AppError('image-kind', { name });
  return { type: 'image', mediaType, data: toBase64(bytes), name };
}

/**
 * Refuses what the model could not see whole, before anything is sent. Pictures of earlier questions go along too.
 * @throws AppError no-vision, image-too-large
 */
export function checkImages(
  turns: Pick<TurnRecord, 'id' | 'images'>[],
  turn: Pick<TurnRecord, 'id' | 'images'>,
  { provider, model }: Connection,
): void {
  const isBuiltIn = provider.wire === 'excerpts';
  // The built-in reader is asked about the documents alone; what was asked before does not go along.
  const earlier = isBuiltIn ? [] : turns.filter(({ id }) => id !== turn.id);
  const sent = [...earlier, turn].flatMap(({ images = [] }) => images);
  if (sent.length === 0) return;
  if (isBuiltIn || !model.vision) throw new AppError('no-vision', { model: model.name, images: sent.length });
  const limit = limits[provider.wire] ?? usualLimit;
  for (const image of sent) {
    const bytes = bytesOf(image);
    if (bytes <= limit) continue;
    throw new AppError('image-too-large', {
      name: image.mediaType.replace('image/', '').toUpperCase(),
      provider: provider.name,
      model: model.name,
      megabytes: Math.ceil((bytes / megabyte) * 10) / 10,
      limit: limit / megabyte,
    });
  }
}

/** Size of a picture in bytes, from the length of its Base64. */
const bytesOf = ({ data }: ImagePart) =>
  (data.length / 4) * 3 - (data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0);

/** A picture as something an element can show; the caller releases it with `URL.revokeObjectURL`. */
export const imageUrl = ({ data, mediaType }: ImagePart): string =>
  URL.createObjectURL(
    new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type: mediaType }),
  );

function kindOf(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(start)) return 'image/gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : undefined;
}

/** In pieces, because a function takes only so many arguments; their length is a multiple of three. */
function toBase64(bytes: Uint8Array): string {
  const piece = 0x6000;
  let text = '';
  for (let at = 0; at < bytes.length; at += piece) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + piece)));
  }
  return text;
}
