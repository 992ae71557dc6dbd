import { beforeAll, describe, expect, it } from 'vitest';
import { createBlockSplitter } from '@/components/answer/markdown/split-blocks';
import { type CheckedMark, checkCitations, plainPassage, watchChecks } from '@/utils/citations';
import type { Source } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';
import { sourceOf } from '../fixtures/sources';

let mills: Source;
let chinese: Source;
let other: Source;

beforeAll(async () => {
  mills = await sourceOf([
    '# The return of the tide mill',
    'At two metres of fall, the pond at Carrow now earns back its turbine in eleven years; in 1998 it needed thirty.',
    'Two seasons of data on an animal that lives for twenty years are not yet a conclusion.',
    '“I do not buy power,” says the grid operator. “I buy the clock.”',
    'Of the 212 mills, nine sell power today.',
  ]);
  chinese = await sourceOf(
    ['潮汐磨坊的回归', '旧池只要清淤，费用正好是新挖的六分之一。', '数据只有两个汛期，还不足以下结论。'],
    { lang: 'zh' },
  );
  other = await sourceOf(['Eels', 'Fifty-eight dead eels were counted in the year 2024.']);
});

/** `¶2 verified: the words` */
const said = ({ mark, verdict }: CheckedMark) => {
  const facts = [
    'words' in verdict ? verdict.words.join(' | ') : '',
    verdict.state === 'moved' ? `from ${verdict.from}` : '',
    verdict.state === 'missing' ? verdict.why : '',
    verdict.state === 'place' && verdict.isTranslated ? 'translated' : '',
  ].filter(Boolean);
  return `${mark} ${verdict.state}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`;
};
const check = (text: string, sources: Source[] = [mills], unfinished = false) =>
  checkCitations(text, sources, { unfinished }).map(said);

