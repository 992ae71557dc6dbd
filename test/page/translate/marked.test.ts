import { describe, expect, it } from 'vitest';
import {
  checkMarks,
  escapeMarked,
  fillSlots,
  type MarkedNode,
  parseMarked,
  plainMarked,
  shapeOf,
  slotsOf,
} from '../../../utils/page/translate/marked';
import fc from '../../fixtures/property';

const source = 'The <1>deputy</1>, taking <2>the <3>chair</3></2>, ran <4/>.';

describe('marked text', () => {
  it('is read as a tree', () => {
    expect(parseMarked('a <1>b <2/></1> c')).toEqual(['a ', { mark: 1, content: ['b ', { mark: 2 }] }, ' c']);
    expect(parseMarked('')).toEqual([]);
  });

  it('takes tags with spaces, and what is no tag as text', () => {
    expect(parseMarked('< 1 >x</ 1 >< 2 / >')).toEqual([{ mark: 1, content: ['x'] }, { mark: 2 }]);
    expect(parseMarked('1 < 2, <b>, <img onerror=x>')).toEqual(['1 < 2, <b>, <img onerror=x>']);
    expect(parseMarked('&lt;1> &amp;lt; &quot;')).toEqual(['<1> &lt; &quot;']);
  });

  it.each(['<1>a', 'a</1>', '<1><2>a</1></2>'])('is nothing when it is badly nested: %s', (text) => {
    expect(parseMarked(text)).toBeUndefined();
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainMarked(escapeMarked(text))).toBe(text);
        expect(plainMarked(`<1>${escapeMarked(text)}</1><2/>`)).toBe(text);
      }),
    );
  });

  it('never throws, and is linear', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<', '/', '>', '1', ' ', 'a')), (parts) => {
        parseMarked(parts.join(''));
        checkMarks('<1>a</1>', parts.join(''));
      }),
    );
    const start = performance.now();
    parseMarked('<'.repeat(200_000));
    expect(checkMarks('<1>a</1>', '<1>'.repeat(100_000))).toBe('nesting');
    expect(parseMarked('<1>'.repeat(9_000) + '</1>'.repeat(9_000))).toBeUndefined();
    parseMarked(`<${' '.repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('the check of marks', () => {
  it.each([
    ['在 <4/>，<1>副手</1>坐上<2>那把<3>椅子</3></2>', undefined],
    ['<1>副手</1><2>那把<3>椅子</3></2>', 'missing'],
    ['<1>副手</1><1>x</1><2>那把<3>椅子</3></2><4/>', 'double'],
    ['<1>副手</1><2>那把<3>椅子</3></2><4/><5/>', 'unknown'],
    ['<1></1><2>那把<3>椅子</3></2><4/>', 'empty'],
    ['<1>副手<2></1>那把</2><3>椅子</3><4/>', 'nesting'],
  ])('%s: %s', (translation, trouble) => expect(checkMarks(source, translation)).toBe(trouble));
});

describe('slots', () => {
  it('are the texts around the tags', () => {
    expect(slotsOf(source)).toEqual(['The ', 'deputy', ', taking ', 'the ', 'chair', '', ', ran ', '.']);
    expect(slotsOf('')).toEqual(['']);
  });

  it('fill the marks of the source when the numbers are wrong and as many', () => {
    const filled = fillSlots('a <1>b</1> c <2/>', 'x <7>y</8> z <9/>') as MarkedNode[];
    expect(filled).toEqual(['x ', { mark: 1, content: ['y'] }, ' z ', { mark: 2 }]);
    expect(fillSlots('a <1>b</1>', 'x y')).toBeUndefined();
  });

  it('have a shape', () => {
    expect(shapeOf('a <1>b</1>')).toBe(shapeOf('<1>x</1> yz'));
    expect(shapeOf('<1>b</1><2/>')).not.toBe(shapeOf('<2/><1>x</1>'));
  });
});
