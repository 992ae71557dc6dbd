/** A comparison of documents as a model wrote it: one column for each, one row for each attribute. */

export interface ComparisonColumn {
  /** The number of its document, from 1. Two columns may have the same: two things that one document describes. */
  document: number;
  /** As the model calls it; empty where it did not say. */
  name: string;
}

export interface ComparisonCell {
  /** The value in the words of the model. */
  text: string;
  /** Words of the document that are said to prove it. */
  quote?: string;
  /** The paragraph of the column's document in which they are said to stand. */
  paragraph?: number;
  /** The last paragraph, where a run of them is named. */
  last?: number;
}

/** `not-stated`: the document does not say it. `lost`: the model wrote too few cells, so nobody knows. */
export type ComparisonValue = ComparisonCell | 'not-stated' | 'lost';

export interface ComparisonRow {
  name: string;
  /** One for each column, in their order. */
  cells: ComparisonValue[];
  /** Numbers of the documents that the model calls best in this row; empty unless a choice was asked for. */
  best: number[];
}

export interface Comparison {
  columns: ComparisonColumn[];
  rows: ComparisonRow[];
  /** Lines that could not be read, or not all of them. They are shown as they are: nothing a model wrote is hidden. */
  broken: string[];
  /** Nothing more comes. */
  isComplete: boolean;
}