describe('checkCitations', () => {
  it.each([
    [
      'words before the citation',
      'It pays: “earns back its turbine in eleven years” ¶2.',
      ['¶2 verified: earns back its turbine in eleven years'],
    ],
    ['straight marks', 'It pays: "in eleven years" ¶2', ['¶2 verified: in eleven years']],
    [
      'words in the middle of the sentence',
      'The data are “not yet a conclusion”, she warns ¶3.',
      ['¶3 verified: not yet a conclusion'],
    ],
    [
      'words after the citation',
      'As ¶3 says: “not yet a conclusion”.',
      ['¶3 verified: not yet a conclusion'],
    ],
    [
      'brackets between words and citation',
      'It pays “in eleven years” [¶2].',
      ['¶2 verified: in eleven years'],
    ],
    [
      'a full stop between words and citation',
      'She doubts it: “not yet a conclusion.” ¶3',
      ['¶3 verified: not yet a conclusion.'],
    ],
    ['no words', 'It pays back. ¶2', ['¶2 place']],
    ['words of an earlier sentence', 'He calls it “made up by me for fun”. It pays back. ¶2', ['¶2 place']],
    [
      'two quotations of one passage',
      '“eleven years” and “it needed thirty” ¶2',
      ['¶2 verified: eleven years | it needed thirty'],
    ],
    [
      'two citations for one quotation',
      '“not yet a conclusion” ¶3 ¶2',
      ['¶3 verified: not yet a conclusion', '¶2 place'],
    ],
    [
      'a quotation each',
      '“eleven years” ¶2 and “nine sell power today” ¶5',
      ['¶2 verified: eleven years', '¶5 verified: nine sell power today'],
    ],
    [
      'words that stand elsewhere',
      'It is “not yet a conclusion” ¶5.',
      ['¶3 moved: not yet a conclusion, from ¶5'],
    ],
    [
      'words for a passage that is not there',
      'It is “not yet a conclusion” ¶99.',
      ['¶3 moved: not yet a conclusion, from ¶99'],
    ],
    [
      'words that stand nowhere',
      'It is “a conclusion beyond doubt” ¶3.',
      ['¶3 missing: a conclusion beyond doubt, words'],
    ],
    [
      'words that stand nowhere, in the middle',
      'She says “a conclusion beyond doubt” and goes home ¶3.',
      ['¶3 missing: a conclusion beyond doubt, words'],
    ],
    [
      'true and made-up words',
      '“eleven years”, or rather “a dozen golden years” ¶2',
      ['¶2 missing: a dozen golden years, words'],
    ],
    [
      'an ironic word in the middle',
      'The so-called “green” mill pays back in eleven years ¶2.',
      ['¶2 place'],
    ],
    ['a single word that is elsewhere', 'The word is “power” ¶2', ['¶2 place']],
    ['an apostrophe', 'The mills’ owners say it’s so, and the ‘pond’ isn’t ¶2', ['¶2 verified: pond']],
    ['a length in inches', 'A pipe of 5" pays back "in eleven years" ¶2', ['¶2 verified: in eleven years']],
    ['a passage that is not there', 'It pays ¶99', ['¶99 missing: passage']],
    ['a run of passages', '“not yet a conclusion” ¶2–4', ['¶2–4 verified: not yet a conclusion']],
    ['a run that ends beyond the source', 'It pays ¶4–9', ['¶4–9 missing: passage']],
    ['a translation', '作者认为“还不足以下结论” ¶3', ['¶3 place: translated']],
    [
      'words with an ellipsis',
      '“the pond … in eleven years” ¶2',
      ['¶2 verified: the pond … in eleven years'],
    ],
    ['nested quotation marks', '‘I buy the clock’ ¶4', ['¶4 verified: I buy the clock']],
    ['German marks', 'Sie sagt „not yet a conclusion“ ¶3', ['¶3 verified: not yet a conclusion']],
    ['guillemets', 'Elle dit « not yet a conclusion » ¶3', ['¶3 verified: not yet a conclusion']],
    ['a bracketed document that was not sent', 'It pays [3 ¶2].', ['¶2 place']],
  ])('judges %s', (_, text, expected) => {
    if (_ === 'a bracketed document that was not sent')
      expect(check(text)).toEqual(['3 ¶2 missing: document']);
    else expect(check(text)).toEqual(expected);
  });

  it.each([
    ['a Chinese quotation', '数据“还不足以下结论”¶3。', ['¶3 verified: 还不足以下结论']],
    ['corner brackets', '费用「正好是新挖的六分之一」（¶2）。', ['¶2 verified: 正好是新挖的六分之一']],
    ['straight marks without spaces', '作者说"还不足以下结论"，¶3', ['¶3 verified: 还不足以下结论']],
    ['words that moved', '费用“正好是新挖的六分之一”¶3。', ['¶2 moved: 正好是新挖的六分之一, from ¶3']],
    ['made-up words', '费用“只有新挖的十分之一”¶2。', ['¶2 missing: 只有新挖的十分之一, words']],
    ['Chinese words for a passage', '见第2段。', ['第2段 place']],
    ['Chinese words for something else', '诗的第12段写雨。', []],
  ])('judges %s', (_, text, expected) => {
    expect(check(text, [chinese])).toEqual(expected);
  });

  it('takes Chinese in the other way of writing for a translation', async () => {
    const source = await sourceOf(['這些資料還不足以下結論，說這話的人來自港務會。']);
    expect(check('他说“还不足以下结论”¶1。', [source])).toEqual(['¶1 place: translated']);
    expect(check('他說「還不足以下定論」¶1。', [source])).toEqual(['¶1 missing: 還不足以下定論, words']);
  });

  it('looks in the named document first, then in the others', () => {
    const sources = [mills, other];
    expect(check('“Fifty-eight dead eels were counted” 2 ¶2', sources)).toEqual([
      '2 ¶2 verified: Fifty-eight dead eels were counted',
    ]);
    expect(check('“Fifty-eight dead eels were counted” ¶2', sources)).toEqual([
      '2 ¶2 moved: Fifty-eight dead eels were counted, from ¶2',
    ]);
    expect(check('“nine sell power today” 2 ¶1', sources)).toEqual([
      '1 ¶5 moved: nine sell power today, from 2 ¶1',
    ]);
  });

  it('calls nothing wrong while the block is being written', () => {
    expect(check('“a conclusion beyond doubt” ¶3 and ¶99', [mills], true)).toEqual([
      '¶3 pending',
      '¶99 pending',
    ]);
    expect(check('“not yet a conclusion” ¶5', [mills], true)).toEqual(['¶5 pending']);
    expect(check('“not yet a conclusion” ¶3', [mills], true)).toEqual(['¶3 verified: not yet a conclusion']);
  });
});

