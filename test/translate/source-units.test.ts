import { describe, expect, it } from 'vitest';
import { renderPassages } from '@/utils/page/markdown';
import { normalize } from '@/utils/page/normalize';
import { checkMarks } from '@/utils/page/translate/marked';
import { numberPassages, type Passage } from '@/utils/source';
import { readInline } from '@/utils/translate/inline-marks';
import { type CutSource, cutSource, writePassage } from '@/utils/translate/source-units';
import { writeInline } from '@/utils/translate/write-inline';
import { cpuTime } from '../cpu-time';
import { pageOf } from '../fixtures/documents';
import fc from '../fixtures/property';

const sourceOf = (passages: Passage[]) => numberPassages(passages);
const cut = (text: string, kind: Passage['kind'] = 'text') => cutSource(sourceOf([{ text, kind }]));
const unitsOf = (text: string, kind?: Passage['kind']) => cut(text, kind).units.map((unit) => unit.text);
const written = (
  { passages }: CutSource,
  translate: (text: string) => string | undefined,
  units: CutSource,
) =>
  passages
    .map((passage) =>
      writePassage(passage, (id) => translate(units.units.find((unit) => unit.id === id)?.text ?? '')),
    )
    .join('\n\n');

/** Every word of a unit becomes another one; marks stay. */
const shout = (text: string) =>
  text.replace(/<\/?\d+\/?>|&(?:lt|amp);|\p{L}+/gu, (match) =>
    /^[<&]/.test(match) ? match : `X${match.length}`,
  );

describe('inline Markdown', () => {
  it.each([
    ['Plain words.', 'Plain words.', []],
    ['The [chair](https://a.example/x_(y)) sat.', 'The <1>chair</1> sat.', ['link']],
    ['A **bold *and slanted* word**.', 'A <1>bold <2>and slanted</2> word</1>.', ['strong', 'emphasis']],
    ['***both***', '<1><2>both</2></1>', ['strong', 'emphasis']],
    ['~~gone~~ and snake_case_name', '<1>gone</1> and snake_case_name', ['deleted']],
    ['Run `npm **ci**` now', 'Run <1/> now', ['code']],
    ['Energy $E = mc^2$ costs $5 and $10', 'Energy <1/> costs $5 and $10', ['formula']],
    ['![A boat](https://a.example/b.png) sails', '<1>A boat</1> sails', ['image']],
    ['![A boat] sails', '<1>A boat</1> sails', ['image']],
    ['See [3], [^note] and [2, 5].', 'See <1/>, <2/> and <3/>.', ['citation', 'citation', 'citation']],
    ['[[12]](#cite-12)', '<1/>', ['link']],
    ['H<sub>2</sub>O at 3<sup>rd</sup>', 'H<1>2</1>O at 3<2>rd</2>', ['lowered', 'raised']],
    ['Go to https://a.example/b, now', 'Go to <1/>, now', ['address']],
    ['Write to ada@a.example.', 'Write to <1/>.', ['address']],
    ['1 < 2 & 3 > 2 and <5>', '1 &lt; 2 &amp; 3 > 2 and &lt;5>', []],
    ['2*3*4 = 24', '2*3*4 = 24', []],
    ['a [b **c](https://d.example) e**', 'a <1>b **c</1> e**', ['link']],
    ['[open **words', '[open **words', []],
    ['said ¶12 there', 'said <1/> there', ['citation']],
  ])('%s', (raw, marked, kinds) => {
    const inline = readInline(raw);
    expect(inline.marked).toBe(marked);
    expect(inline.forms.map(({ kind }) => kind)).toEqual(kinds);
    expect(writeInline(inline, inline.marked)).toBe(raw);
  });

  it('moves marks with the words of the translation', () => {
    const inline = readInline('The [deputy](https://a.example) took **the chair**.');
    expect(writeInline(inline, '<2>主席职权</2>由<1>副主席</1>接任。')).toBe(
      '**主席职权**由[副主席](https://a.example)接任。',
    );
  });

  it('keeps links, formulas and code that a translation lost, and drops marks it made up', () => {
    const inline = readInline('The [deputy](https://a.example) ran `x` in *time*.');
    expect(writeInline(inline, '副手<9>及时</9>跑完')).toBe('副手及时跑完 [deputy](https://a.example) `x`');
    expect(writeInline(inline, '<1>副</1><1>手</1><2/><2/>')).toBe('[副](https://a.example)手`x`');
    // Not nested: the words alone, and what leads somewhere after them.
    expect(writeInline(inline, '<1>副手</3>')).toBe('副手 [deputy](https://a.example) `x`');
  });

  it('writes words of a model as words, whatever they look like', () => {
    const inline = readInline('Plain *words*.');
    const out = writeInline(inline, '**[click](javascript:alert(1))** <1>`x`</1>\n# head <script>');
    expect(readInline(out).forms.map(({ kind }) => kind)).toEqual(['emphasis']);
    expect(out).not.toContain('\n');
  });

  it('is read and written in time that grows with the text', () => {
    for (const piece of [
      '[a](',
      '**a ',
      '`a',
      '$a ',
      '<sup>',
      '![',
      '[^',
      '](',
      'http://',
      'a@',
      '_',
      '~~',
      '*_~[`$',
    ])
      for (const raw of [piece.repeat(20_000), `x ${piece.repeat(20_000)}`]) {
        const start = performance.now();
        const inline = readInline(raw);
        expect(writeInline(inline, inline.marked)).toBe(raw);
        expect(performance.now() - start, piece).toBeLessThan(1_500);
      }
  });
});

