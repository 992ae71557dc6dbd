import type { Behaviour, BehaviourSource, ReceivedRequest } from './model-server.ts';

/** A scripted translator: answers the lines it is asked for as a model would, always the same for the same words. */

export interface TranslatorSwitches extends Behaviour {
  /** Terms that it names before the first line that has one: source, target, sense. */
  terms?: [source: string, target: string, sense: string][];
  /** Numbers of lines that it leaves out, or of which it answers another number. */
  leavesOut?: number[];
  wrongIds?: boolean;
  /** Loses the marks of every line. */
  losesMarks?: boolean;
  /** Gives the words back as they are. */
  copies?: boolean;
  /** Ends at the limit of its output after so many lines. */
  lengthAfter?: number;
}

/** What a request asks for. */
export interface AskedLine {
  id: number;
  /** Marked. */
  text: string;
}

/** The lines that a request asks to be translated, in its order. */
export function linesOf({ prompt }: Pick<ReceivedRequest, 'prompt'>): AskedLine[] {
  const [, asked = ''] = prompt.split(/\nTranslate:\n/).slice(-2);
  return asked.split('\n').flatMap((line): AskedLine[] => {
    const plain = /^(\d+)\|(.*)$/.exec(line);
    if (plain) return [{ id: Number(plain[1]), text: plain[2] ?? '' }];
    if (!line.startsWith('{"s":')) return [];
    const { s, x } = JSON.parse(line) as { s: number; x: string };
    return [{ id: s, text: x }];
  });
}

/** The part of a request before what is asked for: the same bytes in all requests about one document. */
export const prefixOf = ({ prompt }: Pick<ReceivedRequest, 'prompt'>): string =>
  prompt.slice(0, prompt.lastIndexOf('<instructions>'));

const characters = '海潮书灯村桥石河湾船帆夜晨雨风山路门窗手信纸墨声影光秋冬';

/** A made-up translation: for each word a character or two, marks and figures where they were. */
export function madeUp(marked: string, terms: TranslatorSwitches['terms'] = []): string {
  return marked
    .split(/(<\/?\d+\/?>)/)
    .map((piece) => (/^<\/?\d+\/?>$/.test(piece) ? piece : words(piece, terms)))
    .join('');
}

function words(text: string, terms: NonNullable<TranslatorSwitches['terms']>): string {
  let left = text;
  for (const [source, target] of terms) left = left.replaceAll(new RegExp(`\\b${source}\\b`, 'gi'), target);
  return left
    .replace(/[\p{Script=Latin}’']+/gu, (word) => {
      const hash = [...word].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
      const at = (offset: number) => characters[(hash + offset) % characters.length] ?? '';
      return word.length > 5 ? at(0) + at(3) : at(0);
    })
    .replace(/(?<=[\p{Script=Han}]) (?=[\p{Script=Han}])/gu, '')
    .replace(/\.(?=\s|$)/g, '。')
    .replace(/,\s/g, '，');
}

/** A behaviour for `always` and `next` of the model server. */
export function translator(switches: TranslatorSwitches = {}): BehaviourSource {
  const { terms = [], leavesOut = [], wrongIds, losesMarks, copies, lengthAfter, ...behaviour } = switches;
  return (request) => {
    const isPlain = !/lines of JSON/.test(request.prompt);
    const answer: string[] = [];
    const lines = linesOf(request).filter(({ id }) => !leavesOut.includes(id));
    for (const { id, text } of lengthAfter === undefined ? lines : lines.slice(0, lengthAfter)) {
      for (const [source, target, sense] of terms) {
        const isThere = new RegExp(`\\b${source}\\b`, 'i').test(text);
        // Named once: from then on it stands in the request.
        const isKnown = answer.some((line) => line.includes(`{"t":["${source}"`));
        if (isThere && !isKnown && !request.prompt.includes(`"term":"${source}"`))
          answer.push(JSON.stringify({ t: [source, target, sense] }));
      }
      const made = copies ? text : madeUp(text, terms);
      const written = losesMarks ? made.replace(/<\/?\d+\/?>/g, '') : made;
      const plain = text.replace(/<\/?\d+\/?>/g, '');
      const k = plain.trim().split(/\s+/).slice(0, 2).join(' ');
      answer.push(
        isPlain ? `${id}|${written}` : JSON.stringify({ s: wrongIds ? id + 1_000 : id, k, x: written }),
      );
    }
    return {
      chunkCharacters: 200,
      ...(lengthAfter === undefined ? {} : { finishReason: 'length' as const }),
      usage: usageOf(request),
      ...behaviour,
      text: answer.join('\n'),
    };
  };
}

/** Counted as a vendor with a cache counts: what a request has in common with one before it was cached. */
const prefixes = new Set<string>();
function usageOf(request: ReceivedRequest) {
  const prefix = prefixOf(request);
  const isCached = prefixes.has(prefix);
  prefixes.add(prefix);
  return {
    prompt_tokens: Math.ceil(request.prompt.length / 4),
    completion_tokens: 200,
    cached_tokens: isCached ? Math.ceil(prefix.length / 4) : 0,
  };
}