const answer = [
  '**It pays back “in eleven years” ¶2.** Nine of them “sell power today” ¶5.',
  '### Doubts',
  '- Data on eels are “not yet a conclusion” ¶3\n- “I buy the clock” ¶4, says the operator',
  '> “Of the 212 mills, nine sell power today.” ¶5',
  '| Mill | Payback |\n|---|---|\n| Carrow | “in eleven years” ¶2 |',
  'As ¶3 says: “not yet a conclusion”. See ¶2–4, ¶¶2, 5 and [¶1].',
].join('\n\n');

describe('an answer that is being written', () => {
  it('never calls a true citation wrong, wherever it is cut', () => {
    const splitter = createBlockSplitter();
    for (let end = 1; end <= answer.length; end++) {
      const blocks = splitter.split(answer.slice(0, end), true).flat();
      for (const [index, { raw }] of blocks.entries()) {
        const unfinished = index === blocks.length - 1;
        const wrong = checkCitations(raw, [mills], { unfinished }).filter(
          ({ verdict }) => verdict.state === 'missing' || verdict.state === 'moved',
        );
        expect(wrong, `cut after “${answer.slice(Math.max(0, end - 30), end)}”`).toEqual([]);
      }
    }
  });
});

describe('the cost', () => {
  it('is small for four hundred citations of two thousand paragraphs', async () => {
    const source = await sourceOf(
      Array.from(
        { length: 2_000 },
        (_, n) =>
          `Paragraph ${n} tells of mill number ${n}, which earns ${n} pounds and ${'words '.repeat(40)}.`,
      ),
    );
    const text = Array.from({ length: 400 }, (_, n) =>
      n % 4 === 0
        ? `Made up “mill number ${n} has burned to the ground” ¶${n + 1}.`
        : n % 4 === 1
          ? `“which earns ${n} pounds” ¶${n + 2}.`
          : `“mill number ${n}, which earns” ¶${n + 1}.`,
    ).join(' ');
    const begun = cpuTime();
    const atFirst = checkCitations(text, [source]);
    const once = cpuTime() - begun;
    expect(atFirst.filter(({ verdict }) => verdict.state === 'verified')).toHaveLength(200);
    await new Promise<void>((resolve) => void watchChecks(resolve));
    const first = checkCitations(text, [source]);
    const again = cpuTime();
    checkCitations(text, [source]);
    const twice = cpuTime() - again;
    expect(first).toHaveLength(400);
    expect(first.filter(({ verdict }) => verdict.state === 'missing')).toHaveLength(100);
    expect(first.filter(({ verdict }) => verdict.state === 'moved')).toHaveLength(100);
    expect(once).toBeLessThan(2_000);
    expect(twice).toBeLessThan(200);
  });

  it('is linear for runs of spaces, dashes and brackets', async () => {
    const source = await sourceOf(['A tide.', `${'['.repeat(60_000)}x`]);
    const begun = cpuTime();
    for (const text of [
      `¶1${' '.repeat(60_000)}x ¶2`,
      `“A tide” ${'-'.repeat(60_000)}x ¶1`,
      `${'['.repeat(60_000)} ¶2`,
    ])
      checkCitations(text, [source]);
    plainPassage(`${'['.repeat(60_000)}x`);
    expect(cpuTime() - begun).toBeLessThan(2_000);
  });

  it('finds a quotation by the rarer of its parts', async () => {
    const common = Array.from({ length: 400 }, (_, n) => `The other thing, number ${n}, is theirs.`);
    const source = await sourceOf([...common, 'The long spring tide reached the upper mill at dawn.']);
    const check = () =>
      checkCitations('“The … tide reached the upper mill at dawn” ¶9.', [source])[0]?.verdict;
    check();
    await expect.poll(check).toMatchObject({ state: 'moved' });
  });

  it('is linear for hostile text', () => {
    const begun = cpuTime();
    for (const piece of ['“', '"', '¶1 ', '“a” ¶1 ', '[¶1, 2, ', '第1段', '](', '1 2 3 ¶', '. ', '「」'])
      checkCitations(piece.repeat(20_000), [mills]);
    expect(cpuTime() - begun).toBeLessThan(5_000);
  });
});
