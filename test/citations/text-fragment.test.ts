import { describe, expect, it } from 'vitest';
import { passageAddress } from '@/utils/citations';
import { numberPassages } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';

const sourceWith = (passages: string[], url: string | undefined = 'https://example.org/page') => ({
  url,
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' as const }))),
});
/** The address without its beginning, for words of the first of these passages. */
const address = (passages: string[], words?: string, url?: string) => {
  const [passage = ''] = passages;
  const start = words === undefined ? 0 : passage.indexOf(words);
  const span = words === undefined ? undefined : { start, end: start + words.length };
  return passageAddress(sourceWith(passages, url), { passage, span }).replace(
    'https://example.org/page#:~:text=',
    '',
  );
};

describe('the address of a passage', () => {
  it('keeps an address that has more than one number sign', () => {
    const url = 'https://matrix.example/#/#room:x.example';
    const source = sourceWith(['The tide turns.'], url);
    expect(passageAddress(source, { passage: 'The tide turns.' })).toBe(`${url}:~:text=The%20tide%20turns`);
  });

  it.each([
    ['words', 'The tide turns at six.', 'tide turns', 'tide%20turns'],
    ['a whole short passage without its full stop', 'The tide turns.', undefined, 'The%20tide%20turns'],
    [
      'marks with a meaning in directives',
      'A well-known, old & new mill',
      undefined,
      'A%20well%2Dknown%2C%20old%20%26%20new%20mill',
    ],
    ['a number sign and a percentage', 'No. #5 at 40% wins', undefined, 'No.%20%235%20at%2040%25%20wins'],
    [
      'quotation marks around the words',
      '“I buy the clock,” she says',
      undefined,
      'I%20buy%20the%20clock%2C%E2%80%9D%20she%20says',
    ],
    ['Markdown', 'The **tide** [turns](https://example.org)', undefined, 'The%20tide%20turns'],
    [
      'line breaks of the source, as a range',
      'First line here\nsecond line there',
      undefined,
      'First%20line%20here,second%20line%20there',
    ],
    [
      'the number of a note, around which it reaches',
      'It is allowed.[^3] Nobody says why.[^4]',
      undefined,
      'It%20is%20allowed,Nobody%20says%20why',
    ],
    ['cells of a table, as a range', '| Carrow | 2.1 m |', undefined, 'Carrow,2.1%20m'],
  ])('has %s', (_, passage, words, expected) => {
    expect(address([passage], words)).toBe(expected);
  });

  it('names long words by their beginning and end, at words', () => {
    const passage = `Alpha beta gamma delta epsilon zeta, ${'and so on '.repeat(20)}until the very last word comes.`;
    expect(address([passage])).toBe(
      'Alpha%20beta%20gamma%20delta%20epsilon,the%20very%20last%20word%20comes',
    );
  });

  it('cuts Chinese at words', () => {
    const passage = `潮汐磨坊正在回归，${'旧池只要清淤，'.repeat(20)}数据还不足以下结论。`;
    const [start = '', end = ''] = decodeURIComponent(address([passage])).split(',');
    expect(passage.startsWith(start)).toBe(true);
    expect(passage.includes(end)).toBe(true);
    expect(start.length).toBeGreaterThan(4);
    expect(end.length).toBeLessThan(20);
  });

  it('has what stands before the words, or after them, when they stand there twice', () => {
    const passages = [
      'It was high water, the tide turns at six.',
      'Nobody knows why the tide turns at six in winter.',
    ];
    expect(address(passages, 'the tide turns at six')).toBe(
      'It%20was%20high%20water%2C-,the%20tide%20turns%20at%20six',
    );
    const first = ['The tide turns at six, they say.', 'The tide turns at six, she says.'];
    expect(address(first, 'The tide turns at six')).toBe('The%20tide%20turns%20at%20six,-%2C%20they%20say.');
  });

  it('keeps the place that apps keep behind the #, and no earlier directive', () => {
    expect(address(['Words'], undefined, 'https://app.example/#/chapter/2')).toBe(
      'https://app.example/#/chapter/2:~:text=Words',
    );
    expect(address(['Words'], undefined, 'https://app.example/#top:~:text=Other')).toBe(
      'https://app.example/#top:~:text=Words',
    );
  });

  it('leads to the page of a PDF', () => {
    expect(
      passageAddress(sourceWith(['Words'], 'https://example.org/a.pdf#x'), { passage: 'Words', page: 7 }),
    ).toBe('https://example.org/a.pdf#page=7');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'chrome://settings', ''])(
    'leads nowhere for %j',
    (url) => {
      expect(passageAddress({ ...sourceWith(['Words']), url }, { passage: 'Words' })).toBe('#');
    },
  );

  it('is the page alone for a passage without words', () => {
    expect(address([''])).toBe('https://example.org/page');
  });

  it('is quick for long passages', () => {
    const begun = cpuTime();
    address(['a b '.repeat(300_000)]);
    address(['望'.repeat(300_000)]);
    expect(cpuTime() - begun).toBeLessThan(1_500);
  });
});
