import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listTabs } from '@/utils/browser/tab-list';

const open = [
  { id: 1, windowId: 1, incognito: false, url: 'https://open.test/', title: 'Open', active: true },
  { id: 2, windowId: 2, incognito: true, url: 'https://private.test/', title: 'Private', active: true },
  { id: 3, windowId: 2, incognito: true, title: undefined, url: undefined, active: false },
];

function inside(isPrivate: boolean) {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.extension, { inIncognitoContext: isPrivate });
  Object.assign(fakeBrowser.tabs, {
    query: vi.fn(async () => open),
    onReplaced: { addListener: () => {} },
  });
}

beforeEach(() => inside(false));

it('never lists private windows outside of one, also where the browser names their tabs', async () => {
  expect((await listTabs()).map(({ id }) => id)).toEqual([1]);
});

it('lists nothing but private windows inside of one', async () => {
  inside(true);
  expect((await listTabs()).map(({ id }) => id)).toEqual([2, 3]);
});
