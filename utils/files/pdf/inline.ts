import { inReadingOrder } from './bidi';
import { firstCharacter, isRightToLeft, isWide, lastCharacter } from './characters';
import { mainSize } from './fragments';
import type { Fragment, Run } from './types';

/** A piece of a line: its words and where a click on them leads. */
export interface Inline {
  text: string;
  link?: string;
}

/** A gap of more than this share of the size is a space. */
const spaceGap = 0.13;
/** Letters so much smaller and so far off the baseline are set above or below the line. */
const scriptShare = 0.86;
const scriptRise = 0.1;

/** The words of fragments that stand on one line, from the left to the right, in the order of reading. */
export function inlinesOf(fragments: Fragment[]): Inline[] {
  const inlines = fragments.flatMap((fragment, index) => {
    const pieces = fragmentInlines(fragment);
    return index > 0 ? [{ text: ' ' }, ...pieces] : pieces;
  });
  const whole = inlines.map(({ text }) => text).join('');
  if (isRightToLeft(whole)) return [{ text: inReadingOrder(whole) }];
  return inlines;
}

export const plainText = (inlines: Inline[]) => inlines.map(({ text }) => text).join('');

function fragmentInlines({ runs, y }: Fragment): Inline[] {
  const size = mainSize(runs);
  const inlines: Inline[] = [];
  let previous: Run | undefined;
  for (const run of runs) {
    if (previous && needsSpace(previous, run))
      append(inlines, { text: ' ', link: previous.link === run.link ? run.link : undefined });
    append(inlines, { text: scripted(run, y, size), link: run.link });
    previous = run;
  }
  return inlines.map((inline) => ({ ...inline, text: inline.text.replace(/ {2,}/g, ' ') }));
}

function append(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (last && last.link === inline.link) {
    // <sup>1</sup><sup>2</sup> is one superscript.
    last.text = `${last.text}${inline.text}`.replace(/<\/(sup|sub)><\1>/g, '');
  } else inlines.push({ ...inline });
}

function needsSpace(one: Run, other: Run): boolean {
  if (one.text.endsWith(' ') || other.text.startsWith(' ')) return false;
  const gap = other.x0 - one.x1;
  const size = Math.max(one.size, other.size);
  const isWideGap = isWide(lastCharacter(one.text)) && isWide(firstCharacter(other.text));
  return gap > (isWideGap ? 0.6 : spaceGap) * size;
}

function scripted(run: Run, baseline: number, size: number): string {
  const rise = baseline - run.y;
  if (run.size > size * scriptShare || Math.abs(rise) < scriptRise * size) return run.text;
  const text = run.text.trim();
  const end = run.text.endsWith(' ') ? ' ' : '';
  return rise > 0 ? `<sup>${text}</sup>${end}` : `<sub>${text}</sub>${end}`;
}

/** Pieces as Markdown: a link is written out unless its words are its address already. */
export function toMarkdown(inlines: Inline[]): string {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const last = merged.at(-1);
    if (last && last.link === inline.link) last.text += inline.text;
    else merged.push({ ...inline });
  }
  return merged
    .map(({ text, link }) => {
      const words = text.trim();
      if (!link || !words || isSameAddress(words, link)) return text;
      const [before = '', after = ''] = [text.match(/^\s*/)?.[0], text.endsWith(' ') ? ' ' : ''];
      return `${before}[${words.replace(/[[\]]/g, '\\$&')}](${encodeAddress(link)})${after}`;
    })
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const isSameAddress = (words: string, link: string) => {
  const bare = (address: string) =>
    address
      .replace(/^(https?:\/\/|mailto:)/i, '')
      .replace(/\/$/, '')
      .replace(/\s/g, '');
  return bare(words) === bare(link);
};

/** An address must not end the brackets that it stands in. */
const encodeAddress = (address: string) =>
  address.replace(
    /[()\s<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
