import type { Tool } from '../models/types';

/**
 * Every tool a model is offered, always in this order and in every request to a model that takes tools, whatever is
 * asked and switched on: vendors put the list before the documents, so a change would read them all again. Whether a
 * call is carried out is decided when it comes; see utils/chat/rounds.ts.
 */
export const tools: Tool[] = [
  {
    name: 'web_search',
    description: [
      'Searches the web, reads the best pages whole, and returns them as numbered documents to cite like all others.',
      'If the documents do not contain the answer, or freshness matters, call web_search; never answer from snippets or from what you remember of the web. Do not call it for what the documents answer.',
      'Write queries as a careful reader would type them into a search engine: a few words each, in the language of the question, plus one in English when the best sources are likely to be in English.',
      'Keep names, titles, numbers and other entities verbatim. Replace pronouns and words like “this company” by what they stand for.',
      'A query leaves the computer: never put passages of the documents, personal data or anything confidential into it.',
    ].join(' '),
    parameters: {
      type: 'object',
      properties: {
        queries: {
          type: 'array',
          items: { type: 'string' },
          description: 'One to three queries that look for different things.',
        },
        why: {
          type: 'string',
          description: 'One short sentence to the reader, in the language of the question: what is missing.',
        },
      },
      required: ['queries', 'why'],
    },
  },
  {
    name: 'read_url',
    description: [
      'Reads one web page or PDF whole and returns it as a numbered document to cite like all others.',
      'Call it for an address that the user names, or that stands in a document and is needed for the answer.',
      'Give the address exactly as it stands there. Never make one up, and never add anything to one.',
    ].join(' '),
    parameters: {
      type: 'object',
      properties: {
        url: { type: 'string', description: 'The address, beginning with https:// or http://.' },
      },
      required: ['url'],
    },
  },
];

/** What a model hears that asks for a tool nobody offered: it must not wait for a result that will not come. */
export const noSuchTool = (name: string): string =>
  `There is no tool named ${JSON.stringify(name)}. Nothing was run. Answer without tools.`;

/** Said to a model that searches although searching is off for the question. */
export const searchIsOff =
  'Web search is off for this question: nothing was searched. Answer from the documents, and say what they do not say.';
