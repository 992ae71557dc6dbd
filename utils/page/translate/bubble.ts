import { isOwnElement } from './own';

/** Pixels between a box and its bubble, and between the bubble and the edge of the window. */
const gap = 4;
const margin = 12;
/** Milliseconds in which the pointer may travel from the box to the bubble. */
const grace = 250;

/** Shows translations of boxes that have no room for them, when the pointer or the focus is there. */
export function createBubble(contentFor: (element: Element) => HTMLElement | undefined) {
  let shown: { bubble: HTMLElement; box: Element } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(timer);
    timer = undefined;
    shown?.bubble.remove();
    shown = undefined;
  };
  return {
    hide,
    visit(element: Element | undefined): void {
      if (!element) {
        hide();
        return;
      }
      if (shown && (shown.box.contains(element) || isIn(shown.bubble, element))) {
        clearTimeout(timer);
        timer = undefined;
        return;
      }
      for (let at: Element | null = element; at && !isOwnElement(at); at = at.parentElement) {
        const content = contentFor(at);
        if (!content) continue;
        hide();
        show(at, content);
        return;
      }
      if (shown) timer ??= setTimeout(hide, grace);
    },
  };

  function show(box: Element, bubble: HTMLElement): void {
    const { ownerDocument } = box;
    const view = ownerDocument.defaultView;
    bubble.setAttribute('role', 'tooltip');
    bubble.setAttribute('popover', 'manual');
    (ownerDocument.body ?? ownerDocument.documentElement).append(bubble);
    bubble.showPopover?.();
    shown = { bubble, box };
    if (!view) return;
    const around = box.getBoundingClientRect();
    const own = bubble.getBoundingClientRect();
    const below = around.bottom + gap;
    const above = around.top - gap - own.height;
    const top = below + own.height > view.innerHeight - margin && above > 0 ? above : below;
    const right = view.getComputedStyle(box).direction === 'rtl';
    const start = right ? around.right - own.width : around.left;
    const left = Math.max(margin, Math.min(start, view.innerWidth - own.width - margin));
    bubble.style.setProperty('top', `${top}px`, 'important');
    bubble.style.setProperty('left', `${left}px`, 'important');
  }
}

const isIn = (bubble: HTMLElement, element: Element) => element === bubble || bubble.contains(element);
