import { createContext, useContext } from 'react';

export interface ShortcutInfo {
  name: string;
  /** As the browser shows it, in the language of the browser. */
  description: string;
  /** Empty where the browser has left the command without one. */
  shortcut: string;
}

/** What the settings may ask of the browser; the page's entry point provides it. */
export interface SettingsActions {
  /** Asks for access to the hosts of these addresses, or to what a match pattern among them says. Must run inside a click. */
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
  shortcuts: () => Promise<ShortcutInfo[]>;
  openShortcuts: () => void;
  /** Match patterns that the browser has granted. */
  grantedOrigins: () => Promise<string[]>;
  watchGrants: (listener: () => void) => () => void;
  /** False when the browser keeps the access. */
  takeBack: (...origins: string[]) => Promise<boolean>;
  /** Brings a tab to the front, in whatever window it is. */
  showTab: (tabId: number) => void;
  /** Shows the page that greets after installation. */
  beginAgain: () => void;
}

const Context = createContext<SettingsActions | undefined>(undefined);

export const SettingsActionsProvider = Context.Provider;

export function useSettingsActions(): SettingsActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('This component stands outside the settings page');
  return actions;
}
