import { numberPassages, type Reading, scriptLanguage } from '../source';

/**
 * A text without structure, to the letter: a passage for every paragraph where blank lines part them, for every line
 * where none do.
 */
export function readPlain(
  text: string,
  { lang, ...about }: Pick<Reading, 'kind' | 'title' | 'url' | 'lang'>,
): Reading {
  const clean = text.replaceAll('\r\n', '\n').replaceAll('\u0000', '');
  const paragraphs = clean.split(/\n\s*\n/);
  const pieces = paragraphs.length > 1 ? paragraphs : clean.split('\n');
  const passages = pieces
    // No pattern for the end: it would be tried at every space of a long run.
    .map((piece) => piece.replace(/^\n+/, '').trimEnd())
    .filter(Boolean)
    .map((piece) => ({ text: piece, kind: 'text' as const }));
  return { ...about, lang: scriptLanguage(clean) ?? lang, gaps: [], ...numberPassages(passages) };
}
