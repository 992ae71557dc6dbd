import type { Gap } from '../source';
import { stride } from './select/steps';
import { isOwnElement, ownAround, wordsOf } from './written';

/** What people press to get the next part of a list, in the languages that sites mostly speak. */
const moreLabel =
  /^(?:(?:load|show|view|see|read) (?:\d[\d,.]* )?more\b.{0,40}|more (?:comments|replies|results|posts)|next page|(?:加载|查看|显示|展开)(?:更多|全部|其余).{0,20}|更多(?:评论|回复|结果)|点击加载更多|もっと見る|더 ?보기|mehr (?:laden|anzeigen)|afficher plus|voir plus|cargar más|mostrar más|ver más)\s*[.…›»⌄▾]*$/i;

/**
 * Lists of which the page holds only a part: they say how long they are (`aria-setsize`, `aria-rowcount`), or end with
 * a button for more. `size` is the number of entries that are not there, 0 when the page does not say. Yields now and
 * then, for pauses.
 */
export function* findUnloaded(document: Document): Generator<void, Gap[]> {
  let missing = 0;
  let steps = 0;
  const sets = new Map<Element, { size: number; entries: number }>();
  for (const entry of document.querySelectorAll('[aria-setsize]')) {
    if (++steps % stride === 0) yield;
    const size = countOf(entry, 'aria-setsize');
    const list = entry.parentElement;
    if (!list || !isShown(entry)) continue;
    const set = sets.get(list) ?? { size: 0, entries: 0 };
    sets.set(list, { size: Math.max(set.size, size), entries: set.entries + 1 });
  }
  for (const { size, entries } of sets.values()) missing += Math.max(0, size - entries);
  yield;
  for (const grid of document.querySelectorAll('[aria-rowcount]')) {
    yield;
    const rows = grid.querySelectorAll('[role=row], tr').length;
    missing += Math.max(0, countOf(grid, 'aria-rowcount') - rows);
  }
  const feeds = document.querySelector('[role=feed]');
  yield;
  let hasMore = missing > 0;
  for (const button of hasMore ? [] : document.querySelectorAll('button, [role=button], a')) {
    if (++steps % stride === 0) yield;
    hasMore = isMoreButton(button);
    if (hasMore) break;
  }
  if (missing === 0 && !hasMore && !feeds) return [];
  return [{ why: 'not-loaded', size: missing }];
}

/** A number that a page gives of its entries; -1 and what is no such number say nothing. */
function countOf(element: Element, attribute: string): number {
  const written = element.getAttribute(attribute)?.trim() ?? '';
  return /^\d{1,9}$/.test(written) ? Number(written) : 0;
}

function isMoreButton(element: Element): boolean {
  // A link to the next page of an archive is a link; one that stays on the page loads more of it.
  if (element.nodeName === 'A' && !/^(?:#|javascript:|$)/i.test(element.getAttribute('href') ?? ''))
    return false;
  // Disclosures hold their text in the page already.
  if (element.hasAttribute('aria-controls') || element.hasAttribute('aria-expanded')) return false;
  if ([...element.querySelectorAll('button, [role=button], a')].some((inner) => !ownAround(inner)))
    return false;
  if (elementsIn(element) > 6 || wordsOf(element).length > 200) return false;
  return (
    moreLabel.test(wordsOf(element).replace(/\s+/g, ' ').trim()) && isShown(element) && !ownAround(element)
  );
}

const elementsIn = (element: Element) =>
  element.childElementCount - [...element.children].filter(isOwnElement).length;

const isShown = (element: Element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
