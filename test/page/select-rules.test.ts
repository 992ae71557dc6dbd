// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { type SelectOptions, select } from '@/utils/page/select';
import type { Layout } from '@/utils/page/select/blocks';

/** Every block has the score that its element says, so that the rules are seen without the judge's opinion. */
vi.mock('@/utils/page/select/judge', () => ({
  judge: function* ({ blocks }: Layout) {
    yield;
    const scores = blocks.map(({ box }) => Number(box.element.getAttribute('data-score') ?? 5));
    return { scores: Float64Array.from(scores), reasons: () => ['because'] };
  },
}));

function read(html: string, mode: SelectOptions['mode'] = 'article', url = 'https://mills.test/') {
  const flat = document.implementation.createHTMLDocument('');
  flat.body.innerHTML = html;
  const page = {
    document: flat,
    url,
    title: '',
    liveOf: () => undefined,
    hidden: [],
    frames: [],
  };
  const { dropped } = select(page, { mode });
  const reasons = [...dropped].map(([node, reason]) => [node.textContent, reason]);
  for (const node of dropped.keys()) (node as Element).remove();
  return { text: flat.body.textContent, reasons };
}
const sentence =
  'The mill at Carrow stands where the river turns, and its wheel has been still since the flood.';
const text = `<p>${sentence.repeat(5)}</p>`;

describe('which blocks are kept', () => {
  it('is decided by their scores: a doubt is not enough to lose a word', () => {
    const { reasons } = read(`${text}<p data-score="-0.5">doubtful</p><p data-score="-2.5">beside it</p>`);
    expect(reasons).toEqual([['beside it', 'outside-article']]);
  });

  it('depends on the page: where nothing is sure, more is kept', () => {
    const doubt = `<p data-score="-1.6">${sentence}</p>`;
    expect(read(`${text.repeat(4)}${doubt}`).reasons).toHaveLength(1);
    const unsure = text.replace('<p>', '<p data-score="-1">');
    expect(read(`${unsure.repeat(4)}${doubt}`).reasons).toEqual([]);
  });

  it('asks more of a page that is an article for certain, most of what Readability did not choose', () => {
    const chosen = `<article>${Array.from({ length: 9 }, () => `<p>${sentence.repeat(2)}</p>`).join('')}<p data-score="-0.6">${sentence}</p></article>`;
    const beside = `<div class="sidebar"><p data-score="-0.6">${sentence}</p><p data-score="-0.4">Notices</p></div>`;
    const count = (url: string) => read(`${chosen}${beside}`, 'article', url).reasons.length;
    expect(count('https://mills.test/news/the-mill')).toBe(1);
    // Nothing says that it is an article.
    expect(count('https://mills.test/the-mill')).toBe(0);
    // It says so, but Readability chose only a part of what is text.
    const other = `${chosen}<div class="sidebar">${text.repeat(5)}<p data-score="-0.6">${sentence}</p></div>`;
    expect(read(other, 'article', 'https://mills.test/news/the-mill').reasons).toEqual([]);
  });

  it('is decided for a list as a whole', () => {
    const html = `${text}<ul><li data-score="4">First</li><li data-score="-5">Other</li><li>Third</li></ul>`;
    expect(read(html).reasons).toEqual([]);
  });

  it('is all of them on a page without a text, be it a directory or a few words', () => {
    const links = '<p data-score="-5">The mill at Pell</p>'.repeat(40);
    expect(read(`${links}<p>Welcome</p>`).reasons).toEqual([]);
    expect(read(`${links}<p>${sentence.repeat(2)}</p>`).reasons).toHaveLength(40);
    expect(read('<p data-score="-5">Back</p><p>Moved to Pell</p>').reasons).toHaveLength(1);
  });

  it('leaves out nothing that can be read when everything is asked for', () => {
    const doubtful = `<p data-score="-9">${sentence}</p><p data-score="-3">Label</p>`;
    const gone = `<p data-score="-9">Menu</p><nav><p data-score="-9">${sentence}</p></nav><p data-score="-9"><a href="/">${sentence}</a></p>`;
    const { reasons } = read(`${text}${doubtful}${gone}`, 'everything');
    expect(reasons.map(([words]) => words)).toEqual(['Menu', sentence, sentence]);
  });

  it('leaves out the footer of the site even then, and no other', () => {
    const footer = (score: number) => `<footer><p data-score="${score}">${sentence}</p></footer>`;
    expect(read(`${text}${footer(-9)}`, 'everything').reasons).toEqual([[sentence, 'furniture']]);
    expect(read(`${text}${footer(-2)}`, 'everything').reasons).toEqual([]);
    expect(read(`<article>${text}${footer(-9)}</article>`, 'everything').reasons).toEqual([]);
  });
});

describe('what is left out', () => {
  it.each([
    ['menus', `<nav><p data-score="-5">${sentence}</p></nav>`, 'furniture'],
    ['buttons', '<button data-score="-5">Send it</button>', 'furniture'],
    ['footers', `<footer><p data-score="-5">${sentence}</p></footer>`, 'furniture'],
    ['links', '<p data-score="-5"><a href="/x">The weir at Pell</a></p>', 'furniture'],
    ['labels', '<p data-score="-5">Share this</p>', 'furniture'],
    ['legal notes', '<p data-score="-5">© The Mills Society</p>', 'furniture'],
    ['other prose', `<p data-score="-5">${sentence}</p>`, 'outside-article'],
    [
      'footers of articles',
      `<article><footer><p data-score="-5">${sentence}</p></footer></article>`,
      'outside-article',
    ],
  ])('is told apart: %s', (_, html, reason) => {
    expect(read(`${text}${html}`).reasons.map((each) => each[1])).toEqual([reason]);
  });
});
