/** The number of a chapter in its title, as books of several languages write it. */

const words =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const named =
  /^(?:chapter|chap\.?|chapitre|cap[ií]tulo|capitolo|kapitel|hoofdstuk|rozdzia[lł]|глава|제)\s*[.:#-]?\s*(\d{1,4}|[ivxlc]{1,7}|[a-z]+)(?![\p{L}\p{N}])/iu;
const chinese =
  /^(?:[^\s第]{0,12}\s+)?第\s*([\d０-９]{1,4}|[〇零一二三四五六七八九十百千两兩]{1,9})\s*[章回節节話话]/;
const plain = /^(\d{1,3})(?:\s*[.:、．—–-]\s*\S|\s*[.)]?$|\s+\S)/;

/** Undefined where the title says none. */
export function numberIn(title: string): number | undefined {
  const clean = title.normalize('NFKC').trim();
  const said = chinese.exec(clean)?.[1];
  if (said !== undefined) return /\d/.test(said) ? Number(said) : ofChinese(said);
  const word = named.exec(clean)?.[1]?.toLowerCase();
  if (word === undefined) {
    const number = Number(plain.exec(clean)?.[1] ?? 0);
    return number > 0 ? number : undefined;
  }
  if (/^\d/.test(word)) return Number(word);
  const index = words.indexOf(word);
  return index >= 0 ? index + 1 : ofRoman(word);
}

const romans: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function ofRoman(text: string): number | undefined {
  if (!/^[ivxlc]+$/.test(text)) return undefined;
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const value = romans[text[at] ?? ''] ?? 0;
    sum += value < (romans[text[at + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum > 0 ? sum : undefined;
}

const digits = '〇一二三四五六七八九';
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1_000 };

/** 十二, 二十, 一百零五, 一〇五. */
function ofChinese(text: string): number | undefined {
  const signs = [...text.replaceAll('零', '〇').replace(/[两兩]/g, '二')];
  if (!signs.some((sign) => sign in units))
    return Number(signs.map((sign) => digits.indexOf(sign)).join('')) || undefined;
  let sum = 0;
  let digit = 0;
  for (const sign of signs) {
    const unit = units[sign];
    if (unit === undefined) digit = digits.indexOf(sign);
    else {
      sum += Math.max(1, digit) * unit;
      digit = 0;
    }
  }
  return sum + digit || undefined;
}
