import { describe, expect, it } from 'vitest';
import { bodyOf, splitFollowUps } from '@/utils/chat/follow-ups';
import { instructionsFor } from '@/utils/prompts/instructions';
import { cpuTime } from '../cpu-time.ts';
import { anAnswer } from '../fixtures/records';

const block = (...lines: string[]) => ['<follow-ups>', ...lines, '</follow-ups>'].join('\n');
const usual = `**It turns.** ¶4\n\nAt six. ¶5\n\n${block('- How is it reckoned?', '- Who paid for it?', '- 把九座磨坊列成表格')}`;

describe('an answer that ends with suggestions', () => {
  it('is shown without them', () => {
    expect(splitFollowUps(usual)).toEqual({
      body: '**It turns.** ¶4\n\nAt six. ¶5',
      followUps: ['How is it reckoned?', 'Who paid for it?', '把九座磨坊列成表格'],
    });
    expect(bodyOf(anAnswer({ text: usual }))).toBe('**It turns.** ¶4\n\nAt six. ¶5');
  });

  it('never shows a mark or a part of it, wherever the stream stands', () => {
    let before = '';
    for (let end = 0; end <= usual.length; end++) {
      const { body, followUps } = splitFollowUps(usual.slice(0, end), true);
      expect('**It turns.** ¶4\n\nAt six. ¶5'.startsWith(body.trimEnd()), usual.slice(0, end)).toBe(true);
      expect(body).not.toContain('<');
      expect(body.startsWith(before)).toBe(true);
      before = body;
      // They come all at once, when their end has come.
      expect(followUps.length).toBe(end === usual.length ? 3 : 0);
    }
  });

  it('never shows one either where it broke off', () => {
    for (let end = usual.indexOf('<follow') + 3; end <= usual.length; end++) {
      expect(splitFollowUps(usual.slice(0, end)).body.trim()).toBe('**It turns.** ¶4\n\nAt six. ¶5');
    }
  });

  it('is the same text as ever without them', () => {
    for (const text of ['', 'At six.', 'a < b', 'x <', 'Use <form> and <fo', '```\n<f\n```', '1 << 2 <f']) {
      expect(splitFollowUps(text), text).toEqual({ body: text, followUps: [] });
    }
    // While more may come a last “<” waits for what follows.
    expect(splitFollowUps('a <', true).body).toBe('a ');
    expect(splitFollowUps('a < b', true).body).toBe('a < b');
  });
});

describe('suggestions in other forms', () => {
  it.each([
    ['another spelling', 'Six.\n<FollowUps>\n1. Why?\n2) And then?\n</followups>'],
    ['bold marks', 'Six.\n\n**<follow-ups>**\n- **Why?**\n- "And then?"\n**</follow-ups>**'],
    ['behind the last sentence', 'Six. <follow-ups>\n* Why?\n* And then?\n</follow-ups>'],
    ['in one line', 'Six.\n<follow-ups>Why?</follow-ups>\n<follow-ups>And then?</follow-ups>'],
    ['without an end', 'Six.\n<follow-ups>\n- Why?\n- And then?'],
    [
      'with empty lines and a heading',
      'Six.\n<follow-ups>\nFollow-ups:\n\n- Why?\n\n- And then?\n\n</follow-ups>\n\n',
    ],
    ['twice the same', `Six.\n${block('- Why?', '- Why?', '- And then?')}`],
  ])('are understood: %s', (_, text) => {
    const { body, followUps } = splitFollowUps(text);
    expect(body).toBe('Six.');
    expect(followUps).toEqual(['Why?', 'And then?']);
  });

  it('are none where none are wanted', () => {
    for (const lines of [[], ['none'], ['- 没有。'], ['-'], ['- 12'], ['Questions:']]) {
      expect(splitFollowUps(`Six.\n${block(...lines)}`)).toEqual({ body: 'Six.', followUps: [] });
    }
  });

  it('are three at most, and what is more of them stays in the answer', () => {
    const { body, followUps } = splitFollowUps(`Six.\n${block('- a a?', '- b b?', '- c c?', '- d d?')}`);
    expect([body, followUps]).toEqual(['Six.\n\n- d d?', ['a a?', 'b b?', 'c c?']]);
  });

  it('are plain text without what is not seen', () => {
    const { followUps } = splitFollowUps(
      `Six.\n${block('- <script>alert(1)</script> why?', '- a\u202eb\u200b c?', '- [x](javascript:y)')}`,
    );
    expect(followUps).toEqual(['<script>alert(1)</script> why?', 'a b c?', '[x](javascript:y)']);
  });
});

