import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { lex, maximumDepth } from '@/components/answer/markdown/lex';

/** How deep tokens stand in tokens, list items among them. */
function depth(tokens: Token[]): number {
  const inner = tokens.map((token) => {
    const { tokens: own = [], items = [] } = token as { tokens?: Token[]; items?: Token[] };
    return depth([...own, ...items]);
  });
  return tokens.length === 0 ? 0 : 1 + Math.max(...inner);
}

const textOf = (tokens: Token[]): string => tokens.map(({ raw }) => raw).join('');

describe('output that nests without end', () => {
  it.each([
    ['quotes', `${'>'.repeat(20_000)} end`],
    ['lists', `${'- '.repeat(5_000)}end`],
    ['quotes and lists', `${'> - '.repeat(3_000)}end`],
    ['emphasis', `${'*a **b '.repeat(500)}end${' c** d*'.repeat(500)}`],
    ['brackets', `${'['.repeat(3_000)}end${'](x)'.repeat(3_000)}`],
  ])('is text from some depth on: %s', (_, text) => {
    const tokens = lex(text);
    expect(depth(tokens)).toBeLessThanOrEqual(maximumDepth * 2 + 2);
    expect(textOf(tokens)).toBe(text);
  });

  it('is nested as it was meant where people can still read it', () => {
    expect(depth(lex('- a\n  - b\n    - c\n      - d\n        > e **f *g***'))).toBeGreaterThan(10);
  });
});
