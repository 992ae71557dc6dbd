import { describe, expect, it } from 'vitest';
import { type FormulaToken, formulaAt, withoutFormulas } from '@/components/answer/markdown/formulas';
import { lex } from '@/components/answer/markdown/lex';
import { createBlockSplitter } from '@/components/answer/markdown/split-blocks';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';

interface Node {
  type: string;
  raw: string;
  tokens?: Node[];
  items?: Node[];
}

/** Every formula of a text, in order, as its source and whether it stands alone. */
function formulasIn(text: string): [string, boolean][] {
  const found: [string, boolean][] = [];
  const visit = (tokens: Node[]) => {
    for (const token of tokens) {
      const { source, display, open } = token as unknown as FormulaToken;
      if (token.type === 'formula' && !open) found.push([source, display]);
      visit(token.tokens ?? []);
      visit(token.items ?? []);
    }
  };
  visit(lex(text) as Node[]);
  return found;
}

describe('formulas', () => {
  it.each<[string, [string, boolean][]]>([
    ['Let $x$ be', [['x', false]]],
    ['so $a_1 * b_2 * c$ and *stress*', [['a_1 * b_2 * c', false]]],
    [
      '$E = mc^2$, or \\(p \\land q\\).',
      [
        ['E = mc^2', false],
        ['p \\land q', false],
      ],
    ],
    ['so $$x^2$$ holds', [['x^2', true]]],
    ['$$\n\\frac{a}{b}\n$$', [['\\frac{a}{b}', true]]],
    ['\\[\nx = 1\n\\]', [['x = 1', true]]],
    ['The sum:\n$$\na\n- b\n# c\n$$\nand on', [['a\n- b\n# c', true]]],
    [
      '- item $n+1$\n\n  $$\n  y\n  $$',
      [
        ['n+1', false],
        ['y', true],
      ],
    ],
    ['落差 $h=2$ 米', [['h=2', false]]],
    ['$\\text{高度} = 2$', [['\\text{高度} = 2', false]]],
    ['$a \\$ b$ costs', [['a \\$ b', false]]],
  ])('are read in %j', (text, expected) => {
    expect(formulasIn(text)).toEqual(expected);
  });

  it.each([
    'from $5 to $10 more',
    '$5-$10, or US$5 million and A$6',
    '5$ here and 10$ there',
    'it is $5, or 10$ for two',
    '$HOME/$USER and $PATH',
    '$AAPL rose, $GOOG fell',
    '价格从$5涨到10$。',
    'a \\$x\\$ escape',
    'code `$x$` stays',
    '```\n$$\nx\n$$\n```',
    '$ x $',
    '$$',
    '$$$$',
    '$$\nnever closed\n\nand on',
    '\\(see the note about it\\)',
    '[a](https://example.org/?q=$x$)',
  ])('are not read in %j', (text) => {
    expect(formulasIn(text)).toEqual([]);
  });

  it('leave the text around them whole', () => {
    const text = 'from $5 to $x$ and *on* \\(y\\) ![a](b) $$z$$ end';
    const raws = lex(text).map(({ raw }) => raw);
    expect(raws.join('')).toBe(text);
    expect(withoutFormulas(text)).toHaveLength(text.length);
    expect(withoutFormulas('*a* $b*c$ d*')).toBe('*a* aaaaa d*');
  });

  const answer = [
    'The pond pays back in $t = \\frac{c}{p}$ years, at $5 to $10.',
    '$$\nE = \\int_0^T Q(t) dt\n+ 2\n$$',
    '- a list with \\(x\\)\n- and $y$',
    '\\[\na = b\n\\]',
    'The end.',
  ].join('\n\n');

  it('come out the same wherever the answer is cut, and a half one is text', () => {
    const expected = createBlockSplitter().split(answer, false).flat();
    for (let cut = 0; cut <= answer.length; cut++) {
      const splitter = createBlockSplitter();
      const half = splitter.split(answer.slice(0, cut), true).flat();
      for (const { token } of half) {
        if (token.type !== 'formula') continue;
        const { open, raw } = token as FormulaToken;
        if (open) expect(raw).not.toMatch(/^\$\$[\s\S]+\$\$/);
      }
      const whole = splitter.split(answer, false).flat();
      expect(whole.map(({ raw, start }) => ({ raw, start }))).toEqual(
        expected.map(({ raw, start }) => ({ raw, start })),
      );
      expect(whole.map(({ token }) => token)).toEqual(expected.map(({ token }) => token));
    }
  });

  it('come out the same character by character', () => {
    const splitter = createBlockSplitter();
    for (let end = 1; end < answer.length; end++) splitter.split(answer.slice(0, end), true);
    expect(
      splitter
        .split(answer, false)
        .flat()
        .map(({ token }) => token),
    ).toEqual(
      createBlockSplitter()
        .split(answer, false)
        .flat()
        .map(({ token }) => token),
    );
  });

  it('never swallow, invent or hang', () => {
    const piece = fc.constantFrom(
      '$',
      '$$',
      '\\(',
      '\\)',
      '\\[',
      '\\]',
      '\n',
      '\n\n',
      'x',
      ' ',
      '5',
      '\\',
      '{',
      '- ',
      '字',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const raws = lex(text).map(({ raw }) => raw);
        // marked leaves the spaces of a line without words to whom they please.
        expect(raws.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        const found = formulaAt(text);
        if (found) expect(text.startsWith(found.raw)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['$ that never close', '$x '.repeat(20_000)],
    ['\\( that never close', '\\(x '.repeat(20_000)],
    ['$$ that never close', '$$\n'.repeat(20_000)],
    ['\\[ on lines', '\\[x\n'.repeat(20_000)],
  ])('cost little when there are thousands of %s', (_, text) => {
    const start = cpuTime();
    lex(text);
    expect(cpuTime() - start).toBeLessThan(3_000);
  });
});
