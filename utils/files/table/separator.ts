/** Which sign separates the columns of a table. */

import { RecordReader } from './records';

export interface Separator {
  /** One sign; '' where the table has one column. */
  sign: string;
  /** Where the table begins: behind a line that names the separator. */
  from: number;
  /** The table says so itself. */
  isSaid: boolean;
}

/** Where several fit equally well, the first: the others are more often signs of the text. */
const signs = ['\t', ';', '|', ','] as const;
/** Enough records to tell, and no more characters than are read at once. */
const sampleRecords = 200;
const sampleCharacters = 200_000;

/**
 * Finds the separator: the one that cuts most records into the same number of fields, at least two.
 * @param usual the one that the ending of the name promises, for tables that do not tell
 */
export function findSeparator(text: string, usual: string): Separator {
  // Excel writes and reads this line; it is no part of the table.
  const said = /^"?sep=(.)"?(?:\r\n?|\n|$)/i.exec(text.slice(0, 16));
  if (said) return { sign: said[1] as string, from: said[0].length, isSaid: true };
  const sample = text.slice(0, sampleCharacters);
  let best = { sign: usual, fit: 0 };
  for (const sign of [usual, ...signs.filter((other) => other !== usual)]) {
    if (!sample.includes(sign)) continue;
    const fit = fitOf(sample, sign, sample.length < text.length);
    // The usual one has the doubt on its side, unless another one fits clearly better.
    if (fit > best.fit + (sign === usual ? 0 : best.sign === usual && best.fit > 0 ? margin : 0))
      best = { sign, fit };
  }
  return {
    sign: sample.includes(best.sign) || text.includes(best.sign) ? best.sign : '',
    from: 0,
    isSaid: false,
  };
}

const margin = 0.05;

/** From 0 to 1: the share of records with the most frequent number of fields. */
function fitOf(sample: string, sign: string, isCut: boolean): number {
  const counts = new Map<number, number>();
  const reader = new RecordReader(sample, sign);
  let records = 0;
  while (!reader.isDone && records < sampleRecords) {
    let fields = 0;
    let isEmpty = true;
    do {
      if (reader.field() !== '') isEmpty = false;
      fields++;
    } while (!reader.isLast && !reader.isDone);
    // The last record of a sample may be cut through.
    if (isCut && reader.isDone && records > 0) break;
    if (isEmpty && fields === 1) continue;
    records++;
    counts.set(fields, (counts.get(fields) ?? 0) + 1);
  }
  let most = 0;
  let several = 0;
  for (const [fields, count] of counts) {
    if (fields < 2) continue;
    several += count;
    most = Math.max(most, count);
  }
  // Ragged rows fit less than even ones, and more than rows without the sign.
  return records === 0 ? 0 : (most + (several - most) * 0.5) / records;
}
