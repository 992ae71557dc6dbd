/** An answer as a document: the same blocks that are drawn, with every citation checked and numbered. */

import type { Token, Tokens } from 'marked';
import { placesOf } from '@/utils/chat/export/cited-text';
import type { WrittenCell } from '@/utils/chat/export/comparison-cells';
import { cellNote, columnHeads, comparisonIn, writtenComparison } from '@/utils/chat/export/comparison-text';
import {
  type Block,
  type Cell,
  CitedPassages,
  type Run,
  type Words,
} from '@/utils/chat/export/saved-document';
import type { CheckedMark } from '@/utils/citations';
import { getLanguage, languages, t } from '@/utils/i18n';
import { type Source, scriptLanguage } from '@/utils/source';
import { type CitedPieces, citedPieces, decodeEntities, isJustCitations } from '../markdown/cited-leaves';
import { isComparison } from '../markdown/fences';
import type { FormulaToken } from '../markdown/formulas';
import type { DefinitionsToken, NoteToken } from '../markdown/notes';
import { createBlockSplitter } from '../markdown/split-blocks';
import { blockDirection, blockLanguage, foreignRuns } from '../markdown/text-language';
import { isLineBreak, tellingText } from '../markdown/token-text';

export interface AnswerBlocks {
  blocks: Block[];
  passages: CitedPassages;
  /** A long source is still being looked through; see `watchChecks`. */
  isPending: boolean;
}

const endless = Number.POSITIVE_INFINITY;

/** The tokens of an answer, each block whole however long it is. */
export const answerTokens = (text: string): Token[] =>
  createBlockSplitter({ characters: endless, structured: endless, items: endless, rows: endless })
    .split(text, false)
    .flat()
    .map(({ token }) => token);

/** `text` as `bodyOf` gives it; `sources` in the order of their numbers. */
export function answerBlocks(text: string, sources: readonly Source[]): AnswerBlocks {
  const builder = new BlockBuilder(text, sources);
  const blocks = answerTokens(text).flatMap((token) => builder.block(token));
  return { blocks, passages: builder.passages, isPending: builder.isPending };
}

/** How the words around look. */
type Look = Omit<Run, 'text'>;

class BlockBuilder {
  readonly passages: CitedPassages;
  isPending = false;
  private isQuotation = false;
  private readonly sources: readonly Source[];
  private readonly hints: { answer?: string; sources: string[]; interface: string };

  constructor(text: string, sources: readonly Source[]) {
    this.sources = sources;
    this.passages = new CitedPassages(sources);
    this.hints = {
      answer: scriptLanguage(text),
      sources: sources.map(({ lang }) => lang ?? ''),
      interface: languages[getLanguage()].tag,
    };
  }

  block(token: Token): Block[] {
    switch (token.type) {
      case 'heading': {
        const { depth, tokens } = token as Tokens.Heading;
        return [{ type: 'heading', level: depth, ...this.words(tokens) }];
      }
      case 'paragraph':
        return [{ type: 'paragraph', ...this.words((token as Tokens.Paragraph).tokens) }];
      case 'text': {
        const { tokens, text } = token as Tokens.Text;
        return [{ type: 'paragraph', ...this.words(tokens ?? [{ type: 'text', raw: text, text }]) }];
      }
      case 'note': {
        const { label, tokens } = token as NoteToken;
        const { runs, ...look } = this.words(tokens);
        return [
          { type: 'paragraph', runs: [{ text: label, raised: true }, { text: ' ' }, ...runs], ...look },
        ];
      }
      case 'definitions': {
        const { term, meanings } = token as DefinitionsToken;
        const said = meanings.map((meaning) => this.words(meaning));
        return [{ type: 'definition', term: this.words(term), meanings: said }];
      }
      case 'blockquote':
        return [{ type: 'quote', blocks: this.quoted((token as Tokens.Blockquote).tokens) }];
      case 'list':
        return [this.list(token as Tokens.List)];
      case 'table':
        return [this.table(token as Tokens.Table)];
      case 'code': {
        const { text } = token as Tokens.Code;
        return isComparison(token) ? this.comparison(text) : [{ type: 'code', text }];
      }
      case 'formula':
        return [{ type: 'formula', text: (token as FormulaToken).source }];
      case 'hr':
        return [{ type: 'rule' }];
      case 'space':
      case 'def':
        return [];
      default:
        return token.raw.trim() ? [{ type: 'paragraph', runs: [{ text: token.raw.trimEnd() }] }] : [];
    }
  }

