import { AppError } from '../errors';
import { pictureLimits } from '../models/picture-limits';
import type { Connection } from '../models/types';
import type { TurnRecord } from '../store/records';
import { bytesOf } from './images';

const megabyte = 2 ** 20;

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
