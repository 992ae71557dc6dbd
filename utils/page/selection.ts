/** What is selected on a page, whole, as a reading of its own. */

import { AppError } from '../errors';
import { type PageReading, type ReadPageOptions, readPage } from '.';
import { detectLanguage } from './language';
import { readPlain } from './plain';
import { createWithin, ownRanges } from './within';
import { ownTextsOf, written } from './written';

/** Gaps that say something of the page around a selection and nothing of what was selected. */
const aboutThePage = new Set([
  'not-loaded',
  'still-loading',
  'transcript',
  'export',
  'undrawn-lines',
  'furniture',
]);

/**
 * Reads what is selected, as it stands on the page: headings, lists and tables stay what they are, text that nobody
 * can see is left out and counted. Undefined when nothing is selected.
 */
export async function readSelection(
  document: Document,
  options: Pick<ReadPageOptions, 'shadowRootOf' | 'trace'> = {},
): Promise<PageReading | undefined> {
  const field = selectedInField(document.activeElement);
  if (field) return plainSelection(field, document);
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return undefined;
  const ranges = ownRanges(
    Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index)),
  );
  try {
    const {
      coverage: _,
      choices: __,
      ...reading
    } = await readPage(document, {
      ...options,
      mode: 'everything',
      ranges,
    });
    const gaps = reading.gaps.filter(({ why }) => !aboutThePage.has(why));
    return { ...reading, kind: 'selection', gaps };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'page-empty') throw error;
    // A word or two: for a page that would be nothing.
    const words = written() ? ranges.map(wordsIn).join('\n') : selection.toString();
    return words.trim() ? plainSelection(words, document) : undefined;
  }
}

/** The page's own words in a range. */
function wordsIn(range: Range): string {
  const within = createWithin([range]);
  const around = range.commonAncestorContainer;
  if (around.nodeType === 3 /* Node.TEXT_NODE */) return within.partOf(around as Text);
  const walker = ownTextsOf(around);
  let words = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) words += within.partOf(node as Text);
  return words;
}

const plainSelection = (words: string, document: Document): PageReading => ({
  ...readPlain(words, {
    kind: 'selection',
    title: document.title.trim(),
    url: document.location?.href,
    lang: detectLanguage(document, words),
  }),
  elements: [],
  frames: [],
});

/** What is selected in a field for text: pages keep it apart from their own selection. */
function selectedInField(element: Element | null): string | undefined {
  if (!element || !/^(TEXTAREA|INPUT)$/.test(element.nodeName)) return undefined;
  const { type, value, selectionStart, selectionEnd } = element as HTMLInputElement;
  // What is typed as a secret is nobody's to read.
  if (type === 'password' || selectionStart === null || selectionEnd === null) return undefined;
  return value.slice(selectionStart, selectionEnd).trim()
    ? value.slice(selectionStart, selectionEnd)
    : undefined;
}
