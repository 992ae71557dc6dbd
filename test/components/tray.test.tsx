/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TrayRow, type TrayRowProps } from '@/components/tray/tray-row';
import type { NextSource } from '@/utils/chat/next-request';
import { measuredSource } from '../fixtures/sources.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
beforeEach(() => {
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

it('says of a source what has changed on its page, and which tabs have its text', async () => {
  const entry = await measuredSource(['The tide turns at six.'], { title: 'Tides' });
  const source = {
    entry,
    number: 3,
    tokens: 9,
    sent: true,
    out: false,
    aside: false,
    cached: false,
  } as NextSource;
  const onReadAgain = vi.fn();
  const show = (more: Partial<TrayRowProps>) =>
    act(async () => root.render(createElement(TrayRow, { source, onReadAgain, ...more } as TrayRowProps)));
  await show({});
  expect(document.body.textContent).not.toContain('Read it again');
  await show({
    change: { fresh: 3, gone: 1, now: entry.source, key: 'tab:1' },
    tabs: [
      { title: 'Tides', url: 'https://a.test/' },
      { title: 'Tides', url: 'https://b.test/' },
    ],
  });
  const words = document.body.textContent?.replace(/[\u2068\u2069]/g, '');
  expect(words).toContain('3 paragraphs are new or different.');
  expect(words).toContain('1 paragraph is gone.');
  expect(words).toContain('Same text in 2 tabs: “Tides” (a.test) and “Tides” (b.test). It is sent once.');
  await act(async () => document.querySelector<HTMLElement>('[aria-label="Read it again: Tides"]')?.click());
  expect(onReadAgain).toHaveBeenCalledOnce();
});
