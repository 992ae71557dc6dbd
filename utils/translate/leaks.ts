/** Whether a translation has something of the document in it that was not to be translated. */

import type { Source } from '../source';
import { scriptOf } from './languages';
import { lettersOf } from './measure';
import { countScripts, type Script, scriptsOf } from './scripts';

/** Letters of a paragraph that was not selected, in a row, from which on a translation is said to have it in it. */
const leakLength = 120;
const half = leakLength / 2;

/** The part of a text that is in a script for the text to be written in it. */
const mostOfIt = 0.6;

function isWrittenIn(text: string, scripts: readonly Script[]): boolean {
  let [total, own] = [0, 0];
  for (const [script, count] of countScripts(text)) {
    total += count;
    if (scripts.includes(script)) own += count;
  }
  return own > total * mostOfIt;
}

/**
 * Tells whether a text that grows has a passage of the document in it, to the letter, that is not in the selection. A
 * quotation of a few words is none. Where the document has its own translation beside it, in the script of `lang`, a
 * translation may well be the same as that.
 */
export function leakFinder(
  source: Pick<Source, 'text' | 'segments'>,
  { text, paragraphs }: { text: string; paragraphs: readonly number[] },
  lang: string,
): (translation: string) => boolean {
  let own: string | undefined;
  let pieces: Set<string> | undefined;
  const look = () => {
    const inside = new Set(paragraphs);
    const scripts = scriptsOf(scriptOf(lang).script);
    const isOther = !isWrittenIn(text, scripts);
    // Every place of the document, in steps: a run twice as long has one of them in it, whole.
    const found = new Set<string>();
    for (const { number, start, end } of source.segments) {
      const passage = inside.has(number) ? '' : source.text.slice(start, end);
      if (!passage || (isOther && isWrittenIn(passage, scripts))) continue;
      const letters = lettersOf(passage);
      for (let at = 0; at + half <= letters.length; at += half) found.add(letters.slice(at, at + half));
    }
    return found;
  };
  let looked = 0;
  return (translation) => {
    // Only what is new is looked at again, with what may have begun before it.
    const letters = lettersOf(translation);
    if (letters.length < leakLength) return false;
    pieces ??= look();
    for (let at = Math.max(0, looked - half); at + half <= letters.length; at++) {
      const piece = letters.slice(at, at + half);
      if (!pieces.has(piece)) continue;
      own ??= lettersOf(text);
      if (!own.includes(piece)) return true;
      pieces.delete(piece);
    }
    looked = letters.length;
    return false;
  };
}
