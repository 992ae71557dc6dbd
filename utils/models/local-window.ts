/** How large a window a server on this computer is told to make. */

import type { Connection, Request } from './types';

/** Windows grow in steps of so many tokens, so that questions of a conversation seldom make the model load anew. */
const step = 8_192;
/** Room beyond the estimate: templates, and what the estimate may be wrong by before it has learned (10 %). */
const margin = 1.1;

/** Windows that conversations have had since this page opened: a smaller one would throw away what was read. */
const windows = new Map<string, number>();

const keyOf = ({ baseUrl, model }: Connection, cacheKey: string) => `${baseUrl} ${model.id} ${cacheKey}`;

type Needs = Pick<Request, 'inputTokens' | 'reserve' | 'cacheKey'>;

/** The window that a conversation has at a model, in tokens; 0 before its first question. */
export const windowHad = (connection: Connection, cacheKey: string): number =>
  windows.get(keyOf(connection, cacheKey)) ?? 0;

/** The window to ask for, in tokens: what the request needs and at least what the conversation has. */
export function windowFor({ inputTokens = 0, reserve, cacheKey }: Needs, connection: Connection): number {
  const needed = Math.ceil((inputTokens * margin + reserve) / step) * step;
  const had = cacheKey === undefined ? 0 : windowHad(connection, cacheKey);
  return Math.min(Math.max(needed, had), connection.model.window);
}

/** Keeps the window with which a request was accepted, for the next one of the conversation. */
export function keepWindow(connection: Connection, cacheKey: string, window: number): void {
  windows.set(keyOf(connection, cacheKey), window);
}
