import { describe, expect, it } from 'vitest';
import { countOf, occurrences } from '@/utils/translate/occurrences';
import { createMatcher, uncovered } from '@/utils/translate/term-matcher';
import type { Term } from '@/utils/translate/types';
import fc from '../fixtures/property';

const word = (source: string, match: Partial<Term['match']> = {}) => ({
  source,
  match: { caseSensitive: false, wholeWord: true, ...match },
});

describe('a term is found', () => {
  it.each([
    ['port', 'The export of the port; ports, the port’s quay and the ports’ dues. Portes, portal.', 4],
    ['chair', 'The chair, chairs, chairing and a chairman. CHAIR', 3],
    ['class', 'A class, classes, the class’s work; classs', 3],
    ['cap', 'A cap and caps; capes and capé are none.', 2],
    ['body', 'The body, its bodies, nobody, the body’s.', 3],
    ['harbour master', 'The harbour\n  master and harbour masters', 2],
    ['café', 'A cafe\u0301 and a café', 2],
    ['AGM', 'The AGM, two AGMs, agm', 3],
    ['don’t', "Don't and don’t", 2],
    ['C++', 'C++ and C++17, not C+', 2],
    ['主席', '副主席就任主席职权', 2],
    ['議長', '議長は議長に', 2],
    ['의장', '의장은 의장을, 부의장', 2],
    ['chair', '这把chair很好', 1],
    ['Straße', 'Die Straße, STRASSE', 1],
    ['İstanbul', 'In İstanbul', 1],
    ['', 'Nothing is everywhere', 0],
    [' ', 'a b', 0],
  ])('%s in “%s”: %i times', (source, text, times) => {
    expect(occurrences(text, word(source))).toBe(times);
  });

  it('inside words when whole words are not asked for', () => {
    expect(occurrences('export ports', word('port', { wholeWord: false }))).toBe(2);
  });

  it('only as it is written, but for the capital of a sentence', () => {
    const text = 'Chair now. The Chair takes the chair. “Chair!” She saw Chair and CHAIR.\nChair of state';
    expect(occurrences(text, word('chair', { caseSensitive: true }))).toBe(4);
    expect(occurrences(text, word('Chair', { caseSensitive: true }))).toBe(5);
    expect(countOf('The chair. Then the Chair.', 'the chair')).toBe(1);
  });
});

describe('many terms', () => {
  it('are all found, one inside another too; what lies in a longer one is not counted as itself', () => {
    const terms = ['harbour', 'harbour master', 'master'].map((source) => word(source));
    const found = createMatcher(terms).find('The harbour master of the harbour');
    expect(found.map(({ term }) => term.source).sort()).toEqual([
      'harbour',
      'harbour',
      'harbour master',
      'master',
    ]);
    expect(uncovered(found).map(({ term }) => term.source)).toEqual(['harbour master', 'harbour']);
    const [first] = terms;
    expect(uncovered(found, (term) => term === first).map(({ term }) => term.source)).toEqual(
      ['harbour master', 'harbour', 'harbour'].sort((one, other) => other.length - one.length),
    );
  });

  it('are where a search for each alone finds them', () => {
    const letter = fc.constantFrom('a', 'b', ' ', 's', 'é', '主', '.');
    const text = fc.string({ unit: letter, maxLength: 60 });
    fc.assert(
      fc.property(
        text,
        fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        (body, sources) => {
          const terms = [...new Set(sources)].map((source) => word(source));
          const counts = new Map(terms.map((term) => [term, 0]));
          for (const { term, start, end } of createMatcher(terms).find(body)) {
            counts.set(term, (counts.get(term) ?? 0) + 1);
            expect(end).toBeGreaterThan(start);
          }
          for (const term of terms) expect(counts.get(term)).toBe(occurrences(body, term));
        },
      ),
    );
  });

  it('never stand inside a word', () => {
    const part = fc.string({
      unit: fc.constantFrom('x', 'y', 'Q', '9', '_', 'ü'),
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(part, part, (head, tail) => {
        const text = `${head}port ${head}port${tail} port${tail} un${head}port`;
        expect(occurrences(text, word('port'))).toBe(0);
      }),
    );
  });

  it('cost what the text costs: ten times the text, and a thousand terms for one', () => {
    const terms = Array.from({ length: 1_000 }, (_, index) => word(`term${index} of the harbour`));
    const one = createMatcher(terms.slice(0, 1));
    const all = createMatcher(terms);
    const text = 'The committee met on the quay, and term7 of the harbour was read. '.repeat(4_000);
    const hostile = createMatcher([word(`${'a'.repeat(399)}b`, { wholeWord: false })]);
    const time = (work: () => unknown) => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    time(() => all.find(text));
    const [short, long, single] = [
      time(() => all.find(text)),
      time(() => all.find(text.repeat(10))),
      time(() => one.find(text)),
    ];
    expect(long).toBeLessThan(short * 20 + 100);
    expect(short).toBeLessThan(single * 6 + 100);
    expect(time(() => hostile.find('a'.repeat(1_000_000)))).toBeLessThan(1_500);
    if (process.env.PRINT) console.log({ characters: text.length, short, long, single });
  });
});
