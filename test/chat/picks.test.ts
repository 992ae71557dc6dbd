import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { withAttached, withoutPicks } from '@/utils/chat/attaching';
import type { Candidate, Gathered } from '@/utils/chat/gathered';
import { createGathering, type GatheringOptions, pickOf } from '@/utils/chat/gathering';
import { AppError } from '@/utils/errors';
import { createDraftStore, type SourceChoices } from '@/utils/store/drafts';
import { conversationWith, gate } from '../fixtures/conversations';
import { measuredSource } from '../fixtures/sources';

const tab = (id: number): Candidate => ({
  kind: 'tab',
  key: `tab:${id}`,
  title: `Page ${id}`,
  url: `https://site-${id}.test/`,
  tabId: id,
  windowId: 1,
  isFront: false,
  isAsleep: false,
  isSensitive: false,
});
const textOf = ({ title, url }: Candidate, text = `Words of ${title}`) =>
  measuredSource([text], { title, url });

/** A gathering, and what the panel does with what it brings. */
function begin(picked: NonNullable<GatheringOptions['picked']>, request = async (_: string[]) => true) {
  const world = conversationWith();
  const store = createDraftStore(world.db);
  const gathering = createGathering(world.conversation, { store, picked, request });
  const panel = { choices: { attached: [], leftOut: [], added: [] } as SourceChoices };
  gathering.subscribe(() => {
    for (const item of gathering.get()) {
      if (item.status === 'ready') {
        gathering.remove(item.id);
        panel.choices = withAttached(panel.choices, item.entry, pickOf(item));
      } else if (item.status === 'unpicked') {
        gathering.remove(item.id);
        panel.choices = withoutPicks(panel.choices, [item.key ?? item.id]);
      }
    }
  });
  const titles = () => panel.choices.attached.map(({ source }) => source.title);
  return { ...world, store, gathering, panel, titles };
}
const states = (list: Gathered[]) => list.map(({ key, status }) => [key, status]);

