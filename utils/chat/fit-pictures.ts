/** Pictures on their way to a model: made smaller, or another kind, only as its vendor demands. The originals stay. */

import { AppError } from '../errors';
import { hashOf } from '../files/hash';
import { largestSide, type PictureLimits, pictureLimits } from '../models/picture-limits';
import type { Connection, ImagePart, MessagePart, Request } from '../models/types';
import { bytesOf, imageBlob } from './images';
import { toBase64 } from './read-image';

type Scale = typeof import('../browser/picture').scaledTo;
const scaleLater: Scale = async (...call) => (await import('../browser/picture')).scaledTo(...call);

type Drawn = Pick<ImagePart, 'mediaType' | 'data' | 'width' | 'height'>;

/** What was made of pictures, so that it is made once and stays the same byte for byte, which caches of vendors need. */
const made = new Map<string, Promise<Drawn>>();
/** Pictures remembered; a chat has few that are too large. */
const mostMade = 200;

const isImage = (part: MessagePart): part is ImagePart => typeof part !== 'string' && part.type === 'image';

/**
 * The request as the vendor takes it.
 * @throws AppError image-kind, image-too-large
 */
export async function fitPictures(
  request: Request,
  { provider }: Pick<Connection, 'provider'>,
  scale: Scale = scaleLater,
): Promise<Request> {
  const images = request.messages.flatMap(({ parts }) => parts.filter(isImage));
  if (images.length === 0) return request;
  const limits = pictureLimits(provider);
  const fitted = new Map<ImagePart, ImagePart>();
  for (const image of images) fitted.set(image, await fitPicture(image, limits, images.length, scale));
  await withinTotal(fitted, limits, images.length, scale);
  if ([...fitted].every(([image, other]) => image === other)) return request;
  return {
    ...request,
    messages: request.messages.map((message) => ({
      ...message,
      parts: message.parts.map((part) => (isImage(part) ? (fitted.get(part) ?? part) : part)),
    })),
  };
}

/**
 * A picture as a model takes it among so many; the same object where it is taken as it is.
 * @throws AppError image-kind, image-too-large
 */
export function fitPicture(
  image: ImagePart,
  limits: PictureLimits,
  pictures: number,
  scale: Scale = scaleLater,
): Promise<ImagePart> {
  const side = largestSide(limits, pictures);
  const { bytes, kinds } = limits;
  const longer = Math.max(image.width ?? 0, image.height ?? 0);
  const isTaken = longer <= side && bytesOf(image) <= bytes && (kinds?.includes(image.mediaType) ?? true);
  if (isTaken) return Promise.resolve(image);
  return smaller(image, side, bytes, scale);
}

async function smaller(image: ImagePart, side: number, bytes: number, scale: Scale): Promise<ImagePart> {
  const picture = imageBlob(image);
  // By all of its bytes: pages of one scanner may begin and end alike.
  const key = `${side} ${bytes} ${await hashOf(await picture.arrayBuffer())}`;
  const drawing =
    made.get(key) ??
    scale(picture, { side, bytes, name: image.caption ?? '' }).then(
      (drawn): Drawn => ({
        mediaType: drawn.mediaType,
        data: toBase64(drawn.bytes),
        width: drawn.width,
        height: drawn.height,
      }),
    );
  made.set(key, drawing);
  drawing.catch(() => made.delete(key));
  for (const old of made.keys()) if (made.size > mostMade) made.delete(old);
  // Equal pages stand in different places: what is said of a picture is its own.
  return { ...image, ...(await drawing) };
}

/** All pictures of a request together: each of the larger ones becomes smaller, the small ones stay. */
async function withinTotal(
  fitted: Map<ImagePart, ImagePart>,
  { total = Number.POSITIVE_INFINITY, side = 16_384 }: PictureLimits,
  pictures: number,
  scale: Scale,
): Promise<void> {
  const sum = () => [...fitted.values()].reduce((bytes, image) => bytes + bytesOf(image), 0);
  for (let share = total / pictures; sum() > total; share *= 0.8) {
    if (share < leastBytes) throw new AppError('image-too-large', { name: '' });
    for (const [image, other] of fitted)
      if (bytesOf(other) > share) fitted.set(image, await smaller(image, side, Math.floor(share), scale));
  }
}

/** Bytes below which a page cannot be read any more. */
const leastBytes = 30_000;
