import type { Written } from '../written';
import type { FromPage, ToPage } from './types';

type Root = Document | ShadowRoot;

export interface PageTranslatorOptions {
  /** To the extension's page that makes the translations. */
  send(message: FromPage): void;
  /** Called with elements whose text cannot be seen now, and may come to be. */
  onHidden?: (element: Element) => void;
  /** Every change to nodes of the page is made in here, so that an observer can tell it from the page's own. */
  quietly?: (write: () => void) => void;
  /** Opens shadow trees, closed ones too; without it only open ones are seen. */
  shadowRootOf?: (element: Element) => ShadowRoot | null;
}

/**
 * Cuts a page into units, writes their translations into it and takes them out again. What happens on the page in
 * between is told to it by an observer of its own (`follow`), which uses everything but `receive`.
 */
export interface PageTranslator extends Written {
  /** What the extension's page says. */
  receive(message: ToPage): void;
  /** Between `start` and `undo`. */
  readonly isRunning: boolean;
  /**
   * Cuts what is below elements, shadow roots or documents anew. Units that are still there keep their numbers and
   * get back a translation that was wiped away, without asking for it; nodes that were made anew with the same words
   * take over the unit of those that are gone. What is new is told as new units, what is no longer there as gone.
   * What is in `busy` is not told when it is new: it waits behind a sign until somebody asks for it, or for `release`.
   * With `mayReturn` what the page threw away is kept for a part that is cut later.
   * Resolves when the walk has ended.
   */
  rescan(
    roots: Iterable<Element | Root>,
    options?: { busy?: ReadonlySet<Element | Root>; mayReturn?: boolean },
  ): Promise<void>;
  /** Tells what waits behind a sign in an element. */
  release(root: Element | Root): void;
  /** True for a node that stands at the top of a run which was cut. */
  isKnown(node: Node): boolean;
  /** Called with each document or shadow root that is found: an observer goes there too. Those known are told at once. */
  onRoot(listener: (root: Root) => void): () => void;
  /** Resolves when nothing is left to be written. */
  written(): Promise<void>;
}
