import { describe, expect, it } from 'vitest';
import { x } from '@/utils/page/sites/x';
import { flatPage, linesOf } from '../../fixtures/flat';
import { growsLinearly, holdsUp, readSitePage } from './held-up';

const url = 'https://x.com/inestalg/status/1';
const articleUrl = 'https://x.com/inestalg/status/9';

const post = (name: string, text: string) =>
  `<div data-testid="cellInnerDiv"><article data-testid="tweet"><div data-testid="User-Name"><a href="/${name}"><span>${name}</span></a><a href="/${name}"><span>@${name}</span></a></div><div data-testid="tweetText"><span>${text}</span></div></article></div>`;

describe('a conversation', () => {
  it('is its posts in order with their authors, without advertisements and recommendations', () => {
    expect(linesOf(readSitePage(x, 'x.html', url).content)).toEqual([
      'Ines Talg 🪔 · @inestalg · 9:15 AM · Jan 6, 2026 · 2 replies, 14 reposts, 90 likes, 4100 views',
      'Three things about lamp oil.',
      'First, it keeps for years.',
      'Second, it climbs #wick faster when warm 🔥',
      'Third, do not spill it.',
      'Museum of Light · @museumlight · Jan 5 (2026-01-05)',
      'Our lamp room opens again in May.',
      'From example.org',
      'Readers added context',
      'Oil older than ten years should be filtered.',
      '灯下读书 · @lin · 3h (2026-01-06) · 0 replies, 1 like',
      '请问冬天要换灯芯吗？',
    ]);
  });

  it('keeps paragraphs, quotations, pictures and links', () => {
    const { content, title, gaps } = readSitePage(x, 'x.html', url);
    const paragraphs = [...content.querySelectorAll(':scope > p')].map((element) => element.textContent);
    expect(paragraphs).toContain('Third, do not spill it.');
    expect(content.querySelector('blockquote')?.textContent).toContain('Our lamp room opens again in May.');
    expect(content.querySelector('img[alt="A row of brass lamps on a shelf"]')).not.toBeNull();
    expect(content.querySelector('a[href="https://t.co/abc"]')).not.toBeNull();
    expect(title).toBe('Ines Talg on X: "Three things about lamp oil"');
    expect(gaps).toEqual([{ why: 'not-loaded', size: 0 }]);
  });

  it('is whole when all replies are there, and not when the list was scrolled', () => {
    const whole = `<div data-testid="primaryColumn">${post('ada', 'One.')}${post('bo', 'Two.')}</div>`;
    expect(x.read(flatPage(whole, url), {})?.gaps).toBeUndefined();
    const scrolled = whole.replace('cellInnerDiv"', 'cellInnerDiv" style="transform: translateY(940px)"');
    expect(x.read(flatPage(scrolled, url), {})?.gaps).toEqual([{ why: 'not-loaded', size: 0 }]);
    expect(x.read(flatPage(whole, 'https://x.com/ada'), {})?.gaps).toEqual([{ why: 'not-loaded', size: 0 }]);
  });

  it('reads a text of many lines', () => {
    const page = flatPage(
      post('ada', Array.from({ length: 3_000 }, (_, line) => `w${line}`).join('\n')),
      url,
    );
    const { content } = x.read(page, {}) ?? {};
    expect(content?.querySelectorAll('br')).toHaveLength(2_999);
  });
});

describe('a long article', () => {
  it('has its headings, lists, code and quoted posts', () => {
    const { content, gaps } = readSitePage(x, 'x-article.html', articleUrl);
    expect(linesOf(content)).toEqual([
      'Ines Talg · @inestalg · Feb 2, 2026 · 4 replies',
      'The wick and the flame',
      'A wick is a pump without parts.',
      'Why it climbs',
      'Fibres are narrow.',
      'Oil wets them.',
      'height = 2 * tension / (density * radius)',
      'Museum of Light · @museumlight',
      'Come and see it burn.',
    ]);
    expect(content.querySelector('h1')?.textContent).toBe('The wick and the flame');
    expect(content.querySelector('img')?.getAttribute('alt')).toBe('');
    expect(gaps).toBeUndefined();
  });

  it('is read on its own page as well', () => {
    const html = `<main><div data-testid="primaryColumn"><div data-testid="twitter-article-title">Flames</div><div data-testid="twitterArticleRichTextView"><div data-block="true">They are hollow.</div></div></div></main>`;
    const result = x.read(flatPage(html, 'https://x.com/inestalg/article/9'), {});
    expect(linesOf(result?.content as Element)).toEqual(['Flames', 'They are hollow.']);
  });
});

describe('an adapter', () => {
  holdsUp(x, 'x.html', url);
  holdsUp(x, 'x-article.html', articleUrl);
  growsLinearly(x, url, '', (index) => post('ada', `last${index}`));
});
