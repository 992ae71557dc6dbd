import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Growth } from '@/utils/browser/read-tab';
import type { ListedTab } from '@/utils/browser/tab-list';
import { createPageChanges } from '@/utils/chat/page-changes';
import { numberPassages, type Source } from '@/utils/source';

const began = 1_790_000_000_000;
const old = 'The first paragraph says that the tide turns at six in the morning.';
const fresh = 'The second paragraph says that somebody has counted the eels since then.';
const urlOf = (id: number) => `https://site-${id}.test/page`;
/** Named by its words: nothing here waits for anything but the clock. */
const sourceOf = (words: string[], more: object = {}): Source => ({
  ...numberPassages(words.map((text) => ({ text, kind: 'text' as const }))),
  id: words.join(' '),
  kind: 'tab',
  title: 'A page',
  gaps: [],
  readAt: began,
  ...more,
});
const entryOf = (id: number, more: object = {}) => ({
  source: sourceOf([`${old} ${id}`], { url: urlOf(id), ...more }),
  tokens: 1,
});

/** A browser whose tabs have grown by so many letters since they were read, and what they say now. */
function browserWith(ids: number[]) {
  const tabs = new Map(
    ids.map((id) => [id, { isAsleep: false, url: urlOf(id), text: [`${old} ${id}`] as string[] }]),
  );
  const growths = new Map<number, Growth>(ids.map((id) => [id, { added: 0, since: began - 100 }]));
  const reads: number[] = [];
  let underWay = 0;
  let most = 0;
  const changes = createPageChanges({
    tabs: async () =>
      [...tabs].map(
        ([id, { url, isAsleep }]): ListedTab => ({
          id,
          firstId: id,
          windowId: 1,
          url,
          isActive: false,
          isAsleep,
        }),
      ),
    growth: async (id) => growths.get(id),
    read: async (id): Promise<Source> => {
      reads.push(id);
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 10));
      underWay--;
      growths.set(id, { added: 0, since: Date.now() });
      const tab = tabs.get(id);
      return sourceOf(tab?.text ?? [], { url: tab?.url, readAt: Date.now() });
    },
  });
  return { tabs, growths, reads, changes, most: () => most };
}
const said = ({ changes }: ReturnType<typeof browserWith>) =>
  [...changes.get().values()].map(({ fresh, gone, key }) => `${key} ${fresh} ${gone}`);

beforeEach(() => void vi.useFakeTimers({ now: began + 60_000 }));
afterEach(() => void vi.useRealTimers());

describe('pages that are not in front', () => {
  it('are read only when they have grown or were loaded anew, and say what has changed', async () => {
    const world = browserWith([1, 2, 3]);
    world.tabs.get(2)?.text.push(fresh);
    world.growths.set(2, { added: 400, since: began - 100 });
    world.tabs.get(3)?.text.splice(0, 1, fresh);
    // Loaded anew: nobody has counted.
    world.growths.delete(3);
    world.changes.watch([entryOf(1), entryOf(2), entryOf(3)]);
    await vi.waitFor(() => expect(said(world)).toEqual(['tab:2 1 0', 'tab:3 1 1']));
    expect(world.reads).toEqual([2, 3]);
    // What was read is covered by its own counter: nothing is read again.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.reads).toEqual([2, 3]);
    expect(said(world)).toEqual(['tab:2 1 0', 'tab:3 1 1']);
    world.changes.close();
  });

  it('are read when another reading has begun a new count since, and ever more rarely when they say the same', async () => {
    const world = browserWith([1]);
    world.changes.watch([entryOf(1)]);
    for (let minute = 0; minute < 10; minute++) {
      // Somebody else reads it all the time.
      world.growths.set(1, { added: 0, since: Date.now() + 1_000_000 });
      await vi.advanceTimersByTimeAsync(60_000);
      world.growths.set(1, { added: 0, since: Date.now() + 1_000_000 });
    }
    expect(world.reads.length).toBeGreaterThan(1);
    expect(world.reads.length).toBeLessThan(10);
    expect(said(world)).toEqual([]);
    world.changes.close();
  });

  it('are left alone asleep, closed, elsewhere, sensitive, as files and after it was closed; two are read at a time', async () => {
    const world = browserWith([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const id of world.tabs.keys()) world.growths.delete(id);
    Object.assign(world.tabs.get(1) ?? {}, { isAsleep: true });
    world.tabs.delete(2);
    Object.assign(world.tabs.get(3) ?? {}, { url: 'https://elsewhere.test/' });
    Object.assign(world.tabs.get(4) ?? {}, { url: 'https://mail.google.com/mail/u/0/' });
    const entries = [
      ...[1, 2, 3].map((id) => entryOf(id)),
      entryOf(4, { url: 'https://mail.google.com/mail/u/0/' }),
      entryOf(5, { pages: 3 }),
      ...[6, 7, 8].map((id) => entryOf(id)),
    ];
    world.changes.watch(entries);
    await vi.waitFor(() => expect(world.reads).toEqual([6, 7, 8]));
    await vi.advanceTimersByTimeAsync(100);
    expect(world.most()).toBe(2);
    world.changes.close();
    world.growths.clear();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.reads).toEqual([6, 7, 8]);
  });

  it('are compared with what was read of them last, and the one in front is not read by this', async () => {
    const world = browserWith([1]);
    world.tabs.get(1)?.text.push(fresh);
    const first = entryOf(1);
    const front = {
      tabId: 1,
      source: sourceOf([`${old} 1`, fresh], { url: urlOf(1), readAt: began + 9 }),
    };
    world.changes.watch([first], front);
    await vi.waitFor(() => expect(said(world)).toEqual(['tab:1 1 0']));
    expect(world.reads).toEqual([]);
    // Read again: the newer text stands beside the one that was sent.
    world.changes.watch([first, { source: front.source, tokens: 1 }], front);
    await vi.advanceTimersByTimeAsync(100);
    expect(said(world)).toEqual([]);
    world.changes.close();
  });
});
