/** A comparison of documents: what a model wrote, read and checked. Knows citations and sources, no screen. */

export { type CheckedCell, checkCell } from './check';
export { isDifferent } from './differences';
export { answerParts, hasComparison } from './fence';
export { comparisonOfTable } from './markdown-table';
export { type ComparisonParser, createComparisonParser } from './parse';
export type { Comparison, ComparisonCell, ComparisonColumn, ComparisonRow, ComparisonValue } from './types';
