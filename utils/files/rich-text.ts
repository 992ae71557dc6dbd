/** Rich Text Format, with a reader of our own: in one pass, without recursion, pictures and objects passed over. */

import { AppError } from '../errors';
import type { Passage } from '../source';
import { documentReading } from './document/reading';
import { textOf } from './document/writer';
import { RtfReader } from './rich-text/reader';
import { readTokens } from './rich-text/tokens';
import type { ReadFile } from './types';

export const readRichText: ReadFile = async (bytes, { name }) => {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 64));
  if (!/^\s*(?:ï»¿)?\s*\{\\(?:rtf|urtf)/.test(head)) throw new AppError('file-broken', { name });
  const reader = new RtfReader();
  readTokens(bytes, reader);
  const { body, notes, margins, comments } = reader.finish();
  const passages: Passage[] = [...body];
  for (const {
    label,
    passages: [first, ...rest],
  } of notes) {
    if (first) passages.push({ ...first, kind: 'text', text: `[^${label}]: ${first.text}` }, ...rest);
  }
  const oneLine = (list: Passage[]) =>
    textOf(list)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  const seen = new Set<string>();
  for (const { label, passages: list } of margins) {
    const text = `[${label}: ${oneLine(list)}]`;
    // A page number alone is no text.
    if (!/\p{L}/u.test(oneLine(list)) || seen.has(text)) continue;
    seen.add(text);
    passages.push({ text, kind: 'text' });
  }
  let count = 0;
  for (const { author, passages: list } of comments) {
    const text = oneLine(list);
    if (text === '') continue;
    passages.push({ text: `[Comment${author ? ` by ${author}` : ''}: ${text}]`, kind: 'text' });
    count++;
  }
  return documentReading({
    name,
    passages,
    gaps: reader.account.gaps(),
    notes: [{ what: 'comments', size: count }],
  });
};
