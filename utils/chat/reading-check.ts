/** The needle test of the settings page: does this model, through this server, read all that it is sent? */

import { isCut } from '../context/calibration';
import { compose } from '../context/compose';
import type { Money } from '../context/money';
import { costOf, estimateCost } from '../context/prices';
import { measureLongText, scaleTokens } from '../context/tokens';
import { AppError } from '../errors';
import { streamAnswer } from '../models';
import type { Connection, Usage } from '../models/types';
import { instructionsFor } from '../prompts/instructions';
import { numberPassages, type Source, sourceId } from '../source';

export interface ReadingCheck {
  /** Whether the word at the beginning, in the middle and at the end came back. */
  found: boolean[];
  /** Input tokens as the server counted them, and as we did. */
  reported?: number;
  expected: number;
  /** The server reported far less than was sent. */
  cut: boolean;
  cost?: Money;
}

/**
 * Tokens of the text: enough to lie beyond every default window that cuts in silence (Ollama: 4,096 to 32,768), few
 * enough to cost some cents at the dearest price in our data.
 */
const mostTokens = 48_000;
/** Of a window: the rest is for the answer and for the error of the estimate. */
const share = 0.6;
const answerTokens = 200;

/** Places of the three words, as shares of the text. */
const places = [0, 0.5, 1];

/** What a check sends, and what that costs. */
export function readingCheckCost({ model }: Connection): { tokens: number; cost?: Money } {
  const tokens = Math.floor(Math.min(mostTokens, model.window * share));
  return { tokens, cost: estimateCost(model, { input: tokens, output: answerTokens }) };
}

/**
 * Sends a made-up text with three random words in it the way every text is sent, and asks for the words. The text is
 * kept nowhere.
 * @throws AppError as a question would
 */
export async function checkReading(
  connection: Connection,
  {
    signal,
    fetch,
    onProgress,
    random = (below: number) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below,
  }: {
    signal: AbortSignal;
    fetch?: typeof globalThis.fetch;
    /** Called when the text is on its way, and again when the answer begins. */
    onProgress?: (step: 'sent' | 'answering') => void;
    random?: (below: number) => number;
  },
): Promise<ReadingCheck> {
  const { model, provider } = connection;
  const { tokens } = readingCheckCost(connection);
  const words = places.map(() => codeWord(random));
  const source = await longSource(tokens, words, connection);
  const measure = await measureLongText(source.text);
  const question =
    'Three code words are hidden in the document, each in a sentence “The code word is …”. Write the three code words, in their order, and nothing else. If you find fewer, write those.';
  const turn = {
    task: 'answer' as const,
    question,
    instructions: instructionsFor('answer', { language: 'English' }),
    sourceIds: [source.id],
  };
  const composition = compose({
    sources: [{ source, ...measure }],
    history: [],
    turn,
    model,
    cacheKey: crypto.randomUUID(),
  });
  if (!composition.fits) {
    throw new AppError('too-long', {
      model: model.name,
      needed: composition.needed,
      limit: composition.limit,
      ours: 1,
    });
  }
  let text = '';
  let usage: Usage | undefined;
  onProgress?.('sent');
  for await (const part of streamAnswer(composition.request, connection, { signal, fetch })) {
    if (part.type === 'text-delta') {
      if (!text) onProgress?.('answering');
      text += part.text;
    } else if (part.type === 'usage') usage = part.usage;
    else if (part.type === 'end') {
      if (part.trouble) throw new AppError(part.trouble.code, part.trouble.facts);
      if (part.reason === 'aborted') throw new DOMException('Stopped by the user', 'AbortError');
    }
  }
  const { total, han = 0 } = composition.estimate;
  const reported = usage?.input;
  return {
    found: words.map((word) => text.toUpperCase().includes(word)),
    reported,
    expected: total,
    cut: reported !== undefined && provider.wire !== 'excerpts' && isCut({ total, han }, reported, {}),
    cost: usage && costOf(model, usage),
  };
}

/** Six letters that are no word and cannot be guessed; without vowels, so that they spell nothing. */
const codeWord = (random: (below: number) => number): string =>
  Array.from({ length: 6 }, () => 'BCDFGHJKLMNPQRSTVWXZ'[random(20)]).join('');

const subjects = [
  'The harbour master',
  'A miller',
  'The night ferry',
  'Her brother',
  'The old survey',
  'A clerk',
];
const verbs = ['wrote down', 'forgot', 'counted', 'carried', 'measured', 'painted', 'sold', 'described'];
const things = [
  'the depth of the channel',
  'nine barrels',
  'a letter',
  'the lamps on the pier',
  'the north wall',
];
const times = ['before the tide', 'in the third year', 'without a word', 'twice a week', 'after the storm'];

/** Paragraphs of plain sentences up to so many tokens of the model, with a word at each place. */
async function longSource(tokens: number, words: string[], { model }: Connection): Promise<Source> {
  const paragraphs: string[] = [];
  const sentence = (index: number) =>
    `${subjects[index % 6]} ${verbs[(index * 5 + 1) % 8]} ${things[(index * 3 + 2) % 5]} ${times[(index * 7) % 5]}, as number ${index} says.`;
  const one = scaleTokens(await measureLongText(sentence(1_234)), model) || 1;
  // ¶ marks and blank lines take a few tokens each; the estimate of the whole is checked by compose.
  const sentences = Math.max(10, Math.floor((tokens * 0.9) / one));
  for (let index = 0; index < sentences; index += 5) {
    paragraphs.push(Array.from({ length: 5 }, (_, offset) => sentence(index + offset)).join(' '));
  }
  for (const [index, place] of [...places.entries()].reverse()) {
    const at = Math.round(place * paragraphs.length);
    paragraphs.splice(at, 0, `The code word is ${words[index]}.`);
  }
  const numbered = numberPassages(paragraphs.map((text) => ({ text, kind: 'text' })));
  return {
    id: await sourceId(numbered.text),
    kind: 'file',
    title: 'Reading check',
    lang: 'en',
    gaps: [],
    readAt: Date.now(),
    ...numbered,
  };
}
