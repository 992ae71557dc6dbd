/** @vitest-environment jsdom */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchModeButton } from '@/components/composer/search-mode';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { settings } from '@/utils/store/settings';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let mayRead: boolean;
const allowEverySite = vi.fn(async () => false);
const openSettings = vi.fn();

beforeAll(() => import('@/components/ui/menu-list'), 30_000);
beforeEach(async () => {
  vi.clearAllMocks();
  mayRead = true;
  await settings.searchMode.write('auto');
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 80)));
async function open() {
  const actions = {
    allowEverySite,
    openSettings,
    watchEverySite: (listener: (allowed: boolean) => void) => {
      listener(mayRead);
      return () => {};
    },
  } as unknown as PanelActions;
  await act(async () =>
    root.render(
      <ActionsProvider value={actions}>
        <SearchModeButton />
      </ActionsProvider>,
    ),
  );
  await settle();
  await act(async () => button()?.click());
  await settle();
}
const button = () => document.querySelector<HTMLButtonElement>('button[aria-haspopup="menu"]');
const items = () => [...document.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
const choose = async (name: string) => {
  await act(async () =>
    items()
      .find((item) => item.textContent?.startsWith(name))
      ?.click(),
  );
  await settle();
};
const described = (element: Element | null) =>
  document.getElementById(element?.getAttribute('aria-describedby') ?? '')?.textContent ?? '';

describe('when questions are searched for', () => {
  it('is said by the button, chosen in its menu, and remembered', async () => {
    await open();
    expect(button()?.getAttribute('aria-label')).toBe('Web search: Auto');
    expect(items().map((item) => [item.getAttribute('aria-checked'), described(item)])).toEqual([
      ['true', 'The model searches when the sources do not answer the question.'],
      ['false', 'Every question is searched for before it is answered.'],
      ['false', 'Nothing is searched for.'],
      [null, ''],
    ]);
    expect(document.querySelector('.menu-note')).toBeNull();
    await choose('Always');
    expect(await settings.searchMode.read()).toBe('always');
    expect(button()?.getAttribute('aria-label')).toBe('Web search: Always');
    expect(button()?.className).toContain('is-always');
    expect(allowEverySite).not.toHaveBeenCalled();
    // Chosen elsewhere, in the settings or in another window.
    await act(() => settings.searchMode.write('off'));
    await settle();
    expect(button()?.getAttribute('aria-label')).toBe('Web search: Off');
  });

  it('asks the browser within the click where it has not let us in, and holds whatever that says', async () => {
    mayRead = false;
    await settings.searchMode.write('off');
    await open();
    expect(described(document.querySelector('[role="menu"]'))).toContain(
      'You can take that back at any time.',
    );
    await choose('Off');
    expect(allowEverySite).not.toHaveBeenCalled();
    await act(async () => button()?.click());
    await settle();
    const auto = items().find((item) => item.textContent?.startsWith('Auto'));
    await act(async () => {
      auto?.click();
      expect(allowEverySite).toHaveBeenCalledOnce();
    });
    await settle();
    expect(await settings.searchMode.read()).toBe('auto');
  });

  it('leads to its settings', async () => {
    await open();
    await choose('Search settings');
    expect(openSettings).toHaveBeenCalledWith('search');
  });
});
