import { createContext, useContext } from 'react';

/** What the bar in a page may ask of the browser; the frame's entry point provides it. */
export interface BarActions {
  /** Opens the panel of the window with the terms of the page, at one of them when it is named. Must run inside a click. */
  openGlossary: (termId?: string) => void;
  openSettings: (place?: string) => void;
  /** How much the page is enlarged. */
  zoom: () => Promise<number>;
}

const Context = createContext<BarActions | undefined>(undefined);

export const BarActionsProvider = Context.Provider;

export function useBarActions(): BarActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('This component stands outside the frame in a page');
  return actions;
}
