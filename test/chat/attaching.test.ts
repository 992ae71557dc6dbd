import { beforeAll, describe, expect, it } from 'vitest';
import { nextPlace, withAttached, withoutPicks } from '@/utils/chat/attaching';
import type { MeasuredSource } from '@/utils/context/compose';
import type { SourceChoices } from '@/utils/store/drafts';
import { measuredSource } from '../fixtures/sources';

const none: SourceChoices = { attached: [], leftOut: [], added: [] };
const titles = ({ attached }: SourceChoices) => attached.map(({ source }) => source.title);
let [a, b, c] = [] as unknown as [MeasuredSource, MeasuredSource, MeasuredSource];
beforeAll(async () => {
  const made = ['a', 'b', 'c'].map((title) => measuredSource([`Text of ${title}`], { title }));
  [a, b, c] = (await Promise.all(made)) as [MeasuredSource, MeasuredSource, MeasuredSource];
});

describe('what is attached', () => {
  it('stands in the order in which it was picked, whichever arrives first', () => {
    let choices = withAttached(none, c, { key: 'c', place: 3 });
    choices = withAttached(choices, a, { key: 'a', place: 1 });
    choices = withAttached(choices, b, { key: 'b', place: 2 });
    expect(titles(choices)).toEqual(['a', 'b', 'c']);
  });

  it('stands behind what was attached before picks were kept', () => {
    const choices = withAttached({ ...none, attached: [c] }, a, { key: 'a', place: 1 });
    expect(titles(choices)).toEqual(['c', 'a']);
    // Picked once more, that stays where it is.
    expect(titles(withAttached(choices, c, { key: 'c', place: 9 }))).toEqual(['c', 'a']);
  });

  it('is one source for two tabs with the same text, as long as one of them is picked', () => {
    let choices = withAttached(none, a, { key: 'tab:1', place: 1 });
    choices = withAttached(choices, b, { key: 'tab:2', place: 2 });
    choices = withAttached(choices, a, { key: 'tab:3', place: 3 });
    expect(titles(choices)).toEqual(['a', 'b']);
    choices = withoutPicks(choices, ['tab:1']);
    expect(titles(choices)).toEqual(['a', 'b']);
    expect(titles(withoutPicks(choices, ['tab:3']))).toEqual(['b']);
  });

  it('moves to the place of an earlier pick that arrives later with the same text', () => {
    let choices = withAttached(none, b, { key: 'tab:2', place: 2 });
    choices = withAttached(choices, a, { key: 'tab:3', place: 3 });
    choices = withAttached(choices, a, { key: 'tab:1', place: 1 });
    expect(titles(choices)).toEqual(['a', 'b']);
  });

  it('keeps its place when it is picked once more while others are on their way', () => {
    // The page in front is attached at every tick, with the time of that tick.
    let choices = withAttached(none, a, { key: 'page', place: 1 });
    choices = withAttached(choices, c, { key: 'tab:3', place: 3 });
    choices = withAttached(choices, a, { key: 'page', place: 10 });
    choices = withAttached(choices, b, { key: 'tab:2', place: 2 });
    expect(titles(choices)).toEqual(['a', 'b', 'c']);
  });

  it('is what a tab has become when it is picked again, and not what it was', () => {
    const choices = withAttached(withAttached(none, a, { key: 'tab:1', place: 1 }), b, {
      key: 'tab:1',
      place: 2,
    });
    expect(titles(choices)).toEqual(['b']);
  });

  it('is switched on by being picked, and forgotten with its switch by being unpicked', () => {
    const choices = withAttached({ ...none, leftOut: [a.source.id, 'other'] }, a, { key: 'a', place: 1 });
    expect(choices.leftOut).toEqual(['other']);
    const off = withoutPicks({ ...choices, leftOut: [a.source.id, 'other'] }, ['a', 'unknown']);
    expect(off).toMatchObject({ attached: [], leftOut: ['other'], picks: [] });
  });
});

it('places grow, also where the clock goes back', () => {
  const first = nextPlace(5_000_000_000_000);
  expect(nextPlace(5_000_000_000_000)).toBe(first + 1);
  expect(nextPlace(1)).toBe(first + 2);
});
