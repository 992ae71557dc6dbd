import { describe, expect, it } from 'vitest';
import { bilibili } from '@/utils/page/sites/bilibili';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const url = 'https://www.bilibili.com/video/BV1invented/?p=1';

describe('a video', () => {
  it('has its title, author, description, parts and comments, and says that subtitles are missing', () => {
    const page = sitePage('bilibili.html', url);
    const texts = textNodesOf(page);
    const answer = bilibili.read(page, {});
    expect(answer?.title).toBe('盐田一日');
    expect(answer && linesOf(answer.content)).toEqual([
      '盐田一日',
      '海岸札记 · 2026-05-02 07:40:00 · 3.2万 播放',
      '从日出到日落，一镜到底。',
      '音乐：自己录的潮声。',
      '盐 · 海',
      '选集',
      '上：晨',
      '下：昏',
      '评论',
      '木棉 · 2026-05-03 08:00',
      '外公也晒盐。',
      '海岸札记 · → 木棉 · 2026-05-03 09:00',
      '替我问候他。',
    ]);
    expect(answer?.gaps).toEqual([
      { why: 'transcript', size: 0 },
      { why: 'not-loaded', size: 3 },
    ]);
    expect(answer && lostTexts(texts, page, answer.content)).toEqual([]);
  });
});

describe('anything else', () => {
  it.each(['', '<p>Only words.</p>', '<div id="v_desc"><span class="desc-info-text">字'])(
    'is left to generic reading: %s',
    (html) => {
      expect(bilibili.read(flatPage(html, url), {})).toBeNull();
    },
  );

  it('is no video', () => {
    for (const html of strangePages) {
      expect(bilibili.read(flatPage(html, 'https://www.bilibili.com/read/cv1'), {})).toBeNull();
    }
  });
});
