import type { ErrorFacts, Trouble } from '../errors';
import type { Source } from '../source';

export type WireId = 'openai-compatible' | 'excerpts';

/** A model as data. `window` and `outputLimit` are in tokens; Infinity means that nothing limits it. */
export interface Model {
  id: string;
  name: string;
  window: number;
  outputLimit?: number;
}

/** A vendor as data: which wire it speaks, where it lives, which models it is known to have. */
export interface Provider {
  id: string;
  name: string;
  wire: WireId;
  /** Empty when the user has to fill it in. */
  baseUrl: string;
  /** Where a key is made. */
  keyPage?: string;
  needsKey: boolean;
  /** Date of the model data, ISO, and where it comes from. */
  asOf: string;
  models: Model[];
}

/** A provider as the user set it up, ready to call. */
export interface Connection {
  provider: Provider;
  baseUrl: string;
  key?: string;
  model: Model;
}

/**
 * One message. The parts are sent joined, with nothing between them; the boundary between a documents part
 * and what follows is where a vendor's cache mark goes.
 */
export interface Message {
  role: 'system' | 'user' | 'assistant';
  parts: string[];
}

export type Task = 'summarize' | 'answer';

/** Everything a wire needs. `documents`, `task` and `question` serve readers that do not take messages (Excerpts). */
export interface Request {
  messages: Message[];
  documents: Source[];
  task: Task;
  question: string;
  /** Tokens kept free for the answer. */
  reserve: number;
}

/** Token counts as the provider reported them. */
export interface Usage {
  input?: number;
  cached?: number;
  output?: number;
}

export type EndReason = 'stop' | 'length' | 'filtered' | 'aborted' | 'cut-off' | 'error';

/**
 * The grammar of a stream: any number of parts, then exactly one `end`. Failures are in the stream, never thrown.
 * `waiting` says that the server asked for a pause (seconds) and that the request is sent again after it.
 */
export type Part =
  | { type: 'text-delta'; text: string }
  | { type: 'thinking-delta'; text: string }
  | {
      type: 'waiting';
      seconds: number;
      attempt: number;
      code: 'rate-limited' | 'server-error';
      facts: ErrorFacts;
    }
  | { type: 'usage'; usage: Usage }
  | { type: 'end'; reason: EndReason; trouble?: Trouble };

export interface WireOptions {
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
}

export type Wire = (request: Request, connection: Connection, options: WireOptions) => AsyncIterable<Part>;
