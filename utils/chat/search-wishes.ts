/** What a model wants to be looked up, from its call of a tool or from what it wrote. */

import { type Json, lenientValues } from '../compare/lenient-json';
import type { ToolCallPart } from '../models/types';
import { mostQueries } from '../prompts/search';
import { tools } from '../prompts/tools';
import type { SearchWish } from './search-types';

/**
 * Characters of a query. Longer ones are no queries: engines cut them, and what is pasted into one may be a passage of a
 * document, which must not leave the computer.
 */
const longestQuery = 300;
/** Characters of an address; browsers take more, and none that leads to a page needs them. */
const longestAddress = 2_000;
/** Characters of what is shown to the user as the reason. */
const longestReason = 400;

/** Whether a model was offered a tool of this name. */
export const isOffered = (name: string): boolean => tools.some((tool) => tool.name === name);

/** What a call of an offered tool asks for; undefined when its arguments say nothing that can be looked up. */
export function wishOf({ name, arguments: written }: ToolCallPart): SearchWish | undefined {
  const values = objectIn(written);
  if (!values) return undefined;
  const reason = reasonIn(values);
  if (name === 'read_url') {
    const url = addressIn(values.url ?? values.link ?? values.address);
    return url === undefined ? undefined : { url, ...reason };
  }
  const queries = queriesIn(values);
  return queries.length > 0 ? { queries, ...reason } : undefined;
}

/** What a model wrote that was asked what to search for; undefined where it does not want to, or did not say. */
export function wishIn(text: string): Extract<SearchWish, { queries: string[] }> | undefined {
  // Thinking aloud and fences stand around it; the last object counts.
  const starts = [...text.matchAll(/\{/g)].map(({ index }) => index).reverse();
  for (const start of starts.slice(0, mostStarts)) {
    const values = objectIn(text.slice(start, text.lastIndexOf('}') + 1 || undefined));
    if (!values || !('search' in values || 'queries' in values || 'query' in values)) continue;
    if (values.search === false || values.search === null) return undefined;
    const queries = queriesIn(values);
    return queries.length > 0 ? { queries, ...reasonIn(values) } : undefined;
  }
  return undefined;
}

/** Places where an object may begin; an answer in place of one is full of them. */
const mostStarts = 20;

function objectIn(text: string): { [key: string]: Json } | undefined {
  const [value] = lenientValues(text, true) ?? [];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function queriesIn({ queries, query, q }: { [key: string]: Json }): string[] {
  const list = queries ?? query ?? q;
  const texts = Array.isArray(list) ? list : [list];
  const clean = texts.flatMap((text) => {
    if (typeof text !== 'string') return [];
    const folded = text.replace(/\s+/g, ' ').trim();
    return folded && folded.length <= longestQuery ? [folded] : [];
  });
  return [...new Set(clean)].slice(0, mostQueries);
}

const reasonIn = ({ why, reason }: { [key: string]: Json }): { why?: string } => {
  const said = why ?? reason;
  const folded = typeof said === 'string' ? said.replace(/\s+/g, ' ').trim() : '';
  return folded && folded.length <= longestReason ? { why: folded } : {};
};

function addressIn(value: Json | undefined): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href.length <= longestAddress ? url.href : undefined;
}

/** A query made of the user's own words, for when the model was to search and did not say what for. */
export function queryOfQuestion(question: string): string[] {
  const folded = question.replace(/\s+/g, ' ').trim();
  if (folded.length <= longestQuery) return folded ? [folded] : [];
  // The last sentence of a long question is mostly the question.
  const last = folded.match(/[^.!?。！？]+[.!?。！？]*$/)?.[0].trim() ?? '';
  return last && last.length <= longestQuery ? [last] : [];
}

/**
 * Whether an address stands word for word in what the user wrote or in what has been read. One that does not may carry
 * words of a document to whoever made the document ask for it, so the user is asked first.
 */
export function isNamed(url: string, texts: Iterable<string>): boolean {
  const bare = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  for (const text of texts) if (text.includes(bare)) return true;
  return false;
}
