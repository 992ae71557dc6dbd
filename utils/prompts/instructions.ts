import type { Task } from '../models/types';
import { citing } from './citing';
import { compare, comparisonInAnswer, comparisonOfMany } from './comparison';
import { disagreements, overview, timeline } from './many';
import { searchAllowed, searchOffHere } from './search';
import { type PromptTerm, selectionInstructions } from './translate';

/** What we say to the model about one task: role, rules, language, date. It follows the documents. */

export interface InstructionOptions {
  /** The answer's language by its English name, or undefined for the language of the question. */
  language?: string;
  now?: Date;
  /** How many documents the answer is written from, earlier ones included; one when not said. */
  documents?: number;
  /** Who the model is to be, the user's own rules, and examples of question and answer. */
  prompt?: SavedPrompt;
  /** Whether the model may search for this question; said only where there is something to search with. */
  search?: boolean;
  /** Whether the question begins with a line of ours; see `scopeLine`. */
  scoped?: boolean;
  /** Whether the answer ends with questions that may be asked next; utils/chat/follow-ups.ts tells them apart. */
  followUps?: boolean;
  /** What words are called, for a translation. */
  terms?: readonly PromptTerm[];
}

/** How the user wants answers, kept for reuse. It follows the documents, so that changing it reads nothing again. */
export interface SavedPrompt {
  role?: string;
  rules?: string;
  examples?: { question: string; answer: string }[];
}

const tasks: Record<Exclude<Task, 'translate'>, string[]> = {
  summarize: [
    'Summarise the documents above for someone who will not read them but must not be misled.',
    'Open with one bold sentence that states the main claim or finding, not the topic.',
    'Then use short sections under ### headings that fit this text, such as why it matters, how it works, the figures, and what the author doubts or leaves open.',
    'Prefer concrete names, figures and dates. Keep the reservations of the author.',
    ...citing,
  ],
  answer: [
    'Answer the question from the documents above, based on all of them and not only on the first match.',
    'Begin with the answer itself.',
    ...citing,
    'If the documents do not answer it, say so plainly.',
  ],
  compare,
  disagreements,
  timeline,
  overview,
};

const withoutDocuments = ['Answer the question; no documents go with it.', 'Begin with the answer itself.'];

/** The instructions part of a message. The caller stores it, so that the same bytes are sent in later turns. */
export function instructionsFor(
  task: Task,
  {
    language,
    now = new Date(),
    documents = 1,
    prompt,
    search,
    scoped,
    followUps,
    terms,
  }: InstructionOptions = {},
): string {
  // Neither the day nor the user's own rules change what a passage means.
  if (task === 'translate') return selectionInstructions(language ?? 'English', { terms });
  const lines = [
    ...(documents > 0 ? tasks[task] : withoutDocuments),
    ...(task === 'answer' && documents > 1 ? comparisonInAnswer : []),
    ...(task === 'answer' || task === 'compare' ? comparisonOfMany(documents) : []),
    language
      ? `Write in ${language}.`
      : `Write in the language of the question${scoped ? ' (not of its first line, which is not the user’s)' : ''}; for a request without a language of its own, in the language of the documents.`,
    'Use Markdown. No preamble, no closing offer of help.',
    ...(prompt ? savedLines(prompt) : []),
    ...(search === undefined ? [] : [search ? searchAllowed : searchOffHere]),
    ...(followUps ? [followUpsWanted(documents > 0)] : []),
    `Today is ${now.toISOString().slice(0, 10)}.`,
  ];
  return `<instructions>\n${lines.join('\n')}\n</instructions>`;
}

/** Asked for in the same answer, so that they cost no request of their own. */
const followUpsWanted = (documents: boolean): string =>
  [
    'After the answer, in its language, write up to three short questions that the reader may want to ask next' +
      (documents ? ' and that the documents answer' : '') +
      ', without paragraph numbers, exactly in this form and with nothing after it:',
    '<follow-ups>',
    '- first question',
    '- second question',
    '</follow-ups>',
  ].join('\n');

/** Examples are JSON strings: whatever stands in them, it does not end the instructions. */
const savedLines = ({ role, rules, examples = [] }: SavedPrompt): string[] => [
  ...(role ? [`Who you are: ${role}`] : []),
  ...(rules ? [`Rules of the user, before the ones above: ${rules}`] : []),
  ...examples.map(
    ({ question, answer }) => `Example: asked ${JSON.stringify(question)}, answer ${JSON.stringify(answer)}`,
  ),
];
