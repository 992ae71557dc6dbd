import { describe, expect, it } from 'vitest';
import { findQuote } from '@/utils/citations';
import { fold, foldInto } from '@/utils/citations/fold';
import { plainPassage } from '@/utils/citations/plain-passage';
import { createIndex, watchChecks } from '@/utils/citations/source-index';
import { numberPassages } from '@/utils/source';
import fc from '../fixtures/property';
import { Random } from '../fixtures/random';
import { mixedText } from '../fixtures/sources';

/** What stands at the place where a quote was found; parts are joined by a bar. */
const found = (text: string, quote: string) =>
  findQuote(text, quote)
    ?.map(({ start, end }) => text.slice(start, end))
    .join('|');

describe('the same words', () => {
  it.each([
    ['the very letters', 'The tide turns at six.', 'tide turns', 'tide turns'],
    [
      'white space',
      'The  tide\n\tturns\u00a0at\u2009six.',
      'The tide turns at six',
      'The  tide\n\tturns\u00a0at\u2009six',
    ],
    ['small and capital letters', 'The Tide turns.', 'the tide Turns', 'The Tide turns'],
    [
      'straight and curly quotation marks',
      '“It’s a ‘clock’,” she said.',
      "\"It's a 'clock',\" she said",
      'It’s a ‘clock’,” she said',
    ],
    ['guillemets', 'Il dit « la marée » ici.', 'dit "la marée" ici', 'dit « la marée » ici'],
    ['CJK quotation marks', '作者说「還不足以下結論」。', '作者说“還不足以下結論”', '作者说「還不足以下結論'],
    [
      'hyphenation at the end of a line',
      'a hydro-\nelectric mill',
      'hydroelectric mill',
      'hydro-\nelectric mill',
    ],
    ['soft hyphens', 'hy\u00addro\u00adelec\u00adtric', 'hydroelectric', 'hy\u00addro\u00adelec\u00adtric'],
    [
      'dashes',
      'The mill – once idle — turns',
      'The mill -- once idle - turns',
      'The mill – once idle — turns',
    ],
    ['full-width letters and digits', 'ＴＩＤＥ　２０２４年', 'tide 2024年', 'ＴＩＤＥ　２０２４年'],
    ['half-width kana', 'ｶﾞﾗｽの窓', 'ガラスの窓', 'ｶﾞﾗｽの窓'],
    ['ligatures', 'an eﬃcient ﬁsh pass', 'an efficient fish pass', 'an eﬃcient ﬁsh pass'],
    [
      'composed and combining accents',
      'une mare\u0301e hau\u0302te',
      'une marée haûte',
      'une mare\u0301e hau\u0302te',
    ],
    [
      'Hangul in syllables and letters',
      '조수는 바뀐다'.normalize('NFD'),
      '조수는 바뀐다',
      '조수는 바뀐다'.normalize('NFD'),
    ],
    ['Arabic vowel marks and long lines', 'المَدُّ يَـــرتفع', 'المد يرتفع', 'المَدُّ يَـــرتفع'],
    ['Hebrew vowel marks', 'הַגֵּאוּת עוֹלָה', 'הגאות עולה', 'הַגֵּאוּת עוֹלָה'],
    ['zero-width characters', 'ti\u200bde \u200fturns', 'tide turns', 'ti\u200bde \u200fturns'],
    [
      'emphasis in the source',
      'The **tide** *turns* at `six`.',
      'tide turns at six',
      'tide** *turns* at `six',
    ],
    [
      'a link in the source',
      'The [old mill](https://example.org/a_(b)?c=1) turns.',
      'old mill turns',
      'old mill](https://example.org/a_(b)?c=1) turns',
    ],
    ['numbers of notes', 'The mill[12] turns[^3] twice.', 'mill turns twice', 'mill[12] turns[^3] twice'],
    ['a line break in a cell', '| a mill<br>turns |', 'a mill turns', 'a mill<br>turns'],
    ['a quote over lines of a quotation', '> The tide\n> turns', 'The tide turns', 'The tide\n> turns'],
    [
      'an ellipsis',
      'The mill at Carrow now earns back its cost.',
      'The mill … earns back',
      'The mill|earns back',
    ],
    [
      'three dots in brackets',
      'The mill at Carrow now earns back its cost.',
      'mill [...] its cost.',
      'mill|its cost',
    ],
    ['a Chinese ellipsis', '旧池只要清淤，费用是新挖的六分之一。', '旧池……六分之一', '旧池|六分之一'],
    ['an inserted word', 'It now earns back its cost.', '[The mill] now earns back', 'now earns back'],
    ['a changed first letter', 'At Carrow the mill turns.', '[T]he mill turns', 'the mill turns'],
    [
      'Chinese punctuation in another width',
      '潮水每天涨落两次，港口的人都知道。',
      '潮水每天涨落两次,港口的人都知道.',
      '潮水每天涨落两次，港口的人都知道',
    ],
    [
      'figures with marks',
      'It cost £9,400 (1.5%) in 2024–25.',
      '£9,400 (1.5%) in 2024-25',
      '£9,400 (1.5%) in 2024–25',
    ],
    ['Greek with a final sigma', 'Ο ΠΑΛΙΡΡΟΪΚΟΣ μύλος', 'ο παλιρροϊκος μύλος', 'Ο ΠΑΛΙΡΡΟΪΚΟΣ μύλος'],
    ['Russian', 'Прилив сменяется дважды.', '«прилив сменяется»', 'Прилив сменяется'],
    ['Hindi', 'ज्वार दिन में दो बार आता है।', 'दिन में दो बार', 'दिन में दो बार'],
    ['Thai, within a line without spaces', 'น้ำขึ้นน้ำลงวันละสองครั้ง', 'วันละสองครั้ง', 'วันละสองครั้ง'],
    ['letters beyond the basic plane', '𠮷野の潮', '𠮷野', '𠮷野'],
    ['the column of a cell', '17\tRent\tF:-5\tpaid', '-5', '-5'],
    ['the tab before a cell', '17\tRent\t-1,200.50\tpaid', '-1,200.50', '-1,200.50'],
    ['the range of a merged cell', '17\tA17:C17: 5\tD:12%', '5', '5'],
    ['the date of a cell', '17\tF:2026-01-31', '2026-01-31', '2026-01-31'],
    ['a line break in a cell', '17\ttwo<br>lines', 'two lines', 'two<br>lines'],
    ['cells that are quoted as a row', '17\tRent\t1,200.50\tF:paid', 'Rent 1,200.50', 'Rent\t1,200.50'],
  ])('are found in spite of %s', (_, text, quote, expected) => {
    expect(found(text, quote)).toBe(expected);
  });

  it.each([
    ['another word', 'The tide turns.', 'The tide rises'],
    ['a word that is left out without a sign', 'The old tide mill turns.', 'The tide mill turns'],
    ['another figure', 'It cost 9,400.', 'It cost 9,500'],
    ['a decimal point that went', 'It cost 1.5 million.', 'It cost 15 million'],
    ['the end of a longer figure', 'It cost 19,400 pounds.', '9,400 pounds'],
    ['the end of a figure after its comma', 'It cost 9,400 pounds.', '400 pounds'],
    ['the beginning of a longer figure', 'It cost 9,400 pounds.', 'It cost 9'],
    ['a minus that went', 'It was -5 degrees.', '5 degrees'],
    ['the minus of a cell that went', '17\tRent\tF:-5\tpaid', '5'],
    ['a part of the figure in a cell', '17\tRent\t1,200.50\tF:2026-01-31', '1,200'],
    ['the number of a row as a part of a cell', '17\t200\t5', '17,200'],
    ['the end of a longer word', 'They found it untrue.', 'true'],
    ['the beginning of a longer word', 'The tides turn.', 'The tide'],
    ['another accent', 'la marée', 'la maree'],
    ['words in another order', 'The tide turns at six.', 'turns the tide'],
    ['parts in another order', 'The tide turns at six.', 'at six … the tide'],
    ['another sign', 'x < 5', 'x = 5'],
    ['another Chinese character', '潮水每天涨落两次', '潮水每天涨落三次'],
  ])('are not found with %s', (_, text, quote) => {
    expect(found(text, quote)).toBeUndefined();
  });

  it.each(['', ' ', '…', '“”', '— — —', '🌕'])('are not there in %j', (quote) => {
    expect(findQuote('Some words.', quote)).toBeUndefined();
  });
});

