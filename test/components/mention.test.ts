import { describe, expect, it } from 'vitest';
import { mentionAt, withoutMention } from '@/components/picker/mention';
import { cpuTime } from '../cpu-time.ts';

const at = (text: string) => mentionAt(text.replace('|', ''), text.indexOf('|'))?.query;

describe('an @ in a question', () => {
  it.each([
    ['@|', ''],
    ['Compare @kes|', 'kes'],
    ['Compare\n@kes|', 'kes'],
    ['Compare @kes| with this', 'kes'],
    ['对比@折叠|', '折叠'],
    ['比较（＠折叠|', '折叠'],
    ['价格，@读|', '读'],
  ])('asks for something in %j', (text, query) => expect(at(text)).toBe(query));

  it.each([
    ['write to ann@example|'],
    ['v2@latest|'],
    ['@kestrel |'],
    ['@@|'],
    ['no sign|'],
    [`@${'a'.repeat(80)}|`],
  ])('is left alone in %j', (text) => expect(at(text)).toBeUndefined());

  it('goes from the text with its words, and takes one of two spaces along', () => {
    const gone = (text: string) => {
      const caret = text.indexOf('|');
      const plain = text.replace('|', '');
      const mention = mentionAt(plain, caret);
      return mention && withoutMention(plain, mention);
    };
    expect(gone('Compare @kes| with it')).toEqual({ text: 'Compare with it', caret: 8 });
    expect(gone('@kes| with it')).toEqual({ text: 'with it', caret: 0 });
    expect(gone('对比@折叠|的价格')).toEqual({ text: '对比的价格', caret: 2 });
    expect(gone('Compare @|')).toEqual({ text: 'Compare ', caret: 8 });
  });

  it('is found at once in a text of any length', () => {
    const long = `${'word '.repeat(200_000)}@kes`;
    const before = cpuTime();
    for (let round = 0; round < 100; round++) expect(mentionAt(long, long.length)?.query).toBe('kes');
    expect(cpuTime() - before).toBeLessThan(500);
  });
});
