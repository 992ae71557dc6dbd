import { describe, expect, it, vi } from 'vitest';
import { fitPicture, fitPictures } from '@/utils/chat/fit-pictures';
import { pictureFacts } from '@/utils/files/picture-size';
import { largestSide, pictureLimits } from '@/utils/models/picture-limits';
import { findProvider } from '@/utils/models/providers';
import type { ImagePart, Provider, Request } from '@/utils/models/types';

const provider = (id: string): Provider => {
  const found = findProvider(id);
  if (!found) throw new Error(`There is no provider ${id}`);
  return found;
};
let count = 0;
const image = (width: number, height: number, bytes = 600): ImagePart => ({
  type: 'image',
  mediaType: 'image/png',
  data: Buffer.alloc(bytes, ++count).toString('base64'),
  width,
  height,
});
const scaler = () =>
  vi.fn(async (_: Blob, { side, bytes }: { side: number; bytes: number }) => ({
    mediaType: 'image/jpeg' as const,
    bytes: new Uint8Array(Math.min(bytes, 100)),
    width: Math.min(side, 3_000),
    height: 10,
  }));
const request = (...parts: (string | ImagePart)[]) =>
  ({ messages: [{ role: 'user', parts }] }) as unknown as Request;

describe('a picture on its way to a model', () => {
  it('is the same object where the vendor takes it as it is', async () => {
    const whole = request('What is this?', image(6_000, 4_000));
    expect(await fitPictures(whole, { provider: provider('openai') }, scaler())).toBe(whole);
  });

  it('is scaled to what Anthropic takes, once, and the original stays', async () => {
    const scale = scaler();
    const large = image(9_000, 4_000);
    const asked = request(large, 'What is this?');
    const fitted = await fitPictures(asked, { provider: provider('anthropic') }, scale);
    expect(scale).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ side: 8_000 }));
    expect(asked.messages[0]?.parts[0]).toBe(large);
    const again = await fitPictures(asked, { provider: provider('anthropic') }, scale);
    expect(again.messages).toEqual(fitted.messages);
    expect(scale).toHaveBeenCalledTimes(1);
  });

  it('keeps what is said of it where another one has the same bytes, and is not taken for one that is alike', async () => {
    const scale = vi.fn(async (picture: Blob) => ({
      mediaType: 'image/jpeg' as const,
      bytes: new Uint8Array(await picture.arrayBuffer()).slice(4_900, 5_000),
      width: 10,
      height: 10,
    }));
    const bytes = Buffer.alloc(9_000, 7);
    const page = (number: number, data = bytes): ImagePart => ({
      ...image(9_000, 4_000),
      data: data.toString('base64'),
      caption: `[report.pdf, page ${number}]`,
    });
    // A scanner begins and ends its files alike.
    const other = Buffer.from(bytes).fill(9, 4_000, 5_000);
    const { messages } = await fitPictures(
      request(page(3), page(7), page(8, other)),
      { provider: provider('anthropic') },
      scale,
    );
    const parts = messages[0]?.parts as ImagePart[];
    expect(parts.map(({ caption }) => caption)).toEqual(
      [3, 7, 8].map((number) => `[report.pdf, page ${number}]`),
    );
    expect(parts[1]?.data).toBe(parts[0]?.data);
    expect(parts[2]?.data).not.toBe(parts[0]?.data);
    expect(scale).toHaveBeenCalledTimes(2);
  });

  it('has fewer pixels where there are many, and another kind where the vendor takes no other', async () => {
    const anthropic = pictureLimits(provider('anthropic'));
    expect([largestSide(anthropic, 20), largestSide(anthropic, 21)]).toEqual([8_000, 2_000]);
    const webp: ImagePart = { ...image(10, 10), mediaType: 'image/webp' };
    const fitted = await fitPicture(webp, pictureLimits(provider('xai')), 1, scaler());
    expect(fitted.mediaType).toBe('image/jpeg');
  });

  it('is made smaller with the others where all of them are too large together', async () => {
    const scale = scaler();
    const three = request(...[1, 2, 3].map(() => image(10, 10, 5 * 2 ** 20)), image(10, 10));
    const google = provider('google');
    const fitted = await fitPictures(three, { provider: google }, scale);
    expect(scale).toHaveBeenCalledTimes(3);
    // The small one stays as it is.
    expect(fitted.messages[0]?.parts[3]).toBe(three.messages[0]?.parts[3]);
  });
});

describe('the first bytes of a picture', () => {
  it('say how large it is and which way is up', () => {
    const png = new Uint8Array(24);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    new DataView(png.buffer).setUint32(16, 640);
    new DataView(png.buffer).setUint32(20, 480);
    expect(pictureFacts(png)).toEqual({ mediaType: 'image/png', width: 640, height: 480, orientation: 1 });

    const exif = [
      ...[0xff, 0xe1, 0, 34],
      ...[...'Exif\0\0'].map((letter) => letter.charCodeAt(0)),
      ...[0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0],
      ...[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0],
      ...[0, 0, 0, 0],
    ];
    const frame = [0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80];
    const jpeg = Uint8Array.from([0xff, 0xd8, ...exif, ...frame]);
    expect(pictureFacts(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480, orientation: 6 });
  });

  it('that break off say what they can', () => {
    expect(pictureFacts(Uint8Array.from([0xff, 0xd8, 0xff]))).toEqual({
      mediaType: 'image/jpeg',
      orientation: 1,
    });
    expect(pictureFacts(new Uint8Array())).toBeUndefined();
  });
});