/** Ways to set the same words otherwise. */
const settings: ((text: string, random: Random) => string)[] = [
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFC'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replace(/ /g, '  \n'),
  (text) => text.replaceAll("'", '’').replaceAll('"', '“'),
  (text) => text.replace(/(?<=\p{Ll})(?=\p{Ll}{3})/gu, '\u00ad'),
  (text) => text.replace(/(?<=\s)(?=\p{L})/gu, '“'),
  (text) =>
    text.replace(/[!-~]/g, (sign) =>
      /\w/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign,
    ),
  (text) => text.toUpperCase().toLowerCase(),
  (text) => text.replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ'),
  (text) => `“${text}”`,
  (text) => `**${text}**`,
];

const sentences = [
  'The office keeps 12 files on the fish pass, and "nobody" has opened them since 2019.',
  'Die Mühle läuft – wie früher – zwölf Stunden am Tag; das ist naïf, sagt er.',
  'Le moulin tourne à marée basse, à 2.1 m de chute, pour 9,400 € par an.',
  '潮水每天涨落两次，1998年算过一笔账：回本要30年。',
  '潮は一日に二度満ち引きする。港の「人々」は皆知っている。',
  '조수는 하루에 두 번 바뀐다. 항구 사람들은 모두 안다.',
  'Прилив сменяется отливом дважды в сутки, и мельница это помнит.',
  'يرتفع المد مرتين في اليوم، ويعرف ذلك أهل الميناء.',
  'הגאות עולה פעמיים ביום, וכל אנשי הנמל יודעים זאת.',
  'ज्वार दिन में दो बार आता है और बंदरगाह जानता है।',
];

