import { eachOf } from './dom';

const lazyAddresses = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-actualsrc',
  'data-original-src',
  'data-url',
];
const placeholder =
  /^data:|^about:|(?:^|\/)(?:blank|spacer|placeholder|loading|lazy|pixel|transparent|1x1)[\w-]*\.(?:gif|png|svg|webp)/i;

/** Gives every image the address of its picture, and takes out images that only count visitors. */
export function* normalizeImages(page: Document): Generator<void> {
  yield* eachOf(page, 'img', (image) => {
    if (isPixel(image)) {
      image.remove();
      return;
    }
    const source = image.getAttribute('src') ?? '';
    if (source && !placeholder.test(source)) return;
    const address = lazyAddress(image);
    if (address) image.setAttribute('src', address);
  });
}

const isPixel = (image: Element) =>
  ['width', 'height'].every((name) => /^[01](?:px)?$/.test(image.getAttribute(name) ?? ''));

function lazyAddress(image: Element): string {
  for (const name of lazyAddresses) {
    const value = image.getAttribute(name);
    if (value) return value;
  }
  const own = largest(image.getAttribute('srcset') ?? image.getAttribute('data-srcset') ?? '');
  if (own || image.parentElement?.localName !== 'picture') return own;
  for (const source of image.parentElement.children) {
    const set = source.getAttribute('srcset') ?? source.getAttribute('data-srcset') ?? '';
    if (source.localName === 'source' && set) return largest(set);
  }
  return '';
}

/** The last and as a rule largest picture of a `srcset`. */
function largest(set: string): string {
  const candidates = set.split(/,\s+/).map((entry) => entry.trim().split(/\s+/)[0] ?? '');
  return candidates.at(-1) ?? '';
}
