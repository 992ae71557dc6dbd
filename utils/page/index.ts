/**
 * Document -> Reading. Knows the DOM and nothing else: no browser API, no storage, no network.
 * It runs inside the page, in the reader content script.
 */

import { AppError } from '../errors';
import { type Gap, numberPassages, type Reading } from '../source';
import { extractArticle, wholeBody } from './article';
import { type MeasuredCoverage, measureCoverage, visibleText } from './coverage';
import { detectLanguage } from './language';
import { toMarkdown } from './markdown';
import { splitPassages } from './segments';
import { copyVisible, createVisibility } from './visibility';

export interface ReadPageOptions {
  /** `article`: the main text, recovered when the extraction lost some. `everything`: all that is visible. */
  mode?: 'article' | 'everything';
  /** Called with one line per decision, for debugging. */
  trace?: (line: string) => void;
}

/**
 * The share of the page's visible prose that Readability may leave out before its choice is dropped in
 * favour of the whole body. Readability keeps a median of 99 % of real articles and loses whole regions
 * elsewhere (one page in eight loses over half), so a small figure separates the two.
 */
const tolerableLoss = 0.1;

/** Less text than this (characters without white space) is an empty page. */
const minimumText = 20;

/**
 * Reads the whole page as it stands now.
 * @throws AppError `page-empty` when there is no text to read.
 */
export function readPage(document: Document, { mode = 'article', trace }: ReadPageOptions = {}): Reading {
  const visibility = createVisibility(document);
  const visible = visibleText(document, visibility);
  const page = copyVisible(document, visibility);
  const prose = visible.prose + visible.furniture;
  trace?.(`visible: ${visible.prose} characters of prose, ${visible.furniture} of furniture`);

  const article = mode === 'article' ? extractArticle(page) : undefined;
  const articleCoverage = article && measureCoverage(visible, article.content, article.title);
  const loss = articleCoverage ? 1 - articleCoverage.read / Math.max(1, visible.prose) : 1;
  trace?.(article ? `article leaves out ${Math.round(loss * 100)} % of the prose` : 'no article');

  const useArticle = article && articleCoverage && loss <= tolerableLoss;
  // A page that is all navigation (a directory, a start page) is read with its navigation.
  const withFurniture = mode === 'everything' || visible.prose < prose * 0.3;
  const content = useArticle ? article.content : wholeBody(page, { withFurniture });
  const coverage = useArticle ? articleCoverage : measureCoverage(visible, content);

  const title = article?.title || document.title || document.location?.hostname || '';
  const passages = splitPassages(toMarkdown(content));
  const numbered = numberPassages(passages);
  const letters = passages.reduce((sum, { text }) => sum + text.replace(/\s+/g, '').length, 0);
  if (letters < minimumText) {
    throw new AppError('page-empty', {
      images: document.images.length,
      frames: document.querySelectorAll('iframe, frame').length,
    });
  }
  return {
    kind: 'tab',
    title: title.trim(),
    url: document.location?.href ?? document.baseURI,
    lang: detectLanguage(document, numbered.text),
    ...numbered,
    coverage: { visible: coverage.visible, read: coverage.read },
    gaps: findGaps(document, coverage, {
      furniture: Math.max(0, visible.furniture - coverage.extra),
      hidden: visible.hidden,
    }),
  };
}

function findGaps(
  document: Document,
  coverage: MeasuredCoverage,
  { furniture, hidden }: { furniture: number; hidden: number },
): Gap[] {
  const gaps: Gap[] = [];
  const missing = coverage.visible - coverage.read;
  if (missing > 0) gaps.push({ why: 'outside-article', size: missing, sample: coverage.sample });
  if (furniture > 0) gaps.push({ why: 'furniture', size: furniture });
  if (hidden > 0) gaps.push({ why: 'hidden', size: hidden });
  const frames = [...document.querySelectorAll<HTMLElement>('iframe, frame')].filter(
    (frame) => frame.clientWidth > 50 && frame.clientHeight > 50,
  ).length;
  if (frames > 0) gaps.push({ why: 'frame', size: frames });
  if (document.readyState === 'loading') gaps.push({ why: 'still-loading', size: 0 });
  return gaps;
}
