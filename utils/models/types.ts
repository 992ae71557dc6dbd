import type { ErrorFacts, Trouble } from '../errors';
import type { Source } from '../source';

/** How a provider is spoken to. One file in `wire/` each. */
export type WireId =
  | 'openai-compatible'
  | 'openai'
  | 'anthropic'
  | 'google'
  | 'moonshot'
  | 'deepseek'
  | 'alibaba'
  | 'openrouter'
  | 'ollama'
  | 'chrome'
  | 'excerpts';

export type Currency = 'USD' | 'CNY';

/** Prices of one million tokens, as the vendor lists them. */
export interface Price {
  currency: Currency;
  input: number;
  output: number;
  /** A token that the vendor's cache held; `input` when not said. */
  cacheRead?: number;
  /** A token written to the vendor's cache; `input` when not said. */
  cacheWrite?: number;
  /** The vendor's price depends on the hour: this is the dearest, and sums are shown with ≈. */
  varies?: boolean;
  /** Dearer prices for the whole request above so many input tokens, lowest step first. */
  steps?: { above: number; input: number; output: number; cacheRead?: number; cacheWrite?: number }[];
}

/** Real tokens of a model for each token of the estimate (tokenx), in alphabets and in Han and Kana. */
export interface TokenFactors {
  latin: number;
  han: number;
  /** Of Hangul; as `han` when not said. */
  hangul?: number;
  /** Of figures and of all other alphabets, where vocabularies differ by as much as two times; as `latin` when not said. */
  dense?: number;
}

/** A model as data. `window` and `outputLimit` are in tokens; Infinity means that nothing limits it. */
export interface Model {
  id: string;
  name: string;
  window: number;
  outputLimit?: number;
  price?: Price;
  /** Takes images. */
  vision?: boolean;
  /** Calls tools. */
  tools?: boolean;
  /** Thinks before it answers; `optional` can be switched off. */
  thinking?: 'never' | 'optional' | 'always';
  tokenFactors?: TokenFactors;
}

/** A model as its provider lists it; not every provider says how large its window is. */
export type ListedModel = Omit<Model, 'window'> & { window?: number };

/** A vendor that lists its models, or counts the tokens of a request exactly, and in which dialect. */
export type ListingId = 'openai' | 'anthropic' | 'google' | 'ollama' | 'lm-studio' | 'llama-cpp';
export type CountingId = 'openai' | 'anthropic' | 'google' | 'moonshot' | 'llama-cpp';

/** Peculiarities of a vendor, as named flags. */
export interface Quirks {
  /** Takes a mark where its cache is to end, in the dialect of its wire. */
  cacheMark?: boolean;
  /** Takes `prompt_cache_key`, which leads a conversation to the machine that has its cache. */
  cacheKey?: boolean;
  /** Is told to keep nothing of the request (`store: false`). */
  storesRequests?: boolean;
  /** Goes on with an answer that broke off when it is the last message (`partial: true`). */
  continuesPartial?: boolean;
  /** Reports usage unasked, and refuses a request that asks for it (`stream_options`), as Mistral does. */
  usageUnasked?: boolean;
  /** Takes calls of tools only under names of nine letters and figures, as Mistral does. */
  nineLetterIds?: boolean;
  /** Headers that every call must have. */
  headers?: Record<string, string>;
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
  /** How its keys begin, as the source of a regular expression; several vendors may share a shape. */
  keyShape?: string;
  /** Runs on this computer: addresses where it is looked for. */
  localAddresses?: string[];
  listing?: ListingId;
  counting?: CountingId;
  quirks?: Quirks;
  /** Date of the model data, ISO, and where it comes from. */
  asOf: string;
  models: Model[];
}

/** A provider as the user set it up, ready to call. */
export interface Connection {
  provider: Provider;
  baseUrl: string;
  key?: string;
  /** `tokenFactors` are those of the data, times what was learned; see `learned`. */
  model: Model;
  /** Real tokens for each token of the data’s estimate, by script, as they were when this was made. */
  learned?: Partial<Record<string, { factor: number; samples: number }>>;
}

