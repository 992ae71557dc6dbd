// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OverlayWorld, openOverlay } from '@/utils/page/overlay';
import type { FromHost, OverlayOrder, ToHost } from '@/utils/page/overlay/types';

/** The bubble's element in a page: what is asked for twice, and where the focus goes. */

let world: OverlayWorld;
let opened: number;
/** Closes what a test has opened: a bubble looks after itself in intervals, also when its document has gone. */
const closings: (() => void)[] = [];
beforeEach(() => {
  world = {};
  opened = 0;
  document.body.innerHTML = '<button>Before</button><p>One word and another word.</p>';
});
afterEach(() => {
  for (const close of closings.splice(0)) close();
  for (const element of document.querySelectorAll('wholemoon-overlay')) element.remove();
});

const select = (from: number, to: number) => {
  const text = document.querySelector('p')?.firstChild as Text;
  document.getSelection()?.setBaseAndExtent(text, from, text, to);
};
const hosts = () => document.querySelectorAll('wholemoon-overlay').length;

async function ask(order: Partial<OverlayOrder> = { byKey: true }) {
  const heard: FromHost[] = [];
  let speak: (message: ToHost) => void = () => {};
  const outcome = await openOverlay(
    { id: `${opened}`, view: 'selection', ...order },
    {
      document,
      world,
      address: 'about:blank',
      shadowRootOf: () => null,
      isAlive: () => true,
      listen: async (receive) => {
        opened++;
        speak = receive;
        return { send: (message) => heard.push(message), onEnd: () => {} };
      },
    },
  );
  closings.push(() => speak({ type: 'close' }));
  return { outcome, heard, speak: (message: ToHost) => speak(message) };
}

describe('the key for a selection', () => {
  it('asks nothing twice for the same words, and anew for others', async () => {
    select(0, 8);
    await ask();
    const again = await ask();
    expect(again.outcome).toEqual({ status: 'shown' });
    expect([opened, hosts()]).toEqual([1, 1]);
    select(13, 20);
    const other = await ask();
    expect(other.heard).toContainEqual(
      expect.objectContaining({ selected: expect.objectContaining({ text: 'another' }) }),
    );
    expect([opened, hosts()]).toEqual([2, 1]);
  });

  it('gives the focus back to what had it, also after a second bubble', async () => {
    const button = document.querySelector('button') as HTMLButtonElement;
    button.focus();
    select(0, 8);
    const first = await ask();
    expect(document.activeElement).not.toBe(button);
    first.speak({ type: 'close' });
    expect(document.activeElement).toBe(button);
    await ask();
    select(13, 20);
    const second = await ask();
    second.speak({ type: 'close' });
    expect(document.activeElement).toBe(button);
  });

  it('leaves the focus where the reader has gone', async () => {
    document.querySelector('button')?.focus();
    select(0, 8);
    const { speak } = await ask();
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    speak({ type: 'close' });
    expect(document.activeElement).toBe(field);
  });
});

it('only says what is selected where no frame is wanted', async () => {
  select(5, 9);
  const { outcome } = await ask({ onlyWords: true });
  expect(outcome).toMatchObject({ status: 'words', selected: { text: 'word' }, isBehind: false });
  expect([opened, hosts()]).toEqual([0, 0]);
});

describe('a translation in the place of the words', () => {
  it('is typed where somebody writes, taken back by undo, and put there again', async () => {
    const editor = document.body.appendChild(document.createElement('div'));
    editor.innerHTML = '<b>Note:</b> One word here.';
    // Browsers do both; here is a keyboard of two keys.
    Object.defineProperty(editor, 'isContentEditable', { value: true });
    editor.tabIndex = 0;
    const typed: string[] = [];
    const before: string[] = [];
    document.execCommand = (command: string, _: boolean, words = '') => {
      typed.push(command);
      const range = document.getSelection()?.getRangeAt(0) as Range;
      if (command === 'insertText') {
        before.push(editor.innerHTML);
        range.deleteContents();
        range.insertNode(document.createTextNode(words));
      } else editor.innerHTML = before.pop() ?? '';
      return true;
    };
    const text = editor.lastChild as Text;
    document.getSelection()?.setBaseAndExtent(text, 1, text, 9);
    const { speak, heard } = await ask({});
    speak({ type: 'replace', text: '一个词' });
    expect(heard.at(-1)).toEqual({ type: 'replaced', isReplaced: true });
    expect(editor.textContent).toBe('Note: 一个词 here.');
    speak({ type: 'restore' });
    expect(editor.innerHTML).toBe('<b>Note:</b> One word here.');
    speak({ type: 'replace', text: '词' });
    speak({ type: 'replace', text: '一个字' });
    expect(editor.textContent).toBe('Note: 一个字 here.');
    // What was typed since then is not ours to undo.
    editor.append(' More.');
    speak({ type: 'restore' });
    expect(editor.textContent).toBe('Note: 一个字 here. More.');
    expect(typed).toEqual(['insertText', 'undo', 'insertText', 'undo', 'insertText']);
  });
});
