import { sizeOf } from '../flatten';
import { isFurniture } from '../furniture';
import type { DropReason } from '../select';

/** A sentence or two in one piece: words that somebody may have come for. */
const proseSize = 80;

/**
 * What text is that a site adapter did not take: the site's own furniture, or prose that it missed, which is then
 * shown as missing instead of passed over.
 */
export function leftOverReason(text: Text): DropReason {
  if (sizeOf(text.data) < proseSize) return 'furniture';
  for (let element = text.parentElement; element; element = element.parentElement) {
    if (element.nodeName === 'A' || isFurniture(element)) return 'furniture';
  }
  return 'outside-article';
}
