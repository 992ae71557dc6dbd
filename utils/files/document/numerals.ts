/** Numbers of lists as documents show them, so that “see item (c)” finds its item. */

import { roman } from '../../page/markdown/roman';

/** Word goes on after z with aa and bb, spreadsheets with aa and ab. */
function letters(number: number, alphabet: string): string {
  const all = Array.from(alphabet);
  if (number < 1 || number > all.length * 30) return String(number);
  return (all[(number - 1) % all.length] ?? '').repeat(Math.ceil(number / all.length));
}

const latin = 'abcdefghijklmnopqrstuvwxyz';

function chinese(number: number, digits: string, units: string, [myriad, zero]: [string, string]): string {
  if (number === 0) return zero;
  if (number < 0 || number > 99_999_999) return String(number);
  const write = (value: number, isInner: boolean): string => {
    let text = '';
    let isGap = false;
    for (let power = 3; power >= 0; power--) {
      const unit = 10 ** power;
      const digit = Math.floor(value / unit) % 10;
      if (digit === 0) {
        isGap = text !== '' || isInner;
        continue;
      }
      if (isGap && (text !== '' || isInner)) text += zero;
      isGap = false;
      text += (digits[digit - 1] ?? '') + (power > 0 ? (units[power - 1] ?? '') : '');
    }
    return text;
  };
  const high = Math.floor(number / 10_000);
  const low = number % 10_000;
  const text = (high > 0 ? write(high, false) + myriad : '') + (low > 0 ? write(low, high > 0) : '');
  // Ten is 十, not 一十.
  return number >= 10 && number < 20 && digits.startsWith('一') ? text.slice(1) : text;
}

const plain = (number: number) => chinese(number, '一二三四五六七八九', '十百千', ['万', '零']);

function ordinal(number: number): string {
  const last = number % 100;
  const ending = last > 10 && last < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

const circled = (number: number): string => {
  if (number >= 1 && number <= 20) return String.fromCodePoint(0x245f + number);
  if (number >= 21 && number <= 35) return String.fromCodePoint(0x323c + number);
  return number >= 36 && number <= 50 ? String.fromCodePoint(0x328d + number) : String(number);
};

const formats: Record<string, (number: number) => string> = Object.assign(Object.create(null), {
  none: () => '',
  decimalZero: (number: number) => String(number).padStart(2, '0'),
  lowerLetter: (number: number) => letters(number, latin),
  upperLetter: (number: number) => letters(number, latin.toUpperCase()),
  lowerRoman: roman,
  upperRoman: (number: number) => roman(number).toUpperCase(),
  ordinal,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  ideographEnclosedCircle: (number: number) => `(${plain(number)})`,
  chineseCounting: plain,
  chineseCountingThousand: plain,
  ideographDigital: plain,
  japaneseCounting: plain,
  japaneseDigitalTenThousand: plain,
  taiwaneseCounting: plain,
  taiwaneseCountingThousand: (number: number) =>
    chinese(number, '一二三四五六七八九', '十百千', ['萬', '零']),
  chineseLegalSimplified: (number: number) => chinese(number, '壹贰叁肆伍陆柒捌玖', '拾佰仟', ['万', '零']),
  ideographLegalTraditional: (number: number) =>
    chinese(number, '壹貳參肆伍陸柒捌玖', '拾佰仟', ['萬', '零']),
  ideographTraditional: (number: number) => letters(number, '甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: (number: number) => letters(number, '子丑寅卯辰巳午未申酉戌亥'),
  aiueoFullWidth: (number: number) =>
    letters(
      number,
      'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン',
    ),
  aiueo: (number: number) =>
    letters(
      number,
      'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン',
    ),
  iroha: (number: number) =>
    letters(
      number,
      'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス',
    ),
  irohaFullWidth: (number: number) =>
    letters(
      number,
      'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス',
    ),
  ganada: (number: number) => letters(number, '가나다라마바사아자차카타파하'),
  chosung: (number: number) => letters(number, 'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'),
  russianLower: (number: number) => letters(number, 'абвгдежзиклмнопрстуфхцчшщыэюя'),
  russianUpper: (number: number) => letters(number, 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ'),
  decimalFullWidth: (number: number) =>
    String(number).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
});

/** A number in a format that Word names; those it does not know are written in digits. */
export const numeral = (number: number, format: string): string => (formats[format] ?? String)(number);
