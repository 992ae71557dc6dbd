/** Lays documents side by side in their own sentences, for each attribute that a question names. No writing. */

import { t } from '../../../i18n';
import type { Source } from '../../../source';
import { chooseSentences } from './choose';
import { plainText } from './marks';
import { findPassages } from './passages';
import type { Pause } from './pause';
import { headingLookup } from './quotes';
import { lexRank, rowsOf } from './rank';
import type { Sentence } from './sentences';
import { termsOf } from './terms';

/** More attributes than this are a text and no list. */
const mostAttributes = 24;
/** Words of one attribute; longer parts of a question say something else. */
const longestAttribute = 4;
/** Rows of tables that are longer, in UTF-16 units, are no values of one attribute. */
const longestRow = 400;
/** Sentences of each document where no attribute is named. */
const mainSentences = 3;

/** What a question says before it names attributes, and between them. */
const opening =
  /^[\s\p{P}]*(?:please|can you|could you)?\s*(?:compare|contrast|comparison of|what are the differences? (?:in|between)|how do .{0,60}? (?:differ|compare) (?:in|on|by))\b|^[\s\p{P}]*(?:请|請)?(?:帮我|幫我)?(?:对比|對比|比较|比較)(?:一下)?/iu;
const aboutThem =
  /\b(?:these|those|the|both|all|my|of|them|each|its|their|by|on|in|for|with|regard|regarding|terms|respect|sources?|documents?|pages?|tabs?|articles?|texts?|products?|devices?|models?)\b|这些|這些|这|這|几个|幾個|两个|兩個|所有|来源|來源|文档|文件|网页|網頁|标签页|分頁|文章|产品|產品|它们|它們|他们|他們|各自|的|方面|中|在/giu;

/**
 * The attributes that a question names, in its order: “Compare price, battery and weight” names three. A question
 * without a list names none.
 */
export function attributesIn(question: string): string[] {
  const start = opening.exec(question);
  if (!start) return [];
  // The list ends with its sentence; what follows is about the reader.
  const [list = ''] = question.slice(start[0].length).split(/[.!?。！？\n]/, 1);
  const [, listed] = /[:：](.+)$/s.exec(list) ?? [];
  const parts = (listed ?? list).split(/[,，、;；/]|\b(?:and|or|as well as|plus)\b|[和与與及跟]|以及/u);
  const attributes: string[] = [];
  for (const part of parts) {
    const words = part
      .replace(aboutThem, ' ')
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim();
    const isShort = words.split(' ').length <= longestAttribute && [...words].length <= 40;
    if (isShort && /\p{L}{2}|\p{sc=Han}/u.test(words) && !attributes.includes(words)) attributes.push(words);
  }
  return attributes.slice(0, mostAttributes);
}

/**
 * The comparison as blocks of Markdown: what it is, then a fence of JSON lines (utils/compare). Every cell is a sentence
 * of its document to the letter; a document without one for an attribute has an empty cell.
 */
export async function* comparison(
  documents: Source[],
  numbers: number[],
  sentences: Sentence[],
  question: string,
  pause: Pause,
): AsyncGenerator<string> {
  const own = documents.map((): Sentence[] => []);
  for (const sentence of sentences) own[sentence.document]?.push(sentence);
  const headingOf = headingLookup(documents);
  const attributes = attributesIn(question);
  const rows: { row: string; cells: (Sentence | undefined)[] }[] = [];
  const tables = documents.map(tableRows);
  for (const row of attributes) {
    const wanted = termsOf(row);
    const cells: (Sentence | undefined)[] = [];
    for (const [document, list] of own.entries()) {
      const named = tables[document]?.find(
        ({ terms }) => wanted.length > 0 && wanted.every((term) => terms.has(term)),
      );
      const [finding] = named ? [] : await findPassages(list, row, headingOf, pause);
      cells.push(named?.row ?? (finding && nearest(list.slice(finding.from, finding.to), row)));
    }
    rows.push({ row, cells });
  }
  // Rows without any sentence are shown too: that no document has the word is an answer.
  const isFound = rows.some(({ cells }) => cells.some((cell) => cell !== undefined));
  const main: typeof rows = [];
  if (!isFound) {
    const chosen: Sentence[][] = [];
    for (const [document, list] of own.entries())
      chosen.push(await mainOf(list, documents[document] as Source, headingOf, pause));
    const most = Math.max(...chosen.map(({ length }) => length));
    for (let place = 0; place < most; place++) {
      const row = t('excerpts.mainSentence', { number: place + 1 });
      main.push({ row, cells: chosen.map((list) => list[place]) });
    }
    yield t(attributes.length > 0 ? 'excerpts.compareNone' : 'excerpts.compareMain');
  } else yield t('excerpts.compare', { count: rows.length });
  const columns = documents.map((source, document) => ({
    document: numbers[document] ?? document + 1,
    name: source.title || source.url || '',
  }));
  yield [
    '```comparison',
    JSON.stringify({ columns }),
    ...(isFound ? rows : main).map(({ row, cells }) =>
      JSON.stringify({
        row,
        cells: cells.map((cell) => (cell ? { quote: cell.text, paragraph: cell.paragraph } : null)),
      }),
    ),
    '```',
  ].join('\n');
  yield t('excerpts.follow');
}

/** The sentence that has most words of the attribute; the first of those. */
function nearest(sentences: Sentence[], attribute: string): Sentence | undefined {
  const wanted = new Set(termsOf(attribute));
  const found = sentences.map(({ text }) => new Set(termsOf(text).filter((term) => wanted.has(term))).size);
  return sentences[found.indexOf(Math.max(...found))];
}

/** Rows of a source's tables, by the words of their first cells: that is where attributes stand. */
function tableRows(source: Source, document: number): { terms: Set<string>; row: Sentence }[] {
  const rows: { terms: Set<string>; row: Sentence }[] = [];
  for (const { kind, start, end, number } of source.segments) {
    if (kind !== 'table') continue;
    for (const line of source.text.slice(start, end).split('\n')) {
      const cells = line.split('|').map((cell) => plainText(cell.trim(), 'text').trim());
      const [name, ...values] = cells.filter((cell) => cell !== '');
      if (!name || values.length === 0 || /^[\s:-]*$/.test(name)) continue;
      const text = [name, ...values].join(' | ');
      if (text.length > longestRow) continue;
      rows.push({ terms: new Set(termsOf(name)), row: { document, paragraph: number, text, spaced: false } });
    }
  }
  return rows;
}

/** The sentences that stand best for a document, in the order of its text. */
async function mainOf(
  sentences: Sentence[],
  { title }: Source,
  headingOf: (sentence: Sentence) => string,
  pause: Pause,
): Promise<Sentence[]> {
  const rows = await rowsOf(
    sentences.map(({ text }) => text),
    pause,
  );
  const { scores } = await lexRank(rows, pause);
  const chosen = await chooseSentences({ sentences, rows, scores, title, headingOf }, mainSentences, pause);
  return chosen.flatMap((index) => sentences[index] ?? []);
}
