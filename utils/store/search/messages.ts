import type { ChatHit } from './chats';

/** What the panel asks of the worker that searches chats. A new question ends the one before. */
export interface SearchRequest {
  number: number;
  /** Undefined: nothing more is wanted. */
  query?: string;
  /** Chats to search, in this order. */
  ids: string[];
}

/** What the worker says, now and then and at the end: what it found since, and how far it is. */
export interface SearchReport {
  number: number;
  hits: ChatHit[];
  done: number;
  total: number;
  unreadable: number;
  ended: boolean;
}
