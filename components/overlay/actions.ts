import { createContext, useContext } from 'react';
import type { PassagePlace } from '@/utils/browser/show-passage';
import type { SelectedText } from '@/utils/page/overlay/types';
import type { Bubble, BubbleResult } from '@/utils/translate/bubble';

/** What the frame in a page may ask of the browser; its entry point provides it. */
export interface OverlayActions {
  /** Opens the panel of the window. Must run inside a click. */
  openPanel: () => Promise<void>;
  /** Has the panel show a chat. */
  showChat: (chatId: string) => Promise<void>;
  showPassage: (passage: PassagePlace) => Promise<unknown>;
  openSettings: (place?: string) => void;
  /** How much the page is enlarged. */
  zoom: () => Promise<number>;
  openBubble: (selected: SelectedText, lang: string) => Bubble;
  /** Of the page, for a term of its site; absent where it has none. */
  host?: string;
  /** Absent where there is no glossary. */
  addTerm?: (term: {
    source: string;
    target: string;
    scope: 'page' | 'site' | 'everywhere';
    lang: string;
  }) => Promise<void>;
  /** Keeps a translation as a chat about its page; the chat's id. */
  keepAsChat: (result: BubbleResult) => Promise<string>;
}

const Context = createContext<OverlayActions | undefined>(undefined);

export const OverlayActionsProvider = Context.Provider;

export function useOverlayActions(): OverlayActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('This component stands outside the frame in a page');
  return actions;
}
