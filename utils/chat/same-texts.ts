import type { NextSource } from './next-request';

/**
 * Sources that say the same as one before them, to the letter, and the numbers of those. Equal texts are one source;
 * what is found here are the same words under other paragraph numbers, as after a page had changed and changed back.
 */
export function sameTexts(sources: readonly NextSource[]): Map<string, number> {
  const twins = new Map<string, number>();
  const bySize = new Map<string, NextSource[]>();
  for (const source of sources) {
    const { characters, words, segments } = source.entry.source;
    // Texts are compared only where their sizes are equal.
    const size = `${characters} ${words} ${segments.length}`;
    const before = bySize.get(size);
    const twin = before?.find((other) => isSame(other, source));
    if (twin) twins.set(source.entry.source.id, twin.number);
    else if (before) before.push(source);
    else bySize.set(size, [source]);
  }
  return twins;
}

function isSame({ entry: { source: one } }: NextSource, { entry: { source: other } }: NextSource): boolean {
  return one.segments.every(({ start, end }, index) => {
    const segment = other.segments[index];
    return (
      segment !== undefined && one.text.slice(start, end) === other.text.slice(segment.start, segment.end)
    );
  });
}
