import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import type { Connection, Request, Wire, WireId } from '../types';
import { guardedFetch } from './guarded-fetch';
import type { Sighting } from './parts';
import { baseOf, stream } from './sdk';

/** What a vendor wants otherwise than everybody else who speaks the OpenAI dialect. */
export interface ChatDialect {
  wire: WireId;
  /** Fields of the body beside the usual ones. */
  body?: (request: Request, connection: Connection) => Record<string, unknown>;
  /** Always takes marks, whatever the provider's data say. */
  cacheMark?: boolean;
  /** Takes a mark beside a text rather than in a list of parts, as OpenRouter does behind what tools answer. */
  marksMessages?: boolean;
  /** Always takes `prompt_cache_key`. */
  cacheKey?: boolean;
  /** Wants `reasoning_content` back with the tool calls that it led to. */
  replaysThinking?: boolean;
}

interface ChatMessage {
  role: string;
  content?: unknown;
  cache_control?: unknown;
  reasoning_content?: string;
  tool_calls?: unknown[];
  [field: string]: unknown;
}

interface RawChunk {
  choices?: { finish_reason?: string | null; usage?: unknown }[];
  usage?: unknown;
}

const mark = { openaiCompatible: { cache_control: { type: 'ephemeral' } } };
/** Anthropic's and Alibaba's limit, which is the lowest; OpenRouter passes marks on to the first. */
const marks = 4;

/** Mistral's models, whose templates have the vendor's rule about names of calls in them wherever they run. */
const ofMistral = /\b(?:mi[sx]tral|mini?stral|magistral|devstral|codestral|pixtral|voxtral)/i;

/** Addresses that refused to be asked for usage since this page was opened; asking again would send all twice. */
const unasked = new Set<string>();
const refusesUsage = /stream_options|include_usage/;

/** The wire of a vendor that speaks the OpenAI chat dialect. */
export const chatWire =
  (dialect: ChatDialect): Wire =>
  (request, connection, { signal, fetch = globalThis.fetch }) => {
    const { provider, key } = connection;
    const quirks = provider.quirks ?? {};
    const sighting: Sighting = {};
    const model = new OpenAICompatibleChatLanguageModel(connection.model.id, {
      // The name decides under which key options are looked up; ours are all in `transformRequestBody`.
      provider: 'wholemoon',
      url: ({ path }) => baseOf(connection) + path,
      headers: { ...quirks.headers, ...(key && { authorization: `Bearer ${key}` }) },
      fetch: guardedFetch(fetch, connection),
      transformRequestBody: (body) => ({
        ...body,
        stream_options:
          quirks.usageUnasked || unasked.has(connection.baseUrl) ? undefined : { include_usage: true },
        messages: withQuirks(body.messages as ChatMessage[], dialect, connection),
        ...((dialect.cacheKey || quirks.cacheKey) &&
          request.cacheKey && { prompt_cache_key: request.cacheKey }),
        ...(quirks.storesRequests && { store: false }),
        ...dialect.body?.(request, connection),
      }),
      metadataExtractor: watchFor(sighting),
    });
    return stream({
      request,
      connection,
      signal,
      model,
      sighting,
      thinkTags: true,
      // A refusal costs nothing; answers without a count of tokens are better than none.
      relent: (error) => {
        const { statusCode, responseBody = '' } = error as { statusCode?: number; responseBody?: string };
        const again = (statusCode === 400 || statusCode === 422) && refusesUsage.test(responseBody);
        if (!again || unasked.has(connection.baseUrl)) return undefined;
        unasked.add(connection.baseUrl);
        return {};
      },
      style: {
        wire: dialect.wire,
        replaysThinking: dialect.replaysThinking,
        nineLetterIds: quirks.nineLetterIds || ofMistral.test(connection.model.id),
        ...((dialect.cacheMark || quirks.cacheMark) && { mark, marks, marksResults: true }),
      },
    });
  };

function withQuirks(
  messages: ChatMessage[],
  { replaysThinking, marksMessages }: ChatDialect,
  { provider }: Connection,
) {
  return messages.map((message, index) => {
    if (message.role === 'tool' && message.cache_control && !marksMessages) {
      const { cache_control, content: text, ...rest } = message;
      return { ...rest, content: [{ type: 'text', text, cache_control }] };
    }
    if (message.role !== 'assistant') return message;
    const last = index === messages.length - 1;
    return {
      ...message,
      // A call without its thinking is refused; when the thinking was another vendor's, an empty one is not.
      ...(replaysThinking && message.tool_calls && { reasoning_content: message.reasoning_content ?? '' }),
      ...(last && provider.quirks?.continuesPartial && { partial: true }),
    };
  });
}

/** Looks at every chunk as it came, for what the AI SDK drops. */
const watchFor = (sighting: Sighting) => ({
  extractMetadata: async () => undefined,
  createStreamExtractor: () => ({
    processChunk(chunk: unknown) {
      const { choices, usage } = (chunk ?? {}) as RawChunk;
      sighting.finish ??= choices?.[0]?.finish_reason ?? undefined;
      sighting.usage = usage ?? choices?.[0]?.usage ?? sighting.usage;
    },
    buildMetadata: () => undefined,
  }),
});
