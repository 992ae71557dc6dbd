import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { longChinesePage } from '../fixtures/long-chinese-page.ts';
import { longEnglishPage } from '../fixtures/long-english-page.ts';
import { paragraphsOfPage } from '../fixtures/long-page.ts';

/** The HTML file behind a path of the page server. */
const files: Record<string, string> = {
  '/article': 'article.html',
  '/loading': 'article.html',
  '/zh-article': 'zh-article.html',
  '/no-article': 'no-article.html',
  '/empty': 'empty.html',
  '/spa': 'spa.html',
  '/spa/second': 'spa.html',
};

/** Content of the fixture behind a path, or undefined when no file is. */
export function fixture(path: string): string | undefined {
  const file = files[path];
  return file && readFileSync(new URL(`../fixtures/pages/${file}`, import.meta.url), 'utf8');
}

/**
 * Plain text of every paragraph of the article behind a path of the page server, in order. Of `/no-article` the
 * three paragraphs of a news box, which Readability takes for the article, and the 30 list entries it loses.
 */
export function paragraphsOf(path: string): string[] {
  if (path === '/long-zh') return paragraphsOfPage(longChinesePage());
  if (path === '/big') return paragraphsOfPage(longEnglishPage());
  const html = fixture(path);
  if (html === undefined) throw new Error(`The page server has no ${path}.`);
  const { document } = new JSDOM(html).window;
  let root: ParentNode = document;
  if (path.startsWith('/spa')) {
    const name = path === '/spa' ? 'first' : 'second';
    root = (document.getElementById(name) as HTMLTemplateElement).content;
  }
  const paragraphs = root.querySelectorAll(path === '/no-article' ? 'p, li' : 'article p');
  return Array.from(paragraphs, (element) => {
    for (const button of element.querySelectorAll('button')) button.remove();
    // Browsers draw these around a <q>; they are not in its text.
    for (const quotation of element.querySelectorAll('q'))
      quotation.replaceWith('“', ...quotation.childNodes, '”');
    return fold(element.textContent ?? '');
  });
}

/**
 * The paragraphs that `prompt` does not contain word for word. Markdown's marks for links and emphasis may stand
 * between the words; nothing else may.
 */
export function missingFrom(prompt: string, paragraphs: string[]): string[] {
  const plain = prompt.replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1').replace(/\*+|`+/g, '');
  return paragraphs.filter((paragraph) => !prompt.includes(paragraph) && !plain.includes(paragraph));
}

const fold = (text: string) => text.replace(/\s+/g, ' ').trim();