  private quoted(tokens: Token[]): Block[] {
    const before = this.isQuotation;
    this.isQuotation = true;
    const blocks = tokens.flatMap((token) => this.block(token));
    this.isQuotation = before;
    return blocks;
  }

  private list({ ordered, start, items }: Tokens.List): Block {
    return {
      type: 'list',
      ordered,
      start: start === '' ? 1 : Number(start),
      items: items.map(({ task, checked, tokens }) => ({
        ...(task ? { done: checked ?? false } : {}),
        blocks: tokens.filter(({ type }) => type !== 'checkbox').flatMap((token) => this.block(token)),
      })),
    };
  }

  private table({ header, rows }: Tokens.Table): Block {
    const cell = ({ tokens, align }: Tokens.TableCell): Cell => ({
      ...this.words(tokens),
      ...(align === 'right' ? { align: 'end' } : align === 'center' ? { align } : {}),
    });
    const first = [header, ...rows.slice(0, 4)].flatMap((row) => row.flatMap(({ tokens }) => tokens));
    const dir = blockDirection(tellingText(first));
    const head = header.map(cell);
    return { type: 'table', head, rows: rows.map((row) => row.map(cell)), ...(dir ? { dir } : {}) };
  }

  private comparison(code: string): Block[] {
    const written = writtenComparison(comparisonIn(code, this.sources), this.sources);
    if (written.isPending) this.isPending = true;
    const { columns, rows, broken } = written;
    const plain = (text: string): Cell => ({ runs: [{ text }], ...this.look(text) });
    const blocks: Block[] = [];
    if (columns.length > 0) {
      blocks.push({
        type: 'table',
        head: [plain(t('comparison.attribute')), ...columnHeads(written, this.sources.length).map(plain)],
        rows: rows.map(({ name, cells }) => [
          plain(name),
          ...cells.map((cell, column) => this.comparedCell(cell, columns[column]?.source)),
        ]),
      });
    }
    if (broken.length > 0) blocks.push({ type: 'code', text: broken.join('\n') });
    return blocks;
  }

  private comparedCell(cell: WrittenCell, source: Source | undefined): Cell {
    const { text, state, isBest, paragraph } = cell;
    const note = cellNote(cell);
    const runs: Run[] = [];
    if (text)
      runs.push({ text, ...(state === 'missing' ? { del: true } : {}), ...(isBest ? { strong: true } : {}) });
    if (note) runs.push({ text: text ? ` (${note})` : note, em: true });
    const place =
      paragraph === undefined || !source ? [] : placesOf({ paragraph, verdict: { state: 'place' } }, source);
    runs.push(...this.citation(place, true));
    return { runs, ...this.look(text) };
  }

  private look(text: string): Pick<Words, 'lang' | 'dir'> {
    const lang = blockLanguage(text, this.hints);
    const dir = blockDirection(text);
    return { ...(lang ? { lang } : {}), ...(dir ? { dir } : {}) };
  }

  /** The words of a block in their looks, its citations as numbers. */
  private words(tokens: Token[] = []): Words {
    const pieces = citedPieces(tokens, this.sources, { isQuotation: this.isQuotation });
    const look = this.look(tellingText(tokens));
    const runs = tokens.flatMap((token) => this.inline(token, {}, pieces, look));
    // Formulas and pictures have no space around them, citations have one before them.
    return { runs: runs.filter(({ text }) => text !== ''), ...look };
  }

