import { renderPassages } from '../../page/markdown';
import { normalize } from '../../page/normalize';
import type { Gap, Passage } from '../../source';
import { asDocument, asElement, type LightDocument } from './dom';
import { hiddenIn } from './hidden';
import { type HtmlOptions, parseHtml } from './parse';

export interface HtmlText {
  passages: Passage[];
  /** What is not in the text: hidden and concealed words, frames of other pages, pictures. */
  gaps: Gap[];
  /** From its `<title>`. */
  title?: string;
  /** BCP 47, as it says. */
  lang?: string;
}

/**
 * HTML, or XHTML, as passages by the rules by which web pages are written down: headings, lists with their numbers,
 * tables with spans, code with its language, formulas as LaTeX, notes. Linear in the text.
 */
export function htmlPassages(html: string, options: HtmlOptions = {}): HtmlText {
  return passagesOfHtml(parseHtml(html, options));
}

/** The same of a document that was parsed and maybe changed. */
export function passagesOfHtml(document: LightDocument): HtmlText {
  const title = document.querySelector('title')?.textContent.replace(/\s+/g, ' ').trim();
  const lang =
    document.documentElement.lang || document.body.lang || document.documentElement.getAttribute('xml:lang');
  const { dropped, gaps } = hiddenIn(document);
  const frames = document.querySelectorAll('iframe[src], frame[src], object[data], embed[src]').length;
  normalize(asDocument(document));
  const pictures = document.body.querySelectorAll('img').length;
  const passages: Passage[] = [];
  const nodes = dropped as Set<unknown>;
  for (const { text, kind } of renderPassages(asElement(document.body), (node) => nodes.has(node)))
    passages.push({ text, kind });
  if (frames > 0) gaps.push({ why: 'frame', size: frames });
  if (pictures > 0) gaps.push({ why: 'pictures', size: pictures });
  return { passages, gaps, ...(title ? { title } : {}), ...(lang ? { lang } : {}) };
}
