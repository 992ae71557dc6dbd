import type { Originals } from './clone';
import { againTag, isOwnElement, ownTag, termTag } from './own';

export interface EventHandlers {
  originals: Originals;
  again(unit: number): void;
  term(id: string): void;
  /** The pointer or the focus came to an element: a box without room shows its translation. Undefined: it went away. */
  visit(element: Element | undefined): void;
}

/**
 * What people do with what was written. Only what they do themselves counts: a page can send clicks too, and asking
 * again costs money.
 */
export function listen(root: Document | ShadowRoot, handlers: EventHandlers): () => void {
  const stops: (() => void)[] = [];
  // Before the page's own listeners: what is ours is not for them.
  const on = (type: string, listener: (event: Event) => void) => {
    root.addEventListener(type, listener, true);
    stops.push(() => root.removeEventListener(type, listener, true));
  };
  const act = (event: Event): boolean => {
    const element = event.target as Element | null;
    if (!element?.closest) return false;
    const control = element.closest(`${againTag},${termTag}[role]`);
    const own = control?.closest(ownTag);
    if (!control || !own) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.isTrusted) return true;
    if (control.localName === termTag) handlers.term(control.getAttribute('data-term') ?? '');
    else handlers.again(Number(own.getAttribute('data-unit')));
    return true;
  };
  on('click', (event) => {
    if (!act(event)) forward(event as MouseEvent, handlers.originals);
  });
  on('keydown', (event) => {
    const { key } = event as KeyboardEvent;
    if (key === 'Enter' || key === ' ') act(event);
    else if (key === 'Escape') handlers.visit(undefined);
  });
  const visit = (event: Event) => handlers.visit((event.target as Element | null) ?? undefined);
  on('pointerover', visit);
  on('focusin', visit);
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * A click on a copy becomes one on the element that it stands for, whatever listens there: a link of a page that goes
 * on without loading, a button. Clicks with a key held down are left to the browser, which opens links of their own.
 */
function forward(event: MouseEvent, originals: Originals): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  for (let at = event.target as Element | null; at && !isOwnElement(at); at = at.parentElement) {
    const original = originals.get(at);
    if (!original) continue;
    if (!original.isConnected) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { click } = original as Partial<HTMLElement>;
    if (click) click.call(original);
    else original.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
    return;
  }
}
