// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { BuiltInModel } from '@/components/settings/built-in-model';
import { setLanguage } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

type Listener = (event: { loaded: number }) => void;
let root: Root;
let state: string;
let told: Listener[];
let settle: { resolve: () => void; reject: (error: Error) => void };
const pass = () => act(() => new Promise((resolve) => setTimeout(resolve, 30)));
/** Saving takes as long as it takes. */
const seeActive = (provider: string) =>
  act(() => vi.waitFor(async () => expect(await settings.activeProvider.read()).toBe(provider), 10_000));
const text = () => document.body.textContent ?? '';
const click = async (label: string) => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
  button?.focus();
  await act(async () => button?.click());
};
const create = vi.fn(
  ({
    signal,
    monitor,
  }: {
    signal: AbortSignal;
    monitor: (to: { addEventListener: (_: string, listener: Listener) => void }) => void;
  }) => {
    monitor({ addEventListener: (_, listener) => told.push(listener) });
    return new Promise((resolve, reject) => {
      settle = { resolve: () => resolve({ destroy() {} }), reject };
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  },
);

beforeEach(async () => {
  fakeBrowser.reset();
  await setLanguage('en');
  window.matchMedia = () => ({ matches: true }) as MediaQueryList;
  [state, told] = ['downloadable', []];
  create.mockClear();
  Object.assign(globalThis, { LanguageModel: { availability: async () => state, create } });
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

it('is downloaded at the click, with how much has come and no size that nobody told, and then used', async () => {
  await act(async () => root.render(<BuiltInModel />));
  await pass();
  expect(text()).toContain('does not say how large it is');
  expect(text()).not.toMatch(/\d\s?[GM]B/);
  expect(create).not.toHaveBeenCalled();
  await click('Download and use');
  expect(text()).toContain('The browser is downloading it');
  expect(document.activeElement?.textContent).toBe('Stop');
  await act(async () => told[0]?.({ loaded: 0.377 }));
  expect(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')).toBe('37');
  expect(text()).toContain('Downloaded: 37%');
  expect(await settings.activeProvider.read()).toBe('excerpts');
  await act(async () => settle.resolve());
  await seeActive('chrome');
  expect(text()).not.toContain('Downloaded');
});

it('can be stopped, and says why it failed', async () => {
  await act(async () => root.render(<BuiltInModel />));
  await pass();
  await click('Download and use');
  await click('Stop');
  expect(document.activeElement?.textContent).toBe('Download and use');
  await click('Download and use');
  await act(async () => settle.reject(new Error('There is no room for it.')));
  expect(document.querySelector('[role="alert"]')?.textContent).toBe(
    'The browser could not download it: There is no room for it.',
  );
  expect(await settings.activeProvider.read()).toBe('excerpts');
});

it('is used at once where it is there', async () => {
  state = 'available';
  await act(async () => root.render(<BuiltInModel />));
  await pass();
  expect(text()).not.toContain('download');
  await click('Use');
  await seeActive('chrome');
  expect(create).not.toHaveBeenCalled();
});
