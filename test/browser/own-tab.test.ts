import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { closeOwnTab, giveOwnTab, openOwnTab } from '@/utils/browser/own-tab';
import { ownTabs } from '@/utils/store/own-tabs';

beforeEach(async () => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  await fakeBrowser.windows.create({ focused: true });
  vi.spyOn(fakeBrowser.tabs, 'discard').mockImplementation(async () => undefined as never);
});

const idsOf = async () => (await fakeBrowser.tabs.query({})).map(({ id }) => id);

it('opens a silent tab behind, remembers it, and closes it', async () => {
  const create = vi.spyOn(fakeBrowser.tabs, 'create');
  const update = vi.spyOn(fakeBrowser.tabs, 'update');
  const id = await openOwnTab();
  expect(create.mock.calls[0]?.[0]).toMatchObject({ active: false, url: 'about:blank' });
  expect(update).toHaveBeenCalledWith(id, { muted: true });
  expect(await ownTabs.read()).toEqual([id]);
  await closeOwnTab(id);
  expect(await ownTabs.read()).toEqual([]);
  expect(await idsOf()).not.toContain(id);
});

it('has two at once; the third waits, and leaves the queue when it is no longer wanted', async () => {
  const [one, two] = await Promise.all([openOwnTab(), openOwnTab()]);
  const third = openOwnTab();
  const stop = new AbortController();
  const fourth = openOwnTab(stop.signal);
  stop.abort(new Error('stopped'));
  await expect(fourth).rejects.toThrow('stopped');
  expect((await ownTabs.read()).toSorted()).toEqual([one, two].toSorted());
  await closeOwnTab(one);
  const id = await third;
  expect(await ownTabs.read()).toContain(id);
  await Promise.all([closeOwnTab(two), closeOwnTab(id)]);
  expect(await ownTabs.read()).toEqual([]);
});

it('leaves a tab to the user who has come to see it, with its sound', async () => {
  const id = await openOwnTab();
  await fakeBrowser.tabs.update(id, { active: true });
  const update = vi.spyOn(fakeBrowser.tabs, 'update');
  await closeOwnTab(id);
  expect(await idsOf()).toContain(id);
  expect(update).toHaveBeenCalledWith(id, { muted: false });
  expect(await ownTabs.read()).toEqual([]);
});

it('gives a tab away, and has room for another', async () => {
  const ids = [await openOwnTab(), await openOwnTab()];
  await Promise.all(ids.map(giveOwnTab));
  const third = await openOwnTab();
  expect(await ownTabs.read()).toEqual([third]);
  await closeOwnTab(third);
});
