import './zod-jitless';
import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import type {
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { AppError } from '../../errors';
import { toModelError } from '../errors';
import type { Connection, EndReason, Part, Request, Usage, Wire } from '../types';

/**
 * Any OpenAI-compatible endpoint, through the AI SDK's provider layer. Its stream is used directly: the layer
 * above (`streamText`) costs up to 1.7 ms per chunk and adds retries, which belong to `streamAnswer` here.
 */
export const aiSdk: Wire = async function* (request, connection, { signal, fetch = globalThis.fetch }) {
  const model = new OpenAICompatibleChatLanguageModel(connection.model.id, {
    provider: connection.provider.id,
    url: ({ path }) => connection.baseUrl.replace(/\/+$/, '') + path,
    headers: connection.key ? { authorization: `Bearer ${connection.key}` } : {},
    includeUsage: true,
    fetch: guardedFetch(fetch, connection.baseUrl),
  });
  let answering = false;
  try {
    const { stream } = await model.doStream({ prompt: toPrompt(request), abortSignal: signal });
    answering = true;
    yield* toParts(stream, connection);
  } catch (error) {
    if (signal.aborted) yield { type: 'end', reason: 'aborted' };
    else yield endOf(toModelError(error, connection, { answering }));
  }
};

/** The key goes to the address the user typed and nowhere else; a web page is not an API. */
const guardedFetch =
  (fetch: typeof globalThis.fetch, address: string): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, {
      ...init,
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw new AppError('wrong-address', { address, found: 'redirect' });
    }
    // A refusal (401, 403, 429) may come as a page of a gateway and still be one.
    const isPage = /text\/html/i.test(response.headers.get('content-type') ?? '');
    if (isPage && (response.ok || [400, 404, 405, 410].includes(response.status))) {
      throw new AppError('wrong-address', { address, found: 'web page' });
    }
    return response;
  };

function toPrompt(request: Request): LanguageModelV4Prompt {
  return request.messages.map(({ role, parts }) =>
    role === 'system'
      ? { role, content: parts.join('') }
      : // One text part per message: servers with simple chat templates refuse arrays of parts.
        { role: role as 'user' | 'assistant', content: [{ type: 'text' as const, text: parts.join('') }] },
  );
}

async function* toParts(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  connection: Connection,
): AsyncGenerator<Part> {
  let failure: unknown;
  for await (const part of stream) {
    if (part.type === 'text-delta') yield { type: 'text-delta', text: part.delta };
    else if (part.type === 'reasoning-delta') yield { type: 'thinking-delta', text: part.delta };
    else if (part.type === 'error') failure ??= part.error;
    else if (part.type === 'finish') {
      const usage = toUsage(part.usage);
      if (usage) yield { type: 'usage', usage };
      if (failure !== undefined) yield endOf(toModelError(failure, connection, { answering: true }));
      else yield { type: 'end', reason: endReason(part.finishReason.unified, part.finishReason.raw) };
    }
  }
}

const endOf = (error: AppError): Part => ({
  type: 'end',
  reason: error.code === 'stream-cut' ? 'cut-off' : 'error',
  trouble: error.toTrouble(),
});

function endReason(unified: string, raw: string | undefined): EndReason {
  if (unified === 'length' || raw === 'model_context_window_exceeded') return 'length';
  if (unified === 'content-filter') return 'filtered';
  return 'stop';
}

function toUsage(usage: LanguageModelV4Usage): Usage | undefined {
  const raw = (usage.raw ?? {}) as {
    cached_tokens?: number;
    prompt_cache_hit_tokens?: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
  };
  const input = usage.inputTokens.total;
  const output = usage.outputTokens.total;
  if (input === undefined && output === undefined) return undefined;
  return {
    input,
    output,
    // Moonshot and DeepSeek report cached tokens beside the place the dialect has for them. A server that says
    // nothing about its cache has not said “none”.
    cached: raw.prompt_tokens_details?.cached_tokens ?? raw.cached_tokens ?? raw.prompt_cache_hit_tokens,
  };
}
