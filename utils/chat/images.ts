/** Pictures of a question, as they are kept and shown. */

import type { ImagePart } from '../models/types';
import type { DraftImage } from '../store/records';

/** A picture that waits in the composer. */
export type PendingImage = DraftImage;

/** Size of a picture in bytes, from the length of its Base64. */
export const bytesOf = ({ data }: ImagePart) =>
  (data.length / 4) * 3 - (data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0);

/** A picture as something an element can show; the caller releases it with `URL.revokeObjectURL`. */
export const imageUrl = ({ data, mediaType }: ImagePart): string =>
  URL.createObjectURL(imageBlob({ data, mediaType }));

export const imageBlob = ({ data, mediaType }: Pick<ImagePart, 'data' | 'mediaType'>): Blob =>
  new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type: mediaType });
