import { expect, it } from 'vitest';
import { findProvider } from '@/utils/models/providers';
import type { Message } from '@/utils/models/types';
import { toPrompt } from '@/utils/models/wire/prompt';
import { aRequest, partsOf } from '../../fixtures/models';
import { connectTo, openaiCompatibleAdapter } from './adapters';

const round = (id: string): Message[] => [
  { role: 'assistant', parts: [{ type: 'tool-call', id, name: 'web_search', arguments: '{}' }] },
  { role: 'tool', parts: [{ type: 'tool-result', id, name: 'web_search', text: 'Eels.' }] },
];

it('calls of other vendors get ids that Anthropic takes, none twice, and each result that of its call', () => {
  const request = {
    ...aRequest(),
    messages: [...round('web_search:0'), ...round('web_search:0'), ...round('toolu_01A')],
  };
  const idsIn = (wire: 'anthropic' | 'moonshot') =>
    [...JSON.stringify(toPrompt(request, { wire })).matchAll(/"toolCallId":"([^"]+)"/g)].map(([, id]) => id);
  expect(idsIn('anthropic')).toEqual([
    'web_search_0',
    'web_search_0',
    'web_search_0_2',
    'web_search_0_2',
    'toolu_01A',
    'toolu_01A',
  ]);
  expect(new Set(idsIn('moonshot'))).toEqual(new Set(['web_search:0', 'toolu_01A']));
});

it('Mistral is given nine letters and figures, the same in every request, and its own ids as they are', async () => {
  const server = await openaiCompatibleAdapter.start();
  const wire = await openaiCompatibleAdapter.load();
  const ask = async (messages: Message[], details: { quirks?: object; id?: string }) => {
    const connection = connectTo(server, openaiCompatibleAdapter);
    const { provider, model } = connection;
    const { quirks, id = model.id } = details;
    await partsOf(
      wire(
        { ...aRequest(), messages },
        { ...connection, provider: { ...provider, quirks }, model: { ...model, id } },
        { signal: new AbortController().signal },
      ),
    );
    const sent = server.requests.at(-1)?.body.messages as unknown as {
      tool_calls?: { id: string }[];
      tool_call_id?: string;
    }[];
    return sent.flatMap(
      ({ tool_calls, tool_call_id }) => tool_calls?.map(({ id }) => id) ?? tool_call_id ?? [],
    );
  };
  const { quirks } = findProvider('mistral') ?? expect.fail('No Mistral');
  const first = [...round('functions.web_search:0'), ...round('0fypS1hVX')];
  const more = [...first, ...round('functions.web_search:0'), ...round('call_0fypS1hVX')];
  try {
    const [one, ofOne, own, ofOwn] = await ask(first, { quirks });
    expect(one).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect([ofOne, own, ofOwn]).toEqual([one, '0fypS1hVX', '0fypS1hVX']);
    const later = await ask(more, { quirks });
    expect(later.slice(0, 4)).toEqual([one, one, '0fypS1hVX', '0fypS1hVX']);
    expect(later.every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true);
    expect(new Set(later).size).toBe(4);
    // Wherever its models run, and nobody else's.
    expect(await ask(more, { id: 'Ministral-8B-Instruct' })).toEqual(later);
    expect(await ask(first, {})).toContain('functions.web_search:0');
  } finally {
    await server.close();
  }
});
