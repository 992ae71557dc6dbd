import { expect, it } from 'vitest';
import type { Message } from '@/utils/models/types';
import { toPrompt } from '@/utils/models/wire/prompt';
import { aRequest } from '../../fixtures/models';

it('calls of other vendors get ids that Anthropic takes, none twice, and each result that of its call', () => {
  const round = (id: string): Message[] => [
    { role: 'assistant', parts: [{ type: 'tool-call', id, name: 'web_search', arguments: '{}' }] },
    { role: 'tool', parts: [{ type: 'tool-result', id, name: 'web_search', text: 'Eels.' }] },
  ];
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
