/** Pictures that the browser decodes: in forms that models take, upright, and no larger than a model takes them. */

import { AppError } from '../errors';

export interface DrawnPicture {
  mediaType: 'image/png' | 'image/jpeg';
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** Nobody sees a difference above this. */
const quality = 0.95;
/** A drawing compresses well without loss; of a photograph a PNG has more bytes than this for each pixel. */
const photographBytes = 1.2;
/** Pixels that are decoded: more is an attack or needs more memory than there is. */
const mostPixels = 200_000_000;
/** Pixels of the longer side of a drawing without a size of its own. */
const drawingSide = 2_000;

/**
 * A picture of any kind that this browser knows as a PNG, or as a JPEG where it is a photograph; turned upright.
 * @throws AppError image-kind: the browser cannot decode it
 */
export async function redrawn(file: Blob, name: string): Promise<DrawnPicture> {
  const image = await decoded(file, name);
  try {
    const { width, height } = image;
    if (width * height > mostPixels) throw new AppError('image-kind', { name });
    return await written(image, width, height, { mayBePng: true });
  } finally {
    image.close();
  }
}

/** Tries at most: each makes the picture smaller by as much as it is too large. */
const tries = 8;

/**
 * A picture no larger than this: first its sides, then its bytes.
 * @throws AppError image-kind: the browser cannot decode it, image-too-large
 */
export async function scaledTo(
  file: Blob,
  { side, bytes, name }: { side: number; bytes: number; name: string },
): Promise<DrawnPicture> {
  const image = await decoded(file, name);
  try {
    let scale = Math.min(1, side / Math.max(image.width, image.height));
    for (let attempt = 0; attempt < tries; attempt++) {
      const width = Math.max(1, Math.round(image.width * scale));
      const height = Math.max(1, Math.round(image.height * scale));
      const drawn = await written(image, width, height, { mayBePng: file.type !== 'image/jpeg' });
      if (drawn.bytes.length <= bytes) return drawn;
      // Without loss it is too large; with a little it may fit at this size.
      if (drawn.mediaType === 'image/png') {
        const photograph = await written(image, width, height, { mayBePng: false });
        if (photograph.bytes.length <= bytes) return photograph;
        scale *= Math.min(0.9, Math.sqrt(bytes / photograph.bytes.length) * 0.97);
      } else scale *= Math.min(0.9, Math.sqrt(bytes / drawn.bytes.length) * 0.97);
    }
    throw new AppError('image-too-large', { name });
  } finally {
    image.close();
  }
}

async function written(
  image: ImageBitmap,
  width: number,
  height: number,
  { mayBePng }: { mayBePng: boolean },
): Promise<DrawnPicture> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new AppError('ocr-failed', { name: '' });
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  if (mayBePng) {
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    if (blob.size <= width * height * photographBytes)
      return { mediaType: 'image/png', bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
  }
  // What is transparent would turn black.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return { mediaType: 'image/jpeg', bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
}

/** Turned as the camera says. Drawings (SVG) only an element can load: nothing in them runs or is fetched there. */
async function decoded(file: Blob, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    if (typeof Image === 'undefined' || !(await isDrawing(file)))
      throw new AppError('image-kind', { name }, error);
  }
  const url = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
  try {
    const element = new Image();
    element.src = url;
    await element.decode();
    const { naturalWidth = 0, naturalHeight = 0 } = element;
    const ratio = naturalWidth && naturalHeight ? naturalWidth / naturalHeight : 1;
    const longer = Math.max(naturalWidth, naturalHeight, drawingSide);
    const resizeWidth = Math.round(ratio >= 1 ? longer : longer * ratio);
    const resizeHeight = Math.round(ratio >= 1 ? longer / ratio : longer);
    return await createImageBitmap(element, { resizeWidth, resizeHeight, resizeQuality: 'high' });
  } catch (error) {
    throw new AppError('image-kind', { name }, error);
  } finally {
    URL.revokeObjectURL(url);
  }
}

const isDrawing = async (file: Blob) => /<svg[\s>]/i.test(await file.slice(0, 2_000).text());
