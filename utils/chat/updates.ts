import type { Gathered } from './gathered';

/** Milliseconds in which changes of rows are gathered: a hundred files would otherwise be a thousand drawings. */
const together = 80;

/**
 * Changes of rows that are there, made together a little later. Of one row the last change counts; a row that has gone
 * meanwhile does not come back.
 */
export function createUpdates({
  put,
  find,
}: {
  put: (...items: Gathered[]) => void;
  find: (id: string) => Gathered | undefined;
}) {
  const pending = new Map<string, Gathered>();
  let isDue = false;
  const flush = () => {
    isDue = false;
    const items = [...pending.values()].filter(({ id }) => find(id));
    pending.clear();
    if (items.length > 0) put(...items);
  };
  return {
    update(item: Gathered): void {
      pending.set(item.id, item);
      if (!isDue) setTimeout(flush, together);
      isDue = true;
    },
    /** What was to change of a row is nothing any more: it has another state, or is gone. */
    drop: (id: string): void => void pending.delete(id),
  };
}
