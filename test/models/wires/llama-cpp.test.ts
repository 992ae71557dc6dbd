/** llama.cpp through the chat dialect: what is too long is refused with both numbers, which the user then sees. */
import { afterEach, expect, it } from 'vitest';
import { isCut } from '@/utils/context/calibration';
import type { Request } from '@/utils/models/types';
import { openaiCompatible } from '@/utils/models/wire/openai-compatible';
import { aRequest, connectionTo, partsOf } from '../../fixtures/models';
import type { JsonServer } from '../../servers/json-server';
import { startLlamaCppServer } from '../../servers/llama-cpp-server';
import { textOf as contentOf, tokensOf } from '../../servers/ollama-cutting';
import { endOf, textOf, usageOf } from './bench';

let server: JsonServer | undefined;
afterEach(() => server?.close());

const needle = 'The lamp keeper’s secret word is quillwort.';
const request = (tokens: number): Request => {
  const asked = aRequest();
  asked.messages[1]?.parts.unshift(
    `${needle}\n${'The tide turns at six and it is written down. '.repeat(tokens / 10)}`,
  );
  return { ...asked, inputTokens: tokens };
};
async function ask(window: number, tokens: number) {
  server = await startLlamaCppServer(window);
  const connection = connectionTo(`${server.origin}/v1`);
  const signal = new AbortController().signal;
  return partsOf(openaiCompatible(request(tokens), connection, { signal }));
}
const sent = () => {
  const body = server?.requests[0]?.body as { messages?: { content: string }[] } | undefined;
  return (body?.messages ?? []).map(contentOf).join('\n');
};

it('refuses with its own numbers', async () => {
  const end = endOf(await ask(8_192, 60_000));
  const needed = tokensOf(sent()).length;
  expect(needed).toBeGreaterThan(50_000);
  expect(end).toMatchObject({
    reason: 'error',
    trouble: { code: 'too-long', facts: { needed, limit: 8_192 } },
  });
  expect(sent()).toContain(needle);
});

it('reads all of what it takes, and its count says so', async () => {
  const parts = await ask(131_072, 60_000);
  expect(textOf(parts)).toBe('Read.');
  expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
  const { input = 0 } = usageOf(parts) ?? {};
  expect(input).toBe(tokensOf(sent()).length);
  expect(isCut({ total: 60_000, han: 0 }, { input }, {})).toBe(false);
});
