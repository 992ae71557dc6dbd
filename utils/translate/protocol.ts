/**
 * The lines in which a model answers a batch: `{"t":[term, translation, sense]}` and `{"s":41,"k":"first words","x":"…"}`,
 * or `41|…`. Read as they stream; what is neither is given as it is.
 */

import { lenientValues } from '../compare/lenient-json';

export type ProtocolLine =
  | { kind: 'term'; source: string; target: string; note?: string }
  | { kind: 'unit'; unit: number; echo?: string; text: string }
  | { kind: 'other'; text: string };

export interface LineReader {
  /** The lines that are whole with what just came. */
  push(text: string): ProtocolLine[];
  /** The last line, which no line break ends. With `isCut` it counts only where it cannot have gone on. */
  end(isCut?: boolean): ProtocolLine[];
}

/** Characters of a line; a model that never breaks one is not listened to for ever. */
const longestLine = 1_000_000;

export function createLineReader(): LineReader {
  let pieces: string[] = [];
  let length = 0;
  const take = (isCut = false) => {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    // An object that is closed is whole; of a text behind a number nobody knows.
    return isCut && !(line.trimStart().startsWith('{') && strictValues(line)) ? [] : readLine(line);
  };
  return {
    push(text) {
      const lines: ProtocolLine[] = [];
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        pieces.push(text.slice(start, end));
        lines.push(...take());
        start = end + 1;
      }
      if (length < longestLine) pieces.push(text.slice(start));
      length += text.length - start;
      return lines;
    },
    end: take,
  };
}

/** Fences of code, brackets of a list around the lines, and words of courtesy are no lines. */
function readLine(raw: string): ProtocolLine[] {
  const line = raw
    .trim()
    .replace(/,$/, '')
    .replace(/^\[(?=\s*\{)|(?<=\}\s*)\]$/g, '');
  if (!line || /^(?:```\S*|\[|\]|-{3,})$/.test(line)) return [];
  const plain = /^\[?\s*(\d{1,9})\s*\]?\s*[|｜]\s?(.*)$/s.exec(line);
  if (plain) return [{ kind: 'unit', unit: Number(plain[1]), text: plain[2]?.trim() ?? '' }];
  if (!line.includes('{')) return [{ kind: 'other', text: line }];
  const values = strictValues(line) ?? lenientValues(line.slice(line.indexOf('{')), false);
  if (!values) return [{ kind: 'other', text: line }];
  return values.map((value) => lineOf(value) ?? { kind: 'other', text: line });
}

function strictValues(line: string): unknown[] | undefined {
  try {
    return [JSON.parse(line)];
  } catch {
    return undefined;
  }
}

function lineOf(value: unknown): ProtocolLine | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { s, k, x, t } = value as Record<string, unknown>;
  if (Array.isArray(t)) {
    const [source, target, note] = t as unknown[];
    if (typeof source !== 'string' || typeof target !== 'string' || !source.trim()) return undefined;
    return {
      kind: 'term',
      source: source.trim(),
      target: target.trim(),
      ...(typeof note === 'string' && note.trim() ? { note: note.trim() } : {}),
    };
  }
  const unit = typeof s === 'string' && /^\s*\d+\s*$/.test(s) ? Number(s) : s;
  if (typeof unit !== 'number' || !Number.isInteger(unit) || typeof x !== 'string') return undefined;
  return { kind: 'unit', unit, text: x, ...(typeof k === 'string' ? { echo: k } : {}) };
}
