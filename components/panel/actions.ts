import { createContext, useContext } from 'react';

/** What components may ask of the browser; the panel's entry point provides it. */
export interface PanelActions {
  openSettings: () => void;
  /** Asks the browser for access to the hosts of these addresses. Must run inside a click. */
  allow: (...addresses: string[]) => Promise<boolean>;
  allowEverySite: () => Promise<boolean>;
  readPage: () => void;
  readNow: () => void;
  readEverything: () => void;
  wakeTab: () => void;
  /** Scrolls the page in front to a passage and paints it. */
  showPassage: (url: string | undefined, passage: string) => Promise<'shown' | 'not-found' | 'no-tab'>;
  openLink: (url: string) => void;
  /** The browser's name for the shortcut of the summary, when there is one. */
  summarizeShortcut?: string;
}

const ActionsContext = createContext<PanelActions | undefined>(undefined);

export const ActionsProvider = ActionsContext.Provider;

export function useActions(): PanelActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('This component stands outside the panel');
  return actions;
}