/** A picture that goes with a question. */
export interface ImagePart {
  type: 'image';
  /** `image/png`, `image/jpeg`, `image/webp` or `image/gif`. */
  mediaType: string;
  /** Base64, without a prefix. */
  data: string;
  /** Pixels, where they are known. */
  width?: number;
  height?: number;
  /** What the model is told about it, such as the page that it shows. */
  caption?: string;
}

/** A tool that the model asked to be run, in an assistant's message. */
export interface ToolCallPart {
  type: 'tool-call';
  id: string;
  name: string;
  /** JSON as the model wrote it. */
  arguments: string;
  /** What the vendor wants to see again with this call (its thinking, signatures). Only the wire reads it. */
  replay?: string;
}

/** What a tool answered, in a message of the role `tool`. */
export interface ToolResultPart {
  type: 'tool-result';
  id: string;
  name: string;
  text: string;
}

/** Text is a plain string. */
export type MessagePart = string | ImagePart | ToolCallPart | ToolResultPart;

/**
 * One message. Its texts are sent joined, with nothing between them. `cacheAfter` is the index of the part behind
 * which a vendor's cache mark goes: the last part with documents.
 */
export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool';
  parts: MessagePart[];
  cacheAfter?: number;
}

/** A tool that the model may call. The list is the same in every request, or caches would miss. */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of its arguments. */
  parameters: Record<string, unknown>;
}

/**
 * What is asked for. `translate` is about a passage of the documents (utils/translate). The last four are about several
 * documents: side by side (utils/compare), where they contradict each other, what happened when, and each in short with
 * what they say together.
 */
export type Task =
  | 'summarize'
  | 'answer'
  | 'translate'
  | 'compare'
  | 'disagreements'
  | 'timeline'
  | 'overview';

/** Everything a wire needs. `documents`, `task` and `question` serve readers that do not take messages (Excerpts). */
export interface Request {
  messages: Message[];
  documents: Source[];
  /** The numbers under which answers cite the documents, where they are not 1, 2, 3 and so on. */
  numbers?: number[];
  task: Task;
  question: string;
  /** Tokens kept free for the answer. */
  reserve: number;
  /** Estimated tokens of the input, by which local servers are told how large a window to make. */
  inputTokens?: number;
  tools?: Tool[];
  /** Stays the same for a conversation; vendors use it to find the conversation's cache. */
  cacheKey?: string;
}

/** Token counts as the provider reported them. `input` is all that was sent, cached and written tokens included. */
export interface Usage {
  input?: number;
  /** Of the input, read from the vendor's cache. Undefined: the vendor does not say. */
  cached?: number;
  /** Of the input, written to the vendor's cache. */
  written?: number;
  /** All that came back, thinking included. */
  output?: number;
  /** Of the output, thinking. */
  thinking?: number;
}

/** Troubles after which the same request is sent again by itself, as long as nothing has arrived. */
export type RetryCode = 'rate-limited' | 'server-error' | 'overloaded' | 'model-loading';

export type EndReason = 'stop' | 'length' | 'filtered' | 'tool-calls' | 'aborted' | 'cut-off' | 'error';

/**
 * The grammar of a stream: any number of parts, then exactly one `end`. Failures are in the stream, never thrown.
 * `waiting` says that the server asked for a pause (seconds) and that the request is sent again after it.
 */
export type Part =
  | { type: 'text-delta'; text: string }
  | { type: 'thinking-delta'; text: string }
  | { type: 'tool-call'; call: ToolCallPart }
  | {
      type: 'waiting';
      seconds: number;
      attempt: number;
      code: RetryCode;
      facts: ErrorFacts;
    }
  | { type: 'usage'; usage: Usage }
  | { type: 'end'; reason: EndReason; trouble?: Trouble };

export interface WireOptions {
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
}

export type Wire = (request: Request, connection: Connection, options: WireOptions) => AsyncIterable<Part>;