  private inline(token: Token, look: Look, pieces: CitedPieces, around: Pick<Words, 'lang' | 'dir'>): Run[] {
    if (isLineBreak(token)) return [{ text: '\n' }];
    const inner = (tokens: Token[] | undefined, more: Look = {}) =>
      (tokens ?? []).flatMap((one) => this.inline(one, { ...look, ...more }, pieces, around));
    const plain = (text: string, more: Look = {}): Run[] =>
      foreignRuns(text, around.dir, around.lang).map((run) => ({ ...look, ...more, ...run }));
    const cited = pieces.get(token);
    switch (token.type) {
      case 'strong':
        return inner((token as Tokens.Strong).tokens, { strong: true });
      case 'em':
        return inner((token as Tokens.Em).tokens, { em: true });
      case 'del':
        return inner((token as Tokens.Del).tokens, { del: true });
      case 'codespan':
        return cited
          ? this.cited(cited, plain)
          : [{ ...look, text: (token as Tokens.Codespan).text, code: true }];
      case 'formula':
        return [{ ...look, text: (token as FormulaToken).source, formula: true }];
      case 'noteMark':
        return [{ ...look, text: (token as Tokens.Generic).label, raised: true }];
      case 'link': {
        const { href, text, tokens } = token as Tokens.Link;
        if (look.address !== undefined || isJustCitations(tokens, pieces) || !/^https?:/i.test(href))
          return inner(tokens);
        return [...inner(tokens, { address: href }), ...this.whereTo(href, text, look)];
      }
      case 'image': {
        const { href, text } = token as Tokens.Image;
        const said = plain(t('answer.image', { alt: text }).trim());
        return /^https?:/i.test(href) ? [...said, { text: ' ' }, { text: href, address: href }] : said;
      }
      case 'escape':
        return plain((token as Tokens.Escape).text);
      case 'text': {
        const { tokens, text } = token as Tokens.Text;
        if (tokens) return inner(tokens);
        return cited && look.address === undefined ? this.cited(cited, plain) : plain(decodeEntities(text));
      }
      default:
        return cited ? this.cited(cited, plain) : plain(decodeEntities(token.raw));
    }
  }

  /** The whole address of a link that stands in no source: the model made it, and it may carry something away. */
  private whereTo(href: string, words: string, look: Look): Run[] {
    if (words.trim() === href) return [];
    const isQuoted = this.sources.some(({ url, text }) => url === href || text.includes(href));
    return isQuoted ? [] : [{ ...look, text: ` (${href})` }];
  }

  private cited(pieces: (string | CheckedMark)[], plain: (text: string, look?: Look) => Run[]): Run[] {
    return withoutBrackets(pieces).flatMap((piece) => {
      if (typeof piece === 'string') return plain(piece);
      const { document, mark, verdict } = piece;
      if (verdict.state === 'pending') this.isPending = true;
      const places = verdict.state === 'missing' ? [] : placesOf(piece, this.sources[document - 1]);
      if (places.length > 0) return this.citation(places, false);
      return [...plain(mark, { del: true }), ...plain(` (${t('saved.notFound')})`)];
    });
  }

  /** `[3]`, `[3, 4]` or `[3–7]`, each number leading to its passage. */
  private citation(places: ReturnType<typeof placesOf>, spaced: boolean): Run[] {
    if (places.length === 0) return [];
    const numbers = places.map((place) => this.passages.numberOf(place));
    const isRun =
      numbers.length > 2 && numbers.every((number, index) => number === (numbers[0] ?? 0) + index);
    const shown = isRun ? [numbers[0] ?? 0, numbers.at(-1) ?? 0] : numbers;
    const last = shown.length - 1;
    return shown.map((number, index) => ({
      text: `${index === 0 ? `${spaced ? ' ' : ''}[` : ''}${number}${index < last ? (isRun ? '–' : ', ') : ']'}`,
      passage: number,
    }));
  }
}

/** Brackets around a citation give way to those around its number. */
function withoutBrackets(pieces: (string | CheckedMark)[]): (string | CheckedMark)[] {
  const kept = [...pieces];
  for (const [index, piece] of kept.entries()) {
    const [before, after] = [kept[index - 1], kept[index + 1]];
    if (typeof piece === 'string' || typeof before !== 'string' || typeof after !== 'string') continue;
    if (!/[[【]\s*$/u.test(before) || !/^\s*[\]】]/u.test(after)) continue;
    kept[index - 1] = before.replace(/[[【]\s*$/u, '');
    kept[index + 1] = after.replace(/^\s*[\]】]/u, '');
  }
  return kept;
}
