// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isTextField, keyOf } from '../../components/panel/keys';

const press = (init: KeyboardEventInit, on: Element = document.body, singleKeys = true) => {
  let name: string | undefined;
  const listen = (event: Event) => {
    name = keyOf(event as KeyboardEvent, singleKeys);
  };
  on.addEventListener('keydown', listen);
  on.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true, ...init }));
  on.removeEventListener('keydown', listen);
  return name;
};
const add = (html: string) => {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild as HTMLElement;
  document.body.append(parsed);
  return parsed;
};

describe('the keys of the panel', () => {
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });

  it('are found by what was pressed', () => {
    expect(press({ key: 'Escape' })).toBe('close');
    expect(press({ key: 'ArrowUp', altKey: true })).toBe('previousTurn');
    expect(press({ key: 'ArrowDown', altKey: true })).toBe('nextTurn');
    expect(press({ key: 'C', code: 'KeyC', ctrlKey: true, shiftKey: true })).toBe('copyLast');
    expect(press({ key: '?', shiftKey: true })).toBe('list');
    expect(press({ key: 'ArrowUp' })).toBe('editLast');
    expect(press({ key: 'ArrowUp', shiftKey: true })).toBeUndefined();
    expect(press({ key: 'c', code: 'KeyC', ctrlKey: true })).toBeUndefined();
    expect(press({ key: 'ArrowUp', altKey: true, ctrlKey: true })).toBeUndefined();
  });

  it('take ⌘ on a Mac in place of Ctrl', () => {
    vi.stubGlobal('navigator', { platform: 'MacIntel' });
    expect(press({ code: 'KeyC', metaKey: true, shiftKey: true })).toBe('copyLast');
    expect(press({ code: 'KeyC', ctrlKey: true, shiftKey: true })).toBeUndefined();
  });

  it('of a single character do nothing in a text field or when switched off', () => {
    for (const html of ['<textarea></textarea>', '<input>', '<input type="search">', '<select></select>']) {
      expect(press({ key: '?' }, add(html))).toBeUndefined();
    }
    expect(press({ key: '?' }, add('<button>A</button>'))).toBe('list');
    expect(press({ key: '?' }, add('<input type="checkbox">'))).toBe('list');
    expect(press({ key: '?' }, document.body, false)).toBeUndefined();
    // Others work in text fields, and whatever the setting says.
    expect(press({ key: 'Escape' }, add('<textarea></textarea>'), false)).toBe('close');
  });

  it('leave alone what an input method or a layer over the panel takes', () => {
    expect(press({ key: 'Escape', isComposing: true })).toBeUndefined();
    expect(press({ key: 'Escape', keyCode: 229 })).toBeUndefined();
    add('<dialog open></dialog>');
    expect(press({ key: 'Escape' })).toBeUndefined();
  });

  it('know where text is typed', () => {
    expect(isTextField(null)).toBe(false);
    expect(isTextField(add('<ul role="listbox"><li>A</li></ul>').firstElementChild)).toBe(true);
  });
});
