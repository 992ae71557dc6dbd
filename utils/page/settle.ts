import { written } from './written';

/** Milliseconds without a change after which a page counts as drawn. */
const quiet = 300;
/** Milliseconds after which it is read as it is: some pages never rest. */
const patience = 3_000;

/** Resolves when a page that is being drawn by its scripts has come to rest. Single-page apps never “load”. */
export function settled(document: Document): Promise<void> {
  return new Promise((resolve) => {
    const Observer = document.defaultView?.MutationObserver ?? MutationObserver;
    let timer: ReturnType<typeof setTimeout>;
    const end = () => {
      clearTimeout(timer);
      clearTimeout(last);
      observer.disconnect();
      resolve();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, quiet);
    };
    const observer = new Observer((changes) => {
      const now = written();
      if (!now || changes.some((change) => !now.isOwnWrite(change))) wait();
    });
    const last = setTimeout(end, patience);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    wait();
  });
}
