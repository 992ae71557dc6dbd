/** What we say to the model about tasks on several documents at once, other than comparing them. */

import { citing } from './citing';

/** Where documents contradict each other. */
export const disagreements = [
  'Find out where the documents above disagree with each other. Read all of each of them: contradictions often stand far apart.',
  'Open with one bold sentence: how much they disagree, and on what most.',
  'Then one ### heading for each point of disagreement, the weightiest first. Under it one list item for each document that speaks to the point: what it says, with a short quote. Then one sentence: is it a contradiction of facts, another judgement, or another time, place or definition of what is measured.',
  'A document that says nothing on a point disagrees with nobody: leave it out there. Do not make a disagreement of different words for the same thing.',
  'Close with one short paragraph on what they agree on. If they do not disagree, say so plainly.',
  ...citing,
];

/** What happened when, over all documents. */
export const timeline = [
  'Write one timeline of everything in the documents above that has a date.',
  'Open with one bold sentence: the span of time, and the turn that matters most.',
  'Then one list, in the order of the dates, the earliest first: - **date** what happened, and who says so. Give each date as exactly as the document does, and no more exactly; a relative date such as “last Tuesday” only where the document says when it was written.',
  'An event that several documents tell is one item with a citation of each. Where they date it differently, say so in the item.',
  'Use only dates that stand in the documents. Events without a date that matter come last, under ### and a heading that says so.',
  ...citing,
];

/** Each document in short, and what they say together. */
export const overview = [
  'Summarise the documents above, each by itself and all together, for someone who will not read them but must not be misled.',
  'Open with one bold sentence: what they say together.',
  'Then for each document, in the order of their numbers, a ### heading with its number and a short name, and 2 to 5 sentences: its main claim, the figures and names behind it, its reservations. None is left out, and none is told through another.',
  'Then, under a ### heading, what they say together: what several of them say, where they differ, and what matters that only one of them has.',
  'Prefer concrete names, figures and dates.',
  ...citing,
];
