/** What a search engine is to us: how a query is sent, and how its answer is read. Data and functions; nobody is called. */

import type { ErrorCode } from '../../errors';
import type { ResultList } from '../types';

export interface EngineRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface Asking {
  /** Empty where the engine needs none. */
  key: string;
  /** Without a slash at the end. */
  baseUrl: string;
  /** Results that are wanted; engines give more or fewer. */
  count: number;
}

export interface Engine {
  id: string;
  /** As its maker writes it. */
  name: string;
  /** Where it is asked. Empty: everybody runs their own, and its address is a setting. */
  baseUrl: string;
  needsKey: boolean;
  /** The page on which keys are made, or that says how to run one's own. */
  homePage: string;
  request(query: string, asking: Asking): EngineRequest;
  /**
   * Addresses and titles, and nothing of what the engine says about the pages: they are read. Absent where the answer is
   * a page for people, which result-list.ts reads as it reads one in a tab.
   * @throws anything when the answer is not what the engine is known to send
   */
  parse?(body: string): ResultList;
  /** What an answer means that is not a list of results, where that is peculiar to the engine. */
  trouble?(status: number, body: string): ErrorCode | undefined;
}
