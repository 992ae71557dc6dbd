/** What other translators leave in a page: of browsers, and of extensions. Two at once undo each other without end. */

const classes = /(?:^|\s)translated-(?:ltr|rtl)(?:\s|$)/;
const theirs =
  '[_mstmutation], .immersive-translate-target-wrapper, .read-frog-translated-content-wrapper, kiss-translator, .fluent-read-bilingual-content, [data-fr-translation-owned]';

/** Whether an element that came to the page, or the root of it, was made what it is by another translator. */
export function isByOther(element: Element): boolean {
  if (element === element.ownerDocument.documentElement) return classes.test(element.className);
  if (element.localName === 'font') {
    // Google Translate puts every text into two of them.
    const inner = element.firstElementChild ?? element;
    return /vertical-align:\s*inherit/.test(inner.getAttribute('style') ?? '');
  }
  return element.matches(theirs);
}