describe('what is no suggestion', () => {
  it.each([
    ['a long text', ['word '.repeat(2_000)]],
    ['five hundred lines', Array.from({ length: 500 }, (_, n) => `- question ${n}?`)],
  ])('stays in the answer, without the marks: %s', (_, lines) => {
    const { body, followUps } = splitFollowUps(`Six.\n${block(...lines)}\nThe end.`);
    expect(followUps).toEqual([]);
    expect(body).not.toContain('follow-ups');
    for (const line of lines) expect(body).toContain(line.trim());
    expect(body).toMatch(/^Six\.[\s\S]*The end\.$/);
    expect(splitFollowUps(`Six.\n<follow-ups>\n${lines.join('\n')}`, true).body).toContain(lines[0]?.trim());
  });

  it('is text that goes on behind them', () => {
    expect(splitFollowUps(`Six.\n${block('- Why?')}\nAnd one more thing.`)).toEqual({
      body: 'Six.\nAnd one more thing.',
      followUps: ['Why?'],
    });
  });

  it('is a mark that is spoken of', () => {
    for (const text of [
      'The mark `<follow-ups>` opens the list, <follow-ups> too.',
      '```xml\n<follow-ups>\n- a\n</follow-ups>\n```\nThat is all.',
      '~~~~\n~~~\n<follow-ups>\n~~~~',
    ]) {
      expect(splitFollowUps(text), text).toEqual({ body: text, followUps: [] });
    }
  });

  it('comes after a comparison whose end the model forgot', () => {
    const answer = 'Kestrel.\n\n```comparison\n{"columns":["A","B"]}\n{"row":"Price","cells":["1","2"]}';
    expect(splitFollowUps(`${answer}\n\n${block('- Why?')}`)).toEqual({ body: answer, followUps: ['Why?'] });
    expect(splitFollowUps(`${answer}\n\`\`\`\n\n${block('- Why?')}`).followUps).toEqual(['Why?']);
  });

  it('is an answer that has nothing else', () => {
    expect(splitFollowUps(block('- Why?', '- When?'))).toEqual({ body: '- Why?\n- When?', followUps: [] });
    expect(splitFollowUps(block())).toEqual({ body: '', followUps: [] });
  });

  it('is what the built-in reader quotes', () => {
    const text = `> ${block('- Why?')}`;
    expect(bodyOf(anAnswer({ text: usual, provider: 'excerpts' }))).toBe(usual);
    expect(splitFollowUps(text).body).toContain('>');
  });

  it('takes no longer than the text is long', () => {
    const hostile = '<follow-ups>\n</follow-ups>\n<follow-ups '.repeat(25_000);
    const start = cpuTime();
    splitFollowUps(hostile);
    splitFollowUps(`${'<'.repeat(1_000_000)}<follow`, true);
    expect(cpuTime() - start).toBeLessThan(1_500);
  });
});

describe('asking for suggestions', () => {
  it('stands behind everything else, and only when they are wanted', () => {
    expect(instructionsFor('answer')).not.toContain('follow-ups');
    expect(instructionsFor('summarize', { followUps: true })).toMatch(
      /that the documents answer[\s\S]*<follow-ups>\n- [\s\S]*<\/follow-ups>\nToday is/,
    );
    expect(instructionsFor('answer', { followUps: true, documents: 0 })).not.toContain('documents answer');
  });
});
