import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type ProviderSetting, settings } from '@/utils/store/settings';

beforeEach(() => fakeBrowser.reset());

const provider: ProviderSetting = { providerId: 'custom', baseUrl: 'http://localhost:1234/v1', modelId: 'm' };

describe('a setting', () => {
  it('has its fallback until it is written', async () => {
    expect(await settings.providers.read()).toEqual([]);
    expect(await settings.activeProvider.read()).toBe('excerpts');
    expect(await settings.interfaceLanguage.read()).toBe('browser');
    expect(await settings.answerLanguage.read()).toBe('interface');
    expect(await settings.theme.read()).toBe('browser');
  });

  it('comes back as it was written, each in its own item', async () => {
    const entries = [
      { ...provider, window: 8_192, allowInsecure: true },
      { ...provider, providerId: 'openai' },
    ];
    await settings.providers.write(entries);
    await settings.theme.write('dark');
    expect(await settings.providers.read()).toEqual(entries);
    expect(await settings.theme.read()).toBe('dark');
    const stored = await fakeBrowser.storage.local.get();
    expect(Object.keys(stored).sort()).toEqual(['providers', 'theme']);
  });

  it('tells whoever watches it, and nobody after that', async () => {
    const seen: string[] = [];
    const stop = settings.theme.watch((value) => seen.push(value));
    await settings.theme.write('light');
    await expect.poll(() => seen).toEqual(['light']);
    stop();
    await settings.theme.write('dark');
    expect(seen).toEqual(['light']);
  });
});

describe('garbage in the storage', () => {
  it.each([
    [2, 5],
    [3, 3],
    [10, 10],
    [11, 5],
    [4.5, 5],
    ['7', 5],
    [null, 5],
  ])('reads no other number of pages than 3 to 10: %s', async (stored, expected) => {
    await fakeBrowser.storage.local.set({ searchPages: stored });
    expect(await settings.searchPages.read()).toBe(expected);
  });

  it('costs no address of an engine but the one that is none', async () => {
    const searchAddresses = { searxng: 'https://search.example/', other: 'javascript:alert(1)', third: 3 };
    await fakeBrowser.storage.local.set({ searchAddresses });
    expect(await settings.searchAddresses.read()).toEqual({ searxng: 'https://search.example/' });
    await fakeBrowser.storage.local.set({ searchAddresses: 'https://search.example/', searchMode: 'on' });
    expect(await settings.searchAddresses.read()).toEqual({});
    expect(await settings.searchMode.read()).toBe('auto');
  });

  it.each([
    ['a number', 7],
    ['an object', { 0: provider }],
    ['a list with nothing in it', [null]],
    ['an entry without an address', [{ providerId: 'custom', modelId: 'm' }]],
    ['an entry whose model is a number', [{ ...provider, modelId: 3 }]],
    ['an entry whose window is a word', [{ ...provider, window: 'large' }]],
    ['an entry whose window is negative', [{ ...provider, window: -1 }]],
    ['an entry whose window is zero', [{ ...provider, window: 0 }]],
    ['an entry whose window is null', [{ ...provider, window: null }]],
  ])('gives no providers: %s', async (_, value) => {
    await fakeBrowser.storage.local.set({ providers: value });
    expect(await settings.providers.read()).toEqual([]);
  });

  it('costs no provider but the one that is broken', async () => {
    await fakeBrowser.storage.local.set({ providers: ['moonshot', provider, { ...provider, window: null }] });
    expect(await settings.providers.read()).toEqual([provider]);
  });

  it.each([null, 7, {}, 'blue', ['dark']])('gives the theme of the browser: %j', async (value) => {
    await fakeBrowser.storage.local.set({ theme: value });
    expect(await settings.theme.read()).toBe('browser');
  });

  it.each([null, 7, {}, ['moonshot']])('gives the built-in reader: %j', async (value) => {
    await fakeBrowser.storage.local.set({ activeProvider: value });
    expect(await settings.activeProvider.read()).toBe('excerpts');
  });

  it('does not reach whoever watches', async () => {
    const seen: string[] = [];
    settings.theme.watch((value) => seen.push(value));
    await fakeBrowser.storage.local.set({ theme: 42 });
    await expect.poll(() => seen).toEqual(['browser']);
  });

  it('is left where it is, so that nothing is lost by reading', async () => {
    await fakeBrowser.storage.local.set({ providers: 'old shape' });
    await settings.providers.read();
    expect(await fakeBrowser.storage.local.get('providers')).toEqual({ providers: 'old shape' });
  });
});

describe('a change', () => {
  it('loses nothing of another that is made at the same time', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map((name) => settings.capsPassed.change((all) => ({ ...all, [name]: 1 }))),
    );
    expect(await settings.capsPassed.read()).toEqual({ a: 1, b: 1, c: 1 });
  });
});
