import { describe, expect, it } from 'vitest';
import { zhihu } from '@/utils/page/sites/zhihu';
import { flatPage, linesOf } from '../../fixtures/flat';
import { holdsUp, readSitePage } from './held-up';

const url = 'https://www.zhihu.com/question/1';
const articleUrl = 'https://zhuanlan.zhihu.com/p/5';

describe('a question', () => {
  it('is its detail and its answers in order with their authors and comments', () => {
    expect(linesOf(readSitePage(zhihu, 'zhihu.html', url).content)).toEqual([
      '为什么老木船要在冬天上油？',
      '木船 · 桐油',
      '村里的船每年腊月都要刷一遍桐油，夏天却从来不刷…',
      '船老大',
      '修船四十年 · 赞同 1203 · 编辑于 2025-12-01 15:45・IP 属地浙江',
      '冬天木头干，油才吃得进去。',
      '吃油的深度大约是 $d=\\sqrt{kt}$，时间越长越深。',
      '$$k=\\frac{a}{b}$$',
      '船底刷第二遍油',
      '桐油的性质',
      '评论',
      '阿水',
      '刷几遍合适？',
      '船老大 · → 阿水',
      '三遍，隔天一遍。',
      '匿名用户',
      '我外公说夏天刷油会起泡，因为…',
    ]);
  });

  it('keeps pictures, and links without their counters', () => {
    const { content } = readSitePage(zhihu, 'zhihu.html', url);
    expect(content.querySelector('img[alt="翻过来的船底"]')).not.toBeNull();
    expect(content.querySelector('a.LinkCard')?.getAttribute('href')).toBe('https://example.org/tung');
  });

  it('counts the answers that are not loaded', () => {
    expect(readSitePage(zhihu, 'zhihu.html', url).gaps).toEqual([{ why: 'not-loaded', size: 20 }]);
  });

  it('counts them on the page of one answer as well', () => {
    const html = `<main><h1 class="QuestionHeader-title">问？</h1><a class="QuestionMainAction ViewAll-QuestionMainAction">查看全部 22 个回答</a>
      <div class="AnswerItem"><span class="AuthorInfo-name"><a class="UserLink-link">甲</a>\u200b</span><div class="AuthorInfo-badgeText">木工</div>
      <div class="RichContent"><div class="RichContent-inner">答。</div></div></div><h4 class="List-headerText">更多回答</h4></main>`;
    const result = zhihu.read(flatPage(html, url), {});
    expect(linesOf(result?.content as Element)).toEqual(['问？', '甲', '木工', '答。']);
    expect(result?.gaps).toEqual([{ why: 'not-loaded', size: 21 }]);
  });

  it('has a gap of unknown size when only an answer or the detail is folded', () => {
    const answer = (
      folded: string,
    ) => `<main><h1 class="QuestionHeader-title">问？</h1><div class="AnswerItem">
      <div class="RichContent ${folded}"><div class="RichContent-inner">答。</div></div></div></main>`;
    expect(zhihu.read(flatPage(answer('is-collapsed'), url), {})?.gaps).toEqual([
      { why: 'not-loaded', size: 0 },
    ]);
    expect(zhihu.read(flatPage(answer(''), url), {})?.gaps).toBeUndefined();
  });
});

describe('an article', () => {
  it('is its author and its text', () => {
    const result = readSitePage(zhihu, 'zhihu-article.html', articleUrl);
    expect(linesOf(result.content)).toEqual([
      '一把伞的骨头',
      '伞匠 · 油纸伞手艺人 · 赞同 58 · 发布于 2026-01-08 10:00',
      '选竹',
      '竹要三年生，冬至前后砍。',
      '伞骨 28 根',
      '伞骨要对劈，再对劈。',
      '手工艺',
    ]);
    expect(result.title).toBe('一把伞的骨头');
    expect(result.gaps).toBeUndefined();
  });
});

describe('an adapter', () => {
  holdsUp(zhihu, 'zhihu.html', url);
  holdsUp(zhihu, 'zhihu-article.html', articleUrl);
});
