import type { Piece } from '@/utils/store/search/excerpts';

/** A text in which what was searched for is marked. */
export const MarkedText = ({ pieces }: { pieces: Piece[] }) =>
  pieces.map(({ text, marked }, position) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place
    marked ? <mark key={position}>{text}</mark> : <span key={position}>{text}</span>,
  );
