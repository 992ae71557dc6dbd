import { sizeOf } from '../../page/size';
import type { Gap, GapCode } from '../../source';

/** Characters of what is missing that a gap shows. */
const longestSample = 160;

/** Counts what is not in the text of a document, while it is read. */
export class Account {
  private readonly found = new Map<GapCode, { size: number; sample: string }>();

  /** Words that are left out. */
  words(why: GapCode, text: string): void {
    const size = sizeOf(text);
    if (size > 0) this.add(why, size, text.replace(/\s+/g, ' ').trim());
  }

  /** Things that are left out. */
  count(why: GapCode, sample = '', size = 1): void {
    this.add(why, size, sample);
  }

  gaps(): Gap[] {
    return [...this.found].map(([why, { size, sample }]) => ({
      why,
      size,
      ...(sample ? { sample: sample.slice(0, longestSample) } : {}),
    }));
  }

  private add(why: GapCode, size: number, sample: string): void {
    const gap = this.found.get(why) ?? { size: 0, sample: '' };
    gap.size += size;
    if (sample && gap.sample.length < longestSample && !gap.sample.split(' · ').includes(sample))
      gap.sample += gap.sample ? ` · ${sample}` : sample;
    this.found.set(why, gap);
  }
}

/** Gaps of the same kind as one. */
export function mergedGaps(gaps: readonly Gap[]): Gap[] {
  const account = new Account();
  for (const { why, size, sample } of gaps) if (size > 0) account.count(why, sample, size);
  return account.gaps();
}
