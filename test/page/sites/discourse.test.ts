import { describe, expect, it } from 'vitest';
import { discourse } from '@/utils/page/sites/discourse';
import { flatPage, linesOf, sitePage } from '../../fixtures/flat';
import { growsLinearly, holdsUp, readSitePage } from './held-up';

const url = 'https://bees.example/t/bees-leave/77';
const plainUrl = 'https://wood.example/t/laowuding/9';

describe('a topic', () => {
  it('is its posts in order with authors, dates and numbers', () => {
    expect(linesOf(readSitePage(discourse, 'discourse.html', url).content)).toEqual([
      'Bees leave the hive in May',
      'Hives · swarm',
      'mielle · Mie Lle · May 4 (2026-05-04) · #1 · 7 likes',
      'Half of my bees left on Sunday.',
      'weight: 31.4 kg',
      'weight: 22.0 kg',
      '80% Swarming',
      '20% Illness',
      '10 voters',
      'Solved by waxhand in post #3',
      'Give them a second box.',
      '2 years later',
      '蜂农老陈 · → mielle · May 5 (2026-05-05) · #2',
      'mielle:',
      'Half of my bees left',
      '五月分蜂很正常，请检查王台。',
      'waxhand · May 6 (2026-05-06) · #3 · ✓ Solution',
      'Give them a second box. It worked for us for nine years.',
      'Closed on May 9, 2026',
    ]);
  });

  it('keeps code and quotations, and counts the posts that are not loaded', () => {
    const { content, gaps, title } = readSitePage(discourse, 'discourse.html', url);
    expect(content.querySelector('pre code.lang-text')?.textContent).toContain('31.4 kg\nweight');
    expect(content.querySelectorAll('blockquote')).toHaveLength(2);
    expect(title).toBe('Bees leave the hive in May');
    // 49 posts; three and the closing of the topic are here.
    expect(gaps).toEqual([{ why: 'not-loaded', size: 45 }]);
  });

  it('counts the empty places of posts when the page does not say how many there are', () => {
    const html = `<div id="main-outlet"><div class="topic-post" data-post-number="1"><article><div class="cooked">One.</div></article></div>
      <div data-post-number="2" class="post-stream--cloaked"></div><div data-post-number="3" class="post-stream--cloaked"></div></div>`;
    expect(discourse.read(flatPage(html, url), {})?.gaps).toEqual([{ why: 'not-loaded', size: 2 }]);
  });

  it('is read without scripts as well', () => {
    const result = readSitePage(discourse, 'discourse-plain.html', plainUrl);
    expect(linesOf(result.content)).toEqual([
      '老屋顶怎么补',
      '修缮',
      '木匠 · 2025 年4 月 1 日 08:00 · #1 · 3 个赞',
      '瓦片裂了三块，雨水进来了。',
      '瓦工 (老王) · 2025 年4 月 2 日 · #2',
      '先用麻刀灰补缝，再换瓦。',
    ]);
    expect(result.gaps).toEqual([{ why: 'not-loaded', size: 0 }]);
  });

  it('survives a date that no calendar has', () => {
    const html = `<div id="main-outlet"><div class="topic-post"><span class="relative-date" data-time="1e300">once</span><div class="cooked">Here.</div></div></div>`;
    expect(linesOf(discourse.read(flatPage(html, url), {})?.content as Element)).toEqual(['once', 'Here.']);
  });
});

describe('an adapter', () => {
  holdsUp(discourse, 'discourse.html', url);
  holdsUp(discourse, 'discourse-plain.html', plainUrl);
  growsLinearly(
    discourse,
    url,
    '<div id="main-outlet">',
    (index) =>
      `<div class="topic-post" data-post-number="${index}"><article><div class="cooked">last${index}</div></article></div>`,
  );

  it('knows the software, not the host', () => {
    expect(discourse.hosts).toEqual([]);
    expect(discourse.matches?.(sitePage('discourse.html', 'https://any.example/t/1'))).toBe(true);
    const generated =
      '<html><head><meta name="generator" content="Discourse 3.4"></head><body><p>x</p></body></html>';
    expect(discourse.matches?.(flatPage(generated, url))).toBe(true);
    expect(discourse.matches?.(flatPage(generated.replace('Discourse', 'Other'), url))).toBe(false);
    expect(discourse.matches?.(sitePage('reddit.html', url))).toBe(false);
    // A list of topics is no topic.
    expect(discourse.read(flatPage(generated, url), {})).toBeNull();
  });
});
