import { describe, expect, it } from 'vitest';
import { sites } from '@/utils/page/sites';
import { siteFor } from '@/utils/page/sites/site-for';
import { flatPage } from '../../fixtures/flat';

const idFor = (url: string) => siteFor(flatPage('<p>Words</p>', url), sites)?.id;

describe('the adapter for an address', () => {
  it.each([
    ['https://mp.weixin.qq.com/s/abc', 'wechat'],
    ['https://en.wikipedia.org/wiki/Salt', 'wikipedia'],
    ['https://zh.m.wikipedia.org/wiki/盐', 'wikipedia'],
    ['https://de.wiktionary.org/wiki/Salz', 'wikipedia'],
    ['https://commons.wikimedia.org/wiki/Salt', 'wikipedia'],
    ['https://github.com/a/b', 'github'],
    ['https://gist.github.com/a/1', 'github'],
    ['https://stackoverflow.com/q/1', 'stack-overflow'],
    ['https://ja.stackoverflow.com/q/1', 'stack-overflow'],
    ['https://unix.stackexchange.com/q/1', 'stack-overflow'],
    ['https://meta.superuser.com/q/1', 'stack-overflow'],
    ['https://arxiv.org/abs/1', 'arxiv'],
    ['https://ar5iv.labs.arxiv.org/html/1', 'arxiv'],
    ['https://www.youtube.com/watch?v=1', 'youtube'],
    ['https://m.youtube.com/watch?v=1', 'youtube'],
    ['https://docs.google.com/document/d/1/edit', 'google-docs'],
    ['https://www.bilibili.com/video/BV1', 'bilibili'],
  ])('%s is %s', (url, id) => {
    expect(idFor(url)).toBe(id);
  });

  it.each([
    'https://weixin.qq.com/',
    'https://mp.weixin.qq.com.evil.example/s/abc',
    'https://notgithub.com/a/b',
    'https://github.com.evil.example/a/b',
    'https://a.github.io/b',
    'https://mywikipedia.org/wiki/Salt',
    'https://stackoverflow.blog/1',
    'https://youtube.com.evil.example/watch?v=1',
    'https://evilarxiv.org/abs/1',
    'https://docs.google.com.evil.example/document/d/1/edit',
  ])('%s is none of these', (url) => {
    expect([
      'wechat',
      'wikipedia',
      'github',
      'stack-overflow',
      'arxiv',
      'youtube',
      'google-docs',
      'bilibili',
    ]).not.toContain(idFor(url));
  });
});
