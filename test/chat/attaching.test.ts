import { beforeAll, describe, expect, it } from 'vitest';
import { nextPlace, withAttached, withoutPicks, withReadAgain } from '@/utils/chat/attaching';
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

describe('a page that was read again', () => {
  const url = 'https://a.test/page';
  const read = (words: string, more: object = {}) => measuredSource([words], { title: words, url, ...more });

  it('takes the place of the reading that no question has sent', async () => {
    const [old, newer, other] = [await read('Old'), await read('New'), await read('Other')];
    let choices = withAttached(none, old, { key: 'tab:1', place: 1, url });
    choices = withAttached(choices, other, { key: 'tab:2', place: 2, url: 'https://b.test/' });
    const after = withReadAgain(choices, old.source.id, newer, 'tab:1');
    expect(titles(after)).toEqual(['New', 'Other']);
    expect(after.picks?.find(({ key }) => key === 'tab:1')).toMatchObject({ id: newer.source.id, place: 1 });
    // Also where it was attached before picks were kept.
    const kept = withReadAgain({ ...none, attached: [old, other] }, old.source.id, newer, 'tab:1');
    expect(titles(kept)).toEqual(['New', 'Other']);
  });

  it('is attached beside what was sent', async () => {
    const [sent, newer, other] = [await read('Sent'), await read('New'), await read('Other')];
    const choices = withAttached(none, other, { key: 'tab:2', place: 2 });
    const after = withReadAgain(choices, sent.source.id, newer, 'tab:1');
    expect(titles(after)).toEqual(['Other', 'New']);
    expect(after.picks?.at(-1)).toMatchObject({ key: 'tab:1', id: newer.source.id, url, title: 'New' });
  });

  it('leaves another tab alone that had the same text', async () => {
    const [old, newer] = [await read('Old'), await read('New')];
    let choices = withAttached(none, old, { key: 'tab:1', place: 1, url, title: 'Old' });
    const twin = await read('Old', { title: 'Twin', url: 'https://b.test/' });
    choices = withAttached(choices, twin, { key: 'tab:2', place: 2, url: 'https://b.test/', title: 'Twin' });
    // The first keeps its name; both are known.
    expect(titles(choices)).toEqual(['Old']);
    expect(choices.picks?.map(({ title }) => title)).toEqual(['Old', 'Twin']);
    const after = withReadAgain(choices, old.source.id, newer, 'tab:1');
    expect(titles(after).toSorted()).toEqual(['New', 'Old']);
    expect(after.picks?.map(({ key, id }) => [key, id === newer.source.id])).toEqual([
      ['tab:2', false],
      ['tab:1', true],
    ]);
  });
});