describe('a passage', () => {
  it('keeps its headings, items, quotes, tasks, notes and rules out of the units', () => {
    expect(unitsOf('## The chair', 'heading')).toEqual(['The chair']);
    expect(unitsOf('- one\n- two\n  - [x] three\n  1. four', 'list-item')).toEqual([
      'one',
      'two',
      'three',
      'four',
    ]);
    expect(unitsOf('> quoted\n> > twice', 'quote')).toEqual(['quoted', 'twice']);
    expect(unitsOf('[^2]: a note')).toEqual(['a note']);
    expect(unitsOf('**Term**\n: its meaning')).toEqual(['<1>Term</1>', 'its meaning']);
    expect(unitsOf('---')).toEqual([]);
    expect(cut('- [ ] do it', 'list-item').passages[0]?.blocks[0]?.shape).toMatchObject({
      marker: '-',
      task: false,
    });
    expect(cut('  - deep', 'list-item').passages[0]?.blocks[0]?.shape).toMatchObject({
      marker: '-',
      indent: 2,
    });
  });

  it('of code is no unit, nor is code inside of an item, and neither are figures', () => {
    expect(unitsOf('```js\nconst words = 1;\n```', 'code')).toEqual([]);
    expect(unitsOf('- run this:\n\n  ```sh\n  make it so\n  ```\n  and go on', 'list-item')).toEqual([
      'run this:',
      'and go on',
    ]);
    expect(unitsOf('12,500')).toEqual([]);
    expect(unitsOf('https://a.example/words')).toEqual([]);
  });

  it('of a table is translated cell by cell, its captions too', () => {
    const text = '*Prices*\n\n| Name | Price \\| tax |\n| --- | --- |\n| Apple | 12 |\n|  | *sour* one |';
    const { units, passages } = cut(text, 'table');
    expect(units.map((unit) => unit.text)).toEqual([
      '<1>Prices</1>',
      'Name',
      'Price | tax',
      'Apple',
      '<1>sour</1> one',
    ]);
    expect(units.map(({ kind }) => kind)).toEqual(['text', 'cell', 'cell', 'cell', 'cell']);
    const [passage] = passages;
    if (!passage) throw new Error('No passage');
    expect(writePassage(passage, (id) => (id === 3 ? 'a|b\nc' : undefined))).toBe(
      text.replace('Price \\| tax', 'a\\|b c'),
    );
    // A table in a text that is not known to be one, as answers of models have it.
    expect(unitsOf('Look:\n| Name | Note |\n|---|---|\n| Pear | 1 |\nDone.')).toEqual([
      'Look:',
      'Name',
      'Note',
      'Pear',
      'Done.',
    ]);
  });

  it('of a sheet is translated cell by cell; where the cells are stays', () => {
    const text = '\tA\tB\tC\n1\tName\tPrice | tax\n2\tA2:B2: Apple\tF:12\tA<br>B';
    const { units, passages } = cut(text, 'table');
    expect(units.map((unit) => unit.text)).toEqual(['Name', 'Price | tax', 'Apple', 'A&lt;br>B']);
    const [passage] = passages;
    if (!passage) throw new Error('No passage');
    expect(writePassage(passage, (id) => units[id - 1]?.text)).toBe(text);
    expect(writePassage(passage, (id) => (id === 2 ? 'Preis\t|\nSteuer' : undefined))).toBe(
      text.replace('Price | tax', 'Preis | Steuer'),
    );
  });

  it('keeps the lines that somebody broke, and joins those that a program broke', () => {
    expect(unitsOf('Roses are red\nViolets are blue')).toEqual(['Roses are red<1/>Violets are blue']);
    const wrapped =
      'It was a bright cold day in April, and the clocks were\nstriking thirteen. A man slipped quickly through the glass\ndoors of the mansions.';
    expect(unitsOf(wrapped)).toEqual([wrapped.replaceAll('\n', ' ')]);
    expect(
      writePassage(cut(wrapped).passages[0] ?? { blocks: [], after: '' }, (id) => unitText(wrapped, id)),
    ).toBe(wrapped);
    expect(unitsOf('> one line\n> and another', 'quote')).toEqual(['one line<1/>and another']);
    const quote = cut('> one line\n> and another', 'quote').passages[0] ?? { blocks: [], after: '' };
    expect(writePassage(quote, () => '一行<1/>又一行')).toBe('> 一行\n> 又一行');
  });

  it('does not become a list or a heading by its translation', () => {
    const [passage = { blocks: [], after: '' }] = cut('Words').passages;
    for (const [translation, text] of [
      ['# Head', '\\# Head'],
      ['1. One', '1\\. One'],
      ['- item', '\\- item'],
      ['> quote', '\\> quote'],
      ['| a | b |', '\\| a | b |'],
      ['```', '\\```'],
      ['2024 was', '2024 was'],
    ] as const)
      expect(writePassage(passage, () => translation)).toBe(text);
  });
});

