import { numeral } from '../document/numerals';
import type { ListLevel } from './styles';

/** Counters of a list, one for each of its levels. */
export type Counters = (number | undefined)[];

const formats: Record<string, string> = Object.assign(Object.create(null), {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '1': 'decimal',
  '1st': 'ordinal',
  '①, ②, ③, ...': 'decimalEnclosedCircle',
  '一, 二, 三, ...': 'chineseCounting',
  '壹, 贰, 叁, ...': 'chineseLegalSimplified',
  '壹, 貳, 參, ...': 'ideographLegalTraditional',
  '甲, 乙, 丙, ...': 'ideographTraditional',
  '子, 丑, 寅, ...': 'ideographZodiac',
  'ア, イ, ウ, ...': 'aiueo',
  'イ, ロ, ハ, ...': 'iroha',
});

/** Counts the next item of a level, and the mark that is shown for it: empty for a bullet. */
export function nextMark(
  levels: readonly ListLevel[],
  counters: Counters,
  depth: number,
  value?: number,
): string {
  const level = levels[depth];
  counters[depth] = value ?? (counters[depth] ?? (level?.start ?? 1) - 1) + 1;
  counters.length = depth + 1;
  if (!level?.isNumbered) return '';
  const numbers: string[] = [];
  for (let index = Math.max(0, depth + 1 - level.levels); index <= depth; index++) {
    const other = levels[index];
    if (other && (other.isNumbered || index === depth))
      numbers.push(numeral(counters[index] ?? other.start, formats[other.format] ?? 'decimal'));
  }
  return (level.before + numbers.join('.') + level.after).trim();
}
