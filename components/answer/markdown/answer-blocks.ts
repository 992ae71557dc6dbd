import { createContext, type RefObject, useContext } from 'react';
import type { BlockGroups } from './split-blocks';

/** The blocks of an answer as they are now; read at a click and never while drawing, so that nothing is drawn for it. */
export const AnswerBlocks = createContext<RefObject<BlockGroups>>({ current: [] });

/**
 * The Markdown of the whole table or code that the block at `start` begins: what is long is divided into several
 * blocks. Undefined when there is no such block.
 */
export function useWhole(start: number | undefined): () => string | undefined {
  const blocks = useContext(AnswerBlocks);
  return () => {
    const all = blocks.current.flat();
    const first = all.findIndex((block) => block.start === start);
    if (start === undefined || first === -1) return undefined;
    let end = first + 1;
    while (all[end]?.continues) end++;
    return all
      .slice(first, end)
      .map(({ raw }) => raw)
      .join('');
  };
}
