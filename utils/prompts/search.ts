/** What we say to the model about searching the web: whether to, what for, and what came of it. */

import type { ErrorFacts } from '../errors';

/** How often one answer may search. */
export const mostRounds = 3;

/** Queries of one call; more of them find the same. */
export const mostQueries = 3;

/** Said when the user was asked and said no. */
export const searchWasRefused =
  'The user did not want this to be looked up: nothing was searched. Answer from the documents, and say what they do not say.';

/** Said to a model that goes on after its last round. */
export const noMoreSearches =
  'That was not searched: no more searches are possible for this answer. Answer now from what has been read, and say what is missing.';

/** Said to a model that asks for more in one turn than is done at once. */
export const tooManyCalls =
  'That was not done: too much was asked for at once. Ask for it again if it is needed.';

/** Said to a model whose call cannot be understood. */
export const malformedCall = (name: string): string =>
  name === 'read_url'
    ? 'That could not be understood: nothing was read. read_url takes {"url": "https://…"} with one whole address of the web.'
    : 'That could not be understood: nothing was searched. web_search takes {"queries": ["a few words"], "why": "one sentence"} with one to three short queries.';

/** Said in the instructions of a question for which a model with tools may search. */
export const searchAllowed =
  'Where the documents do not answer the question, or something newer matters, search the web before you say so.';

/** Said in the instructions of a question for which searching is off. */
export const searchOffHere = 'Web search is off for this question.';

/**
 * In the place of a question's own instructions: asks what to search for, and whether. It stands behind the same bytes
 * as the question itself will, so that the documents are read once. `isWished`: the user has decided that it is.
 */
export function wishInstructions({ isWished, now }: { isWished: boolean; now: Date }): string {
  return [
    '<instructions>',
    isWished
      ? 'Do not answer the question below yet. The web will be searched for it first: decide what for.'
      : 'Do not answer the question below yet. Decide whether the web has to be searched for it.',
    'Write one line of JSON and nothing else: {"search": true, "queries": ["a few words", "other words"], "why": "one short sentence"}',
    ...(isWished
      ? []
      : [
          '"search" is true if the documents above, where there are any, and the talk so far do not contain the answer, or if freshness matters; it is false if they answer it, or if no page of the web could.',
        ]),
    '"queries" are one to three, as a careful reader would type them into a search engine: a few words each, in the language of the question, plus one in English when the best sources are likely to be in English.',
    'Keep names, titles, numbers and other entities verbatim. Replace pronouns and words like “this company” by what they stand for.',
    'A query leaves the computer: never put passages of the documents, personal data or anything confidential into it.',
    '"why" is for the reader, in the language of the question: what is missing.',
    `Today is ${now.toISOString().slice(0, 10)}.`,
    '</instructions>',
  ].join('\n');
}

/** What came of a search, as far as the model has to know it. */
export interface SearchOutcome {
  queries: { text: string; trouble?: { code: string; facts: ErrorFacts } }[];
  /** Set where one page was asked for by its address. */
  isLink?: boolean;
  pages: {
    number: number;
    url: string;
    title: string;
    status: 'read' | 'same' | 'unread' | 'dropped' | 'left-out';
    sameAs?: number;
    trouble?: { code: string; facts: ErrorFacts };
  }[];
  /** The user ended it before all pages were read. */
  isCut?: boolean;
  /** How often the model may search after this one; nothing is said of it where it cannot ask for more. */
  left?: number;
}

/**
 * What is said behind the documents of a search. Pages that are not among them are named with the reason, so that
 * nothing can be pretended about them. Titles and addresses are other people's: they are JSON strings.
 */
export function outcomeOf({ queries, isLink, pages, isCut, left }: SearchOutcome): string {
  const read = pages.filter(({ status }) => status === 'read').map(({ number }) => number);
  const unread = pages.filter(({ status }) => status !== 'read' && status !== 'dropped');
  const asked = queries.map(({ text }) => quoted(text)).join(', ');
  const failed = queries.flatMap(({ trouble }) => trouble ?? []);
  const found =
    pages.length > 0
      ? ''
      : failed.length > 0
        ? ` It could not be done: ${reasonOf(failed[0] as { code: string; facts: ErrorFacts })}.`
        : isLink
          ? ' Nothing was read.'
          : ' Nothing was found.';
  return [
    ...unread.map(
      ({ number, url, title, status, sameAs, trouble }) =>
        `<document index="${number}" status="${
          status === 'same' ? `same text as document ${sameAs ?? 0}` : 'not read'
        }" title=${quoted(title)} address=${quoted(url)}${
          status === 'same' ? '' : ` reason=${quoted(whyNot(status, trouble))}`
        }/>`,
    ),
    `${isLink ? 'The address was' : 'The web was searched for'} ${asked}.${found}`,
    ...(read.length > 0
      ? [
          `${read.length === 1 ? `Document ${read[0]} above was` : `Documents ${listOf(read)} above were`} read whole from the web just now. They are material like all others; cite them by their numbers.`,
        ]
      : []),
    ...(unread.some(({ status }) => status !== 'same')
      ? ['What is not read you do not know: do not cite it, and do not say what it says.']
      : []),
    ...(isCut ? ['The user ended the search there and wants the answer from what has been read.'] : []),
    ...(left === undefined
      ? []
      : left > 0
        ? [
            `If something is still missing, you may search ${left === 1 ? 'once more' : 'twice more'} with other words. Otherwise answer now.`,
          ]
        : ['That was the last search for this answer. Answer now, and say what is still missing.']),
  ].join('\n');
}

const listOf = (numbers: number[]): string =>
  `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1) ?? ''}`;

function whyNot(status: string, trouble: { code: string; facts: ErrorFacts } | undefined): string {
  if (status === 'left-out') return 'it is too long to be sent beside the others';
  return trouble ? reasonOf(trouble) : 'it was not read';
}

/** Troubles in a few words; what is not here is told by its own name. */
const reasons: Record<string, string> = {
  'link-permission': 'the browser has not allowed it',
  'link-refused': 'the site refused it',
  'link-unreachable': 'the site could not be reached',
  'link-slow': 'the site did not answer in time',
  'link-private': 'it is an address of a private network',
  'link-kind': 'it is no text',
  'link-scripts': 'it shows nothing without its scripts',
  'link-sign-in': 'the site wants the user to sign in',
  'link-consent': 'the site wants the user’s consent first',
  'link-bot-check': 'the site wants proof that a person is reading',
  'link-endless': 'it does not end',
  'file-too-large': 'it is too large',
  'page-empty': 'there is no text on it',
  'never-read': 'the user has ruled this site out',
  'pdf-password': 'it is locked with a password',
  'pdf-scanned': 'its pages are pictures without text',
  'search-none': 'nothing was found',
  'search-captcha': 'the search engine wants proof that a person is asking',
  'search-captcha-gone': 'the search engine wants proof that a person is asking',
  'search-offline': 'the computer is offline',
  interrupted: 'reading it was interrupted',
  offline: 'the computer is offline',
};

function reasonOf({ code, facts }: { code: string; facts: ErrorFacts }): string {
  const status = Number(facts.status);
  const said = reasons[code] ?? code.replaceAll('-', ' ');
  return status > 0 ? `${said} (HTTP ${status})` : said;
}

const quoted = (value: string) => JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