describe('any words of a text', () => {
  it('are found at their place, however they are set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: sentences.length - 1 }),
        fc.nat(),
        fc.nat(),
        fc.array(fc.integer({ min: 0, max: settings.length - 1 }), { maxLength: 4 }),
        fc.integer(),
        (which, from, length, changes, seed) => {
          const text = sentences.join('\n');
          const words = [...(sentences[which] ?? '').matchAll(/\S+/g)];
          const first = from % words.length;
          const last = Math.min(words.length - 1, first + (length % 8));
          const start = text.indexOf(sentences[which] ?? '') + (words[first]?.index ?? 0);
          const end =
            text.indexOf(sentences[which] ?? '') + (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0);
          const random = new Random(seed);
          const quote = changes.reduce(
            (said, change) => settings[change]?.(said, random) ?? said,
            text.slice(start, end),
          );
          fc.pre(fold(text.slice(start, end)).text.length > 3);
          const [span, ...more] = findQuote(text, quote) ?? [];
          expect(more).toEqual([]);
          if (!span) throw new Error(`“${quote}” was not found`);
          // The first place with these words; marks at the ends do not belong to it.
          expect(fold(text.slice(span.start, span.end)).text).toBe(fold(text.slice(start, end)).text);
          expect(span.start).toBeLessThanOrEqual(end);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are not found when one of them is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: sentences.length - 1 }), fc.nat(), (which, at) => {
        const text = sentences.join('\n');
        const sentence = sentences[which] ?? '';
        const letters = [...sentence.matchAll(/\p{L}/gu)];
        const { index = 0 } = letters[at % letters.length] ?? {};
        const other = /\p{sc=Han}/u.test(sentence) ? '龘' : 'ѫ';
        expect(
          findQuote(text, `${sentence.slice(0, index)}${other}${sentence.slice(index + 1)}`),
        ).toBeUndefined();
      }),
    );
  });

  it('lead back to the very place in mixed text', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed);
      const text = mixedText(random, 400);
      const folded = fold(text);
      expect(folded.starts).toHaveLength(folded.text.length);
      for (let unit = 1; unit < folded.text.length; unit++) {
        expect(folded.starts[unit]).toBeGreaterThanOrEqual(folded.starts[unit - 1] ?? 0);
        expect(folded.ends[unit]).toBeGreaterThan(folded.starts[unit] ?? 0);
      }
      expect(foldInto(text, 0, text.length)).toBe(folded.text);
    }
  });

  it('are found in the passage as it is shown when they are in the passage as it is sent', () => {
    const passage = '- The **tide** [turns](https://example.org) at *six*, says `Hanne`.';
    expect(found(passage, 'tide turns at six')).toBeDefined();
    expect(found(plainPassage(passage), 'tide turns at six')).toBe('tide turns at six');
  });
});

