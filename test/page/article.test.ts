// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readability } from '@mozilla/readability';
import { describe, expect, it } from 'vitest';
import { mayAskReadability, readabilityChoice } from '@/utils/page/article';

function pageOf(html: string): Document {
  const page = document.implementation.createHTMLDocument('The ferry');
  page.body.innerHTML = html;
  return page;
}
function textsOf(root: Node): Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

const sentence =
  'The ferry crossed twice a day, and in the evening its keeper wrote down who had come over, what they carried, and how the water had been.';
const paragraphs = Array.from({ length: 8 }, (_, index) => `<p>${sentence} (${index})</p>`).join('');

describe('what Readability chooses', () => {
  it('is told as the text nodes of the page itself, which stays as it is', () => {
    const page = pageOf(
      `<nav><a href="/">Home</a></nav><article>${paragraphs}</article><footer>Imprint</footer>`,
    );
    const before = page.body.innerHTML;
    const choice = readabilityChoice(page);
    const texts = [...page.querySelectorAll('p')].map(({ firstChild }) => firstChild as Text);
    expect([...(choice ?? [])]).toEqual(texts);
    expect(page.body.innerHTML).toBe(before);
  });

  it('is what Readability as it comes would choose', () => {
    const folder = resolve(import.meta.dirname, '../fixtures/pages');
    const pages = readdirSync(folder, { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.html'))
      .map((name) => readFileSync(resolve(folder, name), 'utf8'));
    const script = '<p class="byline" rel="author">By Ada</p><a href="javascript:run()">run</a>';
    expect(pages.length).toBeGreaterThan(1);
    for (const html of [...pages, `<body>${script}<article>${script}${paragraphs}</article><br></body>`]) {
      const page = new DOMParser().parseFromString(html, 'text/html');
      const copy = page.cloneNode(true) as Document;
      const original = new Set(textsOf(copy));
      const article = new Readability<Element>(copy, { serializer: (it) => it as Element }).parse();
      const words = (texts: Iterable<Text>) => [...texts].map(({ data }) => data.trim()).filter(Boolean);
      const chosen = article?.content ? textsOf(article.content) : [];
      const expected = words(chosen.filter((text) => original.has(text)));
      expect(words(readabilityChoice(page) ?? [])).toEqual(expected);
    }
  }, 60_000);

  it('is nothing on a page without an article', () => {
    expect(readabilityChoice(pageOf(''))).toBeUndefined();
  });
});

describe('asking Readability', () => {
  it('is worth it on pages that are neither large nor deep', () => {
    expect(mayAskReadability(pageOf(paragraphs))).toBe(true);
    expect(mayAskReadability(pageOf('<i></i>'.repeat(4_100)))).toBe(false);
    expect(mayAskReadability(pageOf('<div>'.repeat(250)))).toBe(false);
  });
});
