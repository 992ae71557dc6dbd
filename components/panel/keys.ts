/** Every key that the panel knows, in one table: what is pressed, what it is called, and who carries it out. */

import { useEffect, useLayoutEffect, useRef } from 'react';
import type { MessageKey } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';

export interface PanelKey {
  /** What the list of keys says that it does. */
  label: MessageKey;
  /** `KeyboardEvent.key`, or `code` where the key's place counts and not what it types. */
  key?: string;
  code?: string;
  alt?: boolean;
  /** Ctrl, on a Mac Command. */
  control?: boolean;
  shift?: boolean;
  /** A single character: only outside of text fields and layers, and only while the setting `singleKeys` is on. */
  single?: boolean;
  /** Carried out by the field that has the focus; here it is only listed. */
  listed?: boolean;
}

/** In the order in which the list shows them. */
export const panelKeys = {
  send: { label: 'keys.send', key: 'Enter', listed: true },
  newLine: { label: 'keys.newLine', key: 'Enter', shift: true, listed: true },
  editLast: { label: 'keys.editLast', key: 'ArrowUp' },
  close: { label: 'keys.close', key: 'Escape' },
  previousTurn: { label: 'keys.previousTurn', key: 'ArrowUp', alt: true },
  nextTurn: { label: 'keys.nextTurn', key: 'ArrowDown', alt: true },
  copyLast: { label: 'keys.copyLast', code: 'KeyC', control: true, shift: true },
  previousCitation: { label: 'keys.previousCitation', key: '[', single: true },
  nextCitation: { label: 'keys.nextCitation', key: ']', single: true },
  list: { label: 'keys.list', key: '?', single: true },
} as const satisfies Record<string, PanelKey>;

export type PanelKeyName = keyof typeof panelKeys;

/** Carries out a key. False when there is nothing to do: then whoever came before is asked. */
type Run = (event: KeyboardEvent) => boolean;

/** Those who carry out a key, the newest last: what was opened last is asked first. */
const runners = new Map<PanelKeyName, Run[]>();

/** Carries out a key while the component is there. What came last is asked first: Esc closes the top layer. */
export function useKey(name: PanelKeyName, run: Run): void {
  const newest = useRef(run);
  useLayoutEffect(() => {
    newest.current = run;
  });
  useEffect(() => {
    const entry: Run = (event) => newest.current(event);
    runners.set(name, [...(runners.get(name) ?? []), entry]);
    return () => {
      runners.set(
        name,
        (runners.get(name) ?? []).filter((other) => other !== entry),
      );
    };
  }, [name]);
}

/** Listens for every key of the table. Used once, by the panel. */
export function usePanelKeys(): void {
  useEffect(() => {
    let singleKeys = settings.singleKeys.fallback;
    settings.singleKeys.read().then((value) => {
      singleKeys = value;
    });
    const stop = settings.singleKeys.watch((value) => {
      singleKeys = value;
    });
    const onKey = (event: KeyboardEvent) => {
      const name = keyOf(event, singleKeys);
      const waiting = name ? (runners.get(name) ?? []) : [];
      for (const run of waiting.toReversed()) {
        if (!run(event)) continue;
        event.preventDefault();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => {
      stop();
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** Whether the platform's command key is ⌘. */
export const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '');

/** The key of the table that was pressed, if it is meant for the panel. */
export function keyOf(event: KeyboardEvent, singleKeys: boolean): PanelKeyName | undefined {
  // What belongs to an input method, or was carried out by somebody nearer, is not for the panel.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isBehindLayer())
    return undefined;
  const names = Object.keys(panelKeys) as PanelKeyName[];
  return names.find((name) => {
    const entry: PanelKey = panelKeys[name];
    if (entry.listed || !isPressed(entry, event)) return false;
    return !entry.single || (singleKeys && !isTextField(event.target));
  });
}

function isPressed({ key, code, alt, control, shift, single }: PanelKey, event: KeyboardEvent): boolean {
  if (key !== undefined ? event.key !== key : event.code !== code) return false;
  const commanded = isMac() ? event.metaKey : event.ctrlKey;
  const other = isMac() ? event.ctrlKey : event.metaKey;
  if (event.altKey !== Boolean(alt) || commanded !== Boolean(control) || other) return false;
  // Which characters need Shift differs from keyboard to keyboard.
  return single || event.shiftKey === Boolean(shift);
}

/** Kinds of inputs into which nothing is typed. */
const buttons = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !buttons.includes(target.type);
  // Lists choose by the characters that are typed.
  const typing = 'textarea, select, [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';
  return target.isContentEditable || target.closest(typing) !== null;
}

/** A dialog, a menu or a list over the panel takes its keys itself. */
const isBehindLayer = () => document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null;
