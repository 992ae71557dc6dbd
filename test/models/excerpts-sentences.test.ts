import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, plainText } from '@/utils/models/wire/excerpts/marks';
import { createPause } from '@/utils/models/wire/excerpts/pause';
import { sentencesOf, splitSentences } from '@/utils/models/wire/excerpts/sentences';
import { numberPassages, type Passage, type Source } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';

const pause = createPause(new AbortController().signal);

function sourceOf(passages: Passage[], lang?: string): Source {
  return { id: '', kind: 'tab', title: '', lang, gaps: [], readAt: 0, ...numberPassages(passages) };
}

/** What a reader sees of rendered Markdown. */
function rendered(markdown: string): string {
  const html = marked.parse(markdown, { async: false }).replace(/<[^>]+>/g, '');
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
  return html.replace(/&(lt|gt|quot|amp|#39);/g, (entity, name: string) => named[name] ?? entity).trim();
}

describe('splitSentences', () => {
  // Sentences are divided by ┃ in the second column.
  it.each([
    ['en', 'It rains. It stops.', 'It rains.┃It stops.'],
    ['en', 'Use tools, e.g. The Hobbit helps.', 'Use tools, e.g. The Hobbit helps.'],
    ['en', 'Dr. Who met Mrs. Hall. They spoke.', 'Dr. Who met Mrs. Hall.┃They spoke.'],
    ['en', 'J. R. R. Tolkien wrote it. He sang.', 'J. R. R. Tolkien wrote it.┃He sang.'],
    ['en', 'It was plan B. Then it rained.', 'It was plan B.┃Then it rained.'],
    ['en', 'It costs $3.14 today. Version 2.0 costs more.', 'It costs $3.14 today.┃Version 2.0 costs more.'],
    [
      'en',
      'The U.S. Government agreed. So did the U.K. The rest waited.',
      'The U.S. Government agreed.┃So did the U.K.┃The rest waited.',
    ],
    ['en', 'See Fig. 3 and No. 7 below. It ends.', 'See Fig. 3 and No. 7 below.┃It ends.'],
    ['en', 'I said no. He left.', 'I said no.┃He left.'],
    [
      'en',
      'Acme Inc. Chairman Bo left. The board of Acme Ltd. The end.',
      'Acme Inc. Chairman Bo left.┃The board of Acme Ltd.┃The end.',
    ],
    [
      'en',
      'Shown by Smith et al. (2004) before. It holds.',
      'Shown by Smith et al. (2004) before.┃It holds.',
    ],
    ['en', 'He said “Go.” Then he left.', 'He said “Go.”┃Then he left.'],
    ['en', '"Why?" he asked. "No." She left.', '"Why?" he asked.┃"No."┃She left.'],
    ['en', 'It ended (at last.) Nobody cared.', 'It ended (at last.)┃Nobody cared.'],
    ['en', 'It is known.[12] It is true.[3][4] Good.', 'It is known.[12]┃It is true.[3][4]┃Good.'],
    [
      'en',
      'Node.js runs. ASP.NET too. Go to example.com today.',
      'Node.js runs.┃ASP.NET too.┃Go to example.com today.',
    ],
    ['en', '1. Open the gate. 2. Shut it.', '1. Open the gate.┃2. Shut it.'],
    [
      'en',
      'We left at 5 p.m. Monday came. It was 9 a.m. The sun rose.',
      'We left at 5 p.m. Monday came.┃It was 9 a.m.┃The sun rose.',
    ],
    ['en', 'Really?! Yes... it is so. Fine.', 'Really?!┃Yes... it is so.┃Fine.'],
    [
      'en',
      'St. Louis is far. He lives on Main St. The road is long.',
      'St. Louis is far.┃He lives on Main St.┃The road is long.',
    ],
    ['en', 'Wrapped over two lines. Next.', 'Wrapped over two lines.┃Next.'],
    ['zh', '天黑了。下雨了！真的吗？是。', '天黑了。┃下雨了！┃真的吗？┃是。'],
    ['zh', '他说：“走吧。”然后关了门。', '他说：“走吧。”┃然后关了门。'],
    ['zh', '“你好吗？”他低声问。她没有回答。', '“你好吗？”他低声问。┃她没有回答。'],
    ['zh', '天黑了。“谁？”没有人。', '天黑了。┃“谁？”┃没有人。'],
    ['zh', '到此为止。（注一）以上。', '到此为止。┃（注一）以上。'],
    ['zh', '書名叫『夜。』很薄。「是。」他說。', '書名叫『夜。』┃很薄。┃「是。」他說。'],
    ['zh', '“好。”他知道以后很高兴。', '“好。”┃他知道以后很高兴。'],
    ['zh', '增长3.5%。使用Node.js开发。第3.2节。', '增长3.5%。┃使用Node.js开发。┃第3.2节。'],
    ['zh', '什么？！走了……后来回来了。', '什么？！┃走了……后来回来了。'],
    ['zh', '数据如下[1]。结论成立。[2]完。', '数据如下[1]。┃结论成立。[2]┃完。'],
    ['zh', '他喊道："走。"大家就走了。', '他喊道："走。"┃大家就走了。'],
    ['ja', '吾輩は猫である。「名前は？」まだ無い。', '吾輩は猫である。┃「名前は？」┃まだ無い。'],
    ['en_US', 'A wrong tag is no harm. None.', 'A wrong tag is no harm.┃None.'],
  ])('%s: %s', (language, text, expected) => {
    expect(splitSentences(text, language)).toEqual(expected.split('┃'));
  });

  it('keeps every letter and digit', () => {
    const words = [
      'Dr.',
      'A.',
      'e.g.',
      '“No.”',
      '(why?)',
      'It',
      'ended.',
      '。',
      '“好。”',
      '他',
      '3.5',
      '[1]',
      '\n',
    ];
    const texts = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        // Pieces without any letter or digit may be left out; every letter and digit stays, in order.
        const words = (some: string): string => some.replace(/[^\p{L}\p{N}]/gu, '');
        expect(words(splitSentences(text, 'en').join(''))).toBe(words(text));
      }),
      { seed: 1 },
    );
  });

  it('cuts a text without full stops into pieces, at commas, and loses nothing', () => {
    const text = '没有句号的文字，一直说下去，'.repeat(300);
    const pieces = splitSentences(text, 'zh');
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(400);
    expect(pieces.every((piece) => piece.endsWith('，'))).toBe(true);
  });
});

