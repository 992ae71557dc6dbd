/** What vendors take of pictures, as data. What no vendor has written down limits nothing here. */

import type { Provider } from './types';

export interface PictureLimits {
  /** Of one picture, before it is written as Base64. */
  bytes: number;
  /** Pixels of its longer side. */
  side?: number;
  /** The same once a request has more than so many pictures. */
  many?: { above: number; side: number };
  /** Pictures of a request. */
  count?: number;
  /** Of all pictures of a request together, before they are written as Base64. */
  total?: number;
  /** Media types, where they are fewer than PNG, JPEG, WebP and GIF. */
  kinds?: string[];
}

const megabyte = 2 ** 20;
/** A request of so many megabytes, of which Base64 makes four thirds and the texts need some. */
const request = (megabytes: number) => Math.floor((megabytes * megabyte * 3) / 4) - 2 * megabyte;

/** OpenAI's limit for one picture, which most took over. */
const usual: PictureLimits = { bytes: 20 * megabyte };

/** By provider. The vendors' own pages on vision, read in November 2026 or as they were last known. */
const byProvider: Record<string, PictureLimits> = {
  // platform.claude.com, “Vision”: 5 MB, 8,000 pixels, 2,000 with more than 20 pictures, 600 (100 with windows of
  // 200,000 tokens) in a request of 32 MB.
  anthropic: {
    bytes: 5 * megabyte,
    side: 8_000,
    many: { above: 20, side: 2_000 },
    count: 600,
    total: request(32),
  },
  // platform.openai.com, “Images and vision”: 500 pictures, 50 MB in all.
  openai: { bytes: 20 * megabyte, count: 500, total: request(50) },
  // ai.google.dev, “Image understanding”: 20 MB for a request with everything in it, 3,600 pictures.
  google: { bytes: request(20), count: 3_600, total: request(20) },
  // docs.x.ai, “Image understanding”: 20 MB, JPEG and PNG.
  xai: { bytes: 20 * megabyte, kinds: ['image/jpeg', 'image/png'] },
  // docs.mistral.ai, “Vision”: 10 MB.
  mistral: { bytes: 10 * megabyte },
  // console.groq.com, “Vision”: 4 MB as Base64, five pictures, 33 megapixels.
  groq: { bytes: 3 * megabyte, count: 5, total: request(20) },
  // help.aliyun.com, “视觉理解”: 10 MB as Base64.
  qwen: { bytes: Math.floor(7.5 * megabyte) },
  'qwen-china': { bytes: Math.floor(7.5 * megabyte) },
  // docs.bigmodel.cn, vision models: 5 MB, 6,000 pixels.
  zai: { bytes: 5 * megabyte, side: 6_000 },
  zhipu: { bytes: 5 * megabyte, side: 6_000 },
};

export function pictureLimits({ id, wire }: Pick<Provider, 'id' | 'wire'>): PictureLimits {
  // A company's own gateway to a vendor has that vendor's limits.
  return byProvider[id] ?? byProvider[wire] ?? usual;
}

/** Pixels that the longer side may have in a request with so many pictures. */
export const largestSide = ({ side = Number.POSITIVE_INFINITY, many }: PictureLimits, pictures: number) =>
  many && pictures > many.above ? Math.min(side, many.side) : side;