/** Listens as a component does, until the answer is known. */
const whenReady = (ask: () => unknown) =>
  new Promise<void>((resolve) => {
    const stop = watchChecks(() => {
      if (ask() === 'pending') return;
      stop();
      resolve();
    });
  });

const textOf = (passages: string[]) =>
  numberPassages(passages.map((text) => ({ text, kind: 'text' as const })));

describe('the index of a source', () => {
  it('finds words over the end of a passage, and where they begin', () => {
    const index = createIndex(textOf(['One.', 'The tide turns', 'at six in the morning.', 'Four.']));
    expect(index.find('tide turns at six')).toBe(2);
    expect(index.find('six in the morning')).toBe(3);
    expect(index.find('six in the evening')).toBeUndefined();
  });

  it('keeps to the numbers of passages that are out of order', () => {
    const { text, segments } = numberPassages(
      ['First.', 'Late arrival.', 'Second one.'].map((words) => ({ text: words, kind: 'text' as const })),
      [1, 9, 2],
    );
    const index = createIndex({ text, segments });
    expect(index.find('late arrival')).toBe(9);
    expect(index.stands(2, 'second one')).toBe(true);
    expect(index.passage(3)).toBeUndefined();
  });

  it('looks through a source of ten megabytes beside other work, and tells when it is done', async () => {
    const random = new Random(7);
    const line = `${mixedText(random, 3_000).replaceAll('¶', '')} `;
    const passages = Array.from({ length: 3_300 }, (_, number) => `${line}${number} ends here`);
    passages[3_000] = 'The needle lies in this haystack of words.';
    const source = textOf(passages);
    expect(source.text.length).toBeGreaterThan(9_000_000);
    const index = createIndex(source);
    expect(index.stands(3_001, 'needle lies in this haystack')).toBe(true);
    expect(index.stands(12, 'needle lies in this haystack')).toBe(false);
    expect(index.find('needle lies in this haystack')).toBe('pending');
    await whenReady(() => index.find('needle lies in this haystack'));
    expect(index.find('needle lies in this haystack')).toBe(3_001);
    expect(index.find('needle lies in that haystack')).toBeUndefined();
  }, 30_000);

  it('takes one passage of a megabyte', async () => {
    const source = textOf([`${'望舒通读全文。'.repeat(150_000)}结尾在这里。`]);
    const index = createIndex(source);
    expect(index.stands(1, '结尾在这里')).toBe('pending');
    await whenReady(() => index.stands(1, '结尾在这里'));
    expect(index.stands(1, '结尾在这里')).toBe(true);
    expect(index.find('结尾在那里')).toBeUndefined();
  });
});
