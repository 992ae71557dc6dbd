// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PdfProgress, shareOf } from '@/components/panel/pdf-progress';
import { Moon, WaitingMoon } from '@/components/ui/moon';
import { setLanguage } from '@/utils/i18n';

vi.mock('@/components/panel/actions', () => ({ useActions: () => ({ stopReading: () => {} }) }));
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
const draw = async (node: React.ReactNode) => {
  await act(async () => root.render(node));
  return document.querySelector('svg')?.outerHTML;
};

beforeEach(async () => {
  await setLanguage('en');
  window.matchMedia = () => ({ matches: false }) as MediaQueryList;
  vi.useFakeTimers();
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
});

it('takes its share from pages that are read and bytes that have come, and from nothing else', () => {
  expect(shareOf({ page: 3, pages: 12 })).toBe(0.25);
  expect(shareOf({ loaded: 500, total: 2_000 })).toBe(0.25);
  // A server that announced less than it sends.
  expect(shareOf({ loaded: 3_000, total: 2_000 })).toBe(1);
  expect(shareOf({ loaded: 500 })).toBeUndefined();
});

it('is lit by how far it is, and stands still until there is more', async () => {
  const quarter = await draw(<Moon share={0.25} size={14} />);
  expect(await draw(<WaitingMoon share={0.25} />)).toBe(quarter);
  await act(async () => vi.advanceTimersByTime(1_000));
  expect(document.querySelector('svg')?.outerHTML).toBe(quarter);
  expect(await draw(<PdfProgress progress={{ page: 3, pages: 12 }} />)).toBe(quarter);
  expect(await draw(<PdfProgress progress={{ page: 6, pages: 12 }} />)).not.toBe(quarter);
});

it('waxes and begins again where nobody knows how far it is', async () => {
  const first = await draw(<WaitingMoon />);
  await act(async () => vi.advanceTimersByTime(400));
  expect(document.querySelector('svg')?.outerHTML).not.toBe(first);
  await act(async () => vi.advanceTimersByTime(1_200));
  expect(document.querySelector('svg')?.outerHTML).toBe(first);
});
