/**
 * Excerpts, the reader without a model: it ranks the documents' own sentences and quotes them. No network, no
 * writing.
 */

import { AppError, toAppError } from '../../errors';
import { t } from '../../i18n';
import type { Source } from '../../source';
import type { Part, Request, Wire } from '../types';
import { budgetFor, chooseSentences } from './excerpts/choose';
import { attributesIn, comparison } from './excerpts/compare';
import { findPassages } from './excerpts/passages';
import { createPause, type Pause } from './excerpts/pause';
import { headingLine, headingLookup, quoteOf, runsOf } from './excerpts/quotes';
import { lexRank, rowsOf } from './excerpts/rank';
import { type Sentence, sentencesOf } from './excerpts/sentences';

/**
 * The wire of the built-in reader. `summarize` quotes the sentences that stand best for each document, in the
 * order of the text; `answer` quotes the passages nearest to `request.question`; `compare` lays sentences side by side
 * for the attributes that it names. Every quote is verbatim and
 * names its passage. One text-delta per block of Markdown, a task of the event loop between two, and one
 * `end`: `stop`, `aborted`, or `error` with `empty-answer` when the documents have no sentence. Reads
 * `request.documents` only.
 */
export const excerpts: Wire = async function* (request, _connection, { signal }): AsyncGenerator<Part> {
  const pause = createPause(signal);
  try {
    signal.throwIfAborted();
    let separator = '';
    for await (const block of blocksOf(request, pause)) {
      yield { type: 'text-delta', text: separator + block };
      separator = '\n\n';
      await pause.rest();
    }
    yield { type: 'end', reason: 'stop' };
  } catch (error) {
    if (signal.aborted) yield { type: 'end', reason: 'aborted' };
    else yield { type: 'end', reason: 'error', trouble: toAppError(error).toTrouble() };
  }
};

async function* blocksOf(
  { documents, numbers = documents.map((_, place) => place + 1), task, question }: Request,
  pause: Pause,
): AsyncGenerator<string> {
  // It quotes; whoever asks for a translation is told so before, and this is the wall behind.
  if (task === 'translate') throw new AppError('cannot-translate');
  const sentences = await sentencesOf(documents, pause);
  if (sentences.length === 0) throw new AppError('empty-answer');
  yield t('excerpts.about');
  // What needs words of one's own is said to be out of reach, and what can be done is done.
  if (task === 'disagreements' || task === 'timeline') yield t('excerpts.cannot');
  if (task === 'compare' || (task === 'answer' && documents.length > 1 && attributesIn(question).length > 0))
    yield* comparison(documents, numbers, sentences, question, pause);
  else if (task !== 'answer') yield* summary(documents, numbers, sentences, pause);
  else yield* answer(documents, numbers, sentences, question, pause);
}

/** Documents are ranked one by one: ranked together, the longest would speak for all. */
async function* summary(
  documents: Source[],
  numbers: number[],
  sentences: Sentence[],
  pause: Pause,
): AsyncGenerator<string> {
  const own = documents.map((): Sentence[] => []);
  for (const sentence of sentences) own[sentence.document]?.push(sentence);
  const readable = own.filter((list) => list.length > 0).length;
  const headingOf = headingLookup(documents);
  const chosen: number[][] = [];
  for (const [document, source] of documents.entries()) {
    const list = own[document] ?? [];
    const rows = await rowsOf(
      list.map((sentence) => sentence.text),
      pause,
    );
    const { scores } = await lexRank(rows, pause);
    const ranked = { sentences: list, rows, scores, title: source.title, headingOf };
    chosen.push(await chooseSentences(ranked, budgetFor(list.length, readable), pause));
  }

  const count = chosen.reduce((sum, indexes) => sum + indexes.length, 0);
  const total = sentences.length;
  yield count === total ? t('excerpts.summaryAll', { total }) : t('excerpts.summary', { count, total });

  for (const [document, source] of documents.entries()) {
    const runs = runsOf(own[document] ?? [], chosen[document] ?? []);
    if (runs.length === 0) continue;
    if (documents.length > 1)
      yield headingLine(2, `${numbers[document]} · ${source.title || (source.url ?? '')}`);
    let section = '';
    for (const run of runs) {
      const heading = run[0] ? headingOf(run[0]) : '';
      if (heading && heading !== section) yield headingLine(3, heading);
      section = heading;
      yield quoteOf(run, numbers);
    }
  }
  yield t('excerpts.follow');
}

async function* answer(
  documents: Source[],
  numbers: number[],
  sentences: Sentence[],
  question: string,
  pause: Pause,
): AsyncGenerator<string> {
  const findings = await findPassages(sentences, question, headingLookup(documents), pause);
  if (findings.length === 0) {
    yield t('excerpts.nothing');
    return;
  }
  yield t('excerpts.passages', { count: findings.length });
  for (const { from, to } of findings) yield quoteOf(sentences.slice(from, to), numbers);
  yield t('excerpts.follow');
}
