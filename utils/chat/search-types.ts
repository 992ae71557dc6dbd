/**
 * One round of searching, from what was wished for to pages that were read whole. What it does is in a `SearchRecord`
 * from its first moment on; the screen draws `answer.searches` and nothing else.
 *
 * - A record belongs to the answer that searches. It begins at `at`, an offset into the answer's text: what stands
 *   before was written before it was asked for. Records with the same `round` were asked for together and run one after
 *   the other, so at most one runs at a time, and it is the last of the list.
 * - Every page has its `number` as soon as it is listed, whether it can be read or not. Numbers are never given twice in
 *   a chat, so a citation never changes what it means.
 * - A rank is a place in `pages`, from 0, and stays the same while the record lives; only `rerun` begins a new list.
 * - `asking` waits for the user: whether to search at all or, where a query has a trouble by then, until they have shown
 *   the engine that they are a person (noticed by itself), or let the browser in. `go` tries once more, `refuse` goes on
 *   without.
 * - A record without queries and pages (a tool that does not exist, arguments that say nothing) is for the model alone:
 *   nothing is drawn of it.
 */

import type { Measure, MeasuredSource } from '../context/tokens';
import type { ToolCallPart } from '../models/types';
import type { Found, Hit, HitProgress, HitReading } from '../search/types';
import type { Source } from '../source';
import type { SearchRecord } from '../store/records';

/** Finds pages for a query: utils/search/find.ts. Throws AppError when no engine could answer. */
export type FindHits = (query: string, options: { signal: AbortSignal }) => Promise<Found>;

/** Reads pages whole, all that it is given: utils/search/read-hits.ts. Ranks are places in `hits`. */
export type ReadHits = (
  hits: Hit[],
  options: {
    signal: AbortSignal;
    /** Texts that the request has already: the same text is not read twice. */
    known: readonly Source[];
    isDropped: (rank: number) => boolean;
    onProgress: (rank: number, progress: HitProgress) => void;
    onRead: (rank: number, reading: HitReading) => void;
  },
) => Promise<void>;

/**
 * What the user does to the search that is running, at `conversation.search`. Each does nothing where it makes no
 * sense any more, so a click that comes too late is harmless.
 */
export interface SearchCommands {
  /** Of `asking`: searches for these, as they were changed. The browser's permission has been asked for by the click. */
  go(queries: string[]): void;
  /** Of `asking`: no. The model is told so and answers without. */
  refuse(): void;
  /** The model answers from what has been read; what has not is listed as unread. */
  answerNow(): void;
  /** Takes a page out, read or not: it is not sent. */
  drop(rank: number): void;
  /**
   * Begins the list anew with other queries. Of an answer that has ended (`answerId`) the question is answered once
   * more with what is found for them; the earlier answer stays reachable.
   */
  rerun(queries: string[], answerId?: string): void;
  /** Reads a page once more that could not be read: the user has signed in, or let the browser in. */
  retry(rank: number): void;
}

/** How things are looked up. */
export interface Searching {
  /** Pages that are read whole for one round. */
  pages: number;
  /** The user is asked before anything leaves the computer. */
  asks: boolean;
  /** The browser lets pages be read wherever they are. */
  isAllowed: boolean;
  find: FindHits;
  read: ReadHits;
  /** Waits until the user has answered in the tab in which an engine wants to see them; false when they will not. */
  whenAnswered?: (signal: AbortSignal) => Promise<boolean>;
}

/** What is to be looked up: queries, or one page by its address. */
export type SearchWish = ({ queries: string[] } | { url: string }) & { why?: string };

export interface SearchRunOptions extends Omit<Searching, 'isAllowed'> {
  id: string;
  wish: SearchWish;
  call?: ToolCallPart;
  round: number;
  /** Length of the answer so far. */
  at: number;
  /** The number of the first page. */
  number: number;
  /** Documents of the request, with their numbers: the same text is not sent twice. */
  known: readonly { source: Source; number: number }[];
  /** Tokens of a text, as the model counts them. */
  tokensOf: (measured: MeasuredSource) => number;
  signal: AbortSignal;
  /** Called with each change, often: whoever draws it waits for the next frame. */
  onChange: (record: SearchRecord) => void;
  /** Called when there is something to keep on disk: at the beginning, after each page, at the end. */
  onKeep: (record: SearchRecord, sources: MeasuredSource[]) => Promise<void>;
  measure?: (text: string) => Promise<Measure>;
}

export interface SearchRun extends Omit<SearchCommands, 'rerun'> {
  rerun(queries: string[]): void;
  /** The record when it has come to its end, and the texts of its pages. Never rejects: what failed is in the record. */
  ended: Promise<{ record: SearchRecord; sources: MeasuredSource[] }>;
}
