import { browser } from 'wxt/browser';
import type { Source } from '../source';
import { settled } from './page-answers';

/** Words of a page under which it may be no more than the door to one: sign-in pages have fewer than a hundred. */
const leastWords = 200;

/** Milliseconds after which a page is taken to have no such field. */
const patience = 3_000;

/** A page with so few words may be the door to another. */
export const hasLittleText = ({ words, pages }: Source): boolean => pages === undefined && words < leastWords;

/** Whether a page shows a field for a password. Pages that do not answer have none. */
export async function hasPasswordField(tabId: number): Promise<boolean> {
  try {
    const [frame] = await settled(
      browser.scripting.executeScript({
        target: { tabId },
        func: () =>
          [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')].some((field) =>
            field.checkVisibility({ visibilityProperty: true }),
          ),
        injectImmediately: true,
      }),
      patience,
    );
    return frame?.result === true;
  } catch {
    return false;
  }
}
