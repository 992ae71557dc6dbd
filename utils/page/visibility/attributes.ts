import { findDisclosures, isRestOfDetails } from './disclosures';
import type { Judge, Judgement } from './judge';

/** For documents without layout: an element is hidden only when an attribute of its own or above it says so. */
export function createAttributeJudge(document: Document): Judge {
  const disclosures = findDisclosures(document);
  return (element, above) => {
    if (above?.hidesSubtree) return above;
    const style = (element as Partial<HTMLElement>).style;
    const invisible = style?.visibility
      ? style.visibility !== 'visible'
      : above?.scene.invisible === 'hidden';
    const reason = reasonOf(element, style) ?? (invisible ? 'invisible' : '');
    const opens = reason !== '' && disclosures.isClosed(element);
    const untilFound = element.getAttribute('hidden') === 'until-found';
    const closed = opens || untilFound || isRestOfDetails(element) || above?.scene.closed === true;
    const hidden = reason !== '' && !opens;
    const visibility: Judgement['visibility'] = hidden ? 'hidden' : closed ? 'collapsed' : 'visible';
    return {
      visibility,
      reason: hidden ? reason : '',
      hidesSubtree: hidden && reason !== 'invisible',
      scene: {
        closed,
        opacity: 1,
        paintedText: false,
        fixed: false,
        invisible: invisible && !opens ? 'hidden' : undefined,
      },
    };
  };
}

function reasonOf(element: Element, style: CSSStyleDeclaration | undefined): string | undefined {
  const hidden = element.getAttribute('hidden');
  if (style?.display === 'none' || (hidden !== null && hidden !== 'until-found')) return 'not displayed';
  return style?.opacity && Number(style.opacity) === 0 ? 'transparent' : undefined;
}
