/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MenuButton, type MenuEntry } from '@/components/ui/menu';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let chosen: string[];
const entry = (label: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
  label,
  run: () => chosen.push(label),
  ...more,
});
const entries = [
  entry('Rename'),
  entry('Export', { disabled: true }),
  entry('Delete', { danger: true, separated: true }),
];

const show = (list: () => MenuEntry[]) =>
  act(async () => root.render(createElement(MenuButton, { label: 'More', entries: list })));
const button = () =>
  document.querySelector<HTMLButtonElement>('button[aria-haspopup="menu"]') as HTMLButtonElement;
const menu = () => document.querySelector<HTMLElement>('[role="menu"]');
const items = () => [...document.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
/** Lets effects, the lazy part and two frames pass, on a machine that is busy as well. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 80)));
const key = async (name: string, target: Element = document.activeElement as Element) => {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    target.dispatchEvent(new KeyboardEvent('keyup', { key: name, bubbles: true, cancelable: true }));
  });
  await settle();
};
const click = async (target: Element, detail = 1) => {
  await act(async () =>
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail })),
  );
  await settle();
};

// The first menu loads the library.
beforeAll(() => import('@/components/ui/menu-list'), 30_000);
beforeEach(() => {
  chosen = [];
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

describe('a menu', () => {
  it('asks for its entries only when it is opened, and draws them with their roles', async () => {
    const list = vi.fn(() => entries);
    await show(list);
    expect(list).not.toHaveBeenCalled();
    expect(button().getAttribute('aria-expanded')).toBe('false');
    await click(button());
    expect(button().getAttribute('aria-expanded')).toBe('true');
    expect(menu()?.getAttribute('aria-label')).toBe('More');
    expect(items().map((item) => [item.textContent, item.getAttribute('aria-disabled')])).toEqual([
      ['Rename', null],
      ['Export', 'true'],
      ['Delete', null],
    ]);
    expect(document.querySelectorAll('style')).toHaveLength(0);
  });

  it('gives a button its name that shows a picture of its own', async () => {
    await act(async () =>
      root.render(
        createElement(MenuButton, { label: 'Prompt: none', entries: () => entries }, createElement('svg')),
      ),
    );
    expect(button().ariaLabel ?? button().getAttribute('aria-label')).toBe('Prompt: none');
  });

  it('is used with keys alone, and gives the focus back', async () => {
    await show(() => entries);
    button().focus();
    await click(button(), 0);
    expect(document.activeElement?.textContent).toBe('Rename');
    await key('End');
    expect(document.activeElement?.textContent).toBe('Delete');
    await key('Enter');
    expect(chosen).toEqual(['Delete']);
    expect(menu()).toBeNull();
    expect(document.activeElement).toBe(button());
  });

  it('closes with Esc without anything being done, and what lies below does not hear it', async () => {
    await show(() => entries);
    const below = vi.fn();
    window.addEventListener('keydown', below);
    button().focus();
    await key('ArrowDown');
    expect(items()).toHaveLength(3);
    below.mockClear();
    await key('Escape');
    window.removeEventListener('keydown', below);
    expect(menu()).toBeNull();
    expect(below).not.toHaveBeenCalled();
    expect(chosen).toEqual([]);
    expect(document.activeElement).toBe(button());
  });

  it('closes with Tab, and the focus is on its button', async () => {
    await show(() => entries);
    button().focus();
    await click(button(), 0);
    await key('Tab');
    expect(menu()).toBeNull();
    expect(document.activeElement).toBe(button());
  });

  it('does what was chosen after the focus came back, so that it can go on elsewhere', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    await show(() => [entry('Rename', { run: () => field.focus() })]);
    button().focus();
    await click(button(), 0);
    await key('Enter');
    expect(document.activeElement).toBe(field);
  });

  it('lies inside an open dialog when its button does, and not behind it', async () => {
    await act(async () => root.unmount());
    const dialog = document.body.appendChild(document.createElement('dialog'));
    root = createRoot(dialog);
    await show(() => entries);
    await click(button());
    expect(dialog.contains(menu())).toBe(true);
  });

  it('says of choices which of them holds', async () => {
    await show(() => [entry('Article', { checked: true }), entry('Everything', { checked: false })]);
    await click(button());
    expect(items().map((item) => item.getAttribute('aria-checked'))).toEqual(['true', 'false']);
    await click(items()[1] as Element);
    expect(chosen).toEqual(['Everything']);
    expect(menu()).toBeNull();
  });
});
