/** Numbers that are written in words: six, two hundred and fifty, third, half; 三千, 二〇二四, 百分之五, 三成. */

/** Words of a run, by what they do to its number. */
const small = new Map<string, number>(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value]),
);
for (const [index, word] of 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').entries())
  small.set(word, (index + 2) * 10);
for (const [
  index,
  word,
] of 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ').entries())
  small.set(word, index + 1);
const large = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
/** Words that are figures by themselves; a share may be written as one or in percent. */
const single = new Map<string, number[]>([
  ['half', [0.5, 50]],
  ['halves', [0.5, 50]],
  ['third', [33, 33.3]],
  ['thirds', [66.7, 67, 66.6]],
  ['quarter', [0.25, 25, 4]],
  ['quarters', [0.75, 75]],
  ['quarterly', [4]],
  ['fifth', [0.2, 20]],
  ['eighth', [0.125, 12.5]],
  ['tenth', [0.1, 10]],
  ['twice', [2]],
  ['double', [2]],
  ['couple', [2]],
  ['pair', [2]],
  ['triple', [3]],
  ['dozen', [12]],
  ['fortnight', [2, 14]],
  ['decade', [10]],
  ['century', [100]],
]);

export interface WordNumber {
  /** More than one where it is a share: half is 0.5 and 50 percent. */
  values: number[];
  start: number;
  end: number;
}

/** Every number in a text that English words stand for. */
export function englishNumbers(text: string): WordNumber[] {
  const found: WordNumber[] = [];
  let total = 0;
  let start = 0;
  let current = 0;
  let isRun = false;
  let end = -1;
  const finish = () => {
    if (isRun) found.push({ values: [total + current], start, end });
    isRun = false;
    total = 0;
    current = 0;
  };
  for (const { 0: written, index } of text.matchAll(/[a-z]+/gi)) {
    const word = written.toLowerCase();
    const joins = isRun && /^(?:[\s-]|, )$/.test(text.slice(end, index));
    const value = small.get(word);
    const times = large.get(word);
    if (word === 'and' && joins) {
      end = index + written.length;
      continue;
    }
    if (!joins) finish();
    if (!isRun) start = index;
    if (value !== undefined) {
      // Two words that make no number of several words are two numbers: nineteen eighty.
      if (isRun && current % 100 !== 0 && !(current % 10 === 0 && value < 10)) {
        finish();
        start = index;
      }
      current += value;
      isRun = true;
    } else if (times !== undefined) {
      if (times === 100) current = (current || 1) * 100;
      else {
        total += (current || 1) * times;
        current = 0;
      }
      isRun = true;
    } else finish();
    const values = single.get(word);
    if (values) found.push({ values, start: index, end: index + written.length });
    end = index + written.length;
  }
  finish();
  return found;
}

const hanDigits = new Map([...'零一二三四五六七八九'].map((sign, value) => [sign, value]));
for (const [sign, value] of Object.entries({
  〇: 0,
  两: 2,
  兩: 2,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}))
  hanDigits.set(sign, value);
const hanUnits = new Map(
  Object.entries({ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1e3, 仟: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }),
);

export const hanNumeral =
  /[零〇一二两兩三四五六七八九十百千万萬亿億壹贰叁肆伍陆柒捌玖拾佰仟]+(?:[点點][零〇一二三四五六七八九]+)?/g;

/** The number of a run of Chinese numerals, undefined when they make none: 千万, 万一. */
export function hanNumber(run: string): number | undefined {
  const [whole = '', fraction] = run.split(/[点點]/);
  const value = hanWhole(whole);
  if (value === undefined || fraction === undefined) return value;
  return Number(`${value}.${[...fraction].map((sign) => hanDigits.get(sign) ?? 0).join('')}`);
}

function hanWhole(run: string): number | undefined {
  const signs = [...run];
  if (signs.every((sign) => hanDigits.has(sign))) {
    return Number(signs.map((sign) => hanDigits.get(sign)).join(''));
  }
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const [index, sign] of signs.entries()) {
    const value = hanDigits.get(sign);
    if (value !== undefined) {
      digit = value;
      continue;
    }
    const unit = hanUnits.get(sign) ?? 1;
    // Only ten begins a number without a digit before it.
    if (index === 0 && unit !== 10) return undefined;
    if (unit >= 1e4) {
      total = (total + section + (digit ?? 0)) * unit;
      section = 0;
    } else section += (digit ?? 1) * unit;
    digit = undefined;
  }
  // 三千五 is 3,500, and 三千零五 is 3,005.
  const last = hanUnits.get(signs.at(-2) ?? '');
  const tail = digit !== undefined && last !== undefined && last > 10 ? (digit * last) / 10 : (digit ?? 0);
  return total + section + tail;
}

/** What Chinese characters behind digits multiply by: 3百万, 1.2万, 5亿. */
export function hanScale(text: string): number {
  const signs = /^\s?([十百千万萬亿億]{1,3})/.exec(text)?.[1] ?? '';
  return [...signs].reduce((product, sign) => product * (hanUnits.get(sign) ?? 1), 1);
}
