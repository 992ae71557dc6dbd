/** Tables of an answer, ready to be written: the words of their cells without marks, and every citation checked. */

import type { Token, Tokens } from 'marked';
import { placesOf } from '@/utils/chat/export/cited-text';
import type { CellCitation, TableCell, WrittenTable } from '@/utils/chat/export/table-files';
import type { CheckedMark } from '@/utils/citations';
import { type Source, scriptLanguage } from '@/utils/source';
import { type CitedPieces, citedPieces } from '../markdown/cited-leaves';
import { blockDirection } from '../markdown/text-language';
import { plainText, tellingText } from '../markdown/token-text';

/** `name`: what tells it from other tables. `sources` in the order of their numbers. */
export function writtenTable(
  { header, rows }: Pick<Tokens.Table, 'header' | 'rows'>,
  sources: readonly Source[],
  name = '',
): WrittenTable {
  let isPending = false;
  const written = ({ tokens }: Tokens.TableCell): TableCell => {
    const pieces = [...wordsAndMarks(tokens, citedPieces(tokens, sources))];
    const citations = pieces.flatMap((piece) => {
      if (typeof piece === 'string') return [];
      if (piece.verdict.state === 'pending') isPending = true;
      return citationsOf(piece, sources);
    });
    const text = withoutTrailingMarks(pieces);
    const address = addressOf(tokens);
    return { text, citations, ...(address ? { address } : {}) };
  };
  const first = [header, ...rows.slice(0, 4)].flatMap((row) => row.flatMap(({ tokens }) => tokens));
  const telling = tellingText(first);
  const lang = scriptLanguage(telling);
  return {
    name,
    head: header.map(written),
    rows: rows.map((row) => row.map(written)),
    aligns: header.map(({ align }) => (align === 'right' ? 'end' : align === 'center' ? align : undefined)),
    rightToLeft: blockDirection(telling) === 'rtl',
    ...(lang ? { lang } : {}),
    isPending,
  };
}

/** The words of a cell and its citations, in their order. */
function* wordsAndMarks(tokens: Token[], pieces: CitedPieces): Generator<string | CheckedMark> {
  for (const token of tokens) {
    const cited = pieces.get(token);
    const { tokens: inner } = token as { tokens?: Token[] };
    if (cited) yield* cited;
    else if (inner && token.type !== 'link' && token.type !== 'image') yield* wordsAndMarks(inner, pieces);
    else if (token.type === 'link' && inner?.some((one) => pieces.has(one)))
      yield* wordsAndMarks(inner, pieces);
    else yield plainText([token]);
  }
}

/** What stands around citations at the end of a cell. */
const around = /^[\s,;，；、()（）[\]【】]*$/u;

/** A value without the citations behind it; where they stand among the words, the words stay as they are. */
function withoutTrailingMarks(pieces: (string | CheckedMark)[]): string {
  const whole = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.mark)).join('');
  const first = pieces.findIndex((piece) => typeof piece !== 'string');
  const isTrailing =
    first > 0 && pieces.slice(first).every((piece) => typeof piece !== 'string' || around.test(piece));
  if (!isTrailing) return whole.trim();
  const value = pieces.slice(0, first).join('').trimEnd();
  // An opening bracket that held nothing but citations.
  return value.replace(/[(（[【]$/u, '').trim();
}

function citationsOf(mark: CheckedMark, sources: readonly Source[]): CellCitation[] {
  const { document, verdict } = mark;
  const places = verdict.state === 'missing' ? [] : placesOf(mark, sources[document - 1]);
  if (places.length === 0) return [{ mark: mark.mark, document }];
  return places.map((place) => ({
    mark: sources.length > 1 ? `${document} ¶${place.paragraph}` : `¶${place.paragraph}`,
    place,
    document,
  }));
}

/** The address of a cell that is one link and nothing else. */
function addressOf(tokens: Token[]): string | undefined {
  const [only, ...more] = tokens.filter((token) => token.type !== 'text' || token.raw.trim());
  const { href } = (only ?? {}) as Tokens.Link;
  return only?.type === 'link' && more.length === 0 && /^https?:/i.test(href) ? href : undefined;
}
