import { describe, expect, it } from 'vitest';
import { refusalOf } from '@/utils/translate/check';
import { echoLengths, isEchoOf } from '@/utils/translate/echo';
import type { PageUnit } from '@/utils/translate/types';
import { nearEqualLines } from '../fixtures/near-equal-lines';
import { echoed, translated } from './scripted';

const unitsOf = (lines: readonly string[]): PageUnit[] =>
  lines.map((text, index) => ({ id: index + 1, text, kind: 'item' }));

/** What becomes of a batch whose answers are those of the lines `by` further on, echo and translation alike. */
function refusals(units: readonly PageUnit[], by: number) {
  const lengths = echoLengths(units);
  return units.map((unit, index) => {
    const other = units[(index + by) % units.length] as PageUnit;
    // Asked to repeat as much as it was of its own line, it repeats as much of the wrong one.
    const echo = echoed({ s: unit.id, x: other.text, e: lengths.get(unit.id) });
    const text = /\p{Script=Han}/u.test(other.text) ? 'Ворота открыты' : translated(other.text);
    const neighbours = units.filter((one) => one !== unit);
    return refusalOf(unit, { text, echo }, { neighbours });
  });
}

describe('what a model repeats of its lines', () => {
  for (const [name, lines] of Object.entries(nearEqualLines)) {
    it(`tells apart ${name} that begin alike`, () => {
      const units = unitsOf(lines);
      expect(refusals(units, 0)).toEqual(units.map(() => undefined));
      for (let by = 1; by < units.length; by++)
        expect(refusals(units, by), `shifted by ${by}`).toEqual(units.map(() => 'shifted'));
    });
  }

  it('is no more than two words where those tell the lines apart, and of lines that say the same', () => {
    const units = unitsOf([
      'The chair opened the meeting.',
      'A deputy objected to it at once.',
      'See also',
      'See also',
      'Members left the room before the vote was taken.',
    ]);
    expect(echoLengths(units).size).toBe(0);
  });

  it('is asked for only of the lines that need it, and as little of them as does', () => {
    const rows = unitsOf([
      'A deputy objected.',
      'North gate stays open all day, as the harbour master ordered last week',
      'North gate stays shut all day, as the harbour master ordered last year',
    ]);
    expect([...echoLengths(rows)]).toEqual([
      [2, 2],
      [3, 2],
    ]);
  });

  it('may have dots of its own, be longer or shorter than asked, and break into marks', () => {
    expect(isEchoOf('Well … then we go home', 'Well … then')).toBe(true);
    expect(isEchoOf('North gate, open on weekdays', '<1>North</1> gate')).toBe(true);
    expect(isEchoOf('North gate, open on weekdays', 'North gate, open ... on weekdays')).toBe(true);
    expect(isEchoOf('North gate, open on weekdays', 'North gate … on weekends')).toBe(false);
    expect(isEchoOf('North gate, open on weekdays', '… on weekdays')).toBe(false);
    expect(isEchoOf('* * *', '')).toBe(true);
    expect(isEchoOf('North gate', undefined)).toBe(false);
  });
});
