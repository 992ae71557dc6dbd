import { describe, expect, it } from 'vitest';
import { wechat } from '@/utils/page/sites/wechat';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const url = 'https://mp.weixin.qq.com/s/invented';

function read(name: string) {
  const page = sitePage(name, url);
  const texts = textNodesOf(page);
  const answer = wechat.read(page, {});
  if (!answer) throw new Error('no content');
  return { ...answer, lines: linesOf(answer.content), lost: lostTexts(texts, page, answer.content) };
}

describe('an article of a public account', () => {
  const { title, content, lines, lost, gaps } = read('wechat.html');

  it('has its title, author, account, date and place', () => {
    expect(title).toBe('盐田里的一百个早晨');
    expect(lines.slice(0, 2)).toEqual([
      '盐田里的一百个早晨',
      '原创 · 陆小满 · 海岸札记 · 2026年5月2日 07:40 · 福建',
    ]);
  });

  it('has every sentence in its order, cards named', () => {
    expect(lines.slice(2)).toEqual([
      '天还没亮，老周已经把第一块盐板翻过来了。',
      '[音频: 潮声录音, 陆小满 2:03]',
      '一、盐工的时间',
      '他不看钟，只看卤水的颜色：发红了，就该收盐。',
      '“盐是海的骨头。”他说。',
      'brine = 26.4',
      'print(brine)',
      '[视频号: 海岸札记, 收盐]',
      '四月到六月，晒海盐。',
      '七月起，台风来了就停。',
      '[公众号: 盐业博物馆, 看得见的盐]',
      '一百个早晨之后，我学会了闭嘴等风。',
      '阅读原文',
      '留言',
      '木棉',
      '我外公也是晒盐的。',
      '作者',
      '替我问候他。',
      'Ah Hui',
      '照片是哪一年拍的？',
    ]);
    expect(lost).toEqual([]);
    expect(gaps).toBeUndefined();
  });

  it('leaves pictures where they are and out what is about the account', () => {
    expect(content.querySelector('img')?.getAttribute('data-src')).toContain('mmbiz.qpic.cn');
    expect(content.textContent).not.toMatch(/扫一扫|关注|阅读 3621|听全文|赞/);
  });

  it('finds where 阅读原文 leads in the scripts of the page', () => {
    const address = [...content.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(address).toContain('https://salt.example/morning?a=1&b=2');
  });
});

describe('an image message', () => {
  it('has its pictures, then its words', () => {
    const { title, content, lines, lost } = read('wechat-pictures.html');
    expect(title).toBe('雨天的码头');
    expect(lines).toEqual([
      '雨天的码头',
      '海岸札记 · 5月3日',
      '雨下了三天，船都没出去。',
      '第四天，码头上只剩一只猫。#慢生活',
    ]);
    expect(content.querySelectorAll('img')).toHaveLength(2);
    expect(lost).toEqual([]);
  });
});

describe('anything else', () => {
  it.each([
    ...strangePages,
    '<div class="weui-msg"><h2>该内容已被发布者删除</h2></div>',
    '<div id="js_content"></div>',
  ])('is left to generic reading: %s', (html) => {
    expect(wechat.read(flatPage(html, url), {})).toBeNull();
  });

  it('reads a length in seconds and a name with a lone percent sign', () => {
    const html = '<div id="js_content"><p>a</p><mpvoice name="100% 盐" play_length="75"></mpvoice></div>';
    const answer = wechat.read(flatPage(html, url), {});
    expect(answer?.content.textContent).toContain('100% 盐 1:15]');
  });
});
