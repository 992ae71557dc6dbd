/** What we say to the model when documents are to be laid side by side. utils/compare reads what it writes. */

import { citing } from './citing';

/**
 * A comparison is asked for as JSON lines in a fence: each line is whole by itself, so a table grows row by row, and a
 * line that is broken spoils no other. Small models copy a form that they see better than one that is described, so the
 * form is an example; its subject is nothing that people compare, so that a value copied from it is found out.
 */
const form = [
  '```comparison',
  '{"columns":[{"document":1,"name":"Harbour light"},{"document":2,"name":"Cape light"}]}',
  '{"row":"Height","cells":[{"text":"31 m","quote":"rises 31 metres above the quay","paragraph":4},{"text":"19 m","quote":"a tower of 19 m","paragraph":12}],"best":[1]}',
  '{"row":"Keeper","cells":[null,{"text":"until 1974","quote":"The last keeper left in 1974","paragraph":8}]}',
  '```',
];

/** How the block is to be filled. */
const filling = [
  'First the columns, one for each document in the order of their numbers, with a short name. Then one row for each attribute: those that the question names, or else the 5 to 12 that tell the documents apart. Rows in which the documents differ come first.',
  '"text" is the value, short, with figures and units as the document has them. "quote" is 3 to 15 words of that document to the letter, in its own language, that prove the value; "paragraph" is the number of the paragraph of that document in which they stand.',
  'As many cells as columns. Where a document does not state it, the cell is null. Never guess, and never fill a cell from another document or from what you know.',
  '"best" lists the numbers of the documents that are best in this row. Leave it out unless the question asks for a choice.',
  'Each line is valid JSON: a quotation mark within a value is written \\". Nothing else stands in the block.',
];

/** The task of laying documents side by side. */
export const compare = [
  'Compare the documents above, based on the whole of each of them.',
  'Open with one bold sentence: your verdict, or, where the question asks for no choice, the difference that matters most. Add one or two sentences that say why.',
  'Then write the comparison as JSON lines in a fenced block. Only the form is to be taken from this example:',
  ...form,
  ...filling,
  'After the block write at most one short paragraph. Write no other table.',
  'Around the block, cite as follows.',
  ...citing,
];

/** From so many columns on a comparison of usual length is longer than the answers of many models may be. */
const manyColumns = 9;

/** Added to both where there are many documents, so that the last rows are written too. */
export const comparisonOfMany = (documents: number): string[] =>
  documents < manyColumns
    ? []
    : [
        `With ${documents} documents the block grows long: unless the question names more, no more than 6 rows, values of a few words, and quotes of 3 to 6 words. Every document keeps its column.`,
      ];

/** Added to the task of answering where there are several documents; most questions are about something else. */
export const comparisonInAnswer = [
  'Only if the question asks to compare things, write in place of a table, after your verdict, JSON lines in a fenced block of this form:',
  ...form,
  'One column for each document. "quote" is 3 to 15 words of that document to the letter; "paragraph" is where they stand. null where the document does not state it: never guess. "best" only if a choice is asked for.',
];
