import { describe, expect, it } from 'vitest';
import { stackOverflow } from '@/utils/page/sites/stack-overflow';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const url = 'https://stackoverflow.com/questions/7001/why-does-my-tide-table-drift';

describe('a question', () => {
  const page = sitePage('stack-overflow.html', url);
  const texts = textNodesOf(page);
  const answer = stackOverflow.read(page, {});
  const lines = answer ? linesOf(answer.content) : [];

  it('has everything that was asked, answered and said, in order', () => {
    expect(answer?.title).toBe('Why does my tide table drift by one hour?');
    expect(lines).toEqual([
      'Why does my tide table drift by one hour?',
      'harbour mouse · Mar 29 at 1:10 (2026-03-29) · 12 votes',
      'This question was moved here from Sailing because it is about code.',
      'My table is right in winter and wrong from the last Sunday of March.',
      'high = datetime(2026, 3, 29, 2, 30)',
      'print(high.timestamp())',
      'What am I missing?',
      'python · timezone',
      'Comments',
      'keel · Mar 29 at 2:00 (2026-03-29) · +3: Which zone is datetime in here?',
      '5 Answers',
      'Answer (accepted)',
      'keel · Mar 29 at 3:15 (2026-03-29) · 31 votes',
      'That hour does not exist on that day.',
      'Use aware times.',
      "Convert to the harbour's zone last.",
      'Comments',
      'harbour mouse · Mar 29 at 8:00 (2026-03-29): This fixed the April table too.',
      'Answer',
      'quickfix · Apr 2 at 10:00 (2026-04-02) · -1 votes',
      'Just add 3600 in summer.',
    ]);
  });

  it('counts the comments and answers that the page did not load', () => {
    expect(answer?.gaps).toEqual([{ why: 'not-loaded', size: 4 + 3 }]);
  });

  it('loses no text of the page', () => {
    expect(answer && lostTexts(texts, page, answer.content)).toEqual([]);
    expect(answer?.content.querySelector('pre code')).not.toBeNull();
  });
});

describe('a Chinese page', () => {
  it('gets headings in its language', () => {
    const html = `<html lang="zh-CN"><body><h1 itemprop="name">潮汐表</h1><div id="question"><div class="js-post-body"><p>为什么差一小时？</p></div></div>
      <div id="answers"><div class="answer accepted-answer"><div class="js-vote-count">2</div><div class="js-post-body"><p>夏令时。</p></div></div></div></body></html>`;
    const answer = stackOverflow.read(flatPage(html, 'https://zh.stackoverflow.com/questions/1'), {});
    expect(answer && linesOf(answer.content)).toEqual([
      '潮汐表',
      '为什么差一小时？',
      '回答',
      '回答 (已采纳)',
      '2 票',
      '夏令时。',
    ]);
    expect(answer?.gaps).toBeUndefined();
  });
});

describe('anything else', () => {
  it.each([...strangePages, '<div id="questions"><div class="s-post-summary"><h3>A list</h3></div></div>'])(
    'is left to generic reading: %s',
    (html) => {
      expect(stackOverflow.read(flatPage(html, url), {})).toBeNull();
    },
  );
});
