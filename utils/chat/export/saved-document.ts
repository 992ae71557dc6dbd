/** An answer as a document, before it is written in one form or another. */

import { t } from '../../i18n';
import { type Source, scriptLanguage } from '../../source';
import { unitParts } from '../file-units';
import { type CitedPlace, citedKey } from './cited-text';
import { placeLabel } from './place-label';

/** Words of one look. `lang` and `isolate` are set where they differ from the block around. */
export interface Run {
  text: string;
  strong?: boolean;
  em?: boolean;
  del?: boolean;
  code?: boolean;
  /** TeX of a formula, as it was written. */
  formula?: boolean;
  raised?: boolean;
  lang?: string;
  /** It runs the other way than the line it stands in. */
  isolate?: boolean;
  /** Where on the web it leads. */
  address?: string;
  /** Number of the cited passage at the end of the document that it leads to. */
  passage?: number;
}

export interface Words {
  runs: Run[];
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

export interface Cell extends Words {
  align?: 'center' | 'end';
}

export type Block =
  | ({ type: 'heading'; level: number } & Words)
  | ({ type: 'paragraph' } & Words)
  | { type: 'list'; ordered: boolean; start: number; items: { done?: boolean; blocks: Block[] }[] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'code'; text: string }
  | { type: 'formula'; text: string }
  | { type: 'table'; head: Cell[]; rows: Cell[][]; dir?: 'ltr' | 'rtl' }
  | { type: 'rule' }
  | { type: 'definition'; term: Words; meanings: Words[] };

export interface CitedPassage {
  number: number;
  /** How the answer names it: `2 ¶12`. */
  mark: string;
  /** Of its source. */
  title: string;
  /** Where in its file it stands; empty where nothing is known of that. */
  place: string;
  words: string;
  address?: string;
  lang?: string;
}

export interface SavedDocument {
  title: string;
  /** What was asked, where it is too long for a title. */
  question?: string;
  lang?: string;
  about: string;
  blocks: Block[];
  /** What is to be known of the answer: that it is not whole, or that its model has not read everything. */
  remarks: string[];
  sources: { number: number; title: string; address?: string; facts: string; lang?: string }[];
  passages: CitedPassage[];
}

/** Numbers cited passages in the order in which an answer names them, each once. */
export class CitedPassages {
  readonly list: CitedPassage[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly sources: readonly Source[];

  constructor(sources: readonly Source[]) {
    this.sources = sources;
  }

  numberOf(place: CitedPlace): number {
    const key = citedKey(place);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const { source, paragraph, words, address } = place;
    const number = this.list.length + 1;
    const lang = scriptLanguage(words) ?? source.lang;
    const document = this.sources.indexOf(source) + 1;
    this.list.push({
      number,
      mark: this.sources.length > 1 ? `${document} ¶${paragraph}` : `¶${paragraph}`,
      title: source.title || t('page.untitled'),
      place: placeLabel(source.segments.find((segment) => segment.number === paragraph)),
      words,
      ...(address ? { address } : {}),
      ...(lang ? { lang } : {}),
    });
    this.numbers.set(key, number);
    return number;
  }
}

/** The sources of an answer as they stand at its end. */
export const savedSources = (sources: readonly Source[]): SavedDocument['sources'] =>
  sources.flatMap((source, place) => {
    const { title, url, words, pages, segments, lang, file } = source;
    if (segments.length === 0) return [];
    const facts = [
      ...(file ? unitParts(source) : []),
      ...(file || pages === undefined ? [] : [t('pdf.pages', { count: pages })]),
      ...(file ? [] : [t('page.words', { count: words })]),
      t('saved.paragraphs', { count: segments.length }),
    ];
    const own = scriptLanguage(title) ?? lang;
    return {
      number: place + 1,
      title: title || t('page.untitled'),
      facts: facts.join(' · '),
      ...(url && /^https?:/i.test(url) ? { address: url } : {}),
      ...(own ? { lang: own } : {}),
    };
  });
