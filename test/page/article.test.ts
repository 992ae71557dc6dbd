// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { mayAskReadability, readabilityChoice } from '@/utils/page/article';

function pageOf(html: string): Document {
  const page = document.implementation.createHTMLDocument('The ferry');
  page.body.innerHTML = html;
  return page;
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
