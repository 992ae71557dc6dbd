import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { isSamePage, readPickedTab } from '@/utils/browser/read-picked-tab';
import { withAttached, withoutPicks } from '@/utils/chat/attaching';
import type { Candidate } from '@/utils/chat/gathered';
import { createGathering, pickOf } from '@/utils/chat/gathering';
import type { SourceChoices } from '@/utils/store/drafts';
import { conversationWith } from '../fixtures/conversations';
import { openTabs } from '../fixtures/open-tabs';
import { Random } from '../fixtures/random';

type Tab = Extract<Candidate, { kind: 'tab' }>;

const world = conversationWith();

/** A canary in every page: it says which address the words are from. */
const pageAt = (url: string) => [`These words are those of ${url} and of no other page in the browser.`];

/**
 * Opens, picks, unpicks, sends elsewhere and closes tabs in a random order and at random moments, and lets what was
 * begun come to its end. The browser is make-believe; what reads and what gathers is the product's.
 */
async function sequence(seed: number) {
  fakeBrowser.reset();
  const random = new Random(seed);
  const tabs = openTabs();
  tabs.pauseWith(async () => {
    for (let turns = random.below(12); turns > 0; turns--) await Promise.resolve();
  });
  let choices: SourceChoices = { attached: [], leftOut: [], added: [] };
  const gathering = createGathering(world.conversation, {
    picked: async (candidate, options) => {
      const source = await readPickedTab(candidate as Tab, options);
      return { source, tokens: 1 };
    },
  });
  gathering.subscribe(() => {
    for (const item of gathering.get()) {
      if (item.status === 'ready') {
        gathering.remove(item.id);
        choices = withAttached(choices, item.entry, pickOf(item));
      } else if (item.status === 'unpicked') {
        gathering.remove(item.id);
        choices = withoutPicks(choices, [item.key ?? item.id]);
      }
    }
  });
  /** For each key that is picked, the address at which it was. */
  const picked = new Map<string, string>();
  const troubles: string[] = [];
  let pages = 0;

  for (let step = 0; step < 14; step++) {
    const ids = [...tabs.tabs.keys()];
    const id = ids.length > 0 ? random.pick(ids) : 0;
    const tab = tabs.tabs.get(id);
    const action = random.below(10);
    const url = `https://site-${random.below(4)}.test/${seed}-${pages++}`;
    if (action < 3 || !tab) tabs.open(seed * 100 + step + 1, { url, passages: pageAt(url) });
    else if (action < 6) {
      const key = `tab:${id}`;
      // What is picked already is picked where it was; the interface offers nothing else.
      if (!picked.has(key)) {
        picked.set(key, tab.url);
        const rest = { isFront: false, isAsleep: false, isSensitive: false, windowId: 1 };
        gathering.pick([{ kind: 'tab', key, title: tab.title, url: tab.url, tabId: id, ...rest }]);
      }
    } else if (action === 6 && picked.size > 0) {
      const key = random.pick([...picked.keys()]);
      picked.delete(key);
      gathering.unpick([key]);
    } else if (action === 7) tabs.navigate(id, url, pageAt(url));
    else if (action === 8) tabs.close(id);
    for (let turns = random.below(30); turns > 0; turns--) await Promise.resolve();
  }
  await vi.waitFor(() => expect(gathering.get().filter(({ status }) => status !== 'trouble')).toEqual([]), {
    timeout: 10_000,
    interval: 2,
  });
  for (const item of gathering.get()) if (item.status === 'trouble') troubles.push(item.trouble.code);
  return { choices, picked, troubles, waiting: gathering.get().map(({ key }) => key) };
}

it('nothing is ever attached but what was picked, with the words of the address where it was picked', async () => {
  const codes = new Map<string, number>();
  let attached = 0;
  for (let seed = 1; seed <= 1_000; seed++) {
    const { choices, picked, troubles, waiting } = await sequence(seed);
    for (const { source } of choices.attached) {
      const keys = (choices.picks ?? []).filter(({ id }) => id === source.id).map(({ key }) => key);
      expect(keys, `seed ${seed}`).not.toEqual([]);
      for (const key of keys) {
        const url = picked.get(key) ?? '';
        expect(isSamePage(source.url ?? '', url), `seed ${seed}, ${key}`).toBe(true);
        expect(source.text, `seed ${seed}, ${key}`).toBe(`¶1 ${pageAt(url)[0]}`);
      }
    }
    // What is picked is attached, or a row says why it is not: nothing vanishes.
    const there = new Set([...(choices.picks ?? []).map(({ key }) => key), ...waiting]);
    expect(
      [...picked.keys()].filter((key) => !there.has(key)),
      `seed ${seed}`,
    ).toEqual([]);
    // And it stands in the order of picking.
    const order = [...picked.keys()].filter((key) => (choices.picks ?? []).some((pick) => pick.key === key));
    const keyOf = (id: string) => choices.picks?.find((pick) => pick.id === id)?.key;
    expect(
      choices.attached.map(({ source }) => keyOf(source.id)),
      `seed ${seed}`,
    ).toEqual(order);
    attached += choices.attached.length;
    for (const code of troubles) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  // A test of nothing would hold too.
  expect(attached).toBeGreaterThan(1_000);
  expect(codes.get('tab-moved')).toBeGreaterThan(20);
  expect(codes.get('tab-closed')).toBeGreaterThan(20);
}, 120_000);