describe('plainText', () => {
  it.each([
    ['a **bold** and *soft* and ***both*** word', 'a bold and soft and both word'],
    ['__strong__, _em_, snake_case_name, ~~gone~~, 5~6 days', 'strong, em, snake_case_name, gone, 5~6 days'],
    ['2 * 3 * 4, f(*a) and g(*b), *open', '2 * 3 * 4, f(*a) and g(*b), *open'],
    ['这是**“重点”**的意思', '这是“重点”的意思'],
    ['a [link](https://a.b/c_(d) "title") and <https://e.f>', 'a link and https://e.f'],
    ['[**bold** link](x) and [brackets] stay', 'bold link and [brackets] stay'],
    ['end.[^1] and[[2]](#cite-2) and[[3](#fn3)] and [3](#chapter-3)', 'end. and and and 3'],
    ['a ![picture *of* it](p.png) here', 'a here'],
    ['`code *x* _y_` and ``a ` b``', 'code *x* _y_ and a ` b'],
    ['$a_1 * b_2$ costs $5 and $6', '$a_1 * b_2$ costs $5 and $6'],
    ['\\*literal\\* and C:\\dir and 1984\\. A', '*literal* and C:\\dir and 1984. A'],
    ['10<sup>6</sup> of Array<string>, a < b', '106 of Array<string>, a < b'],
    ['one\ntwo  \nthree<br>four', 'one two\nthree\nfour'],
  ])('%s', (markdown, expected) => {
    expect(plainText(markdown)).toBe(expected);
  });

  it('takes off the marks of a block and leaves numbers that are words', () => {
    expect(plainText('- [x] done **now**', 'list-item')).toBe('done now');
    expect(plainText('12. twelfth', 'list-item')).toBe('twelfth');
    expect(plainText('> said\n> so', 'quote')).toBe('said so');
    expect(plainText('### C# in *use* ##', 'heading')).toBe('C# in use');
    expect(plainText('1984. A novel')).toBe('1984. A novel');
  });

  it.each([
    'a **b *c* d** e',
    '**a*b**',
    '*a**b*',
    'a*b*c',
    '_a_b_',
    '`a*b`*c*',
    '[a](b)[c](<d e>)',
    '\\[a](b)',
    '**a',
    'a ** b',
    '[a *b](c) d*',
    'x**',
    '*a **b** c*',
    '![a](b)c',
    '<i>a</i>',
  ])('agrees with a Markdown renderer on %s', (markdown) => {
    expect(plainText(markdown)).toBe(rendered(markdown));
  });

  it('stays linear on marks that never close', () => {
    const started = cpuTime();
    for (const mark of ['*a _b [c ', '](x "', '`'.repeat(3), '$x ', '<a', '[[', '~~x '])
      plainText(mark.repeat(20_000));
    expect(cpuTime() - started).toBeLessThan(2000);
  });
});

describe('escapeMarkdown', () => {
  it('renders to exactly the words, whatever they are', () => {
    const marks = '\\`*_[]<>~&#+-=|:.!()"0aB 中。'.split('');
    const pieces = [
      ...marks,
      'https://a_b.c/d_e*f',
      'www.a_b.cd',
      '&amp;',
      '1.',
      '<b>',
      'x@y.zz',
      '¶3',
      '---',
      '```',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((list) => list.join('').trim());
    fc.assert(
      fc.property(text, (words) => {
        const sentence = words.replace(/\s+/g, ' ');
        expect(rendered(`> ${escapeMarkdown(sentence)} ¶12`)).toBe(`${sentence} ¶12`.trim());
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  it('leaves ordinary text alone', () => {
    const text = 'It’s 3.14 (really) — “yes”, 5%, a-b, C++ & more: #1! 卡罗，潮水。';
    expect(escapeMarkdown(text)).toBe(text);
  });
});

describe('sentencesOf', () => {
  it('reads prose, list items and quotations, and keeps their places', async () => {
    const first = sourceOf([
      { text: '# Title', kind: 'heading' },
      { text: 'One. Two is [here](x).', kind: 'text' },
      { text: 'const a = 1.', kind: 'code' },
      { text: '| a. | b. |', kind: 'table' },
      { text: '- **Three** is\nhere.', kind: 'list-item' },
    ]);
    const second = sourceOf([{ text: '> 四。五。', kind: 'quote' }], 'zh');
    expect(await sentencesOf([first, second], pause)).toEqual([
      { document: 0, paragraph: 2, text: 'One.', spaced: false },
      { document: 0, paragraph: 2, text: 'Two is here.', spaced: true },
      { document: 0, paragraph: 5, text: 'Three is here.', spaced: false },
      { document: 1, paragraph: 1, text: '四。', spaced: false },
      { document: 1, paragraph: 1, text: '五。', spaced: false },
    ]);
  });
});
