import { AnthropicLanguageModel, getModelCapabilities } from '@ai-sdk/anthropic/internal';
import type { Connection, Request, Wire } from '../types';
import { guardedFetch } from './guarded-fetch';
import { baseOf, stream } from './sdk';

const ephemeral = { type: 'ephemeral' };
/** Anthropic takes four marks; the moving one is the fourth. */
const marks = 3;
/** Our estimate of the input may be so much too low before the request is refused for want of room. */
const margin = 1.15;

/**
 * Anthropic's Messages API. One mark stands where the documents end; the mark at the top of the request moves with
 * the newest question by itself, so that no byte of an earlier message changes from one question to the next.
 */
export const anthropic: Wire = (request, connection, { signal, fetch = globalThis.fetch }) => {
  const { provider, key, model } = connection;
  const sdk = new AnthropicLanguageModel(model.id, {
    provider: 'anthropic.messages',
    baseURL: baseOf(connection),
    headers: {
      'anthropic-version': '2023-06-01',
      // Without it every call with an Origin is refused, and calls of extensions have one.
      'anthropic-dangerous-direct-browser-access': 'true',
      ...provider.quirks?.headers,
      ...(key && { 'x-api-key': key }),
    },
    fetch: guardedFetch(fetch, connection),
    // Nothing here needs strict tools, and the header for them is one more that an intermediary could refuse.
    supportsStrictTools: false,
    supportsNativeStructuredOutput: false,
  });
  const thinks = model.thinking === 'always' || model.thinking === 'optional';
  const adaptive = thinks && getModelCapabilities(model.id).supportsAdaptiveThinking;
  return stream({
    request,
    connection,
    signal,
    model: sdk,
    style: {
      wire: 'anthropic',
      replaysThinking: true,
      mark: { anthropic: { cacheControl: ephemeral } },
      marks,
      marksResults: true,
    },
    options: {
      maxOutputTokens: outputLimit(request, connection),
      providerOptions: {
        anthropic: {
          cacheControl: ephemeral,
          toolStreaming: false,
          // Newer models think either way, and show it only when asked.
          ...(adaptive && { thinking: { type: 'adaptive', display: 'summarized' } }),
        },
      },
    },
  });
};

/**
 * The vendor demands a limit of the answer and refuses what does not fit beside it. So: all the model can write, less
 * when the input leaves less room, never less than what was promised to the user as room for the answer.
 */
function outputLimit({ inputTokens, reserve }: Request, { model }: Connection): number {
  const most = model.outputLimit ?? getModelCapabilities(model.id).maxOutputTokens;
  const room = inputTokens === undefined ? most : Math.floor(model.window - inputTokens * margin);
  return Math.max(Math.min(most, room), Math.min(reserve, most));
}
