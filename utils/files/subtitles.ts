import { AppError } from '../errors';
import type { Gap, Passage } from '../source';
import { documentReading } from './document/reading';
import { decodeText } from './encoding';
import { parseCues } from './subtitles/cues';
import { isScript, parseScript } from './subtitles/script';
import { withLineFeeds } from './text-chunks';
import type { ReadFile } from './types';

/** A text on the screen, from its beginning to its end in seconds. */
export interface Cue {
  start: number;
  end: number;
  /** Without tags; lines as they are shown. */
  text: string;
}

export interface Subtitles {
  title?: string;
  cues: Cue[];
  gaps: Gap[];
}

/** Characters at which a passage ends with the next sentence, and with the next cue. */
const [enough, most] = [350, 700];
/** Seconds without words after which something new begins. */
const pause = 4;

/** Reads SubRip, WebVTT and (Advanced) SubStation Alpha: what is said, in passages that know their time. */
export const readSubtitles: ReadFile = async (bytes, { name, onProgress }) => {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const { text: raw, encoding, isGuess } = decodeText(bytes);
  const text = withLineFeeds(raw);
  const { title, cues, gaps } = isScript(text) ? parseScript(text) : parseCues(text);
  if (cues.length === 0) throw new AppError(text.trim() === '' ? 'file-nothing' : 'file-broken', { name });
  onProgress?.({ done: text.length, total: text.length, unit: 'bytes' });
  const passages: Passage[] = title ? [{ text: `# ${title}`, kind: 'heading' }] : [];
  return documentReading({
    name,
    passages: [...passages, ...group(cues)],
    gaps,
    notes: isGuess ? [{ what: 'decoded', sample: encoding }] : [],
    units: { subtitles: cues.length },
  });
};

/** What is said in one go, together; every cue on lines of its own. */
function* group(cues: readonly Cue[]): Generator<Passage> {
  let lines: string[] = [];
  let length = 0;
  let before: Cue | undefined;
  let start = 0;
  const passage = (): Passage => ({ text: lines.join('\n'), kind: 'text', place: { time: timeOf(start) } });
  for (const cue of cues) {
    const isPause = before !== undefined && cue.start - before.end > pause;
    const isSentence = /[.!?…。！？♪"”」』）)\]]\s*$/u.test(lines.at(-1) ?? '');
    if (lines.length > 0 && (isPause || length >= most || (length >= enough && isSentence))) {
      yield passage();
      lines = [];
      length = 0;
    }
    if (lines.length === 0) start = cue.start;
    lines.push(cue.text);
    length += cue.text.length;
    before = cue;
  }
  if (lines.length > 0) yield passage();
}

/** Seconds as `00:12:03`. */
function timeOf(seconds: number): string {
  const whole = Math.floor(seconds);
  return [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
