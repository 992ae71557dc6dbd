import { describe, expect, it } from 'vitest';
import { checkImages } from '@/utils/chat/check-images';
import { readImage } from '@/utils/chat/read-image';
import type { AppError } from '@/utils/errors';
import { findProvider } from '@/utils/models/providers';
import type { Connection, ImagePart } from '@/utils/models/types';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const webp = [...'RIFF0000WEBP'].map((character) => character.charCodeAt(0));

const connection = (providerId: string, vision?: boolean): Connection => {
  const provider = findProvider(providerId);
  if (!provider) throw new Error(`There is no provider ${providerId}`);
  return { provider, baseUrl: '', model: { id: 'm', name: 'the model', window: 1_000_000, vision } };
};
const image = (data = 'iVBORw0KGgo='): ImagePart => ({ type: 'image', mediaType: 'image/png', data });
const turn = (id: string, ...images: ImagePart[]) => ({ id, images });

describe('a picture that is added', () => {
  it('is taken byte for byte, whatever its length', async () => {
    for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000]) {
      const bytes = Uint8Array.from([...png, ...Array.from({ length }, (_, index) => (index * 31) % 256)]);
      const { data, mediaType, name } = await readImage(new File([bytes], 'gauge.png'), 'Picture 1');
      expect({ mediaType, name }).toEqual({ mediaType: 'image/png', name: 'gauge.png' });
      expect(Buffer.from(data, 'base64').equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it.each([
    ['image/png', png],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/gif', [...'GIF89a'].map((character) => character.charCodeAt(0))],
    ['image/webp', webp],
  ])('is known as %s by its first bytes', async (mediaType, bytes) => {
    const file = new File([Uint8Array.from(bytes)], 'wrong.txt', { type: 'text/plain' });
    expect((await readImage(file, 'Picture 1')).mediaType).toBe(mediaType);
  });

  it('has a name also without one', async () => {
    expect((await readImage(new Blob([Uint8Array.from(png)]), 'Picture 3')).name).toBe('Picture 3');
  });

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', '', 'RIFF0000WAVE'])(
    'is refused when it is none: %j',
    async (text) => {
      const file = new File([text], 'picture.png', { type: 'image/png' });
      await expect(readImage(file, 'x')).rejects.toMatchObject({
        code: 'image-kind',
        facts: { name: 'picture.png' },
      });
    },
  );
});

describe('pictures before they are sent', () => {
  const refusal = (...given: Parameters<typeof checkImages>): AppError | undefined => {
    try {
      checkImages(...given);
    } catch (error) {
      return error as AppError;
    }
    return undefined;
  };

  it('go to a model that sees', () => {
    expect(refusal([], turn('a', image()), connection('openai', true))).toBeUndefined();
  });

  it('are refused for a model that does not see, or of which nobody knows it', () => {
    for (const vision of [false, undefined]) {
      expect(refusal([turn('a', image())], turn('b', image()), connection('openai', vision))).toMatchObject({
        code: 'no-vision',
        facts: { model: 'the model', images: 2 },
      });
    }
  });

  it('count once when a question is asked again', () => {
    const again = turn('a', image());
    expect(refusal([again], again, connection('openai'))?.facts.images).toBe(1);
  });

  it('hinder nobody who has none', () => {
    expect(refusal([turn('a')], { id: 'b' }, connection('openai'))).toBeUndefined();
  });

  it('hinder the built-in reader only with the question itself: it is not told of earlier ones', () => {
    expect(refusal([turn('a', image())], { id: 'b' }, connection('excerpts'))).toBeUndefined();
    expect(refusal([], turn('b', image()), connection('excerpts'))?.code).toBe('no-vision');
  });

  it('are never made smaller: what is over the limit of a vendor is refused with numbers', () => {
    const large = (bytes: number) => image(Buffer.alloc(bytes).toString('base64'));
    const limit = 5 * 2 ** 20;
    expect(refusal([], turn('a', large(limit)), connection('anthropic', true))).toBeUndefined();
    expect(refusal([], turn('a', large(limit + 1)), connection('anthropic', true))).toMatchObject({
      code: 'image-too-large',
      facts: { megabytes: 5.1, limit: 5, provider: 'Anthropic' },
    });
    expect(refusal([], turn('a', large(limit + 1)), connection('openai', true))).toBeUndefined();
  });
});
