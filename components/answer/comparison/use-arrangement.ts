import { useState } from 'react';
import { type Arrangement, asAnswered } from './arrange';

export interface View extends Arrangement {
  asCards: boolean;
}

/**
 * What readers made of their comparisons while this page is open: in a long chat, what is out of sight is taken out of
 * the document and comes back.
 */
const kept = new Map<string, View>();

/** How one comparison is shown, and what changes it. */
export function useView(key: string | undefined): [View, (change: Partial<View>) => void] {
  const [view, setView] = useState<View>(() => (key && kept.get(key)) || { ...asAnswered, asCards: false });
  const change = (part: Partial<View>) =>
    setView((before) => {
      const after = { ...before, ...part };
      if (key) kept.set(key, after);
      return after;
    });
  return [view, change];
}
