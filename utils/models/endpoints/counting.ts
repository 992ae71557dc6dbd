/** The provider's own count of a request, for when an estimate is too near the window to be trusted. */

import '../wire/zod-jitless';
import { z } from 'zod/v4-mini';
import type { Connection, CountingId, Message, MessagePart, Request } from '../types';
import { baseOf } from '../wire/sdk';
import { type AskOptions, askJson } from './ask';

type Counter = (request: Request, connection: Connection, options: AskOptions) => Promise<number | undefined>;

const number = z.number().check(z.positive());

const counters: Record<CountingId, Counter> = {
  async anthropic({ messages }, connection, options) {
    const system = systemOf(messages);
    const body = {
      model: connection.model.id,
      ...(system && { system }),
      messages: plain(messages).map(({ role, content }) => ({ role, content })),
    };
    const address = `${baseOf(connection)}/messages/count_tokens`;
    const shape = z.object({ input_tokens: number });
    return (await askJson(connection, address, shape, { ...options, body })).input_tokens;
  },

  async moonshot({ messages }, connection, options) {
    const body = { model: connection.model.id, messages: [...ledBy('system', messages), ...plain(messages)] };
    const address = `${baseOf(connection)}/tokenizers/estimate-token-count`;
    const shape = z.object({ data: z.object({ total_tokens: number }) });
    return (await askJson(connection, address, shape, { ...options, body })).data.total_tokens;
  },

  async openai({ messages }, connection, options) {
    const system = systemOf(messages);
    const body = {
      model: connection.model.id,
      ...(system && { instructions: system }),
      input: plain(messages),
    };
    const address = `${baseOf(connection)}/responses/input_tokens`;
    const shape = z.object({ input_tokens: number });
    return (await askJson(connection, address, shape, { ...options, body })).input_tokens;
  },

  async google({ messages }, connection, options) {
    // This counter takes no system text of its own, unless it gets a whole request; as a message it costs about the same.
    const contents = [...ledBy('user', messages), ...plain(messages)].map(({ role, content }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: [{ text: content }],
    }));
    const address = `${baseOf(connection)}/models/${encodeURIComponent(connection.model.id)}:countTokens`;
    const shape = z.object({ totalTokens: number });
    return (await askJson(connection, address, shape, { ...options, body: { contents } })).totalTokens;
  },

  async 'llama-cpp'({ messages }, connection, options) {
    const at = (path: string) => new URL(path, connection.baseUrl).href;
    const talk = [...ledBy('system', messages), ...plain(messages)];
    const rendered = await askJson(connection, at('/apply-template'), z.object({ prompt: z.string() }), {
      ...options,
      body: { messages: talk },
    }).catch((error: unknown) => {
      if (options.signal?.aborted) throw error;
      // Older servers render no conversations.
      return undefined;
    });
    const body = {
      content: rendered?.prompt ?? textOf(messages),
      add_special: true,
      ...(rendered && { parse_special: true }),
    };
    const shape = z.object({ tokens: z.array(z.unknown()) });
    const { tokens } = await askJson(connection, at('/tokenize'), shape, { ...options, body });
    return tokens.length + (rendered ? 0 : messages.length * templateTokens);
  },
};

/** Marks around a message in the templates of today's models: role, beginning, end. */
const templateTokens = 8;

const textOf = (messages: Message[]) => messages.flatMap(({ parts }) => parts.map(wordsOf)).join('');

/** Calls of tools and their results are counted by their words: counters know tools each in another form, or not. */
function wordsOf(part: MessagePart): string {
  if (typeof part === 'string') return part;
  if (part.type === 'tool-call') return `${part.name} ${part.arguments}`;
  return part.type === 'tool-result' ? part.text : '';
}

const systemOf = (messages: Message[]) => textOf(messages.filter(({ role }) => role === 'system'));

/** The system text as a first message; none when there is none, since some refuse empty ones. */
function ledBy(role: 'system' | 'user', messages: Message[]): { role: string; content: string }[] {
  const content = systemOf(messages);
  return content ? [{ role, content }] : [];
}

const plain = (messages: Message[]) =>
  messages
    .filter(({ role }) => role !== 'system')
    .map((message) => ({
      role: message.role === 'tool' ? 'user' : message.role,
      content: textOf([message]),
    }));

/** A request in which the tools stand as words, behind the system text. */
function withToolsInWords({ tools, messages, ...request }: Request): Request {
  if (!tools?.length) return { ...request, messages };
  const described: Message = { role: 'system', parts: [JSON.stringify(tools)] };
  return { ...request, messages: [described, ...messages] };
}

/** Milliseconds that a question waits for its count, with a long text on its way up. */
const patience = 20_000;

/**
 * Tokens of a request by the provider's own count, or undefined where it has no counter, or pictures are in it, which
 * none of them knows. It costs nothing at any of them, and sends what the question will send, to the same address.
 * @throws AppError as a question to the model would, and `TimeoutError` when the count does not come
 */
export async function countTokens(
  request: Request,
  connection: Connection,
  { signal, fetch, timeout = patience }: AskOptions & { timeout?: number } = {},
): Promise<number | undefined> {
  const { counting } = connection.provider;
  const hasPictures = request.messages.some(({ parts }) =>
    parts.some((part) => typeof part !== 'string' && part.type === 'image'),
  );
  if (!counting || hasPictures) return undefined;
  const enough = AbortSignal.timeout(timeout);
  const options = { signal: signal ? AbortSignal.any([signal, enough]) : enough, ...(fetch && { fetch }) };
  return counters[counting](withToolsInWords(request), connection, options);
}
