import { GoogleLanguageModel } from '@ai-sdk/google/internal';
import type { Wire } from '../types';
import { guardedFetch } from './guarded-fetch';
import { baseOf, stream } from './sdk';

/** Google's Gemini API. The key travels in a header, not in the address; caching is automatic and takes no marks. */
export const google: Wire = (request, connection, { signal, fetch = globalThis.fetch }) => {
  const { provider, key, model } = connection;
  const sdk = new GoogleLanguageModel(model.id, {
    provider: 'google.generative-ai',
    baseURL: baseOf(connection),
    headers: { ...provider.quirks?.headers, ...(key && { 'x-goog-api-key': key }) },
    fetch: guardedFetch(fetch, connection),
    generateId: () => crypto.randomUUID(),
  });
  const thinks = model.thinking === 'always' || model.thinking === 'optional';
  return stream({
    request,
    connection,
    signal,
    model: sdk,
    style: { wire: 'google', replaysThinking: true },
    options: thinks ? { providerOptions: { google: { thinkingConfig: { includeThoughts: true } } } } : {},
  });
};
