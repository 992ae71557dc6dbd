import { isClobbered } from '../clobbered';
import { dataOf, isOwnElement } from '../written';
import { type Colour, looksAlike, parseColour, white } from './colours';
import { firstText } from './tree';

/** What the page's style sheets say of text in the colour of what is behind it. */
export interface StyleSheets {
  /**
   * `loaded`: they are there, so that whoever wrote the page meant its colours. `missing`: one that did not load may
   * have had the colour behind. `useless`: without it most of the page is in the colour of its background.
   */
  state(): 'loaded' | 'missing' | 'useless';
}

export function createStyleSheets(document: Document, view: Window): StyleSheets {
  let known: ReturnType<StyleSheets['state']> | undefined;
  return {
    state() {
      known ??= !isMissing(document) ? 'loaded' : shareAlike(document, view) > half ? 'useless' : 'missing';
      return known;
    },
  };
}

const half = 0.5;

/** Sheets of other sites keep their rules to themselves, so that nothing is known of them. */
function isMissing(document: Document): boolean {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet" i][href]');
  return [...links].some(({ sheet, disabled, rel, href }) => {
    if (disabled || /\balternate\b/i.test(rel)) return false;
    return !sheet || isClosed(sheet, href, document) || wasRefused(href, document.defaultView);
  });
}

/** A sheet of the page's own site lets its rules be read, unless it broke off on its way. */
function isClosed(sheet: CSSStyleSheet, address: string, document: Document): boolean {
  try {
    return sheet.cssRules === null;
  } catch {
    return URL.canParse(address) && new URL(address).origin === document.location?.origin;
  }
}

/** What a server says in place of a sheet may be taken for one without rules. */
function wasRefused(address: string, view: Window | null): boolean {
  const entries = view?.performance?.getEntriesByName?.(address) ?? [];
  return entries.some((entry) => (entry as PerformanceResourceTiming).responseStatus >= 400);
}

/** Elements looked at to tell what the page looks like. */
const enough = 3_000;

/** The share of the page's displayed text that has the colour of its background. */
function shareAlike(document: Document, view: Window): number {
  const backdrops = new Map<Element, Colour | undefined>();
  const backdropOf = (element: Element): Colour | undefined => {
    const path: Element[] = [];
    let colour: Colour | undefined = white;
    for (let at: Element | null = element; at && !isClobbered(at); at = at.parentElement) {
      if (backdrops.has(at)) {
        colour = backdrops.get(at);
        break;
      }
      path.push(at);
      const { backgroundColor, backgroundImage } = view.getComputedStyle(at);
      const own = parseColour(backgroundColor);
      if (backgroundImage === 'none' && (own?.alpha ?? 0) < 0.5) continue;
      colour = backgroundImage === 'none' ? own : undefined;
      break;
    }
    for (const at of path) backdrops.set(at, colour);
    return colour;
  };
  let all = 0;
  let alike = 0;
  let seen = 0;
  for (const element of document.body?.querySelectorAll('*') ?? []) {
    if (++seen > enough) break;
    if (isClobbered(element) || isOwnElement(element)) continue;
    const text = firstText(element);
    const length = text ? dataOf(text).trim().length : 0;
    if (length === 0 || !element.checkVisibility()) continue;
    all += length;
    const colour = parseColour(view.getComputedStyle(element).color);
    const backdrop = backdropOf(element);
    if (colour && backdrop && looksAlike(colour, backdrop)) alike += length;
  }
  return alike / Math.max(1, all);
}
