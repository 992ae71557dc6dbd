import { OpenAIResponsesLanguageModel } from '@ai-sdk/openai/internal';
import type { Wire } from '../types';
import { guardedFetch } from './guarded-fetch';
import { baseOf, stream } from './sdk';

/** Models before this took no marks: they cache by prefix and refuse what they do not know (models.md, A4). */
const withoutMarks = /^(?:gpt-3|gpt-4|gpt-5(?:\.[0-5])?(?:$|-)|chatgpt|o\d)/;
/** Addresses that refused to summarise thinking since this page was opened; asking again would send all twice. */
const withoutSummaries = new Set<string>();
/** Marks that the vendor takes in one request. */
const marks = 4;

/**
 * OpenAI's Responses API. Nothing is kept there (`store: false`), and nothing is ever cut there: `truncation` is not
 * sent, which means that too long a request is refused.
 */
export const openai: Wire = (request, connection, { signal, fetch = globalThis.fetch }) => {
  const { provider, key } = connection;
  const model = new OpenAIResponsesLanguageModel(connection.model.id, {
    provider: 'openai.responses',
    url: ({ path }) => baseOf(connection) + path,
    headers: () => ({ ...provider.quirks?.headers, ...(key && { authorization: `Bearer ${key}` }) }),
    fetch: guardedFetch(fetch, connection),
  });
  const common = { store: false, ...(request.cacheKey && { promptCacheKey: request.cacheKey }) };
  const { thinking } = connection.model;
  const thinks = thinking === 'always' || thinking === 'optional';
  const summary = thinks && !withoutSummaries.has(connection.baseUrl) && { reasoningSummary: 'auto' };
  return stream({
    request,
    connection,
    signal,
    model,
    style: {
      wire: 'openai',
      replaysThinking: true,
      ...(provider.quirks?.cacheMark &&
        !withoutMarks.test(connection.model.id) && {
          mark: { openai: { promptCacheBreakpoint: { mode: 'explicit' } } },
          marks,
        }),
    },
    options: { providerOptions: { openai: { ...common, ...summary } } },
    // Summaries of thinking are for organisations that showed OpenAI a passport. Others get the answer without.
    relent: (error) => {
      if (!summary || !/verified to (?:generate|use|stream)|reasoning\.?_?summary/i.test(bodyOf(error)))
        return;
      withoutSummaries.add(connection.baseUrl);
      return { providerOptions: { openai: common } };
    },
  });
};

const bodyOf = (error: unknown) => String((error as { responseBody?: unknown } | null)?.responseBody ?? '');
