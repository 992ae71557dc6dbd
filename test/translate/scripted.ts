/** A model that translates by a script, for tests of what is made of its answers. */

import { numberPassages, type Source } from '@/utils/source';
import type { AskOptions, AskPart } from '@/utils/translate/ask';
import { isDecided } from '@/utils/translate/precedence';
import type { GlossaryUse, PageUnit, Term } from '@/utils/translate/types';

/** A document whose paragraphs are the texts of the units. */
export function documentOf(units: readonly Pick<PageUnit, 'text'>[], lang = 'en') {
  const numbered = numberPassages(units.map(({ text }) => ({ text, kind: 'text' as const })));
  const source: Source = {
    id: 'f'.repeat(64),
    kind: 'tab',
    title: 'Minutes',
    url: 'https://harbour.example/minutes',
    lang,
    ...numbered,
    gaps: [],
    readAt: 0,
  };
  return { source, tokens: Math.ceil(numbered.text.length / 4), han: 0, hangul: 0, dense: 0 };
}

/** Words in another language: each letter the next of the alphabet, marks and figures kept. */
export const translated = (text: string): string =>
  text.replace(/<\/?\d+\/?>|&\w+;|[a-z]/gi, (piece) =>
    piece.length > 1 ? piece : String.fromCharCode(((piece.charCodeAt(0) + 3) % 0x1000) + 0x400),
  );

export interface AskedBatch {
  question: string;
  instructions: string;
  signal: AbortSignal;
  /** `e`: how many words are to be repeated at each end. */
  units: { s: number; x: string; e?: number }[];
}

export const unitsIn = (question: string): AskedBatch['units'] =>
  question
    .slice(question.lastIndexOf('Translate:\n') + 11)
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('{')) return [JSON.parse(line) as AskedBatch['units'][number]];
      const [, s, x = ''] = /^(\d+)\|(.*)$/s.exec(line) ?? [];
      return s ? [{ s: Number(s), x }] : [];
    });

/** What a model repeats of a line that does as it was asked. */
export const echoed = ({ x, e }: AskedBatch['units'][number]): string => {
  const words = x
    .replace(/<\/?\d+\/?>/g, '')
    .trim()
    .split(/\s+/);
  if (!e) return words.slice(0, 2).join(' ');
  if (words.length <= e * 2) return words.join(' ');
  return `${words.slice(0, e).join(' ')} … ${words.slice(-e).join(' ')}`;
};

/** The lines of a model that does as it was asked. */
export const rightLines = ({ units, instructions }: Pick<AskedBatch, 'units' | 'instructions'>): string[] =>
  units.map((unit) =>
    instructions.includes('lines of JSON')
      ? JSON.stringify({ s: unit.s, k: echoed(unit), x: translated(unit.x) })
      : `${unit.s}|${translated(unit.x)}`,
  );

type Script = (
  asked: AskedBatch,
  number: number,
) =>
  | string[]
  | { lines: string[]; end?: Partial<Extract<AskPart, { type: 'end' }>> }
  | Promise<string[] | { lines: string[]; end?: Partial<Extract<AskPart, { type: 'end' }>> }>;

/** Stands in for the model; `asked` are the requests so far. */
export function scriptedModel(script: Script = rightLines) {
  const asked: AskedBatch[] = [];
  const ask = async function* ({ question, instructions, signal }: AskOptions): AsyncGenerator<AskPart> {
    const batch = { question, instructions, signal, units: unitsIn(question) };
    const number = asked.push(batch);
    const answer = await script(batch, number);
    const { lines, end = {} } = Array.isArray(answer) ? { lines: answer } : answer;
    for (const line of lines) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return yield { type: 'end', reason: 'aborted', input: 100 };
      yield { type: 'text-delta', text: `${line}\n` };
    }
    yield { type: 'end', reason: 'stop', input: 100, ...end };
  };
  return { asked, ask };
}

/** A glossary of a list, which learns as a real one does and decides nothing. */
export function listedGlossary(terms: Term[] = []): GlossaryUse & { terms: Term[] } {
  return {
    terms,
    termsIn: (text) => terms.filter(({ source }) => text.includes(source)),
    decidedIn: (text) => terms.filter((term) => text.includes(term.source) && isDecided(term)),
    learn(found) {
      for (const { source, target } of found)
        if (!terms.some((term) => term.source === source)) terms.push(termOf(source, target));
    },
  };
}

export const termOf = (source: string, target: string, more: Partial<Term> = {}): Term => ({
  id: `term ${source}`,
  source,
  target,
  match: { caseSensitive: false, wholeWord: true },
  scope: 'page',
  place: 'https://harbour.example/minutes',
  lang: 'ru',
  isLocked: false,
  origin: 'model',
  createdAt: 0,
  changedAt: 0,
  ...more,
});