function unitText(text: string, id: number): string | undefined {
  return cut(text).units.find((unit) => unit.id === id)?.text;
}

const pieces = fc.constantFrom(
  'word',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '¶12 ',
  '**',
  '*',
  '_',
  '~~',
  '`',
  '```',
  '$',
  '$$',
  '[',
  ']',
  '(',
  ')',
  '](https://a.example/)',
  '![',
  '<1>',
  '</1>',
  '<2/>',
  '<sup>',
  '</sup>',
  '&',
  '&lt;',
  '<',
  '>',
  '> ',
  '- ',
  '* ',
  '1. ',
  '# ',
  '### ',
  '[^1]: ',
  ': ',
  '[x] ',
  '| a | b |',
  '| --- | --- |',
  '|',
  '\\',
  '\\|',
  '---',
  '这是',
  '。',
  'Ünïcödé',
  '🌕',
  '\ud83c',
  'https://x.example/a?b=c',
  'me@x.example',
  '12',
  '\t',
  '\u200b',
);
const text = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));
const kind = fc.constantFrom<Passage['kind']>('text', 'heading', 'list-item', 'quote', 'code', 'table');
const passages = fc.array(fc.record({ text, kind }), { minLength: 1, maxLength: 6 });

describe('any source', () => {
  it('comes back to the byte when every unit is translated into itself', () => {
    fc.assert(
      fc.property(passages, (all) => {
        const source = sourceOf(all);
        const { passages: cuts, units } = cutSource(source);
        const byId = new Map(units.map((unit) => [unit.id, unit.text]));
        for (const [index, one] of cuts.entries()) {
          expect(writePassage(one, () => undefined)).toBe(all[index]?.text);
          expect(writePassage(one, (id) => byId.get(id))).toBe(all[index]?.text);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('has units whose marks are well nested, once each, and numbered as they begin', () => {
    fc.assert(
      fc.property(passages, (all) => {
        for (const { text } of cutSource(sourceOf(all)).units) {
          expect(checkMarks(text, text)).toBeUndefined();
          const numbers = [...text.matchAll(/<(\d+)\/?>/g)].map(([, number]) => Number(number));
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
          expect(text).not.toContain('\n');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps its structure whatever the words become', () => {
    const shapes = (cuts: CutSource) =>
      cuts.passages.map(({ blocks, after }) => [
        blocks.map(({ before, shape, content }) => [
          before,
          shape,
          content.forms
            .filter(({ kind }) => kind !== 'break' && kind !== 'citation')
            .map(({ kind, open }) => [kind, kind === 'emphasis' ? '' : open]),
        ]),
        after,
      ]);
    fc.assert(
      fc.property(passages, (all) => {
        const source = sourceOf(all);
        const first = cutSource(source);
        const again = first.passages.map((passage, index) => ({
          kind: all[index]?.kind ?? 'text',
          text: writePassage(passage, (id) => {
            const unit = first.units[id - 1];
            return unit && shout(unit.text);
          }),
        }));
        expect(shapes(cutSource(sourceOf(again)))).toEqual(shapes(first));
      }),
      { numRuns: 1_500 },
    );
  });

  it('takes any answer of a model without a throw and without a lost link', () => {
    fc.assert(
      fc.property(text, text, (original, answer) => {
        const inline = readInline(original.replace(/\n/g, ' '));
        const out = writeInline(inline, answer);
        for (const form of inline.forms.filter(({ address }) => address?.startsWith('https://a.')))
          expect(out).toContain(form.address);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a page as the reader writes it', () => {
    const page = pageOf(
      `<h2>The <em>Chair</em></h2><p>A <a href="/a">link</a>, <code>code</code>, <b>bold <i>both</i></b>.<br>Next line</p>
       <ul><li>One<ul><li>Deep <img alt="A boat" src="/b.png"></li></ul></li><li><input type="checkbox" checked> Task</li></ul>
       <blockquote><p>Quoted</p><p>Twice</p></blockquote><pre><code>let it = be;</code></pre>
       <table><tr><th>Name</th><th>Note</th></tr><tr><td>Apple | pear</td><td><a href="/c">here</a></td></tr></table>
       <dl><dt>Term</dt><dd>Meaning</dd></dl>`,
    );
    normalize(page);
    const all = [...renderPassages(page.body, () => false)].map(({ text, kind }) => ({ text, kind }));
    const cuts = cutSource(sourceOf(all));
    expect(cuts.units.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "The <1>Chair</1>",
        "A <1>link</1>, <2/>, <3>bold <4>both</4></3>.<5/>Next line",
        "One",
        "Deep <1>A boat</1>",
        "Task",
        "Quoted",
        "Twice",
        "Name",
        "Note",
        "Apple | pear",
        "<1>here</1>",
        "<1>Term</1>",
        "Meaning",
      ]
    `);
    expect(written(cuts, (one) => one, cuts)).toBe(all.map(({ text }) => text).join('\n\n'));
    expect(written(cuts, shout, cuts)).toMatchInlineSnapshot(`
      "## X3 *X5*

      X1 [X4](/a), \`code\`, **X4 *X4***.
      X4 X4

      - X3
        - X4 ![X1 X4](/b.png)

      - [x] X4

      > X6
      >
      > X5

      \`\`\`
      let it = be;
      \`\`\`

      | X4 | X4 |
      | --- | --- |
      | X5 \\| X4 | [X4](/c) |

      **X4**
      : X7"
    `);
  });

  it('of ten thousand passages is cut in a moment', () => {
    const source = sourceOf(
      Array.from({ length: 10_000 }, (_, index) => ({
        text: `Passage ${index} takes [the chair](https://a.example/${index}) and **holds** it, as [${index}] says.`,
        kind: 'text' as const,
      })),
    );
    const start = cpuTime();
    expect(cutSource(source).units.length).toBe(10_000);
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});
