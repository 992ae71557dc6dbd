import { describe, expect, it } from 'vitest';
import { changeSince } from '@/utils/chat/changed-since';
import { measuredSource, sourceOf } from '../fixtures/sources';

const one = 'The first paragraph says that the tide turns at six in the morning.';
const two = 'The second paragraph says that nobody has counted the eels since then.';
const corrected = 'The second paragraph says that somebody has counted the eels since then.';
const clock = 'Updated 5 minutes ago';

type Details = Parameters<typeof measuredSource>[1];
async function change(before: string[], after: string[], then: Details = {}, now: Details = {}) {
  return changeSince([await measuredSource(before, then)], await sourceOf(after, now));
}

describe('a page that was read for a chat', () => {
  it('has not changed when it says the same', async () => {
    expect(await change([one, two], [one, two])).toBeUndefined();
    expect(await change([one, two], [one, ` ${two.replace(' ', '\n')}`])).toBeUndefined();
  });

  it('has changed when a paragraph is new, gone or corrected', async () => {
    expect(await change([one], [one, two])).toEqual({ fresh: 1, gone: 0 });
    expect(await change([one, two], [one])).toEqual({ fresh: 0, gone: 1 });
    expect(await change([one, two], [one, corrected])).toEqual({ fresh: 1, gone: 1 });
    expect(
      await change(
        ['九座磨坊正在发电，鳗鱼的数量没有人统计过。'],
        ['十座磨坊正在发电，鳗鱼的数量没有人统计过。'],
      ),
    ).toEqual({
      fresh: 1,
      gone: 1,
    });
  });

  it('has not changed when only a clock, a counter or the order of paragraphs has', async () => {
    expect(
      await change([one, clock, '1,204 comments'], [one, 'Updated 9 minutes ago', '1,205 comments']),
    ).toBeUndefined();
    expect(await change([one, two], [two, one])).toBeUndefined();
  });

  it('is known by its address without the fragment; another page is another page', async () => {
    const url = 'https://example.org/page';
    expect(await change([one], [two], { url: `${url}#a` }, { url: `${url}#b` })).toEqual({
      fresh: 1,
      gone: 1,
    });
    expect(await change([one], [two], { url }, { url: `${url}?p=2` })).toBeUndefined();
    expect(await change([one], [two], { url: undefined }, { url: undefined })).toBeUndefined();
  });

  it('is compared with what was read of it last, and known when any reading was the same', async () => {
    const sources = [await measuredSource([one]), await measuredSource([one, two])];
    expect(changeSince(sources, await sourceOf([one, two, corrected]))).toEqual({ fresh: 1, gone: 0 });
    expect(changeSince(sources, await sourceOf([one]))).toBeUndefined();
  });

  it('has not changed when it was read in another way', async () => {
    const choices = { article: 12, everything: 25 };
    const article = { choices };
    const all = await sourceOf([one, two]);
    const everything = { choices: { article: 12, everything: all.words } };
    expect(await change([one], [one, two], article, everything)).toBeUndefined();
    expect(await change([one, two], [one], everything, article)).toBeUndefined();
    // In the other direction it would show.
    expect(await change([corrected], [one, two], article, everything)).toEqual({ fresh: 0, gone: 1 });
    const hidden = { gaps: [{ why: 'hidden' as const, size: 70 }] };
    expect(await change([one, two], [one], {}, hidden)).toBeUndefined();
    expect(await change([one], [one, two], hidden, {})).toBeUndefined();
    const stopped = { gaps: [{ why: 'stopped-pages' as const, size: 3 }] };
    expect(await change([one], [one, two], stopped, {})).toBeUndefined();
  });
});
