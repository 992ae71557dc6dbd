import type { Gap } from '../source';

/** Adds gaps to those of the same kind; the samples that are there stay. */
export function addGaps(gaps: Gap[], added: readonly Gap[]): void {
  for (const gap of added) {
    if (gap.size <= 0) continue;
    const same = gaps.find(({ why }) => why === gap.why);
    if (same) {
      same.size += gap.size;
      if (gap.sample && !same.sample) same.sample = gap.sample;
    } else gaps.push({ ...gap });
  }
}
