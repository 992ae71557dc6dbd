/**
 * Moves the focus to the citation after or before the one that has it; without one, to the nearest from where the thread
 * is being read. False when there is none in that direction.
 */
export function moveToCitation(direction: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('.thread a.citation')];
  const list = direction === 1 ? all : all.toReversed();
  const { activeElement } = document;
  const thread = document.querySelector('.thread');
  const hasPlace =
    activeElement !== null && thread?.contains(activeElement) === true && activeElement !== thread;
  const edge = thread?.getBoundingClientRect().top ?? 0;
  const comes = (link: HTMLElement) => {
    if (hasPlace) {
      const wanted = direction === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
      return (activeElement.compareDocumentPosition(link) & wanted) !== 0;
    }
    const { top } = link.getBoundingClientRect();
    return direction === 1 ? top >= edge : top < edge;
  };
  const next = list.find(comes);
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
