/** Marks in an answer -> verified places in sources. Knows sources and text only. */

export { type CheckedMark, type CheckOptions, checkCitations, type Verdict } from './check';
export { findQuote, type Span } from './find-quote';
export { fold } from './fold';
export { type Citation, type Piece, splitCitations } from './marks';
export { plainPassage } from './plain-passage';
export { checksVersion, indexOf, watchChecks } from './source-index';
export { passageAddress } from './text-fragment';