describe('what was picked', () => {
  it('is read four at a time, in its order, and numbered in the order of picking whichever arrives first', async () => {
    const gates = Array.from({ length: 6 }, gate);
    const begun: number[] = [];
    const { gathering, titles } = begin(async (candidate) => {
      const id = candidate.kind === 'tab' ? candidate.tabId : 0;
      begun.push(id);
      await gates[id]?.closed;
      return textOf(candidate);
    });
    gathering.pick([3, 1, 2, 0, 5, 4].map(tab));
    await vi.waitFor(() => expect(begun).toEqual([3, 1, 2, 0]));
    expect(states(gathering.get()).map(([, status]) => status)).toEqual([
      'reading',
      'reading',
      'reading',
      'reading',
      'queued',
      'queued',
    ]);
    gates[0]?.open();
    await vi.waitFor(() => expect(titles()).toEqual(['Page 0']));
    await vi.waitFor(() => expect(begun).toEqual([3, 1, 2, 0, 5]));
    for (const { open } of gates.toReversed()) open();
    await vi.waitFor(() =>
      expect(titles()).toEqual(['Page 3', 'Page 1', 'Page 2', 'Page 0', 'Page 5', 'Page 4']),
    );
    expect(gathering.get()).toEqual([]);
  });

  it('in trouble keeps nothing else from being read, and is tried again by itself', async () => {
    let isBroken = true;
    const { gathering, titles } = begin(async (candidate) => {
      if (candidate.title === 'Page 2' && isBroken) throw new AppError('tab-closed', { title: 'Page 2' });
      return textOf(candidate);
    });
    gathering.pick([1, 2, 3].map(tab));
    await vi.waitFor(() => expect(titles()).toEqual(['Page 1', 'Page 3']));
    expect(gathering.get()).toMatchObject([{ key: 'tab:2', trouble: { code: 'tab-closed' } }]);
    isBroken = false;
    gathering.retry(gathering.get()[0]?.id ?? '');
    await vi.waitFor(() => expect(titles()).toEqual(['Page 1', 'Page 2', 'Page 3']));
  });

  it('that waits for its page lets the next one begin', async () => {
    const { gathering, titles } = begin(async (candidate, { yieldSlot }) => {
      if (candidate.title !== 'Page 9') {
        yieldSlot();
        return new Promise(() => {});
      }
      return textOf(candidate);
    });
    gathering.pick([1, 2, 3, 4, 9].map(tab));
    await vi.waitFor(() => expect(titles()).toEqual(['Page 9']));
  });

  it('and unpicked stops, before it is read and while it is, and goes where it had arrived', async () => {
    const stopped: string[] = [];
    const { gathering, titles } = begin(async (candidate, { signal }) => {
      if (candidate.title === 'Page 1') return textOf(candidate);
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          stopped.push(candidate.title);
          reject(signal.reason);
        }),
      );
    });
    gathering.pick([1, 2, 3, 4, 5, 6].map(tab));
    await vi.waitFor(() => expect(titles()).toEqual(['Page 1']));
    gathering.unpick(['tab:1', 'tab:2', 'tab:6', 'tab:77']);
    await vi.waitFor(() => expect(titles()).toEqual([]));
    expect(stopped).toEqual(['Page 2']);
    expect(gathering.get().map(({ key }) => key)).toEqual(['tab:3', 'tab:4', 'tab:5']);
  });

  it('asks once for all sites that the browser keeps from it', async () => {
    let isAllowed = false;
    const asked: string[][] = [];
    const { gathering, titles } = begin(
      async (candidate) => {
        if (isAllowed) return textOf(candidate);
        const isLink = candidate.kind === 'history';
        throw new AppError(isLink ? 'link-permission' : 'page-permission', { address: candidate.url ?? '' });
      },
      async (origins) => {
        asked.push(origins);
        isAllowed = true;
        return true;
      },
    );
    const link: Candidate = {
      kind: 'history',
      key: 'history:x',
      title: 'Link',
      url: 'https://l.test/x',
      isSensitive: false,
    };
    gathering.pick([tab(1), tab(2), link]);
    await vi.waitFor(() => expect(gathering.get().every(({ status }) => status === 'trouble')).toBe(true));
    expect(await gathering.allowPicked()).toBe(true);
    expect(asked).toEqual([['https://site-1.test/*', 'https://site-2.test/*', 'https://l.test/*']]);
    await vi.waitFor(() => expect(titles()).toEqual(['Page 1', 'Page 2', 'Link']));
  });

  it('may be two hundred at once, and two of them the same text', async () => {
    const { gathering, panel } = begin(async (candidate) =>
      textOf(candidate, candidate.title === 'Page 150' ? 'Words of Page 7' : undefined),
    );
    let drawings = 0;
    gathering.subscribe(() => drawings++);
    gathering.pick(Array.from({ length: 200 }, (_, id) => tab(id)));
    expect(drawings).toBeLessThan(10);
    await vi.waitFor(() => expect(panel.choices.picks).toHaveLength(200));
    expect(panel.choices.attached).toHaveLength(199);
    const [seventh, same] = [7, 150].map(
      (id) => panel.choices.picks?.find(({ key }) => key === `tab:${id}`)?.id,
    );
    expect(same).toBe(seventh);
  });

  it('for one chat may be picked for another too', async () => {
    const { closed, open } = gate();
    const { gathering, conversation, store } = begin(async (candidate) => {
      await closed;
      return textOf(candidate);
    });
    gathering.pick([tab(2), tab(1)]);
    await conversation.ask({ task: 'answer', question: 'When?', sources: [] });
    gathering.pick([tab(1)]);
    expect(gathering.get().map(({ key }) => key)).toEqual(['tab:1']);
    open();
    // What was picked for the chat that is no longer on screen waits there, in its order.
    await vi.waitFor(async () =>
      expect((await store.readSources('new')).attached.map(({ source }) => source.title)).toEqual([
        'Page 2',
        'Page 1',
      ]),
    );
  });
});
